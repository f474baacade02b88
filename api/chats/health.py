"""How a channel does: what came, what went, what waits, and what its platform says."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.chats.models import ChannelState, Chat, Handling, PendingLine, Update
from api.outbox.models import OutboxMessage


@dataclass(frozen=True)
class ChannelHealth:
    """The state of one channel, from the database.

    waiting counts messages owed, oldest is when the first of them was; unread counts lines that
    wait for more; pending, token_until and findings are what the platform said at checked_at.
    """

    name: str
    last_in: datetime | None
    last_out: datetime | None
    waiting: int
    oldest: datetime | None
    unread: int
    failed_in: int
    pending: int | None = None
    token_until: datetime | None = None
    checked_at: datetime | None = None
    findings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nobody has to look."""
        return not self.findings and not self.failed_in


def health(session: Session, name: str) -> ChannelHealth:
    """Return the state of a channel."""
    last_in = select(sa.func.max(col(Chat.last_in_at))).where(Chat.channel == name)
    owed = select(sa.func.count(), sa.func.min(col(OutboxMessage.created_at))).join_from(
        OutboxMessage, Chat
    )
    owed = owed.where(
        Chat.channel == name,
        col(OutboxMessage.sent_at).is_(None),
        col(OutboxMessage.failed_at).is_(None),
        col(OutboxMessage.held_at).is_(None),
    )
    last_out = (
        select(sa.func.max(col(OutboxMessage.sent_at)))
        .join_from(OutboxMessage, Chat)
        .where(Chat.channel == name)
    )
    failed = select(sa.func.count()).where(
        Update.channel == name, Update.handling == Handling.FAILED
    )
    unread = select(sa.func.count()).join_from(PendingLine, Chat).where(Chat.channel == name)
    waiting, oldest = session.exec(owed).one()
    state = session.exec(select(ChannelState).where(ChannelState.channel == name)).first()
    said = state or ChannelState(channel=name)
    return ChannelHealth(
        name=name,
        last_in=session.exec(last_in).one(),
        last_out=session.exec(last_out).one(),
        waiting=int(waiting),
        oldest=oldest,
        unread=int(session.exec(unread).one()),
        failed_in=int(session.exec(failed).one()),
        pending=said.pending,
        token_until=said.token_until,
        checked_at=said.checked_at,
        findings=tuple(said.findings),
    )
