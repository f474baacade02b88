"""Fetching files that people sent, after their message was committed."""

from datetime import timedelta

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from api.chats.models import Chat
from api.clock import Clock
from api.db import Database, held
from api.errors import PeopleError
from api.files.models import Attachment
from api.files.store import FileStore, Upload
from api.outbox.queue import enqueue
from bot.channel import Channel, RetryLaterError, UndeliverableError

log = structlog.get_logger(__name__)

_MOST_ATTEMPTS = 6
_PAUSE = timedelta(seconds=30)
_FETCHED = ("media_type", "size", "stored", "error")


class MediaFetcher:
    """Fetches the waiting files of one channel; a lost picture never blocks the words."""

    def __init__(
        self, database: Database, channel: Channel, files: FileStore, clock: Clock
    ) -> None:
        self._database = database
        self._channel = channel
        self._files = files
        self._clock = clock

    async def step(self) -> int:
        """Fetch files that are due; returns how many were tried."""
        with self._database.reading() as session:
            if session.exec(self._due().limit(1)).first() is None:
                return 0
        with self._database.writing() as session:
            waiting = self._claim(session)
            session.expunge_all()
        for row in waiting:
            await self._fetch(row)
        return len(waiting)

    def _claim(self, session: Session) -> list[Attachment]:
        """Take waiting files by moving their time ahead, so that no other instance takes them."""
        at = self._clock()
        rows = list(session.exec(held(self._due().limit(10), skip=True, of=Attachment)))
        for row in rows:
            row.attempts += 1
            row.due_at = at + _PAUSE * 2**row.attempts
        session.flush()
        return rows

    def _due(self) -> SelectOfScalar[Attachment]:
        return (
            select(Attachment)
            .join(Chat, col(Chat.id) == col(Attachment.chat_id))
            .where(
                Chat.channel == self._channel.name,
                Attachment.remote != "",
                Attachment.stored == "",
                Attachment.error == "",
                Attachment.due_at <= self._clock(),
            )
        )

    async def _fetch(self, row: Attachment) -> None:
        told = ""
        try:
            content = await self._channel.fetch(row.remote)
            self._files.fill(row, Upload(row.name, content))
        except RetryLaterError as error:
            log.info("file not fetched yet", file=row.id, attempts=row.attempts)
            if row.attempts >= _MOST_ATTEMPTS:
                row.error = str(error)[:300]
        except UndeliverableError as error:
            row.error = str(error)[:300]
        except PeopleError as error:
            row.error = str(error)[:300]
            told = f"{error.sentence} {error.next_step}".strip()
        fetched = {name: getattr(row, name) for name in _FETCHED}
        with self._database.writing() as session:
            # only what fetching changes: meanwhile the file may have become part of a case
            session.execute(
                sa.update(Attachment).where(col(Attachment.id) == row.id).values(**fetched)
            )
            if told and row.chat_id:
                enqueue(session, row.chat_id, told, self._clock())
