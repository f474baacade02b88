"""What a bad day came to, counted from the database and from what arrived at the platforms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases.models import Case
from api.chats.models import Chat, Handling, PendingLine, Update
from api.outbox.models import OutboxMessage
from api.web.site import Site
from tests.bench.platforms import Side

Handed = Mapping[tuple[str, str], Sequence[str]]
"""The keys of updates by channel and chat, in the order in which they were first taken."""

_UNDER_WAY = 180  # messages that one process may be sending: three channels, three lanes of twenty


@dataclass
class Count:
    """Expected numbers come from the plan, all others from rows and from the doubles.

    sent_twice is what stands twice at a platform; it may, where the answer never reached us:
    lost_answers times by a fault, and for what was under way when a process was killed.
    """

    updates: int = 0
    posts: int = 0
    kept: int = 0
    poisonous: int = 0
    failed: int = 0
    unread: int = 0
    expected_cases: int = 0
    cases: int = 0
    owed: int = 0
    not_sent: int = 0
    gave_up: int = 0
    arrived: int = 0
    replies_lost: int = 0
    sent_twice: int = 0
    lost_answers: int = 0
    chats_out_of_order: int = 0
    replies_out_of_order: int = 0
    killed: int = 0
    seconds: float = 0.0

    @property
    def wrong(self) -> list[str]:
        """Return what no bad day excuses."""
        checks = {
            "updates lost": self.updates - self.kept,
            "poison not kept for the staff": self.poisonous - self.failed,
            "lines never read": self.unread,
            "cases lost or doubled": self.cases - self.expected_cases,
            "messages not sent": self.not_sent,
            "replies lost": self.replies_lost,
            "chats whose updates changed places": self.chats_out_of_order,
            "chats whose replies changed places": self.replies_out_of_order,
            "sent twice without a reason": max(0, self.sent_twice - self._excused),
        }
        return [f"{name}: {number}" for name, number in checks.items() if number]

    @property
    def _excused(self) -> int:
        return self.lost_answers + _UNDER_WAY * self.killed

    def __str__(self) -> str:
        taken = f"{self.updates / self.seconds:.1f} a second" if self.seconds else "at no pace"
        lines = (
            f"updates   {self.updates} sent in {self.posts} posts, {taken}",
            f"          {self.kept} kept, {self.updates - self.kept} lost",
            f"poison    {self.poisonous} sent, {self.failed} kept for the staff",
            f"processes {self.killed} killed",
            f"cases     {self.cases} opened of {self.expected_cases}",
            f"replies   {self.owed} owed, {self.owed - self.not_sent} delivered",
            f"          {self.replies_lost} lost, {self.gave_up} given up",
            f"          {self.arrived} arrived, {self.sent_twice} of them for the second time",
            f"          {self.lost_answers} answers lost by a fault",
            f"order     {self.chats_out_of_order} chats whose updates changed places",
            f"          {self.replies_out_of_order} chats whose replies changed places",
        )
        return "\n".join([*lines, *(self.wrong or ["0 lost, 0 doubled, order kept"])])


def tally(count: Count, site: Site, sides: Sequence[Side], handed: Handed) -> None:
    """Fill in what rows and doubles say."""
    by_channel = {side.channel: side for side in sides}
    with site.database.reading() as session:
        count.kept = number(session, Update)
        count.failed = number(session, Update, Update.handling == Handling.FAILED)
        count.unread = number(session, PendingLine)
        count.cases = number(session, Case)
        count.owed = number(session, OutboxMessage)
        count.not_sent = waiting(session)
        count.gave_up = number(session, OutboxMessage, col(OutboxMessage.failed_at).is_not(None))
        for chat in session.exec(select(Chat)).all():
            _count_chat(count, session, chat, by_channel[chat.channel], handed)
    count.lost_answers = sum(side.lost_answers for side in sides)


def waiting(session: Session) -> int:
    """Return how many messages were not sent."""
    return number(session, OutboxMessage, col(OutboxMessage.sent_at).is_(None))


def number(session: Session, table: Any, *where: Any) -> int:
    """Return how many rows a table has."""
    return session.exec(select(sa.func.count()).select_from(table).where(*where)).one()


def _count_chat(count: Count, session: Session, chat: Chat, side: Side, handed: Handed) -> None:
    keys = session.exec(
        select(Update.key).where(Update.chat_id == chat.id).order_by(col(Update.id))
    )
    count.chats_out_of_order += list(keys) != list(handed.get((chat.channel, chat.key), []))
    rows = session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.chat_id == chat.id)
        .order_by(col(OutboxMessage.id))
    ).all()
    owed = [text.strip() for row in rows for text in side.owed(row)]
    arrived = [text.strip() for text in side.arrived(chat.key)]
    count.arrived += len(arrived)
    at = 0
    for text in arrived:  # what was sent twice stands twice in a row
        if at < len(owed) and text == owed[at]:
            at += 1
        elif at and text == owed[at - 1]:
            count.sent_twice += 1
        else:
            count.replies_out_of_order += 1
            break
    count.replies_lost += len(owed) - at
