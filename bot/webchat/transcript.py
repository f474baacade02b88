"""What was said in a web conversation, in order, as the template shows it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.chats.models import Chat, Update
from api.files.store import by_tokens
from api.outbox.models import OutboxMessage
from api.web.site import Site

CHANNEL = "web"
_MOST = 200
_START = "0.0"


def chat_of(session: Session, key: str) -> Chat | None:
    """Return the conversation of a hashed token."""
    return session.exec(select(Chat).where(Chat.channel == CHANNEL, Chat.key == key)).first()


def drop_draft(here: Site, key: str) -> None:
    """Forget what was being written in a conversation, as if its visitor had cancelled."""
    with here.database.writing() as session:
        chat = chat_of(session, key)
        if chat:
            chat.draft = {}


def cursor(here: Site, key: str) -> str:
    """Return where the transcript ends now: the last update and the last message, "12.34"."""
    with here.database.reading() as session:
        chat = chat_of(session, key)
        if not chat:
            return _START
        update = session.exec(select(sa.func.max(Update.id)).where(Update.chat_id == chat.id)).one()
        message = session.exec(
            select(sa.func.max(OutboxMessage.id)).where(OutboxMessage.chat_id == chat.id)
        ).one()
    return f"{update or 0}.{message or 0}"


def messages(here: Site, key: str, after: str = _START) -> tuple[list[dict[str, Any]], str]:
    """Return what was said after a cursor, and the new cursor; what is shown counts as sent."""
    first_update, first_message = _parsed(after)
    with here.database.reading() as session:
        chat = chat_of(session, key)
        if not chat:
            return [], _START
        heard = session.exec(
            select(Update)
            .where(Update.chat_id == chat.id, col(Update.id) > first_update)
            .order_by(col(Update.id).desc())
            .limit(_MOST)
        ).all()
        said = session.exec(
            select(OutboxMessage)
            .where(OutboxMessage.chat_id == chat.id, col(OutboxMessage.id) > first_message)
            .order_by(col(OutboxMessage.id).desc())
            .limit(_MOST)
        ).all()
        shown = [_heard(session, row) for row in heard if row.text or row.raw.get("files")]
        shown += [_said(session, row) for row in said]
    _mark_sent(here, [row.id for row in said if row.sent_at is None and row.id])
    shown.sort(key=lambda item: item["order"])
    last_update = max([first_update, *(row.id or 0 for row in heard)])
    last_message = max([first_message, *(row.id or 0 for row in said)])
    return shown, f"{last_update}.{last_message}"


def _parsed(after: str) -> tuple[int, int]:
    update, _, message = after.partition(".")
    return (int(update), int(message)) if update.isdigit() and message.isdigit() else (0, 0)


def _heard(session: Session, row: Update) -> dict[str, Any]:
    return {
        "id": f"n{row.id}",
        "order": (row.received_at, 0, row.id),
        "side": "citizen",
        "text": row.text,
        "at": row.received_at,
        "buttons": [],
        "files": _files(session, row.raw.get("files", [])),
    }


def _said(session: Session, row: OutboxMessage) -> dict[str, Any]:
    return {
        "id": f"g{row.id}",
        "order": (row.created_at, 1, row.id),
        "side": "bot",
        "text": row.text,
        "at": row.created_at,
        "buttons": [{"label": label, "action": action} for label, action in row.buttons],
        "files": _files(session, row.extra.get("files", [])),
    }


def _files(session: Session, tokens: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "url": f"/tro-chuyen/tep/{row.token}",
            "name": row.name,
            "is_image": row.media_type.startswith("image/"),
        }
        for row in by_tokens(session, tokens)
    ]


def _mark_sent(here: Site, ids: list[int]) -> None:
    """A browser fetches by itself: what it was shown is delivered."""
    if ids:
        at: datetime = here.clock()
        with here.database.writing() as session:
            session.execute(
                sa.update(OutboxMessage).where(col(OutboxMessage.id).in_(ids)).values(sent_at=at)
            )
