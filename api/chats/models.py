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
    """What became of an update; DONE ones may still wait as a PendingLine to be read."""

    DONE = "done"
    FAILED = "failed"


class Update(SQLModel, table=True):
    """An update as the platform sent it; the unique key makes a repeated one end here.

    message_key is the platform's number of the message, which stays when it is edited.
    """

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
    message_key: str | None = Field(default=None, max_length=100)


class PendingLine(SQLModel, table=True):
    """Words that were taken and wait for the next lines, to be read with them as one message.

    position orders the lines of a conversation as the platform numbers them; files are tokens.
    The lines of a conversation are read when the latest due_at has passed.
    """

    __tablename__ = "pending_line"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    update_id: int = Field(foreign_key="inbound_update.id", unique=True)
    position: int = Field(sa_type=sa.BigInteger)
    text: str = ""
    files: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    refused: str = ""
    kept_at: datetime = instant()
    due_at: datetime = instant()


class ChatIdentity(SQLModel, table=True):
    """This conversation is of the same person as the first one, as a code has shown."""

    __tablename__ = "chat_identity"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", unique=True)
    first_chat_id: int = Field(foreign_key="chat.id", index=True)
    linked_at: datetime = instant()


class LinkCode(SQLModel, table=True):
    """A code given in one conversation to be typed in another; only its hash is kept."""

    __tablename__ = "link_code"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    code_hash: str = Field(max_length=64, unique=True)
    made_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(default=None)


class Guess(SQLModel, table=True):
    """Something secret was typed wrongly in this conversation: a code, or figures of a phone."""

    __tablename__ = "guess"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    at: datetime = instant()


class ChannelState(SQLModel, table=True):
    """What all instances know of one channel.

    quiet_until is when the platform lets us speak again; findings, pending and token_until are
    what the latest check found.
    """

    __tablename__ = "channel_state"

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20, unique=True)
    quiet_until: datetime | None = instant(default=None)
    checked_at: datetime | None = instant(default=None)
    findings: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    pending: int | None = None
    token_until: datetime | None = instant(default=None)
