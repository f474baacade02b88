"""What every channel must do, whatever its platform: one suite, a small adapter per channel."""
