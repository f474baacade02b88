"""Access that a platform granted the office, renewed as it ages."""
