"""Changing the calendar: which open cases move from when to when, first shown, then done."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import calendars, clock, notices
from api.cases.calendars import Entry
from api.cases.clock_models import CalendarChange, DayChange
from api.cases.deadlines import Due
from api.cases.events import SYSTEM, record
from api.cases.hours import OfficeHours
from api.cases.models import Audience, Case, CaseEvent
from api.cases.office import Office
from api.cases.pauses import KEPT
from api.cases.states import OPEN_STATES
from api.cases.wording import date_words
from api.cases.workdays import WorkCalendar
from api.clock import local_date
from api.db import held
from api.errors import ConflictError, PeopleError
from api.people.models import Staff

_LONGEST_WITHOUT_WORK = 30
_AT_A_TIME = 500  # cases whose histories are read in one query


@dataclass(frozen=True)
class Shift:
    """What a change of the calendar does to the due day of one open case.

    kept tells that the count alone would have put the day into the past; it was kept out of it.
    """

    case: Case
    before: date
    after: date
    due: Due
    kept: bool


def set_day(
    session: Session, office: Office, entry: Entry, staff: Staff | None, at: datetime
) -> int:
    """Set one line and move the open cases it concerns; returns how many moved.

    Raises PeopleError where no working day would be left in 30 days.
    """
    return len(change(session, office, [entry], staff, at))


def preview(
    session: Session, office: Office, entries: Sequence[Entry], at: datetime
) -> list[Shift]:
    """Return which open cases a change would move; nothing is changed.

    Raises PeopleError where a line is not possible, or no working day would be left in 30 days.
    """
    calendar = _next(session, office, entries)
    return [s for s in _shifts(session, office, calendar, local_date(at)) if s.before != s.after]


def change(  # a change has this many parts
    session: Session,
    office: Office,
    entries: Sequence[Entry],
    staff: Staff | None,
    at: datetime,
    seen: int | None = None,
) -> list[Shift]:
    """Make the next version of the calendar and move the open cases; returns those moved.

    seen is the version that was previewed. Raises PeopleError as preview does, ForbiddenError
    where this member may not change the calendar, ConflictError where somebody else changed it
    since.
    """
    calendars.check_member(staff)
    calendars.hold(session, office.unit_id)
    if seen is not None and seen != calendars.version(session, office.unit_id):
        raise ConflictError(
            "Lịch vừa được người khác thay đổi.", "Anh/chị xem lại các hồ sơ đổi hạn rồi lưu."
        )
    calendar = _next(session, office, entries)
    for entry in entries:
        session.add(
            CalendarChange(
                unit_id=office.unit_id,
                version=calendar.version,
                on_date=entry.on,
                kind=entry.kind,
                hours=entry.hours,
                reason=entry.reason,
                source=entry.source,
                staff_id=staff.id if staff else None,
                entered_at=at,
            )
        )
    session.flush()
    note = "; ".join(f"{date_words(entry.on)}: {entry.reason}" for entry in entries[:3])
    return _apply(session, office, calendar, note, at)


def recount(session: Session, office: Office, at: datetime) -> int:
    """Move open cases that were counted by an older calendar; returns how many moved.

    A case that comes back into work while the calendar changes is caught up with by this.
    """
    newest = calendars.version(session, office.unit_id)
    stale = select(Case.id).where(
        Case.unit_id == office.unit_id,
        col(Case.state).in_(OPEN_STATES),
        col(Case.calendar_version) < newest,
    )
    if session.exec(stale.limit(1)).first() is None:
        return 0
    calendars.hold(session, office.unit_id)
    calendar = calendars.current(session, office.unit_id)
    return len(_apply(session, office, calendar, "cập nhật theo lịch làm việc", at))


def _next(session: Session, office: Office, entries: Sequence[Entry]) -> WorkCalendar:
    """Return the calendar that would follow; raises PeopleError where it is not possible."""
    lines = {(entry.on, calendars.is_of_hours(entry)) for entry in entries}
    if not entries or len(lines) < len(entries):
        raise PeopleError(
            "Mỗi ngày chỉ ghi một dòng nghỉ hay làm và một dòng giờ làm việc.",
            "Anh/chị xem lại danh sách ngày.",
        )
    for entry in entries:
        _check(entry)
    before = calendars.current(session, office.unit_id)
    after = calendars.with_entries(before, entries, before.version + 1)
    for entry in entries:
        _refuse_empty(after, entry.on)
    return after


def _check(entry: Entry) -> None:
    if entry.kind is DayChange.HOURS:
        try:
            OfficeHours.parsed(entry.hours)
        except ValueError:
            raise PeopleError(
                "Giờ làm việc chưa đúng.", "Anh/chị viết dạng 07:30-11:30,13:30-17:00."
            ) from None


def _refuse_empty(after: WorkCalendar, on: date) -> None:
    for start in range(-_LONGEST_WITHOUT_WORK, 1):
        days = (on + timedelta(days=start + n) for n in range(_LONGEST_WITHOUT_WORK))
        if not any(after.works(day) for day in days):
            raise PeopleError(
                "Lịch này sẽ không còn ngày làm việc nào trong 30 ngày liền.",
                "Bạn kiểm tra lại ngày đã nhập.",
            )


def _shifts(
    session: Session, office: Office, calendar: WorkCalendar, today: date, *, lock: bool = False
) -> list[Shift]:
    """Count every open case by a calendar. With lock they are held: a move waits for us."""
    query = select(Case).where(Case.unit_id == office.unit_id, col(Case.state).in_(OPEN_STATES))
    query = query.order_by(col(Case.id))
    cases = session.exec(held(query) if lock else query).all()
    found = []
    for first in range(0, len(cases), _AT_A_TIME):
        part = cases[first : first + _AT_A_TIME]
        histories: defaultdict[int, list[CaseEvent]] = defaultdict(list)
        for event in clock.clock_events(session, [case.id or 0 for case in part]):
            histories[event.case_id].append(event)
        for case in part:
            course = clock.read_course(case, office.rules, histories[case.id or 0])
            counted = clock.counted(case, calendar, office.rules, course)
            found.append(_shift(case, counted, calendar, today))
    return found


def _shift(case: Case, counted: Due, calendar: WorkCalendar, today: date) -> Shift:
    """Say where a case moves; a change of the calendar makes no case late, or later, in the past.

    A day kept out of the past is written into the history, so that counting anew finds it again.
    """
    if clock.is_late(case, today):
        floor = case.due_on
    else:
        floor = min(clock.first_day(calendar, counted.paused_on or today), case.due_on)
    return Shift(case, case.due_on, max(counted.on, floor), counted, counted.on < floor)


def _apply(
    session: Session, office: Office, calendar: WorkCalendar, note: str, at: datetime
) -> list[Shift]:
    moved = []
    for shift in _shifts(session, office, calendar, local_date(at), lock=True):
        if shift.before != shift.after or shift.kept:
            _move(session, office, shift, note, at)
        else:
            shift.case.index_due_on = shift.due.index_on
        if shift.before != shift.after:
            moved.append(shift)
        shift.case.calendar_version = calendar.version
    session.flush()
    return moved


def _move(session: Session, office: Office, shift: Shift, note: str, at: datetime) -> None:
    case = shift.case
    seen = shift.before != shift.after
    data = {"from": shift.before.isoformat(), "to": shift.after.isoformat()}
    if shift.kept:
        data[KEPT] = shift.after.isoformat()
    session.execute(
        sa.update(Case)
        .where(col(Case.id) == case.id)
        .values(
            due_on=shift.after,
            index_due_on=max(shift.due.index_on, shift.after) if shift.kept else shift.due.index_on,
            paused_on=shift.due.paused_on,
            version=Case.version + 1,
        )
    )
    session.refresh(case)
    audience = Audience.CITIZEN if seen else Audience.INTERNAL
    record(session, case, "due_moved", SYSTEM, at, audience=audience, note=note, data=data)
    if seen:
        notices.tell(session, office, case, "due_moved", at, note=note)
