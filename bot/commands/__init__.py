"""The commands of `pakn`, one file per noun."""
