"""Figures for everyone: how many cases, how many answered in time."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from api.cases import clock
from api.cases.models import Answer, Case, Publication
from api.cases.states import OPEN_STATES


@dataclass(frozen=True)
class Figures:
    """on_time_percent is None where nothing was due yet: no figure is better than a false 100."""

    received: int
    answered: int
    published: int
    on_time_percent: int | None


def figures(session: Session, unit_id: int, today: date) -> Figures:
    """Count cases; on time = answered in time / (answered + open and overdue), rounded down."""
    mine = col(Case.unit_id) == unit_id
    late_open = sa.and_(col(Case.state).in_(OPEN_STATES), clock.late(today))
    in_time = col(Answer.answered_on) <= sa.func.coalesce(Case.index_due_on, Case.due_on)
    row = session.execute(
        sa.select(
            sa.func.count(col(Case.id)),
            sa.func.count(col(Answer.id)),
            sa.func.count(col(Publication.id)),
            sa.func.count(sa.case((late_open, 1))),
            sa.func.count(sa.case((in_time, 1))),
        )
        .select_from(Case)
        .outerjoin(Answer, col(Answer.case_id) == col(Case.id))
        .outerjoin(Publication, col(Publication.case_id) == col(Case.id))
        .where(mine)
    ).one()
    received, answered, published, late, punctual = row
    judged = answered + late
    return Figures(received, answered, published, punctual * 100 // judged if judged else None)
