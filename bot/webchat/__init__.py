"""The conversation in a browser: works without JavaScript, and with the keyboard only."""
