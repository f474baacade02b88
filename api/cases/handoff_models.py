"""Tables of what is no feedback: a record that somebody was told where a matter belongs."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from api.db import instant, one_of


class Matter(StrEnum):
    """What is no feedback (Nghị định 20/2008/NĐ-CP, Điều 1)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    EMERGENCY = "emergency"


class Handoff(SQLModel, table=True):
    """That a person was told where a matter belongs, when and on which channel.

    words stays empty unless the person asked the office to keep them; told names the sentence.
    """

    __tablename__ = "handoff"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    matter: Matter = one_of(Matter, index=True)
    channel: str = Field(max_length=20)
    chat_id: int | None = Field(default=None, foreign_key="chat.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="feedback_case.id")
    told: str = Field(max_length=60)
    words: str = ""
    at: datetime = instant(index=True)


class HandoffViewing(SQLModel, table=True):
    """Who of the staff saw which record, and when."""

    __tablename__ = "handoff_viewing"

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    handoff_id: int = Field(foreign_key="handoff.id", index=True)
    at: datetime = instant()
