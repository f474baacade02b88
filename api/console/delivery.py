"""What came in and could not be handled, what is owed and could not be sent."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, col, select

from api.cases import visibility
from api.cases.intake import ENTERED_CHANNELS
from api.cases.models import Case
from api.cases.wording import CHANNEL_LABELS
from api.chats.health import health
from api.chats.models import Chat, Handling, Update
from api.console.session import Me
from api.errors import NotFoundError, PeopleError
from api.metrics import channels_of
from api.outbox import queue
from api.outbox.calls import NOBODY, called, to_call
from api.outbox.models import NoticeCall, OutboxMessage
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, RowId, Site
from knowledge.text import shortened

router = APIRouter(include_in_schema=False)

_MESSAGING = tuple(name for name in CHANNEL_LABELS if name not in ENTERED_CHANNELS)
_MOST = 50
_EXCERPT = 120
_READ_OUT = 1_000  # characters of a notice that is told on the phone


@router.get("/can-bo/gui-nhan")
def delivery(request: Request, here: Here, me: Me) -> HTMLResponse:
    """Show failed updates, undelivered messages, and when each channel last spoke."""
    with here.database.reading() as session:
        context: dict[str, Any] = {
            "failed_updates": [_update(row) for row in _failed_updates(session)],
            "failed_messages": _failed_messages(session, me),
            "waiting": _owed(session, col(OutboxMessage.held_at).is_(None)),
            "held": _owed(session, col(OutboxMessage.held_at).is_not(None)),
            "calls": [_call(*row) for row in _to_call(session, here, me)],
            "channels": [_channel(session, request, name) for name in _MESSAGING],
        }
    return render(request, here, "console/delivery.html", section="gui-nhan", staff=me, **context)


@router.post("/can-bo/gui-nhan/nhan/{update_id}/thu-lai")
def retry_update(request: Request, here: Here, me: Me, update_id: RowId) -> Response:
    """Handle a failed update again."""
    with here.database.reading() as session:
        row = session.get(Update, update_id)
        session.expunge_all()
    again: Callable[[Update], bool] | None = getattr(request.app.state, "handle_again", None)
    if not row or again is None:
        raise NotFoundError("Không tìm thấy tin này.", "Bạn tải lại trang.")
    if row.handling is not Handling.FAILED:
        return RedirectResponse("/can-bo/gui-nhan", status_code=303)  # somebody was faster
    if not again(row):
        raise PeopleError(
            "Tin này vẫn chưa xử lý được.", "Tin được giữ nguyên; bạn báo bộ phận kỹ thuật."
        )
    return RedirectResponse("/can-bo/gui-nhan", status_code=303)


@router.post("/can-bo/gui-nhan/gui/{message_id}/thu-lai")
def retry_message(here: Here, me: Me, message_id: RowId) -> Response:
    """Send a failed message again."""
    with here.database.writing() as session:
        row = session.get(OutboxMessage, message_id)
        chat = session.get(Chat, row.chat_id) if row else None
        if not row or not row.failed_at or not chat or chat.channel == NOBODY:
            raise NotFoundError("Không tìm thấy tin này.", "Bạn tải lại trang.")
        _check_seen(session, me, row)
        queue.retry(session, row, here.clock())
    return RedirectResponse("/can-bo/gui-nhan", status_code=303)


@router.post("/can-bo/gui-nhan/goi/{message_id}/da-bao")
def call_made(here: Here, me: Me, message_id: RowId) -> Response:
    """Note that the person was told by phone."""
    with here.database.writing() as session:
        _check_seen(session, me, session.get(OutboxMessage, message_id))
        called(session, message_id, me, here.clock())
    return RedirectResponse("/can-bo/gui-nhan", status_code=303)


def _check_seen(session: Session, me: Staff, message: OutboxMessage | None) -> None:
    """Raise ForbiddenError where a message tells of a case that a member may not see."""
    case = session.get(Case, message.case_id) if message and message.case_id else None
    if case:
        visibility.check(session, me, case)


def _failed_updates(session: Session) -> list[Update]:
    query = (
        select(Update)
        .where(Update.handling == Handling.FAILED)
        .order_by(col(Update.id).desc())
        .limit(_MOST)
    )
    return list(session.exec(query))


def _update(row: Update) -> dict[str, Any]:
    return {
        "id": row.id,
        "channel_label": CHANNEL_LABELS.get(row.channel, row.channel),
        "at": row.received_at,
        "error": row.error,
        "excerpt": shortened(row.text, _EXCERPT),
    }


def _failed_messages(session: Session, me: Staff) -> list[dict[str, Any]]:
    query = (
        select(OutboxMessage, Chat, Case)
        .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
        .join(Case, col(Case.id) == col(OutboxMessage.case_id), isouter=True)
        .outerjoin(NoticeCall, col(NoticeCall.message_id) == col(OutboxMessage.id))
        .where(
            col(OutboxMessage.failed_at).is_not(None),
            col(NoticeCall.id).is_(None),
            Chat.channel != NOBODY,
            sa.or_(col(Case.id).is_(None), visibility.condition(session, me)),
        )
        .order_by(col(OutboxMessage.id).desc())
        .limit(_MOST)
    )
    return [
        {
            "id": message.id,
            "channel_label": CHANNEL_LABELS.get(chat.channel, chat.channel),
            "recipient": f"cuộc trò chuyện {chat.id}",
            "at": message.failed_at,
            "error": message.error,
            "excerpt": shortened(message.text, _EXCERPT),
            "case_code": case.code if case else "",
        }
        for message, chat, case in session.exec(query)
    ]


def _owed(session: Session, which: sa.ColumnElement[bool]) -> int:
    """Count what is owed on channels that push; the web is read by the browser itself."""
    query = (
        select(sa.func.count())
        .select_from(OutboxMessage)
        .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
        .where(
            col(OutboxMessage.sent_at).is_(None),
            col(OutboxMessage.failed_at).is_(None),
            Chat.channel != "web",
            which,
        )
    )
    return int(session.exec(query).one())


def _to_call(session: Session, here: Site, me: Staff) -> Sequence[tuple[OutboxMessage, Case]]:
    patience = timedelta(hours=here.settings.notice_hours)
    seen = visibility.condition(session, me)
    return to_call(session, here.clock(), patience, seen=seen, most=_MOST)


def _call(message: OutboxMessage, case: Case) -> dict[str, Any]:
    return {
        "id": message.id,
        "channel_label": CHANNEL_LABELS.get(case.channel, case.channel),
        "case_code": case.code,
        "since": message.created_at,
        "why": message.error or "Người gửi chưa nhận được.",
        "excerpt": shortened(message.text, _READ_OUT),
    }


def _channel(session: Session, request: Request, name: str) -> dict[str, Any]:
    found = health(session, name)
    connected = name in channels_of(request)
    state = "Bình thường" if found.ok else "Cần xem"
    if found.failed_in:
        state = "Có tin chưa xử lý được"
    return {
        "label": CHANNEL_LABELS[name],
        "last_in": found.last_in,
        "last_out": found.last_out,
        "waiting": 0 if name == "web" else found.waiting + found.unread,
        "pending": found.pending,
        "checked_at": found.checked_at,
        "token_until": found.token_until,
        "findings": found.findings if connected else (),
        "state_label": state if connected else "Chưa nối",
        "ok": found.ok,
        "connected": connected,
    }
