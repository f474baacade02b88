"""Matters that cannot wait for the due day: marked by staff, limited in office hours, reminded of.

The legal due day stays as it is. The limits are those of policies.toml, for the offices that have
set them (setting urgent_hours).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import calendars, moving, reminders
from api.cases.events import Deed
from api.cases.hours import due_in_hours
from api.cases.models import Case, CaseEvent
from api.cases.moves import RUNNING_STATES
from api.cases.office import Office
from api.cases.policies import urgent_for
from api.cases.reminders import Level
from api.cases.worded import LONGEST_REASON, worded
from api.cases.workdays import WorkCalendar
from api.clock import local_date


class Rung(StrEnum):
    """What the staff are told of an urgent case: each time it is marked, the others once."""

    MARKED = "urgent"
    HALF = "urgent-half"
    LATE = "urgent-late"


@dataclass(frozen=True)
class Limit:
    """When half of the time of an urgent case is over, and when all of it."""

    half: datetime
    until: datetime


_BEGINS = ("hurry", "supplement_given", "returned", "reopened")
"""What the hours run from, the newest of them: before it nobody could hurry, or had to."""


def limit(session: Session, office: Office, case: Case, calendar: WorkCalendar) -> Limit | None:
    """Return the limit of a case in office hours since it was marked, or last came back to us.

    None where it is not urgent.
    """
    found = urgent_for(case.kind, local_date(case.received_at))
    if not found or not case.urgent or not office.rules.urgent:
        return None
    usual = office.rules.of(case.rules).hours
    half, until = (
        due_in_hours(_begins(session, case), span, calendar, usual)
        for span in (found.limit / 2, found.limit)
    )
    return Limit(half, until)


def _begins(session: Session, case: Case) -> datetime:
    newest = select(sa.func.max(CaseEvent.at)).where(
        CaseEvent.case_id == case.id, col(CaseEvent.name).in_(_BEGINS)
    )
    return session.exec(newest).one() or case.received_at


def mark(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Mark a case as urgent; those who handle it are told at once.

    Raises PeopleError without a reason, and what states.make raises.
    """
    why = worded(reason, "Lý do gấp", LONGEST_REASON)
    moving.move(session, office, case, "hurry", deed, note=why, changes={"urgent": True})
    reminders.tell(session, case, Rung.MARKED, Level.HEAD, deed.at)


def unmark(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Take the mark off; raises PeopleError without a reason, and what states.make raises."""
    why = worded(reason, "Lý do bỏ dấu gấp", LONGEST_REASON)
    moving.move(session, office, case, "unhurry", deed, note=why, changes={"urgent": False})


def remind(session: Session, office: Office, at: datetime) -> int:
    """Tell the staff of urgent cases whose time is half over, or over; returns of how many."""
    calendar = calendars.current(session, office.unit_id)
    new = 0
    for case in _marked(session, office):
        found = limit(session, office, case, calendar)
        if found and at > found.until:
            new += reminders.reach(session, case, Rung.LATE, Level.LEADER, at)
        elif found and at >= found.half:
            new += reminders.reach(session, case, Rung.HALF, Level.HEAD, at)
    return new


def _marked(session: Session, office: Office) -> Sequence[Case]:
    return session.exec(
        select(Case).where(
            Case.unit_id == office.unit_id, col(Case.state).in_(RUNNING_STATES), col(Case.urgent)
        )
    ).all()
