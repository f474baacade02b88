"""Putting messages into the outbox, and claiming them for delivery."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.chats.models import Chat
from api.chats.states import channel_state
from api.db import held
from api.outbox.models import OutboxMessage

LEASE = timedelta(seconds=60)
BACK_OFF = (2, 10, 60, 300, 1800, 7200)  # seconds before the next try
JITTER = 0.2  # the part of it by which it differs, so that what failed together comes apart

_NO_LIMIT = 2**31 - 1

# Statements are made once: building one takes longer than running it, and these are run for
# every message that comes in or goes out.
_MESSAGES = OutboxMessage.__table__  # type: ignore[attr-defined]  # by columns: no row is loaded
_RELEASE = (
    sa.update(_MESSAGES)
    .where(_MESSAGES.c.chat_id == sa.bindparam("chat"), _MESSAGES.c.held_at.is_not(None))
    .where(_MESSAGES.c.sent_at.is_(None), _MESSAGES.c.failed_at.is_(None))
    .values(held_at=None, due_at=sa.bindparam("at"), error="")
)
_OF_CHANNEL = Chat.channel == sa.bindparam("channel")
_WAITING = (
    col(OutboxMessage.sent_at).is_(None),
    col(OutboxMessage.failed_at).is_(None),
    col(OutboxMessage.held_at).is_(None),
)
_IS_DUE = col(OutboxMessage.due_at) <= sa.bindparam("at")
_DUE = (
    select(OutboxMessage.id)
    .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
    .where(*_WAITING, _IS_DUE, _OF_CHANNEL)
    .limit(1)
)
_LATELY = (
    select(sa.func.count())
    .select_from(OutboxMessage)
    .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
    .where(_OF_CHANNEL, col(OutboxMessage.tried_at) > sa.bindparam("lately"))
)
_OLDEST = (  # of each conversation
    select(sa.func.min(OutboxMessage.id))
    .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
    .where(*_WAITING, _OF_CHANNEL)
    .group_by(col(OutboxMessage.chat_id))
)
_SPOKEN = (  # how many messages were tried within the last minute, by conversation
    select(col(OutboxMessage.chat_id), sa.func.count().label("calls"))
    .where(col(OutboxMessage.tried_at) > sa.bindparam("lately"))
    .group_by(col(OutboxMessage.chat_id))
    .subquery()
)
_calls = sa.func.coalesce(_SPOKEN.c.calls, 0)
_FREE = sa.or_(
    col(OutboxMessage.leased_until).is_(None),
    col(OutboxMessage.leased_until) <= sa.bindparam("at"),
)
_CLAIM = held(
    select(OutboxMessage)
    .outerjoin(_SPOKEN, _SPOKEN.c.chat_id == OutboxMessage.chat_id)
    .where(*_WAITING, col(OutboxMessage.id).in_(_OLDEST), _IS_DUE, _FREE)
    .where(_calls < sa.bindparam("calls", type_=sa.Integer))
    .order_by(_calls, col(OutboxMessage.id))
    .limit(sa.bindparam("most", type_=sa.Integer)),
    skip=True,
    of=OutboxMessage,
)


def enqueue(  # noqa: PLR0913  # a message has this many parts
    session: Session,
    chat_id: int,
    text: str,
    at: datetime,
    *,
    buttons: Sequence[tuple[str, str]] = (),
    case_id: int | None = None,
    extra: dict[str, Any] | None = None,
) -> OutboxMessage:
    """Owe a message to a conversation; it is sent after the surrounding transaction commits."""
    message = OutboxMessage(
        chat_id=chat_id,
        case_id=case_id,
        text=text,
        buttons=[list(button) for button in buttons],
        extra=extra or {},
        created_at=at,
        due_at=at,
    )
    session.add(message)
    return message


def claim(
    session: Session,
    channel: str,
    at: datetime,
    most: int = 20,
    per_chat_minute: int | None = None,
) -> list[OutboxMessage]:
    """Take waiting messages of a channel for delivery, at most one per conversation.

    The oldest of a conversation goes first and nothing of it overtakes, so its order is kept.
    Who was spoken to longest ago comes first, and who was sent per_chat_minute messages within
    the last minute waits, so that one long conversation holds up nobody else. Claimed rows carry
    a lease; after LEASE another instance may take them. Held ones stand aside.
    """
    given = {
        "channel": channel,
        "at": at,
        "lately": at - timedelta(minutes=1),
        "most": most,
        "calls": _NO_LIMIT if per_chat_minute is None else per_chat_minute,
    }
    rows = session.exec(_CLAIM, params=given).all()
    lease = uuid4().hex
    for row in rows:
        row.lease = lease
        row.leased_until = at + LEASE
        row.tried_at = at
        row.attempts += 1
    session.flush()
    return list(rows)


def waits(session: Session, channel: str, at: datetime) -> bool:
    """Tell whether anything of a channel is due, without locking a row."""
    return session.exec(_DUE, params={"channel": channel, "at": at}).first() is not None


def room(session: Session, channel: str, at: datetime, per_second: int) -> int:
    """Return how many messages a channel may still take now, over all instances.

    Locks the channel's row until the transaction ends, so that two instances do not both take
    the last place. 0 while the platform has asked us to be quiet.
    """
    state = channel_state(session, channel)
    if state.quiet_until and state.quiet_until > at:
        return 0
    second = {"channel": channel, "lately": at - timedelta(seconds=1)}
    lately = session.exec(_LATELY, params=second).one()
    return max(0, per_second - int(lately))


def quieten(session: Session, channel: str, until: datetime) -> None:
    """Note that the platform asked the whole channel to wait."""
    state = channel_state(session, channel)
    if state.quiet_until is None or state.quiet_until < until:
        state.quiet_until = until


def resume(session: Session, channel: str, at: datetime) -> None:
    """Let everything go now that waits on a channel, because a person put something right."""
    channel_state(session, channel).quiet_until = None
    chats = select(Chat.id).where(Chat.channel == channel)
    session.execute(
        sa.update(OutboxMessage)
        .where(col(OutboxMessage.chat_id).in_(chats), col(OutboxMessage.due_at) > at)
        .where(col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.failed_at).is_(None))
        .values(due_at=at),
        execution_options={"synchronize_session": False},
    )


def mark_sent(session: Session, message: OutboxMessage, at: datetime, platform_id: str) -> bool:
    """Note that a claimed message was delivered; False where the lease had passed on."""
    return _finish(session, message, sent_at=at, platform_id=platform_id, error="")


def note_pieces(session: Session, message: OutboxMessage, at: datetime, sent: int) -> bool:
    """Note how many pieces of a claimed message were delivered, and hold it for longer."""
    return _update(session, message, pieces_sent=sent, leased_until=at + LEASE)


def mark_failed(session: Session, message: OutboxMessage, at: datetime, error: str) -> bool:
    """Note that a message can never be delivered; staff see it with the reason."""
    return _finish(session, message, failed_at=at, error=error)


def hold(session: Session, message: OutboxMessage, at: datetime, why: str, announced: str) -> bool:
    """Keep a message until the person writes again; announced is the number of a notice of it."""
    extra = {**message.extra, **({"announced": announced} if announced else {})}
    tries = message.attempts - 1
    return _finish(session, message, held_at=at, error=why, attempts=tries, extra=extra)


def release(session: Session, chat_id: int, at: datetime) -> None:
    """Let the held messages of a conversation go, because its person has written."""
    session.connection().execute(_RELEASE, {"chat": chat_id, "at": at})


def postpone(
    session: Session,
    message: OutboxMessage,
    at: datetime,
    error: str,
    wait: timedelta | None = None,
) -> bool:
    """Try a message again later: after `wait` where the platform named it, else backing off.

    After the last step of BACK_OFF the message fails visibly.
    """
    if wait is not None:  # the platform is there and asks for patience: that is no failed try
        tries = message.attempts - 1
        return _finish(session, message, due_at=at + wait, error=error, attempts=tries)
    if message.attempts > len(BACK_OFF):
        return mark_failed(session, message, at, error)
    wait_for = BACK_OFF[message.attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    pause = timedelta(seconds=wait_for)
    return _finish(session, message, due_at=at + pause, error=error)


def retry(session: Session, message: OutboxMessage, at: datetime) -> None:
    """Send a failed message again because a member of staff asked for it."""
    message.failed_at = None
    message.attempts = 0
    message.due_at = at
    message.lease = ""
    message.leased_until = None


def _finish(session: Session, message: OutboxMessage, **values: Any) -> bool:
    return _update(session, message, lease="", leased_until=None, **values)


def _update(session: Session, message: OutboxMessage, **values: Any) -> bool:
    given = {f"new_{name}": value for name, value in values.items()}
    held_as = {"message": message.id, "held_as": message.lease}
    done = session.connection().execute(_change(tuple(values)), {**given, **held_as})
    return bool(done.rowcount == 1)


@cache
def _change(names: tuple[str, ...]) -> sa.Update:
    """Return the change of some columns of a message that is still held under its lease."""
    return (
        sa.update(_MESSAGES)
        .where(_MESSAGES.c.id == sa.bindparam("message"))
        .where(_MESSAGES.c.lease == sa.bindparam("held_as"))
        .values({name: sa.bindparam(f"new_{name}") for name in names})
    )
