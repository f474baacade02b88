"""Waiting before the next try, longer each time, while a platform cannot be reached."""

import asyncio

_FIRST = 1.0  # seconds


class Backoff:
    """One wait after another, each twice as long as the one before; seconds is the next one."""

    def __init__(self, longest: float = 60.0) -> None:
        self._longest = longest
        self.seconds = _FIRST

    def reset(self) -> None:
        """Begin anew after something worked."""
        self.seconds = _FIRST

    async def wait(self) -> None:
        """Wait; the next wait is longer."""
        await asyncio.sleep(self.seconds)
        self.seconds = min(self.seconds * 2, self._longest)
