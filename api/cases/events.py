"""The history of a case: every fact with its actor, time and audience, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases.models import Actor, Audience, Case, CaseEvent
from api.db import held
from api.people.models import Staff


@dataclass(frozen=True)
class By:
    """Who does something; staff_id only for staff."""

    actor: Actor
    staff_id: int | None = None

    @classmethod
    def staff(cls, member: Staff) -> "By":
        """A member of staff."""
        return cls(Actor.STAFF, member.id)


@dataclass(frozen=True)
class Deed:
    """Who of the staff does something, when, and the version of the case they looked at."""

    staff: Staff
    at: datetime
    version: int

    @property
    def by(self) -> By:
        """The member of staff as an actor."""
        return By.staff(self.staff)


CITIZEN = By(Actor.CITIZEN)
SYSTEM = By(Actor.SYSTEM)


@dataclass(frozen=True)
class CitizenDeed:
    """What the sender of a case does, when, and the version of the case they looked at."""

    at: datetime
    version: int

    @property
    def by(self) -> By:
        """The sender as an actor."""
        return CITIZEN


_REACH = {
    Audience.INTERNAL: (Audience.INTERNAL, Audience.CITIZEN, Audience.PUBLIC),
    Audience.CITIZEN: (Audience.CITIZEN, Audience.PUBLIC),
    Audience.PUBLIC: (Audience.PUBLIC,),
}


def record(  # noqa: PLR0913  # a fact has this many parts
    session: Session,
    case: Case,
    name: str,
    by: By,
    at: datetime,
    *,
    audience: Audience = Audience.INTERNAL,
    note: str = "",
    data: dict[str, Any] | None = None,
) -> CaseEvent:
    """Add a fact to the history of a case; numbers run from 1 without gaps."""
    assert case.id is not None, "a case is saved before its history begins"  # noqa: S101
    hold(session, case)  # whoever else writes to this history waits: its numbers have no gaps
    newest = session.exec(
        select(sa.func.max(CaseEvent.number)).where(CaseEvent.case_id == case.id)
    ).one()
    fact = CaseEvent(
        case_id=case.id,
        number=(newest or 0) + 1,
        name=name,
        at=at,
        actor=by.actor,
        staff_id=by.staff_id,
        audience=audience,
        note=note,
        data=data or {},
    )
    session.add(fact)
    session.flush()
    return fact


def hold(session: Session, case: Case) -> None:
    """Let nobody else write to a case or its history until this transaction ends."""
    session.exec(held(select(Case.id).where(Case.id == case.id))).one()


def newest(session: Session, case: Case, name: str) -> CaseEvent | None:
    """Return the newest event of a name in the history of a case."""
    return session.exec(
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, CaseEvent.name == name)
        .order_by(col(CaseEvent.number).desc())
    ).first()


def history(session: Session, case: Case, reader: Audience) -> Sequence[CaseEvent]:
    """Return the events of a case that a reader may see, oldest first."""
    return session.exec(
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, col(CaseEvent.audience).in_(_REACH[reader]))
        .order_by(col(CaseEvent.number))
    ).all()
