"""Tables of conversations and of what the platforms handed us."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant, one_of


class Chat(SQLModel, table=True):
    """One conversation on one channel; key is the platform's id, or a token's hash on the web."""

    __tablename__ = "chat"
    __table_args__ = (sa.UniqueConstraint("channel", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    key: str = Field(max_length=100)
    citizen_id: int | None = Field(default=None, foreign_key="citizen.id")
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    draft_at: datetime = instant()
    last_in_at: datetime | None = instant(default=None)
    blocked_at: datetime | None = instant(default=None)
    created_at: datetime = instant()


class Handling(StrEnum):
    """What became of an update."""

    DONE = "done"
    FAILED = "failed"


class Update(SQLModel, table=True):
    """An update as the platform sent it; the unique key makes a repeated one end here."""

    __tablename__ = "inbound_update"
    __table_args__ = (sa.UniqueConstraint("channel", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    key: str = Field(max_length=100)
    chat_id: int | None = Field(default=None, foreign_key="chat.id", index=True)
    raw: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    text: str = ""
    received_at: datetime = instant(index=True)
    handling: Handling = one_of(Handling, index=True)
    attempts: int = 1
    error: str = ""
