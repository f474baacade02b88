"""Tables of the clock: the calendar with its versions, reminders, notes on late cases."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant, one_of


class DayChange(StrEnum):
    """What a version of the calendar says of a day."""

    OFF = "off"
    WORK = "work"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    CLEARED = "cleared"  # as the public calendar has it
    HOURS = "hours"  # the office hours that hold from this day on


class CalendarChange(SQLModel, table=True):
    """One line of one version of an office's calendar; never changed afterwards."""

    __tablename__ = "calendar_change"
    __table_args__ = (sa.UniqueConstraint("unit_id", "version", "on_date"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    version: int
    on_date: date
    kind: DayChange = one_of(DayChange)
    hours: str = Field(default="", max_length=60)
    reason: str = Field(max_length=200)
    source: str = Field(default="", max_length=300)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    entered_at: datetime = instant()


class CalendarConfirmation(SQLModel, table=True):
    """Somebody compared the calendar of a year with the official notice and stands by it."""

    __tablename__ = "calendar_confirmation"
    __table_args__ = (sa.UniqueConstraint("unit_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    source: str = Field(max_length=300)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    confirmed_at: datetime = instant()


class Reminder(SQLModel, table=True):
    """A rung of the ladder that was reached before a due day; one row however many look."""

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("case_id", "due_on", "rung"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id")
    due_on: date
    rung: str = Field(max_length=20)
    at: datetime = instant()


class StaffNotice(SQLModel, table=True):
    """A reminder to one member of staff, until they have seen it; urging names who urged."""

    __tablename__ = "staff_notice"

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    case_id: int = Field(foreign_key="feedback_case.id", index=True)
    rung: str = Field(max_length=20)
    due_on: date
    urged_by_id: int | None = Field(default=None, foreign_key="staff.id")
    note: str = Field(default="", max_length=500)
    at: datetime = instant()
    seen_at: datetime | None = instant(default=None)


class LateNote(SQLModel, table=True):
    """What the sender of a late case is to be told: first an apology, then how things stand."""

    __tablename__ = "late_note"
    __table_args__ = (sa.UniqueConstraint("case_id", "due_on", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id")
    due_on: date
    number: int
    text: str
    drafted_at: datetime = instant()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    sent_at: datetime | None = instant(default=None)
    dropped_at: datetime | None = instant(default=None)
