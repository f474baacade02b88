"""Writing down what became of things done at the same time, in one transaction together."""

import asyncio
from collections.abc import Callable, Sequence

import structlog
from sqlmodel import Session

from api.db import Database

log = structlog.get_logger(__name__)

Entry = Callable[[Session], object]


class Ledger:
    """Takes entries in one event loop; those that come while some are committed go together next.

    An entry is a change that can be made again: where one of many breaks, they are made one by
    one. So nobody waits for company, and when many come at once they share what a commit costs. The
    loop goes on meanwhile: the transaction runs in a thread.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Entry, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, entry: Entry) -> None:
        """Return when the entry is committed; raises what it raised, which undoes no other."""
        waiting = (entry, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        try:
            await waiting[1]
        finally:
            if waiting in self._waiting:  # we are being stopped, but what happened is written
                self._waiting.remove(waiting)
                self._commit([waiting])

    async def _write_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            errors = await asyncio.to_thread(self._commit, together)
            for (_, done), error in zip(together, errors, strict=True):
                if error and not done.done():
                    done.set_exception(error)
                elif not done.done():
                    done.set_result(None)

    def _commit(
        self, entries: Sequence[tuple[Entry, asyncio.Future[None]]]
    ) -> list[Exception | None]:
        """Commit entries in one transaction; where one of them breaks, each in its own."""
        try:
            with self._database.writing() as session:
                for entry, _ in entries:
                    entry(session)
        except Exception as error:
            if len(entries) == 1:
                return [error]
            log.warning("entries written one by one", error=type(error).__name__)
            return [self._commit([one])[0] for one in entries]
        return [None] * len(entries)
