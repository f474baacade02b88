"""Pages of the staff, one file per noun."""
