"""Notices of a case that do not reach the person by message: somebody has to call."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases.events import By, record
from api.cases.models import Case
from api.chats.models import Chat
from api.db import held, insert_new
from api.errors import ConflictError, NotFoundError
from api.outbox.models import NoticeCall, OutboxMessage
from api.outbox.queue import enqueue
from api.people.models import Staff

NOBODY = "none"
"""The channel of the one conversation that stands for all who have none."""


def owe_call(session: Session, case: Case, text: str, at: datetime) -> OutboxMessage:
    """Owe a notice to somebody who gets no messages: it waits for a call at once."""
    insert_new(session, Chat(channel=NOBODY, key=NOBODY, draft_at=at, created_at=at))
    chat = session.exec(select(Chat.id).where(Chat.channel == NOBODY, Chat.key == NOBODY)).one()
    message = enqueue(session, chat or 0, text, at, case_id=case.id)
    message.failed_at, message.error = at, "Người gửi không nhắn tin với phường, xã."
    return message


def to_call(
    session: Session, at: datetime, patience: timedelta, *, seen: Any, most: int = 50
) -> Sequence[tuple[OutboxMessage, Case]]:
    """Return notices that failed, are held, or waited longer than patience, the oldest first.

    seen is the condition on the cases that the reader may see. Of what is held, the person may
    know by a paid notice: then nobody has to call.
    """
    late = col(OutboxMessage.created_at) < at - patience
    held = col(OutboxMessage.held_at).is_not(None)
    announced = col(OutboxMessage.extra)["announced"].as_string().is_not(None)
    query = (
        select(OutboxMessage, Case)
        .join(Case, col(Case.id) == col(OutboxMessage.case_id))
        .outerjoin(NoticeCall, col(NoticeCall.message_id) == col(OutboxMessage.id))
        .where(
            col(OutboxMessage.sent_at).is_(None),
            sa.or_(
                col(OutboxMessage.failed_at).is_not(None),
                sa.and_(sa.or_(held, late), sa.not_(announced)),
            ),
            col(NoticeCall.id).is_(None),
            seen,
        )
        .order_by(col(OutboxMessage.id))
        .limit(most)
    )
    return [(message, case) for message, case in session.exec(query)]


def called(session: Session, message_id: int, member: Staff, at: datetime) -> None:
    """Note that a member of staff told the person by phone; the message is sent no more.

    The caller checks that the member may see the case. Raises NotFoundError for what is no notice
    of a case, ConflictError where it has arrived or somebody has called before.
    """
    query = held(select(OutboxMessage).where(OutboxMessage.id == message_id))
    message = session.exec(query).first()
    case = session.get(Case, message.case_id) if message and message.case_id else None
    if not message or not case:
        raise NotFoundError("Không tìm thấy thông báo này.", "Anh/chị tải lại trang.")
    done = session.exec(select(NoticeCall).where(NoticeCall.message_id == message_id)).first()
    if done or message.sent_at:
        raise ConflictError("Người gửi đã được báo rồi.", "Anh/chị tải lại trang.")
    message.failed_at = message.failed_at or at
    message.lease, message.leased_until = "", None
    session.add(NoticeCall(message_id=message_id, staff_id=member.id or 0, at=at))
    record(session, case, "notice_by_phone", By.staff(member), at, note=message.text)
