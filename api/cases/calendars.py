"""The office's own days off and days worked, versioned; a change moves the open cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import notices
from api.cases.deadlines import answer_due
from api.cases.events import SYSTEM, record
from api.cases.models import Audience, CalendarDay, Case
from api.cases.office import Office
from api.cases.states import OPEN_STATES
from api.cases.wording import date_words
from api.cases.workdays import Override, WorkCalendar
from api.clock import local_date
from api.errors import PeopleError
from api.people.models import Staff, Unit

_LONGEST_WITHOUT_WORK = 30


@dataclass(frozen=True)
class Entry:
    """A day that the office sets: off or worked, why, and where that is written."""

    on: date
    works: bool
    reason: str
    source: str = ""


def current(session: Session, unit_id: int) -> WorkCalendar:
    """Return the calendar of an office as it stands."""
    rows = session.exec(select(CalendarDay).where(CalendarDay.unit_id == unit_id)).all()
    overrides = {row.on_date: Override(row.works, row.reason) for row in rows}
    return WorkCalendar(overrides, max((row.version for row in rows), default=0))


def hold(session: Session, unit_id: int) -> None:
    """Let nobody else change or use the calendar of an office until this transaction ends."""
    session.exec(select(Unit.id).where(Unit.id == unit_id).with_for_update()).one()


def set_day(
    session: Session, office: Office, entry: Entry, staff: Staff | None, at: datetime
) -> int:
    """Set one day and move the open cases it concerns; returns how many moved.

    Raises PeopleError where no working day would be left in 30 days.
    """
    hold(session, office.unit_id)
    before = current(session, office.unit_id)
    version = before.version + 1
    _refuse_empty_calendar(before, entry)
    row = session.exec(
        select(CalendarDay).where(
            CalendarDay.unit_id == office.unit_id, CalendarDay.on_date == entry.on
        )
    ).first() or CalendarDay(
        unit_id=office.unit_id,
        on_date=entry.on,
        works=entry.works,
        reason=entry.reason,
        version=version,
        entered_at=at,
    )
    row.works, row.reason, row.source = entry.works, entry.reason, entry.source
    row.version, row.entered_at, row.staff_id = version, at, staff.id if staff else None
    session.add(row)
    session.flush()
    return _move_open_cases(session, office, entry, at)


def _refuse_empty_calendar(before: WorkCalendar, entry: Entry) -> None:
    after = WorkCalendar({**before.overrides, entry.on: Override(entry.works, entry.reason)})
    span = range(-_LONGEST_WITHOUT_WORK, 1)
    for start in span:
        days = (entry.on + timedelta(days=start + n) for n in range(_LONGEST_WITHOUT_WORK))
        if not any(after.works(day) for day in days):
            raise PeopleError(
                "Lịch này sẽ không còn ngày làm việc nào trong 30 ngày liền.",
                "Bạn kiểm tra lại ngày đã nhập.",
            )


def _move_open_cases(session: Session, office: Office, entry: Entry, at: datetime) -> int:
    calendar = current(session, office.unit_id)
    today = local_date(at)
    moved = 0
    for case in session.exec(
        select(Case)
        .where(
            Case.unit_id == office.unit_id,
            col(Case.state).in_(OPEN_STATES),
            col(Case.due_on) >= entry.on - timedelta(days=1),
        )
        .with_for_update()
    ):
        due = answer_due(case.received_at, case.kind, calendar, office.rules).on
        if case.due_on >= today:
            # a change of the calendar makes no case late in the past
            due = max(due, today if calendar.works(today) else calendar.next_working_day(today))
        if due != case.due_on:
            _move(session, office, case, due, entry, at)
            moved += 1
        case.calendar_version = calendar.version
    return moved


def _move(
    session: Session, office: Office, case: Case, due: date, entry: Entry, at: datetime
) -> None:
    note = f"{date_words(entry.on)}: {entry.reason}"
    data = {"from": case.due_on.isoformat(), "to": due.isoformat()}
    session.execute(
        sa.update(Case).where(col(Case.id) == case.id).values(due_on=due, version=Case.version + 1)
    )
    session.refresh(case)
    record(session, case, "due_moved", SYSTEM, at, audience=Audience.CITIZEN, note=note, data=data)
    notices.tell(session, office, case, "due_moved", at, note=note)
