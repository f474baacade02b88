"""The table of messages owed to people."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant


class OutboxMessage(SQLModel, table=True):
    """One message to one conversation, kept in the transaction that made it necessary.

    It is waiting while sent_at and failed_at are empty; due_at is when it may be tried next.
    A platform may need several calls for it: pieces_sent of them have been made. held_at is when
    the platform said that it may not go before the person writes again.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.Index(
            "ix_outbox_message_waiting",
            "due_at",
            sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="feedback_case.id", index=True)
    text: str
    buttons: list[list[str]] = Field(default_factory=list, sa_type=sa.JSON)
    extra: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    created_at: datetime = instant()
    due_at: datetime = instant()
    attempts: int = 0
    pieces_sent: int = 0
    lease: str = Field(default="", max_length=40)
    leased_until: datetime | None = instant(default=None)
    tried_at: datetime | None = instant(default=None, index=True)
    sent_at: datetime | None = instant(default=None)
    platform_id: str = Field(default="", max_length=100)
    failed_at: datetime | None = instant(default=None)
    held_at: datetime | None = instant(default=None)
    error: str = ""


class NoticeCall(SQLModel, table=True):
    """A member of staff told the person by phone what a message could not."""

    __tablename__ = "notice_call"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="outbox_message.id", unique=True)
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = instant()
