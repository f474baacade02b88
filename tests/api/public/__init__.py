"""Pages of the citizens."""
