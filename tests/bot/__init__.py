"""The conversation, its channels and its commands."""
