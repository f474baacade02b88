"""What people asked and we could not answer well, and what staff taught of it."""
