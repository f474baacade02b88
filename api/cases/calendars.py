"""The office's own days: every version of its calendar, as it stands and as it stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases.clock_models import CalendarChange, DayChange
from api.cases.hours import OfficeHours
from api.cases.workdays import Half, Override, WorkCalendar
from api.db import held
from api.errors import ForbiddenError
from api.people.models import Role, Staff, Unit

LEAST = Role.HEAD
"""Who may change or confirm the calendar: it moves the due days of everybody's cases."""

_HALVES = {DayChange.MORNING: Half.MORNING, DayChange.AFTERNOON: Half.AFTERNOON}


@dataclass(frozen=True)
class Entry:
    """A line that the office sets: a day, or the hours from a day on; why, and by what paper."""

    on: date
    kind: DayChange
    reason: str
    source: str = ""
    hours: str = ""


def check_member(staff: Staff | None) -> None:
    """Raise ForbiddenError where a member may not change the calendar; None is the server's own."""
    if staff and not staff.role.includes(LEAST):
        raise ForbiddenError(
            "Chỉ trưởng bộ phận hoặc lãnh đạo được đổi, xác nhận lịch làm việc.",
            "Anh/chị báo trưởng bộ phận giúp.",
        )


def current(session: Session, unit_id: int, version: int | None = None) -> WorkCalendar:
    """Return the calendar of an office as it stands, or as it stood at a version."""
    rows = changes(session, unit_id)
    lines = [row for row in rows if version is None or row.version <= version]
    entries = [Entry(row.on_date, row.kind, row.reason, row.source, row.hours) for row in lines]
    return with_entries(WorkCalendar(), entries, lines[-1].version if lines else 0)


def version(session: Session, unit_id: int) -> int:
    """Return the number of the newest version of the calendar; 0 before the first change."""
    newest = select(sa.func.max(CalendarChange.version)).where(CalendarChange.unit_id == unit_id)
    return session.exec(newest).one() or 0


def changes(session: Session, unit_id: int) -> Sequence[CalendarChange]:
    """Return every line that was ever set, oldest version first."""
    return session.exec(
        select(CalendarChange)
        .where(CalendarChange.unit_id == unit_id)
        .order_by(col(CalendarChange.version), col(CalendarChange.on_date))
    ).all()


def standing(session: Session, unit_id: int) -> list[CalendarChange]:
    """Return the lines that hold now, by day: what was taken back or replaced is left out."""
    newest: dict[tuple[date, bool], CalendarChange] = {}
    for row in changes(session, unit_id):
        if row.kind is DayChange.CLEARED:
            newest.pop((row.on_date, _of_hours(row, (row.on_date, False) in newest)), None)
        else:
            newest[row.on_date, row.kind is DayChange.HOURS] = row
    return [newest[key] for key in sorted(newest)]


def hold(session: Session, unit_id: int) -> None:
    """Let nobody else change or use the calendar of an office until this transaction ends."""
    session.exec(held(select(Unit.id).where(Unit.id == unit_id))).one()


def with_entries(calendar: WorkCalendar, entries: Iterable[Entry], number: int) -> WorkCalendar:
    """Return a calendar with some lines set, as version `number`. Pure."""
    overrides, hours = dict(calendar.overrides), dict(calendar.hours)
    for entry in entries:
        if entry.kind is DayChange.CLEARED:
            kept = hours if _of_hours(entry, entry.on in overrides) else overrides
            kept.pop(entry.on, None)
        elif entry.kind is DayChange.HOURS:
            hours[entry.on] = OfficeHours.parsed(entry.hours)
        else:
            works = entry.kind is not DayChange.OFF
            overrides[entry.on] = Override(works, entry.reason, _HALVES.get(entry.kind))
    return replace(
        calendar, overrides=overrides, version=number, hours=tuple(sorted(hours.items(), key=_day))
    )


def is_of_hours(entry: Entry) -> bool:
    """Tell whether a line is about the hours from a day on, not about the day itself."""
    named = entry.kind is DayChange.CLEARED and bool(entry.hours)
    return entry.kind is DayChange.HOURS or named


def _of_hours(cleared: Entry | CalendarChange, has_other: bool) -> bool:
    """Tell whether the line of hours is taken back, of the two that a day may have.

    It is meant where hours are named, or where there is no other: whether the day is worked.
    """
    return bool(cleared.hours) or not has_other


def _day(row: tuple[date, OfficeHours]) -> date:
    return row[0]
