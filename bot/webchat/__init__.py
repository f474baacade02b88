"""The conversation in a browser: works without JavaScript, and with the keyboard only."""

from bot.webchat.link import link

__all__ = ["link"]
