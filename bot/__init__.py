"""The conversation, its channels, and the command line that puts the whole together."""
