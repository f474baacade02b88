"""The clock of one case: counted from its receipt, its policy, the calendar and its history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import calendars
from api.cases.deadlines import ClockRules, Due, TracedDay, due, paused_days
from api.cases.models import Case, CaseEvent, Kind
from api.cases.moves import OPEN_STATES
from api.cases.office import Office
from api.cases.pauses import CLOCK_EVENTS, KEPT, Course, course
from api.cases.policies import kept_policy
from api.cases.workdays import WorkCalendar
from api.clock import local_date


def recompute(session: Session, office: Office, case: Case) -> Due:
    """Count the due day of a case anew and keep it on the case; doing it twice changes nothing.

    Records no event: whoever moved the case does. The case is claimed first (states.make), so a
    change of the calendar, which locks all open cases, comes wholly before or wholly after.
    """
    calendar = calendars.current(session, office.unit_id)
    found = counted(case, calendar, office.rules, course_of(session, office, case))
    keep(case, found, calendar.version)
    return found


def count(session: Session, office: Office, case: Case, kind: Kind | None = None) -> Due:
    """Return the due day of a case as its history and the calendar stand; nothing is kept.

    With kind, as it would be were the case of that kind.
    """
    calendar = calendars.current(session, office.unit_id)
    return counted(case, calendar, office.rules, course_of(session, office, case), kind)


def given(
    session: Session, office: Office, case: Case, day: date, kind: Kind | None = None
) -> dict[str, str]:
    """Return, as data of a move, a day on which a case is due where the counted one is before it.

    With kind, as the case would be counted were it of that kind.
    """
    return {KEPT: day.isoformat()} if count(session, office, case, kind).on < day else {}


def soonest(session: Session, office: Office, today: date) -> date:
    """Return the first day, from today on, on which something can be done; the calendar is held."""
    calendars.hold(session, office.unit_id)
    return first_day(calendars.current(session, office.unit_id), today)


def first_day(calendar: WorkCalendar, today: date) -> date:
    """Return the first day, from today on, on which something can be done."""
    return today if calendar.works(today) else calendar.next_working_day(today)


def counted(
    case: Case,
    calendar: WorkCalendar,
    rules: ClockRules,
    course_: Course,
    kind: Kind | None = None,
) -> Due:
    """Return the due day of a case under the rules it was received under. Pure.

    rules are those of today, for a case that is older than the keeping of rules.
    """
    policy = kept_policy(case.policy, kind or case.kind, local_date(case.received_at))
    return due(case.received_at, policy, calendar, rules.of(case.rules), course_)


def keep(case: Case, found: Due, calendar_version: int) -> None:
    """Write a counted due day on its case."""
    case.due_on = found.on
    case.index_due_on = found.index_on
    case.paused_on = found.paused_on
    case.policy = found.policy.name
    case.calendar_version = calendar_version


def trace(
    session: Session, office: Office, case: Case, today: date | None = None
) -> tuple[TracedDay, ...]:
    """Return every day of the clock with the reason why it counted or not.

    With today, the days of a pause that goes on are shown through today.
    """
    way = course_of(session, office, case)
    found = counted(case, calendars.current(session, office.unit_id), office.rules, way)
    return (paused_days(found, way, today) if today else found).trace


def course_of(session: Session, office: Office, case: Case) -> Course:
    """Return what the history of a case says of its clock."""
    return read_course(case, office.rules, clock_events(session, [case.id or 0]))


def read_course(case: Case, rules: ClockRules, events: Sequence[CaseEvent]) -> Course:
    """Return what the events of a case say of its clock, under its rules as in counted(). Pure."""
    own = rules.of(case.rules)
    return course(
        events,
        supplement_restarts=own.supplement_restarts,
        transfer_pauses=own.transfer_pauses,
    )


def clock_events(session: Session, case_ids: Sequence[int]) -> Sequence[CaseEvent]:
    """Return the events of some cases that say something of their clocks, in order."""
    return session.exec(
        select(CaseEvent)
        .where(col(CaseEvent.case_id).in_(case_ids), col(CaseEvent.name).in_(CLOCK_EVENTS))
        .order_by(col(CaseEvent.case_id), col(CaseEvent.number))
    ).all()


def late(today: date) -> Any:
    """Return the condition that a case is past its due day; a pause stops it from becoming so."""
    return col(Case.due_on) < sa.func.coalesce(col(Case.paused_on), today)


def is_late(case: Case, today: date) -> bool:
    """Whether a case is past its due day; a pause stops it from becoming so."""
    return case.due_on < (case.paused_on or today)


def rests(case: Case) -> bool:
    """Whether the clock of an open case waits: its due day is then the earliest.

    Not once it is late.
    """
    if case.state not in OPEN_STATES or case.paused_on is None:
        return False
    return case.due_on >= case.paused_on
