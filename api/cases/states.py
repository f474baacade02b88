"""Making a move: the only code that changes the state of a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import guards
from api.cases.events import CitizenDeed, Deed, record
from api.cases.models import Actor, Case, CaseEvent
from api.cases.moves import MOVES, OPEN_STATES, RUNNING_STATES, STATE_LABELS, Move
from api.cases.moves import allowed as allowed_in
from api.cases.office import Office
from api.errors import ConflictError, ForbiddenError
from api.people.models import Role, Staff

__all__ = ["MOVES", "OPEN_STATES", "RUNNING_STATES", "STATE_LABELS", "Move"]

ROLE_NEEDED = {
    Role.HEAD: "trưởng bộ phận",
    Role.LEADER: "lãnh đạo",
    Role.ADMIN: "quản trị",
}


@dataclass(frozen=True)
class Offer:
    """A move that the state of a case permits; why is empty where this person may make it."""

    move: Move
    why: str


def allowed(case: Case) -> set[str]:
    """Return the names of the moves that the state of a case permits."""
    return allowed_in(case.state)


def offers(
    session: Session, office: Office, case: Case, member: Staff, at: datetime
) -> dict[str, Offer]:
    """Return what a member of staff is offered now, each with why it is refused if it is."""
    deed = Deed(member, at, case.version)
    moves = [move for move in MOVES.values() if case.state in move.sources]
    return {
        move.name: Offer(move, " ".join(_refused(session, office, case, move, deed)).strip())
        for move in moves
        if Actor.STAFF in move.actors
    }


def citizen_offers(session: Session, office: Office, case: Case, at: datetime) -> frozenset[str]:
    """Return the names of the moves that the sender may make now."""
    deed = CitizenDeed(at, case.version)
    return frozenset(
        move.name
        for move in MOVES.values()
        if Actor.CITIZEN in move.actors
        and case.state in move.sources
        and not any(_refused(session, office, case, move, deed))
    )


def make(  # noqa: PLR0913  # a move has this many parts
    session: Session,
    case: Case,
    name: str,
    deed: Deed | CitizenDeed,
    *,
    office: Office | None = None,
    note: str = "",
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> CaseEvent:
    """Move a case and record it.

    Raises ConflictError where the state does not permit the move, or where somebody else
    changed the case since the version of the deed: whose change it was is in the sentence.
    Raises ForbiddenError where this person may not make it. A move with a guard needs office.
    """
    move = MOVES[name]
    _claim(session, case, deed.version)
    check(case, name)
    sentence, next_step = _refused(session, office, case, move, deed)
    if sentence:
        raise ForbiddenError(sentence, next_step)
    case.version = deed.version + 1
    if move.target:
        case.state = move.target
    for field, value in (changes or {}).items():
        setattr(case, field, value)
    session.flush()
    return record(
        session, case, name, deed.by, deed.at, audience=move.audience, note=note, data=data
    )


def check(case: Case, name: str) -> None:
    """Raise ConflictError where the state of a case does not permit a move."""
    move = MOVES[name]
    if case.state not in move.sources:
        raise ConflictError(
            f"Hồ sơ {case.code} đang ở bước “{STATE_LABELS[case.state]}” nên không "
            f"làm được bước “{move.label}”.",
            "Bạn tải lại trang để xem tình trạng hiện tại.",
        )


def _refused(
    session: Session, office: Office | None, case: Case, move: Move, deed: Deed | CitizenDeed
) -> tuple[str, str]:
    """Return why this person may not make a move, and what to do instead; empty where they may."""
    if deed.by.actor not in move.actors:
        return f"Bạn không tự {move.label.lower()} được.", "Bạn liên hệ cán bộ phụ trách."
    if isinstance(deed, Deed) and not deed.staff.role.includes(move.least):
        needed = ROLE_NEEDED[move.least]
        return f"Chỉ {needed} được {move.label.lower()}.", f"Anh/chị báo {needed} giúp."
    if move.guard is None:
        return "", ""
    if office is None:
        raise ValueError(f"{move.name} has a guard and needs the office")
    return guards.refusal(session, office, case, move.guard, deed)


def _claim(session: Session, case: Case, expected: int) -> None:
    """Take the case for one change: of two who try, the database lets one through."""
    claimed = session.execute(
        sa.update(Case)
        .where(col(Case.id) == case.id, col(Case.version) == expected)
        .values(version=expected + 1),
        execution_options={"synchronize_session": False},
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError(_who_was_faster(session, case), "Bạn tải lại trang rồi làm tiếp.")


def _who_was_faster(session: Session, case: Case) -> str:
    last = session.exec(
        select(CaseEvent, Staff)
        .join(Staff, col(Staff.id) == col(CaseEvent.staff_id), isouter=True)
        .where(CaseEvent.case_id == case.id, col(CaseEvent.name).in_([*MOVES, "due_moved"]))
        .order_by(col(CaseEvent.number).desc())
    ).first()
    if not last:
        return "Hồ sơ vừa có thay đổi khác."
    event, member = last
    nobody = "Người gửi" if event.actor is Actor.CITIZEN else "Hệ thống"
    who = member.name if member else nobody
    label = MOVES[event.name].label.lower() if event.name in MOVES else "dời hạn"
    what = f"{label} này" if label.endswith("hồ sơ") else f"{label} hồ sơ này"
    return f"{who} vừa {what}. Nội dung bạn nhập chưa được lưu."
