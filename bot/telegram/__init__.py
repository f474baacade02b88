"""Telegram: updates in, messages out."""

import os

# python-telegram-bot gives waiting times as timedelta where this is set, and warns where not
os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot.telegram.link import link  # behind the variable above

__all__ = ["link"]
