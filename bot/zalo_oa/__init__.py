"""Zalo Official Account: signed events in, consult messages and ZBS templates out."""

from bot.zalo_oa.link import link

__all__ = ["link"]
