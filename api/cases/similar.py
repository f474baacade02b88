"""Open cases that may be about the same thing, shown to whoever is about to send another one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from api.cases.hiding import hidden_of
from api.cases.models import Case, Kind
from api.cases.moves import OPEN_STATES
from api.people.models import Citizen
from knowledge.text import fold

KINDS = frozenset({Kind.INFRASTRUCTURE})
"""Only what is out in the street: a complaint about a person is nobody else's to read."""

ENOUGH = 68.0  # of 100
_PLACE_WEIGHT = 0.35
_LOOK_BACK = timedelta(days=90)
_MOST_READ = 300
MOST_SHOWN = 2


@dataclass(frozen=True)
class Matter:
    """What somebody is about to send."""

    kind: Kind
    content: str
    place: str = ""


@dataclass(frozen=True)
class Lookalike:
    """A case that may be the same: its code, and its words through the redaction gate."""

    code: str
    text: str
    received_at: datetime


def likeness(content: str, place: str, other_content: str, other_place: str) -> float:
    """Return how alike two matters are, from 0 to 100: words in any order, marks set aside.

    Where both name a place the place counts for a third; different figures in the places
    ("ngõ 12", "ngõ 21") make them different matters.
    """
    words = fuzz.token_set_ratio(fold(content), fold(other_content))
    here, there = fold(place), fold(other_place)
    if not here or not there:
        return float(words) if _figures(content) == _figures(other_content) else words * 0.8
    if _figures(here) != _figures(there):
        return float(words) * 0.5
    near = fuzz.token_set_ratio(here, there)
    return float((1 - _PLACE_WEIGHT) * words + _PLACE_WEIGHT * near)


def _figures(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if any(c.isdigit() for c in word))


def find(
    session: Session, unit_id: int, matter: Matter, at: datetime, *, but_chat: int | None = None
) -> tuple[Lookalike, ...]:
    """Return the open cases most like a matter, the likest first; none for other kinds."""
    if matter.kind not in KINDS:
        return ()
    rows = session.exec(
        select(Case, Citizen)
        .join(Citizen, col(Citizen.id) == col(Case.citizen_id))
        .where(
            Case.unit_id == unit_id,
            col(Case.kind).in_(KINDS),
            col(Case.state).in_(OPEN_STATES),
            col(Case.restricted).is_(False),
            col(Case.received_at) > at - _LOOK_BACK,
        )
        .order_by(col(Case.id).desc())
        .limit(_MOST_READ)
    )
    scored = [
        (likeness(matter.content, matter.place, case.content, case.place), case, sender)
        for case, sender in rows
        if but_chat is None or case.chat_id != but_chat
    ]
    best = sorted((row for row in scored if row[0] >= ENOUGH), key=lambda row: -row[0])
    return tuple(_shown(case, sender) for _, case, sender in best[:MOST_SHOWN])


def _shown(case: Case, sender: Citizen) -> Lookalike:
    whole = f"{case.content}\n({case.place})" if case.place else case.content
    return Lookalike(case.code, hidden_of(sender, whole), case.received_at)
