"""A move with what follows from it: the clock counted anew, sender and followers told."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from api.cases import calendars, clock, notices, states
from api.cases.events import CitizenDeed, Deed
from api.cases.models import Case, CaseEvent
from api.cases.moves import MOVES, Effect
from api.cases.office import Office
from api.files.models import Attachment


def move(  # noqa: PLR0913  # a move has this many parts
    session: Session,
    office: Office,
    case: Case,
    name: str,
    deed: Deed | CitizenDeed,
    *,
    note: str = "",
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    told: dict[str, str] | None = None,
    proofs: Sequence[Attachment] = (),
) -> CaseEvent:
    """Make a move and carry out its effects; told fills the places of the notice.

    Raises what states.make raises.
    """
    effects = MOVES[name].effects
    if Effect.CLOCK in effects:
        calendars.hold(session, office.unit_id)
    event = states.make(
        session, case, name, deed, office=office, note=note, changes=changes, data=data
    )
    if Effect.CLOCK in effects:
        clock.recompute(session, office, case)
    if Effect.TELL in effects:
        parts = {"note": note, **(told or {})}
        notices.tell(session, office, case, name, deed.at, proofs=proofs, **parts)
    return event
