"""The only source of the present time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC."""


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """Return an instant in Vietnamese time; a naive one is taken to be Vietnamese time."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)


def local_date(instant: datetime) -> date:
    """Return the calendar day of an instant in Viet Nam."""
    return local(instant).date()
