"""What is done by the clock and not by a person."""
