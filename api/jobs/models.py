"""The timetable: which job was done for which slot of time."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant


class TimetableSlot(SQLModel, table=True):
    """A job that was done for its slot; of many instances one can write the row."""

    __tablename__ = "timetable"
    __table_args__ = (sa.UniqueConstraint("name", "slot"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)
    slot: str = Field(max_length=20)
    done_at: datetime = instant()
