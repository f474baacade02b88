"""The ward's own card: where it is, when it is open, how it serves, what it answers itself."""
