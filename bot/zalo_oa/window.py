"""How long after a person's last word the account may write, and at whose cost.

Consult messages (tin tư vấn) are free for 48 hours after the last interaction, cost a fee up to
seven days, and are refused (-230) after that.
"""

from datetime import datetime, timedelta
from enum import StrEnum

FREE = timedelta(hours=48)
LONGEST = timedelta(days=7)


class Window(StrEnum):
    """What a consult message costs now."""

    FREE = "free"
    PAID = "paid"
    CLOSED = "closed"


def window_of(last_in: datetime | None, at: datetime) -> Window:
    """Return the window of somebody who wrote last at an instant, None for never."""
    if last_in is None or at - last_in > LONGEST:
        return Window.CLOSED
    return Window.FREE if at - last_in <= FREE else Window.PAID
