"""Receiving an update once: key, conversation, case and replies in one transaction."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from api.cases import intake, lookup, notices
from api.cases.events import CITIZEN, record
from api.cases.models import Audience
from api.cases.office import Office
from api.catalogue.desk import CatalogueDesk
from api.chats.models import Chat, Handling, Update
from api.clock import Clock
from api.db import Database
from api.errors import PeopleError
from api.files.models import Attachment
from api.files.store import FileStore, clean_name
from api.outbox.queue import enqueue, release
from api.people.consent import consent_hash
from api.people.models import Consent
from api.settings import Settings
from bot.arrival import Arrival
from bot.desk import OfficeDesk
from bot.dialogue.engine import turn
from bot.dialogue.model import AddNote, Draft, Input, OpenCase, Reply, Turn
from bot.dialogue.texts import say
from knowledge.text import nfc
from knowledge.triage import TriageReader

log = structlog.get_logger(__name__)


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

    def receive(self, arrival: Arrival) -> Received:
        """Handle an arrival; when this returns, it is committed and may be acknowledged.

        A repeated one changes nothing. If handling raises, everything it did is undone, the raw
        update is kept for the staff, and the person gets an honest sentence.
        """
        arrival = replace(arrival, text=_keepable(arrival.text))
        try:
            with self.database.writing() as session:
                if not self._is_new(session, arrival):
                    return Received.DUPLICATE
                self._handle(session, arrival)
        except Exception as error:  # whatever it is: the update must be kept for a person to see
            log.exception("update failed", channel=arrival.channel, key=arrival.key)
            return self._keep_failed(arrival, error)
        self.wake()
        return Received.HANDLED

    def retry(self, arrival: Arrival) -> Received:
        """Handle an update again that failed before, because a member of staff asked for it."""
        try:
            with self.database.writing() as session:
                row = self._row(session, arrival)
                if row is None or row.handling is not Handling.FAILED:
                    return Received.DUPLICATE
                row.handling, row.error, row.attempts = Handling.DONE, "", row.attempts + 1
                self._handle(session, arrival)
        except Exception:
            log.exception("update failed again", channel=arrival.channel, key=arrival.key)
            return Received.FAILED
        self.wake()
        return Received.HANDLED

    def _is_new(self, session: Session, arrival: Arrival) -> bool:
        row = Update(
            channel=arrival.channel,
            key=arrival.key,
            raw=arrival.raw,
            text=nfc(arrival.text),
            received_at=self.clock(),
            handling=Handling.DONE,
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            return False
        return True

    def _handle(self, session: Session, arrival: Arrival) -> None:
        at = self.clock()
        chat = self._chat(session, arrival, at)
        desk = OfficeDesk(
            session=session,
            settings=self.settings,
            office=self.office,
            clerk=self.catalogue.clerk(session),
            reader=self.reader,
            chat=chat,
            clock=self.clock,
        )
        release(session, chat.id or 0, at)
        draft = self._draft(chat, at)
        given = self._input(session, chat, arrival, at)
        self._complete_row(session, arrival, chat, draft, given)
        outcome = self._carry_out(session, chat, draft, turn(draft, given, desk), at)
        for reply in outcome.replies:
            enqueue(session, chat.id or 0, reply.text, at, buttons=reply.buttons)
        chat.draft = outcome.draft.model_dump(mode="json")
        chat.draft_at = at
        chat.last_in_at = at

    def _chat(self, session: Session, arrival: Arrival, at: datetime) -> Chat:
        """Return the conversation, locked so that its messages are handled one by one."""
        query = select(Chat).where(Chat.channel == arrival.channel, Chat.key == arrival.chat_key)
        found = session.exec(query.with_for_update()).first()
        if found:
            found.blocked_at = None  # somebody who writes has not blocked us
            return found
        chat = Chat(channel=arrival.channel, key=arrival.chat_key, draft_at=at, created_at=at)
        try:
            with session.begin_nested():
                session.add(chat)
        except IntegrityError:
            return session.exec(query.with_for_update()).one()
        return chat

    def _row(self, session: Session, arrival: Arrival) -> Update | None:
        return session.exec(
            select(Update).where(Update.channel == arrival.channel, Update.key == arrival.key)
        ).first()

    def _complete_row(
        self, session: Session, arrival: Arrival, chat: Chat, draft: Draft, given: Input
    ) -> None:
        """Note in the kept update whose it is, which button it pressed and which files it had."""
        row = self._row(session, arrival)
        if row is None:
            return
        row.chat_id = chat.id
        row.text = row.text or _label(draft, arrival.action)
        if given.files:
            row.raw = {**row.raw, "files": list(given.files)}

    def _draft(self, chat: Chat, at: datetime) -> Draft:
        forgotten = at - chat.draft_at > timedelta(days=self.settings.draft_days)
        return Draft() if forgotten else Draft.model_validate(chat.draft)

    def _input(self, session: Session, chat: Chat, arrival: Arrival, at: datetime) -> Input:
        tokens = []
        refused = arrival.refused
        for upload in arrival.uploads:
            try:
                tokens.append(self.files.keep(session, upload, at, chat_id=chat.id).token)
            except PeopleError as error:
                refused = f"{error.sentence} {error.next_step}".strip()
        for remote in arrival.remotes:
            if remote.size > self.files.limit:
                limit = self.files.limit // 2**20
                refused = say("file_too_big", name=clean_name(remote.name), limit=limit)
                continue
            row = Attachment(
                token=secrets.token_urlsafe(18),
                chat_id=chat.id,
                name=clean_name(remote.name),
                size=remote.size,
                remote=remote.handle,
                due_at=at,
                created_at=at,
            )
            session.add(row)
            tokens.append(row.token)
        return Input(nfc(arrival.text), arrival.action, tuple(tokens), refused)

    def _carry_out(  # one turn has this many parts
        self,
        session: Session,
        chat: Chat,
        before: Draft,
        outcome: Turn,
        at: datetime,
    ) -> Turn:
        """Do what the turn asks for; where that is refused, the draft stays and the why is said."""
        try:
            with session.begin_nested():
                for effect in outcome.effects:
                    if isinstance(effect, OpenCase):
                        self._open_case(session, chat, effect, at)
                    else:
                        self._add_note(session, chat, effect, at)
        except PeopleError as error:
            return replace(
                outcome, draft=before, replies=(Reply(f"{error.sentence} {error.next_step}"),)
            )
        return outcome

    def _open_case(self, session: Session, chat: Chat, effect: OpenCase, at: datetime) -> None:
        case = intake.open_case(session, self.office, chat, effect.feedback, at)
        session.add(
            Consent(
                citizen_id=case.citizen_id,
                version=self.office.consent_version,
                text_hash=consent_hash(self.office.name, self.office.phone),
                remember=effect.feedback.remember,
                channel=chat.channel,
                given_at=at,
            )
        )
        notices.tell(session, self.office, case, "received", at)

    def _add_note(self, session: Session, chat: Chat, effect: AddNote, at: datetime) -> None:
        case = lookup.by_code(session, effect.code)
        if case.chat_id != chat.id:
            raise PeopleError(say("note_refused", phone=self.settings.ward_phone))
        record(
            session,
            case,
            "citizen_note",
            CITIZEN,
            at,
            audience=Audience.CITIZEN,
            note=effect.text,
        )

    def _keep_failed(self, arrival: Arrival, error: Exception) -> Received:
        at = self.clock()
        with self.database.writing() as session:
            if self._row(session, arrival):
                return Received.DUPLICATE
            chat = self._chat(session, arrival, at)
            session.add(
                Update(
                    channel=arrival.channel,
                    key=arrival.key,
                    chat_id=chat.id,
                    raw=arrival.raw,
                    text=nfc(arrival.text),
                    received_at=at,
                    handling=Handling.FAILED,
                    error=f"{type(error).__name__}: {error}"[:500],
                )
            )
            enqueue(session, chat.id or 0, say("failed", phone=self.settings.ward_phone), at)
        self.wake()
        return Received.FAILED


def _keepable(text: str) -> str:
    """Return text without what no database keeps: NUL and halves of a surrogate pair."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _label(draft: Draft, action: str) -> str:
    """Return the words on the button that was pressed, as far as they were offered."""
    return next((words for words, offered in draft.options if offered == action), "")
