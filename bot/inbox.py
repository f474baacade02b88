"""Receiving an update once: key, conversation, case and replies in one transaction."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlmodel import Session, col, select

from api.cases.office import Office
from api.catalogue.desk import CatalogueDesk
from api.chats.models import Chat, Update
from api.clock import Clock
from api.db import Database, held
from api.errors import PeopleError
from api.files.store import FileStore
from api.outbox.models import OutboxMessage
from api.outbox.queue import enqueue, release
from api.settings import Settings
from api.ward import cards
from bot import edits, effects, lines, linking, updates
from bot.arrival import Arrival
from bot.desk import OfficeDesk
from bot.dialogue.engine import may_go_on, turn
from bot.dialogue.model import (
    LONGEST_MESSAGE,
    Draft,
    Input,
    Learnt,
    Reply,
    Step,
    Turn,
)
from bot.dialogue.texts import say
from bot.flood import Crowd, Flood
from bot.updates import Taken
from knowledge.text import squeeze
from knowledge.triage import TriageReader

log = structlog.get_logger(__name__)

_FLOOD = timedelta(minutes=1)  # how long words past the limit of a conversation wait


class Received(StrEnum):
    """What became of an arrival."""

    HANDLED = "handled"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True)
class Inbox:
    """Takes arrivals of all channels. wake is called when replies may be waiting."""

    database: Database
    settings: Settings
    office: Office
    catalogue: CatalogueDesk
    reader: TriageReader
    files: FileStore
    clock: Clock
    wake: Callable[[], None] = lambda: None
    flood: Flood = field(default_factory=lambda: Flood(10_000, 1_000_000))

    def receive(self, arrival: Arrival) -> Received:
        """Handle an arrival; when this returns, it is committed and may be acknowledged.

        A repeated one changes nothing. If handling raises, everything it did is undone, the raw
        update is kept for the staff, and the person gets an honest sentence.
        """
        arrival = replace(arrival, text=_keepable(arrival.text))
        try:
            with self.database.writing() as session:
                taken = updates.take(session, arrival, self.clock())
                if taken is None:
                    return Received.DUPLICATE
                self._handle(session, arrival, taken)
        except Exception as error:  # whatever it is: the update must be kept for a person to see
            log.exception("update failed", channel=arrival.channel, key=arrival.key)
            return self._keep_failed(arrival, error)
        self.wake()
        return Received.HANDLED

    def retry(self, arrival: Arrival) -> Received:
        """Handle an update again that failed before, because a member of staff asked for it."""
        try:
            with self.database.writing() as session:
                taken = updates.take_again(session, arrival, self.clock())
                if taken is None:
                    return Received.DUPLICATE
                self._handle(session, replace(arrival, gathers=False, album=False), taken)
        except Exception:
            log.exception("update failed again", channel=arrival.channel, key=arrival.key)
            return Received.FAILED
        self.wake()
        return Received.HANDLED

    def read_lines(self) -> int:
        """Read the lines that nothing more follows; returns in how many conversations.

        Each conversation is one transaction. What cannot be read is kept for the staff.
        """
        quiet = timedelta(seconds=self.settings.burst_seconds)
        with self.database.reading() as session:
            chats = lines.quiet_chats(session, self.clock(), quiet)
        for chat_id in chats:
            try:
                with self.database.writing() as session:
                    self._read_lines(session, chat_id)
            except Exception as error:  # whatever it is: the lines must be kept for a person
                log.exception("lines failed", chat=chat_id)
                self._fail_lines(chat_id, error)
        if chats:
            self.wake()
        return len(chats)

    def _handle(self, session: Session, arrival: Arrival, taken: Taken) -> None:
        at, chat = self.clock(), taken.chat
        if chat.blocked_at:  # somebody who writes has not blocked us
            chat.blocked_at = None
        if arrival.left is not None or arrival.notice:
            self._note_only(session, arrival, chat, at)
            return
        given = updates.given(session, self.files, taken, arrival, at)
        if not taken.update.text:
            taken.update.text = _label(self._draft(chat, at), arrival.action)
        self._hear(session, arrival, taken, given)
        chat.last_in_at = at

    def _hear(self, session: Session, arrival: Arrival, taken: Taken, given: Input) -> None:
        """Let words wait for more, or answer them with what waited before."""
        at, chat, update = self.clock(), taken.chat, taken.update
        release(session, chat.id or 0, at)
        crowd = self.flood.take(f"{chat.channel}:{chat.key}", at)
        if crowd is not Crowd.FINE:
            self._hold_back(session, taken, arrival, given, crowd)
            return
        desk = self._desk(session, chat)
        if arrival.edited and self._corrected(session, desk, update, given, at):
            return
        if self._waits(desk, arrival, given):
            quiet = timedelta(seconds=self.settings.burst_seconds)
            lines.keep(session, update, arrival.position, given, at, quiet)
            return
        for message in self._with_lines(session, chat, arrival, given):
            self._answer(session, desk, message, at)

    def _note_only(self, session: Session, arrival: Arrival, chat: Chat, at: datetime) -> None:
        """Note who left or came back; reply with a fixed sentence to what is no conversation."""
        if arrival.left is not None:
            chat.blocked_at = at if arrival.left else None
        if arrival.notice:
            enqueue(session, chat.id or 0, arrival.notice, at)

    def _hold_back(  # a message has this many sides
        self, session: Session, taken: Taken, arrival: Arrival, given: Input, crowd: Crowd
    ) -> None:
        """Let words wait for a quieter minute; what cannot wait is asked for again."""
        kept = arrival.gathers and not arrival.action
        if kept:
            lines.keep(session, taken.update, arrival.position, given, self.clock(), _FLOOD)
        if crowd is Crowd.FIRST:
            told = say("too_fast") if kept else say("too_fast_again")
            enqueue(session, taken.chat.id or 0, told, self.clock())

    def _answer(self, session: Session, desk: OfficeDesk, given: Input, at: datetime) -> None:
        """Take one turn of the conversation: its effects, its replies and its new draft."""
        chat = desk.chat
        linked = linking.hear(session, chat, given.text, at)
        if linked is not None:
            enqueue(session, chat.id or 0, linked, at)
            return
        draft = self._draft(chat, at)
        if draft.step is Step.IDLE and given.text.strip().isdecimal():
            draft = draft.model_copy(update={"options": self._offered(session, chat, draft)})
        outcome = turn(draft, given, desk)
        self._keep_turn(session, chat, draft, outcome, at)

    def _keep_turn(  # one turn has this many parts
        self, session: Session, chat: Chat, draft: Draft, outcome: Turn, at: datetime
    ) -> None:
        outcome = self._carry_out(session, chat, draft, outcome, at)
        for reply in outcome.replies:
            asks = {"asks": "phone"} if reply.asks_phone else {}
            enqueue(session, chat.id or 0, reply.text, at, buttons=reply.buttons, extra=asks)
        chat.draft = outcome.draft.model_dump(mode="json")
        chat.draft_at = at

    def _desk(self, session: Session, chat: Chat) -> OfficeDesk:
        return OfficeDesk(
            session=session,
            settings=self.settings,
            office=self.office,
            clerk=self.catalogue.clerk(session),
            reader=self.reader,
            chat=chat,
            clock=self.clock,
        )

    def _offered(self, session: Session, chat: Chat, draft: Draft) -> tuple[tuple[str, str], ...]:
        """Return the buttons a typed number means: those of the newest message that has any."""
        query = (
            select(OutboxMessage)
            .where(OutboxMessage.chat_id == chat.id)
            .order_by(col(OutboxMessage.id).desc())
        )
        newest = session.exec(query).first()
        if newest and newest.case_id and newest.buttons:
            return tuple((label, action) for label, action in newest.buttons)
        return draft.options

    def _corrected(
        self, session: Session, desk: OfficeDesk, update: Update, given: Input, at: datetime
    ) -> bool:
        """Take the new words of a message that was changed; False where they are a new message."""
        chat = desk.chat
        before = edits.earlier(session, chat, update)
        if before is None:
            return False
        if before.text == given.text or edits.change_waiting(session, before, given.text):
            return True
        draft = self._draft(chat, at)
        outcome = edits.correct(session, desk, draft, before.text, given.text)
        if outcome:
            self._keep_turn(session, chat, draft, outcome, at)
        return outcome is not None

    def _waits(self, desk: OfficeDesk, arrival: Arrival, given: Input) -> bool:
        """Tell whether more may follow that belongs to this message."""
        if not self.settings.burst_seconds or arrival.action:
            return False
        if arrival.album:
            return True
        if not arrival.gathers or given.files or given.refused:
            return False
        return may_go_on(self._draft(desk.chat, self.clock()), given.text, desk)

    def _with_lines(
        self, session: Session, chat: Chat, arrival: Arrival, given: Input
    ) -> list[Input]:
        """Return what is to be answered now: lines that waited, then or with this message."""
        waiting = lines.waiting(session, chat)
        before = lines.joined(waiting)
        for line in waiting:
            session.delete(line)
        goes_on = arrival.gathers and not arrival.action and squeeze(given.text).endswith("?")
        if before and goes_on and len(before[-1].text) + len(given.text) < LONGEST_MESSAGE:
            return [*before[:-1], lines.together(before[-1], given)]
        return [*before, given]

    def _read_lines(self, session: Session, chat_id: int) -> None:
        """Answer the lines of a conversation, unless another instance is at it."""
        chat = session.exec(held(select(Chat).where(Chat.id == chat_id), skip=True)).first()
        if chat is None:
            return
        waiting = lines.waiting(session, chat)
        desk = self._desk(session, chat)
        for message in lines.joined(waiting):
            self._answer(session, desk, message, self.clock())
        for line in waiting:
            session.delete(line)

    def _fail_lines(self, chat_id: int, error: Exception) -> None:
        with self.database.writing() as session:
            chat = session.exec(held(select(Chat).where(Chat.id == chat_id))).one()
            waiting = lines.waiting(session, chat)
            lines.fail(session, waiting, _named(error))
            if waiting:
                sentence = say("failed", phone=cards.contact(session, self.office).phone)
                enqueue(session, chat_id, sentence, self.clock())

    def _draft(self, chat: Chat, at: datetime) -> Draft:
        forgotten = at - chat.draft_at > timedelta(days=self.settings.draft_days)
        return Draft() if forgotten else Draft.model_validate(chat.draft)

    def _carry_out(  # one turn has this many parts
        self,
        session: Session,
        chat: Chat,
        before: Draft,
        outcome: Turn,
        at: datetime,
    ) -> Turn:
        """Do what the turn asks for; where that is refused, the draft stays and the why is said."""
        refusable = not all(isinstance(effect, Learnt) for effect in outcome.effects)
        try:
            with session.begin_nested() if refusable else nullcontext():
                for effect in outcome.effects:
                    effects.carry_out(session, self.office, chat, effect, at)
        except PeopleError as error:
            return replace(
                outcome, draft=before, replies=(Reply(f"{error.sentence} {error.next_step}"),)
            )
        return outcome

    def _keep_failed(self, arrival: Arrival, error: Exception) -> Received:
        at = self.clock()
        with self.database.writing() as session:
            taken = updates.take(session, arrival, at, error=_named(error))
            if taken is None:
                return Received.DUPLICATE
            sentence = say("failed", phone=cards.contact(session, self.office).phone)
            enqueue(session, taken.chat.id or 0, sentence, at)
        self.wake()
        return Received.FAILED


def _keepable(text: str) -> str:
    """Return text without what no database keeps: NUL and halves of a surrogate pair."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _label(draft: Draft, action: str) -> str:
    """Return the words on the button that was pressed, as far as they were offered."""
    return next((words for words, offered in draft.options if offered == action), "")
