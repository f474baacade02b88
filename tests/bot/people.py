"""People who write to a whole installation, through the inbox."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlmodel import Session, col, select

from api.cases.models import Case, Kind
from api.chats.models import Chat, Update
from api.files.store import Upload
from api.outbox.models import OutboxMessage
from bot.arrival import Arrival, RemoteFile
from bot.dialogue.model import Draft, Step
from bot.inbox import Inbox, Received
from tests.bot.talk import LAMP

_KEYS = count(1)


@dataclass
class Person:
    """Somebody with one conversation; every message has a fresh key."""

    inbox: Inbox
    key: str = "lan"
    channel: str = "telegram"
    arrivals: list[Arrival] = field(default_factory=list)

    def message(self, text: str = "", action: str = "", **more: Any) -> Arrival:
        """Return a message without sending it."""
        raw = {"chat": self.key, "text": text, "action": action}
        key = f"{self.key}-{next(_KEYS)}"
        return Arrival(self.channel, key, self.key, text, action, raw, **more)

    def sends(self, arrival: Arrival) -> Received:
        """Let the inbox receive a message."""
        self.arrivals.append(arrival)
        return self.inbox.receive(arrival)

    def says(self, *texts: str) -> Received:
        """Send messages of words; returns what became of the last."""
        for text in texts:
            received = self.sends(self.message(text))
        return received

    def taps(self, action: str) -> Received:
        """Press a button."""
        return self.sends(self.message(action=action))

    def uploads(self, *files: Upload, text: str = "") -> Received:
        """Send files that come with the message itself."""
        return self.sends(self.message(text, uploads=files))

    def points_to(self, *files: RemoteFile, text: str = "") -> Received:
        """Send files that lie with the platform."""
        return self.sends(self.message(text, remotes=files))

    def writes_up_to_sending(self, content: str = LAMP, place: str = "ngõ 12") -> None:
        """Have a feedback of chị Lan in the draft, where only "Gửi" is left to press."""
        self.says("menu")
        draft = Draft(
            step=Step.CONFIRM,
            content=content,
            kind=Kind.INFRASTRUCTURE,
            place=place,
            name="Nguyễn Thị Lan",
            phone="0912345678",
            consented=True,
        )
        with self.inbox.database.writing() as session:
            self.chat(session).draft = draft.model_dump(mode="json")

    def sends_a_feedback(self, content: str = LAMP) -> Case:
        """Write and send a feedback; returns its case."""
        self.writes_up_to_sending(content)
        self.taps("feedback:send")
        with self.inbox.database.reading() as session:
            return cases(session)[-1]

    def chat(self, session: Session) -> Chat:
        """Return the conversation."""
        return session.exec(
            select(Chat).where(Chat.channel == self.channel, Chat.key == self.key)
        ).one()

    def owed(self) -> list[OutboxMessage]:
        """Return all messages to this person, in order."""
        with self.inbox.database.reading() as session:
            query = (
                select(OutboxMessage)
                .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
                .where(Chat.channel == self.channel, Chat.key == self.key)
                .order_by(col(OutboxMessage.id))
            )
            return list(session.exec(query))

    def hears(self) -> str:
        """Return the newest message to this person."""
        return self.owed()[-1].text


def cases(session: Session) -> list[Case]:
    """Return all cases, the oldest first."""
    return list(session.exec(select(Case).order_by(col(Case.id))))


def updates(session: Session) -> list[Update]:
    """Return all updates, the oldest first."""
    return list(session.exec(select(Update).order_by(col(Update.id))))
