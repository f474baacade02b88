"""Asking Telegram for updates, for a machine without a public address."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.backoff import Backoff
from bot.inbox import Inbox
from bot.telegram.receive import ALLOWED, read_update

log = structlog.get_logger(__name__)

_WAIT = 25  # seconds that one long poll may last


class Poller:
    """Fetches updates in order; the offset moves only after an update was committed."""

    def __init__(self, bot: Bot, inbox: Inbox, wait: int = _WAIT) -> None:
        self._bot = bot
        self._inbox = inbox
        self._wait = wait
        self._offset: int | None = None

    async def step(self) -> int:
        """Fetch once and handle all that came; returns how many. Raises TelegramError."""
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=self._wait, allowed_updates=ALLOWED
        )
        for update in updates:
            arrival = read_update(update.to_dict())
            if arrival:
                await asyncio.to_thread(self._inbox.receive, arrival)
                await answer_tap(
                    self._bot, update.callback_query.id if update.callback_query else ""
                )
            self._offset = update.update_id + 1
        return len(updates)

    async def run(self) -> None:
        """Poll until cancelled, backing off while Telegram cannot be reached."""
        backoff = Backoff()
        while True:
            try:
                await self.step()
                backoff.reset()
            except TelegramError as error:
                log.warning(
                    "telegram cannot be polled", error=type(error).__name__, pause=backoff.seconds
                )
                await backoff.wait()
            except Exception:  # not committed: fetched again, as the offset has not moved
                log.exception("update not handled", pause=backoff.seconds)
                await backoff.wait()


async def answer_tap(bot: Bot, query_id: str) -> None:
    """Stop the clock on a pressed button; a tap too old to be answered does no harm."""
    if query_id:
        try:
            await bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("tap not answered", error=type(error).__name__)
