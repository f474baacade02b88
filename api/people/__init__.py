"""Units, staff and citizens."""
