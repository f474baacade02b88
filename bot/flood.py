"""Counting what comes in, so that one conversation or a crowd cannot drown everybody else."""

from collections import OrderedDict
from datetime import datetime
from enum import StrEnum
from threading import Lock

_MOST_KEYS = 50_000
_ALL = ""


class Crowd(StrEnum):
    """How full it is: FIRST is the first message past the limit in its minute."""

    FINE = "fine"
    FIRST = "first"
    OVER = "over"


class Flood:
    """Counts messages a minute, per conversation and in all; a process counts for itself."""

    def __init__(self, per_chat: int, in_all: int) -> None:
        self._per_chat = per_chat
        self._in_all = in_all
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def take(self, chat: str, at: datetime) -> Crowd:
        """Count one message of a conversation."""
        minute = int(at.timestamp() // 60)
        with self._lock:
            own, everybody = self._count(chat, minute), self._count(_ALL, minute)
        if own == self._per_chat + 1 or (everybody > self._in_all and own == 1):
            return Crowd.FIRST
        return Crowd.OVER if own > self._per_chat or everybody > self._in_all else Crowd.FINE

    def _count(self, key: str, minute: int) -> int:
        counted_in, count = self._counts.pop(key, (minute, 0))
        count = count + 1 if counted_in == minute else 1
        self._counts[key] = (minute, count)
        while len(self._counts) > _MOST_KEYS:
            self._counts.popitem(last=False)
        return count
