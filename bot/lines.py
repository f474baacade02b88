"""Lines that wait to be read as one message: on the phone a thought comes in several.

A line is committed before the platform is told that it was taken, so that it survives whatever
happens to the process. The lines of a conversation are read, and go, in one transaction that
holds the conversation: two instances never read the same line.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.chats.models import Chat, Handling, PendingLine, Update
from bot.dialogue.model import LONGEST_MESSAGE, Input

_WAITING = (
    select(PendingLine)
    .where(col(PendingLine.chat_id) == sa.bindparam("chat"))
    .order_by(col(PendingLine.position), col(PendingLine.id))
)
_LONGEST_WAIT = 5  # times the quiet time: who never stops writing is answered all the same


def keep(
    session: Session, update: Update, position: int, given: Input, at: datetime, wait: timedelta
) -> None:
    """Let what an update said wait for more."""
    session.add(
        PendingLine(
            chat_id=update.chat_id or 0,
            update_id=update.id or 0,
            position=position,
            text=given.text,
            files=list(given.files),
            refused=given.refused,
            kept_at=at,
            due_at=at + wait,
        )
    )


def waiting(session: Session, chat: Chat) -> list[PendingLine]:
    """Return the lines of a conversation in the order in which they were written."""
    return list(session.exec(_WAITING, params={"chat": chat.id}))


def quiet_chats(session: Session, at: datetime, quiet: timedelta, most: int = 50) -> list[int]:
    """Return the conversations whose lines are to be read now, the longest waiting first."""
    oldest = sa.func.min(col(PendingLine.kept_at))
    query = (
        select(PendingLine.chat_id)
        .group_by(col(PendingLine.chat_id))
        .having(
            sa.or_(
                sa.func.max(col(PendingLine.due_at)) <= at,
                sa.and_(
                    oldest <= at - quiet * _LONGEST_WAIT,
                    sa.func.min(col(PendingLine.due_at)) <= at,
                ),
            )
        )
        .order_by(oldest)
        .limit(most)
    )
    return list(session.exec(query))


def joined(lines: Sequence[PendingLine]) -> list[Input]:
    """Return lines as messages: one, or more where it would be too long to be read."""
    messages: list[Input] = []
    for line in lines:
        told = Input(line.text, files=tuple(line.files), refused=line.refused)
        before = messages[-1] if messages else None
        if before and len(before.text) + len(told.text) < LONGEST_MESSAGE:
            messages[-1] = together(before, told)
        else:
            messages.append(told)
    return messages


def together(first: Input, second: Input) -> Input:
    """Return two messages as one."""
    return Input(
        text="\n".join(text for text in (first.text, second.text) if text),
        files=(*first.files, *second.files),
        refused=" ".join(dict.fromkeys(said for said in (first.refused, second.refused) if said)),
    )


def fail(session: Session, lines: Sequence[PendingLine], error: str) -> None:
    """Hand lines that cannot be read to the staff; they wait no longer."""
    for line in lines:
        update = session.get(Update, line.update_id)
        if update:
            update.handling, update.error = Handling.FAILED, error
        session.delete(line)
