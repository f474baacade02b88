"""Who wakes when there may be work: one of those at rest, so that a message is sought once."""

import asyncio
from collections import deque


class Lanes:
    """The workers of one kind in one event loop; each rests when it finds nothing to do."""

    def __init__(self) -> None:
        self._resting: deque[asyncio.Event] = deque()
        self._called_in_vain = False

    def call(self) -> None:
        """Wake one worker; where all are at work, the next that wants to rest looks once more."""
        if self._resting:
            self._resting.popleft().set()
        else:
            self._called_in_vain = True

    async def rest(self, seconds: float) -> None:
        """Wait until called, or so long."""
        if self._called_in_vain:
            self._called_in_vain = False
            return
        called = asyncio.Event()
        self._resting.append(called)
        try:
            await asyncio.wait_for(called.wait(), seconds)
        except TimeoutError:
            if called in self._resting:
                self._resting.remove(called)
