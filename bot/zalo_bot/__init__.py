"""Zalo Bot Platform: words and pictures in, words out; no buttons, no files."""

from bot.zalo_bot.link import link

__all__ = ["link"]
