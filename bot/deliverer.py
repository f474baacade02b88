"""Sending what is owed: claim with a lease, send, mark. Each step says whether it did work."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlmodel import Session, col, select

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
from bot.ledger import Entry, Ledger
from bot.menus import fitted

log = structlog.get_logger(__name__)

_AT_ONCE = 20  # messages on their way together, each to another person


class Deliverer:
    """Delivers the outbox of one channel; many may run on one database."""

    def __init__(
        self, database: Database, channel: Channel, files: FileStore, clock: Clock
    ) -> None:
        self._database = database
        self._ledger = Ledger(database)
        self._channel = channel
        self._files = files
        self._clock = clock
        self._told_to_wait: dict[int, datetime] = {}

    async def step(self) -> int:
        """Deliver what is due now; returns how many messages were tried."""
        claimed = await asyncio.to_thread(self._take)
        await asyncio.gather(*(self._deliver(chat, message) for chat, message in claimed))
        return len(claimed)

    def _take(self) -> list[tuple[Chat, OutboxMessage]]:
        """Take as many messages as the platform lets us send now, one for each person."""
        at, name, pace = self._clock(), self._channel.name, self._channel.pace
        with self._database.reading() as session:
            if not queue.waits(session, name, at):
                return []
        with self._database.writing() as session:
            most = min(_AT_ONCE, queue.room(session, name, at, pace.per_second))
            claimed = queue.claim(session, name, at, most, pace.per_chat_minute)
            query = select(Chat).where(col(Chat.id).in_([m.chat_id for m in claimed]))
            chats = {chat.id: chat for chat in session.exec(query)}
            session.expunge_all()
        return [(chats[message.chat_id], message) for message in claimed]

    async def _deliver(self, chat: Chat, message: OutboxMessage) -> None:
        try:
            platform_id = await self._send(chat, message)
        except RetryLaterError as error:
            entry = self._wait(chat, message, error)
        except HeldError as error:
            entry = self._hold(chat, message, error)
        except UndeliverableError as error:
            entry = self._give_up(chat, message, error)
        else:
            entry = partial(
                queue.mark_sent, message=message, at=self._clock(), platform_id=platform_id
            )
        await self._ledger.write(entry)

    def _wait(self, chat: Chat, message: OutboxMessage, error: RetryLaterError) -> Entry:
        """Try again later. Told to wait about two people, we are too fast for the platform."""
        at = self._clock()
        told = {key: until for key, until in self._told_to_wait.items() if until > at}
        self._told_to_wait = {**told, chat.id or 0: at + error.wait} if error.wait else told
        too_fast = bool(error.wait) and len(self._told_to_wait) > 1
        quiet_until = max(self._told_to_wait.values()) if too_fast else None

        def entry(session: Session) -> None:
            queue.postpone(session, message, at, str(error), error.wait)
            if quiet_until:
                queue.quieten(session, chat.channel, quiet_until)

        return entry

    async def _send(self, chat: Chat, message: OutboxMessage) -> str:
        """Send what is left of a message; a piece that arrived is not sent again."""
        *before, last = self._pieces(message)[message.pieces_sent :]
        for sent, piece in enumerate(before, start=message.pieces_sent + 1):
            await self._send_piece(chat, piece)
            entry = partial(queue.note_pieces, message=message, at=self._clock(), sent=sent)
            await self._ledger.write(entry)
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

    def _hold(self, chat: Chat, message: OutboxMessage, error: HeldError) -> Entry:
        """Set a message aside, unless the person has written while it was being tried."""
        at = self._clock()

        def entry(session: Session) -> None:
            now = session.exec(held(select(Chat).where(Chat.id == chat.id))).one()
            if now.last_in_at == chat.last_in_at:
                queue.hold(session, message, at, str(error), error.announced)
            else:
                queue.postpone(session, message, at, str(error), timedelta(0))

        return entry

    def _give_up(self, chat: Chat, message: OutboxMessage, error: UndeliverableError) -> Entry:
        log.warning("message undeliverable", message=message.id, channel=chat.channel)
        at = self._clock()

        def entry(session: Session) -> None:
            queue.mark_failed(session, message, at, str(error))
            row = session.get(Chat, chat.id)
            if error.blocked and row:
                row.blocked_at = at

        return entry
