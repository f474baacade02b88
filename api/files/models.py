"""The table of attachments."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from api.db import instant


class Attachment(SQLModel, table=True):
    """A file of a case or of a draft. token is the unguessable part of its address.

    remote is the platform's handle of a file that is still to be fetched; stored is empty
    until then.
    """

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(max_length=40, unique=True)
    chat_id: int | None = Field(default=None, foreign_key="chat.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="feedback_case.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    name: str = Field(max_length=200)
    media_type: str = Field(default="", max_length=100)
    size: int = 0
    stored: str = Field(default="", max_length=100)
    remote: str = Field(default="", max_length=2000)
    public: bool = False
    error: str = Field(default="", max_length=300)
    attempts: int = 0
    due_at: datetime = instant()
    created_at: datetime = instant()
