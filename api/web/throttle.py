"""Counting in memory: requests by address and conversation each minute, wrong guesses each hour."""

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


class GuessLimit:
    """Counts wrong guesses of a key in windows of an hour; a process counts for itself."""

    def __init__(self, an_hour: int) -> None:
        self._limit = an_hour
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def spent(self, key: str, at: datetime) -> bool:
        """Whether a key has guessed wrongly as often as it may."""
        with self._lock:
            return self._count(key, at) >= self._limit

    def add(self, key: str, at: datetime) -> None:
        """Count one wrong guess."""
        with self._lock:
            self._counts[key] = (_hour(at), self._count(key, at) + 1)
            self._counts.move_to_end(key)
            while len(self._counts) > _MOST_KEYS:
                self._counts.popitem(last=False)

    def _count(self, key: str, at: datetime) -> int:
        counted_in, count = self._counts.get(key, (0, 0))
        return count if counted_in == _hour(at) else 0


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def address_of(request: Request) -> str:
    """Return the client's address as uvicorn saw it (behind a proxy: as the proxy names it)."""
    return request.client.host if request.client else "unknown"
