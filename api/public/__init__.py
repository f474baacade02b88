"""Pages of the citizens, one file per noun."""
