"""Finding cases: by code for a citizen, in the list of the staff, among the public results."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import clock
from api.cases.codes import find_code
from api.cases.models import Answer, Case, Kind, Publication, State
from api.cases.states import OPEN_STATES
from api.errors import NotFoundError
from api.people.models import Citizen, Staff
from knowledge.text import fold

PAGE = 20
_PHONE = re.compile(r"[\d\s.+()-]+")
_LEAST_FIGURES = 6  # of a phone, so that a house number in a text is none
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, numbered from 1, with the number of all rows."""

    rows: Sequence[Row]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


class View(StrEnum):
    """A slice of the open cases that staff look at."""

    MINE = "mine"
    UNIT = "unit"
    APPROVAL = "approval"
    LATE = "late"
    SOON = "soon"


@dataclass(frozen=True)
class CaseFilter:
    """What the staff list shows: a state or all open ones, a kind, a slice, words or a code.

    today and soon (the last day that counts as soon) serve the slices of the clock.
    """

    state: State | None = None
    kind: Kind | None = None
    query: str = ""
    view: View | None = None
    today: date | None = None
    soon: date | None = None


def by_code(session: Session, typed: str) -> Case:
    """Return the case of a code as people type it; raises NotFoundError with what to check."""
    code = find_code(typed)
    case = session.exec(select(Case).where(Case.code == code)).first() if code else None
    if not case:
        raise NotFoundError(
            "Không tìm thấy hồ sơ với mã này.",
            "Bạn kiểm tra lại từng chữ của mã rồi thử lại.",
        )
    return case


def staff_list(
    session: Session,
    unit_id: int,
    wanted: CaseFilter,
    number: int,
    *,
    member: Staff | None = None,
    seen: Any = None,
) -> Page[tuple[Case, Citizen]]:
    """Return cases with their senders, urgent ones first, then by the nearest due date.

    seen is the condition on what a member may see; member serves the slices that are theirs.
    """
    named = _named(wanted.query)
    narrowed = [*_conditions(wanted), *_slice(wanted, member)] if named is None else [named]
    conditions = [Case.unit_id == unit_id, *narrowed]
    if seen is not None:
        conditions.append(seen)
    nearest: list[Any] = [col(Case.due_on), col(Case.id)]
    if wanted.state is None or wanted.state in OPEN_STATES:  # of closed ones none is urgent
        nearest.insert(0, col(Case.urgent).desc())
    total = session.exec(select(sa.func.count()).select_from(Case).where(*conditions)).one()
    page = select(Case.id).where(*conditions).order_by(*nearest).offset((number - 1) * PAGE)
    query = (  # senders are looked up for one page: joined to all, a database may begin with them
        select(Case, Citizen)
        .join(Citizen, col(Citizen.id) == col(Case.citizen_id))
        .where(col(Case.id).in_(page.limit(PAGE)))
        .order_by(*nearest)
    )
    return Page([(case, sender) for case, sender in session.exec(query)], number, int(total))


def _conditions(wanted: CaseFilter) -> list[Any]:
    states = (wanted.state,) if wanted.state else OPEN_STATES
    found: list[Any] = [col(Case.state).in_(states)]
    if wanted.kind:
        found.append(Case.kind == wanted.kind)
    return found + _words(Case.search_text, wanted.query)


def _named(query: str) -> Any:
    """Return the condition for the cases that a code or the sender's phone names; else None.

    They are meant wherever they stand: who forgot their code calls with their number.
    """
    code = find_code(query)
    if code:
        return Case.code == code
    figures = "".join(sign for sign in query if sign.isdecimal())
    if len(figures) < _LEAST_FIGURES or not _PHONE.fullmatch(query.strip()):
        return None
    kept: Any = col(Citizen.phone)
    for sign in " .-":
        kept = sa.func.replace(kept, sign, "")
    return col(Case.citizen_id).in_(select(Citizen.id).where(kept.contains(figures)))


def _slice(wanted: CaseFilter, member: Staff | None) -> list[Any]:
    if wanted.view is None:
        return []
    if wanted.view is View.APPROVAL:
        return [Case.state == State.DRAFTED]
    if wanted.view is View.LATE and wanted.today:
        return [clock.late(wanted.today)]
    if wanted.view is View.SOON and wanted.today and wanted.soon:
        return [
            sa.not_(clock.late(wanted.today)),
            col(Case.due_on) <= wanted.soon,
            col(Case.paused_on).is_(None),
        ]
    if member and wanted.view is View.MINE:
        return [Case.owner_id == member.id]
    if member and wanted.view is View.UNIT:
        return [Case.department_id == member.department_id]
    return []


def results(
    session: Session, unit_id: int, query: str, kind: Kind | None, number: int
) -> Page[tuple[Publication, Case, Answer]]:
    """Return public results that hold every word of a query (marks do not matter), newest first."""
    conditions = [Case.unit_id == unit_id, *_words(Publication.search_text, query)]
    if kind:
        conditions.append(Case.kind == kind)
    found = (
        select(Publication, Case, Answer)
        .join(Case, col(Case.id) == col(Publication.case_id))
        .join(Answer, col(Answer.case_id) == col(Case.id))
        .where(*conditions)
        .order_by(col(Publication.published_at).desc(), col(Publication.id).desc())
    )
    return _page(session, found, number)


def result(session: Session, typed: str) -> tuple[Publication, Case, Answer]:
    """Return one public result; raises NotFoundError where nothing of the case is public."""
    case = by_code(session, typed)
    found = session.exec(
        select(Publication, Answer)
        .join(Answer, col(Answer.case_id) == col(Publication.case_id))
        .where(Publication.case_id == case.id)
    ).first()
    if not found:
        raise NotFoundError(
            "Kết quả của hồ sơ này chưa được công khai.",
            "Người gửi có thể xem tình trạng tại trang Tra cứu.",
        )
    return found[0], case, found[1]


def counts_by_state(
    session: Session, unit_id: int, states: Iterable[State] = State, seen: Any = None
) -> dict[State, int]:
    """Return how many cases stand in each of some states, without those where there are none.

    seen is the condition on what is counted. Closed cases are many: counting them takes seconds
    in a register of years.
    """
    mine = sa.true() if seen is None else seen
    rows = session.exec(
        select(Case.state, sa.func.count())
        .where(Case.unit_id == unit_id, col(Case.state).in_(tuple(states)), mine)
        .group_by(Case.state)
    ).all()
    return {State(state): int(number) for state, number in rows}


def states_found(
    session: Session, unit_id: int, states: Iterable[State], seen: Any
) -> frozenset[State]:
    """Return those of some states in which there is any case at all."""
    one = select(Case.id).where(Case.unit_id == unit_id, seen).limit(1)
    return frozenset(s for s in states if session.exec(one.where(Case.state == s)).first())


def overdue(session: Session, unit_id: int, today: date) -> int:
    """Return how many open cases are past their due day."""
    query = select(sa.func.count()).where(
        Case.unit_id == unit_id, col(Case.state).in_(OPEN_STATES), clock.late(today)
    )
    return int(session.exec(query).one())


def _words(column: Any, query: str) -> list[Any]:
    """Each word must stand in the folded text: a ward's register is small enough to scan."""
    words = fold(query).split()[:12]
    return [col(column).contains(word, autoescape=True) for word in words]


def _page(session: Session, query: Any, number: int) -> Page[Any]:
    total = session.exec(select(sa.func.count()).select_from(query.order_by(None).subquery())).one()
    rows = session.exec(query.offset((number - 1) * PAGE).limit(PAGE)).all()
    return Page([tuple(row) for row in rows], number, int(total))
