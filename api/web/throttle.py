"""Counting requests in memory: per address and per conversation, in windows of a minute."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from fastapi import Request

from api.errors import TooManyError

_MOST_KEYS = 50_000


class Throttle:
    """Lets a key through so many times a minute; a process counts for itself."""

    def __init__(self, per_minute: int) -> None:
        self._limit = per_minute
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, at: datetime) -> None:
        """Count one request; raises TooManyError past the limit."""
        minute = int(at.timestamp() // 60)
        with self._lock:
            counted_in, count = self._counts.pop(key, (minute, 0))
            count = count + 1 if counted_in == minute else 1
            self._counts[key] = (minute, count)
            while len(self._counts) > _MOST_KEYS:
                self._counts.popitem(last=False)
        if count > self._limit:
            raise TooManyError(
                "Bạn đang gửi hơi nhanh.", "Bạn chờ khoảng một phút rồi thử lại nhé."
            )


def address_of(request: Request) -> str:
    """Return the client's address as uvicorn saw it (behind a proxy: as the proxy names it)."""
    return request.client.host if request.client else "unknown"
