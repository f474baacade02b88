"""What came in and could not be handled, what is owed and could not be sent."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, col, select

from api.cases.models import Case
from api.cases.wording import CHANNEL_LABELS
from api.chats.models import Chat, Handling, Update
from api.console.session import Me
from api.errors import NotFoundError, PeopleError
from api.outbox import queue
from api.outbox.models import OutboxMessage
from api.web.pages import render
from api.web.site import Here, RowId, Site

router = APIRouter(include_in_schema=False)

_MOST = 50
_EXCERPT = 120


@router.get("/can-bo/gui-nhan")
def delivery(request: Request, here: Here, me: Me) -> HTMLResponse:
    """Show failed updates, undelivered messages, and when each channel last spoke."""
    with here.database.reading() as session:
        context: dict[str, Any] = {
            "failed_updates": [_update(row) for row in _failed_updates(session)],
            "failed_messages": _failed_messages(session),
            "waiting": _waiting(session),
            "channels": [_channel(session, here, name) for name in CHANNEL_LABELS],
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
        if not row or not row.failed_at:
            raise NotFoundError("Không tìm thấy tin này.", "Bạn tải lại trang.")
        queue.retry(session, row, here.clock())
    return RedirectResponse("/can-bo/gui-nhan", status_code=303)


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
        "excerpt": row.text[:_EXCERPT],
    }


def _failed_messages(session: Session) -> list[dict[str, Any]]:
    query = (
        select(OutboxMessage, Chat, Case)
        .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
        .join(Case, col(Case.id) == col(OutboxMessage.case_id), isouter=True)
        .where(col(OutboxMessage.failed_at).is_not(None))
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
            "excerpt": message.text[:_EXCERPT],
            "case_code": case.code if case else "",
        }
        for message, chat, case in session.exec(query)
    ]


def _waiting(session: Session) -> int:
    """Count what is owed on channels that push; the web is read by the browser itself."""
    query = (
        select(sa.func.count())
        .select_from(OutboxMessage)
        .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
        .where(
            col(OutboxMessage.sent_at).is_(None),
            col(OutboxMessage.failed_at).is_(None),
            Chat.channel != "web",
        )
    )
    return int(session.exec(query).one())


def _channel(session: Session, here: Site, name: str) -> dict[str, Any]:
    last_in = session.exec(
        select(sa.func.max(col(Chat.last_in_at))).where(Chat.channel == name)
    ).one()
    last_out = session.exec(
        select(sa.func.max(col(OutboxMessage.sent_at)))
        .join(Chat, col(Chat.id) == col(OutboxMessage.chat_id))
        .where(Chat.channel == name)
    ).one()
    failing = session.exec(
        select(sa.func.count())
        .select_from(Update)
        .where(Update.channel == name, Update.handling == Handling.FAILED)
    ).one()
    connected = name != "telegram" or bool(here.settings.telegram_token.get_secret_value())
    state = "Có tin chưa xử lý được" if failing else "Bình thường"
    return {
        "label": CHANNEL_LABELS[name],
        "last_in": last_in,
        "last_out": last_out,
        "state_label": state if connected else "Chưa nối",
        "ok": not failing,
    }
