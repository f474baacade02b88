"""Asking the Zalo Bot Platform for updates, for a machine without a public address."""

import asyncio
from typing import Any

import structlog

from bot.backoff import Backoff
from bot.inbox import Inbox
from bot.zalo_bot.client import BotClient, BotError
from bot.zalo_bot.receive import read_update

log = structlog.get_logger(__name__)

_WAIT = 25  # seconds that one long poll may last


class Poller:
    """Fetches updates one by one. The platform forgets what it handed out and takes no receipt:

    until an update is committed it is held here, and nothing else is asked for. What is in hand
    when the process is killed is lost; the webhook, which repeats, loses nothing.
    """

    def __init__(self, client: BotClient, inbox: Inbox, wait: int = _WAIT) -> None:
        self._client = client
        self._inbox = inbox
        self._wait = wait
        self._in_hand: list[dict[str, Any]] = []

    async def step(self) -> int:
        """Fetch once and handle what came; returns how many. Raises BotError."""
        self._in_hand = self._in_hand or await self._client.updates(self._wait)
        handled = 0
        while self._in_hand:
            await self._take(self._in_hand[0])
            self._in_hand.pop(0)
            handled += 1
        return handled

    async def run(self) -> None:
        """Poll until cancelled, backing off while the platform cannot be reached."""
        backoff = Backoff()
        while True:
            try:
                await self.step()
                backoff.reset()
            except BotError as error:
                log.warning("zalo bot cannot be polled", status=error.status, pause=backoff.seconds)
                await backoff.wait()
            except Exception:  # not committed: it stays in hand
                log.exception("update not handled", pause=backoff.seconds)
                await backoff.wait()

    async def _take(self, update: dict[str, Any]) -> None:
        try:
            arrival = read_update(update)
        except (KeyError, TypeError, AttributeError):
            log.warning("zalo bot sent something that is no update")
            return
        if arrival:
            await asyncio.to_thread(self._inbox.receive, arrival)
