"""Sending what is owed: claim with a lease, send, mark. Each step says whether it did work."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, select

from api.chats.models import Chat
from api.clock import Clock
from api.db import Database, held
from api.files.store import FileStore, by_tokens
from api.outbox import queue
from api.outbox.models import OutboxMessage
from bot.channel import (
    Channel,
    HeldError,
    Piece,
    RetryLaterError,
    SentFile,
    UndeliverableError,
    cut,
)
from bot.menus import fitted

log = structlog.get_logger(__name__)

_AT_ONCE = 20  # messages on their way together, each to another person


class Deliverer:
    """Delivers the outbox of one channel; many may run on one database."""

    def __init__(
        self, database: Database, channel: Channel, files: FileStore, clock: Clock
    ) -> None:
        self._database = database
        self._channel = channel
        self._files = files
        self._clock = clock
        self._told_to_wait: dict[int, datetime] = {}

    async def step(self) -> int:
        """Deliver what is due now; returns how many messages were tried."""
        with self._database.reading() as session:
            if not queue.waits(session, self._channel.name, self._clock()):
                return 0
        with self._database.writing() as session:
            claimed = self._claim(session)
            chats = {
                chat.id: chat
                for chat in session.exec(
                    select(Chat).where(Chat.id.in_([m.chat_id for m in claimed]))  # type: ignore[union-attr]
                )
            }
            session.expunge_all()
        await asyncio.gather(*(self._deliver(chats[m.chat_id], m) for m in claimed))
        return len(claimed)

    def _claim(self, session: Session) -> list[OutboxMessage]:
        """Take as many messages as the platform lets us send now, one for each person."""
        at, pace = self._clock(), self._channel.pace
        most = min(_AT_ONCE, queue.room(session, self._channel.name, at, pace.per_second))
        return queue.claim(session, self._channel.name, at, most, pace.per_chat_minute)

    async def _deliver(self, chat: Chat, message: OutboxMessage) -> None:
        try:
            platform_id = await self._send(chat, message)
        except RetryLaterError as error:
            self._wait(chat, message, error)
        except HeldError as error:
            self._hold(chat, message, error)
        except UndeliverableError as error:
            self._give_up(chat, message, error)
        else:
            with self._database.writing() as session:
                queue.mark_sent(session, message, self._clock(), platform_id)

    def _wait(self, chat: Chat, message: OutboxMessage, error: RetryLaterError) -> None:
        """Try again later. Told to wait about two people, we are too fast for the platform."""
        at = self._clock()
        with self._database.writing() as session:
            queue.postpone(session, message, at, str(error), error.wait)
            if error.wait is None:
                return
            told = {key: until for key, until in self._told_to_wait.items() if until > at}
            self._told_to_wait = {**told, chat.id or 0: at + error.wait}
            if len(self._told_to_wait) > 1:
                queue.quieten(session, chat.channel, max(self._told_to_wait.values()))

    async def _send(self, chat: Chat, message: OutboxMessage) -> str:
        """Send what is left of a message; a piece that arrived is not sent again."""
        *before, last = self._pieces(message)[message.pieces_sent :]
        for piece in before:
            await self._send_piece(chat, piece)
            with self._database.writing() as session:
                queue.note_piece(session, message, self._clock())
        return await self._send_piece(chat, last)

    def _pieces(self, message: OutboxMessage) -> list[Piece]:
        offered = [(label, action) for label, action in message.buttons]
        text, buttons = fitted(message.text, offered, self._channel)
        *before, last = cut(text, self._channel.longest_text)
        asks_phone = message.extra.get("asks") == "phone"
        words = [*(Piece(p) for p in before), Piece(last, buttons, asks_phone=asks_phone)]
        pieces = [*words, *(Piece(file=file) for file in self._sent_files(message))]
        announced = str(message.extra.get("announced", ""))
        return [replace(p, case_id=message.case_id, announced=announced) for p in pieces]

    def _sent_files(self, message: OutboxMessage) -> list[SentFile]:
        tokens = message.extra.get("files")
        if not tokens:
            return []
        with self._database.reading() as session:
            rows = by_tokens(session, tokens)
        folder = self._files.folder
        return [SentFile(row.name, row.media_type, folder / row.stored) for row in rows]

    async def _send_piece(self, chat: Chat, piece: Piece) -> str:
        if piece.file and not piece.file.path.is_file():
            raise UndeliverableError(f"Không còn tệp “{piece.file.name}” trong kho.")
        return await self._channel.send(chat, piece)

    def _hold(self, chat: Chat, message: OutboxMessage, error: HeldError) -> None:
        """Set a message aside, unless the person has written while it was being tried."""
        at = self._clock()
        with self._database.writing() as session:
            now = session.exec(held(select(Chat).where(Chat.id == chat.id))).one()
            if now.last_in_at == chat.last_in_at:
                queue.hold(session, message, at, str(error), error.announced)
            else:
                queue.postpone(session, message, at, str(error), timedelta(0))

    def _give_up(self, chat: Chat, message: OutboxMessage, error: UndeliverableError) -> None:
        log.warning("message undeliverable", message=message.id, channel=chat.channel)
        with self._database.writing() as session:
            queue.mark_failed(session, message, self._clock(), str(error))
            row = session.get(Chat, chat.id)
            if error.blocked and row:
                row.blocked_at = self._clock()
