"""The moves of a case: one table of what may follow what, and the only code that makes a move."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases.events import By, Deed, record
from api.cases.models import Audience, Case, CaseEvent, State
from api.errors import ConflictError
from api.people.models import Staff

STATE_LABELS = {
    State.RECEIVED: "Chờ tiếp nhận",
    State.IN_PROGRESS: "Đang xử lý",
    State.ANSWERED: "Đã trả lời",
    State.PUBLISHED: "Đã công khai kết quả",
    State.WITHHELD: "Đã trả lời, không công khai",
}

OPEN_STATES = (State.RECEIVED, State.IN_PROGRESS)


@dataclass(frozen=True)
class Move:
    """One permitted move: from which states, to which (None stays), and who reads of it."""

    name: str
    label: str
    sources: tuple[State, ...]
    target: State | None
    audience: Audience


MOVES = {
    move.name: move
    for move in (
        Move("accept", "Tiếp nhận", (State.RECEIVED,), State.IN_PROGRESS, Audience.PUBLIC),
        Move("reclassify", "Đổi loại", OPEN_STATES, None, Audience.CITIZEN),
        Move("extended", "Gia hạn", OPEN_STATES, None, Audience.CITIZEN),
        Move("answer", "Trả lời", OPEN_STATES, State.ANSWERED, Audience.PUBLIC),
        Move("publish", "Công khai", (State.ANSWERED,), State.PUBLISHED, Audience.PUBLIC),
        Move("withhold", "Không công khai", (State.ANSWERED,), State.WITHHELD, Audience.CITIZEN),
        Move("note", "Ghi chú nội bộ", tuple(State), None, Audience.INTERNAL),
    )
}


def allowed(case: Case) -> set[str]:
    """Return the names of the moves that the state of a case permits."""
    return {move.name for move in MOVES.values() if case.state in move.sources}


def make(  # noqa: PLR0913  # a move has this many parts
    session: Session,
    case: Case,
    name: str,
    deed: Deed,
    *,
    note: str = "",
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> CaseEvent:
    """Move a case and record it.

    Raises ConflictError where the state does not permit the move, or where somebody else
    changed the case since the version of the deed: whose change it was is in the sentence.
    """
    move = MOVES[name]
    _claim(session, case, deed.version)
    if case.state not in move.sources:
        raise ConflictError(
            f"Hồ sơ {case.code} đang ở bước “{STATE_LABELS[case.state]}” nên không thể "
            f"{move.label.lower()}.",
            "Bạn tải lại trang để xem tình trạng hiện tại.",
        )
    case.version = deed.version + 1
    if move.target:
        case.state = move.target
    for field, value in (changes or {}).items():
        setattr(case, field, value)
    session.flush()
    by = By.staff(deed.staff)
    return record(session, case, name, by, deed.at, audience=move.audience, note=note, data=data)


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
    who = member.name if member else "Hệ thống"
    label = MOVES[event.name].label.lower() if event.name in MOVES else "dời hạn"
    return f"{who} vừa {label} hồ sơ này. Nội dung bạn nhập chưa được lưu."
