"""The moves of a case: one table of what may follow what, who may do it, and what it causes."""

from dataclasses import dataclass
from enum import StrEnum

from api.cases.models import Actor, Audience, State
from api.people.models import Role

STATE_LABELS = {
    State.RECEIVED: "Chờ tiếp nhận",
    State.IN_PROGRESS: "Đang xử lý",
    State.SUPPLEMENT: "Chờ người gửi bổ sung",
    State.TRANSFERRED: "Đã chuyển cơ quan khác",
    State.DRAFTED: "Chờ duyệt câu trả lời",
    State.ANSWERED: "Đã trả lời",
    State.PUBLISHED: "Đã công khai kết quả",
    State.WITHHELD: "Đã trả lời, không công khai",
    State.REFUSED: "Không tiếp nhận",
    State.WITHDRAWN: "Người gửi đã rút",
    State.MERGED: "Đã gộp vào hồ sơ khác",
}

RUNNING_STATES = (State.RECEIVED, State.IN_PROGRESS, State.DRAFTED)
"""The clock runs: only these can be late."""

OPEN_STATES = (*RUNNING_STATES, State.SUPPLEMENT, State.TRANSFERRED)
"""Something is still owed to the sender."""

_WORK = (State.RECEIVED, State.IN_PROGRESS)
REPLIED_STATES = (State.ANSWERED, State.PUBLISHED, State.WITHHELD)
"""The sender has the answer."""

_ALL = tuple(State)
_ENDS = (State.PUBLISHED, State.WITHHELD, State.REFUSED, State.WITHDRAWN, State.MERGED)

STAFF_ONLY = frozenset({Actor.STAFF})
BOTH = frozenset({Actor.STAFF, Actor.CITIZEN})
CITIZEN_ONLY = frozenset({Actor.CITIZEN})


class Effect(StrEnum):
    """What follows from a move in the same transaction."""

    TELL = "báo người gửi"
    CLOCK = "tính lại hạn"


class Guard(StrEnum):
    """What must hold besides state and role; the rules are in guards.py."""

    APPROVED = "không cần duyệt, hoặc là lãnh đạo"
    IN_TIME = "người gửi: trong số ngày được mở lại"
    BY_HOURS = "chưa đánh dấu gấp; loại việc có hạn tính bằng giờ và phường dùng hạn ấy"
    URGENT = "đã đánh dấu gấp"
    ALONE = "không có người khác cùng phản ánh"
    IN_THE_OPEN = "không hạn chế người xem"
    RESTRICTED = "đang hạn chế người xem"


@dataclass(frozen=True)
class Move:
    """One permitted move: from which states, to which (None stays), and who reads of it.

    actors say who may do it, least is the lowest role of the staff who may.
    """

    name: str
    label: str
    sources: tuple[State, ...]
    target: State | None
    audience: Audience
    actors: frozenset[Actor] = STAFF_ONLY
    least: Role = Role.OFFICER
    guard: Guard | None = None
    effects: tuple[Effect, ...] = ()


_TELL = (Effect.TELL,)
_TELL_CLOCK = (Effect.CLOCK, Effect.TELL)
_I, _C, _P = Audience.INTERNAL, Audience.CITIZEN, Audience.PUBLIC

MOVES = {
    move.name: move
    for move in (
        Move("accept", "Tiếp nhận", (State.RECEIVED,), State.IN_PROGRESS, _P, effects=_TELL),
        Move("classify", "Phân loại", _WORK, None, _I),
        Move("reclassify", "Đổi loại", _WORK, None, _C, effects=_TELL_CLOCK),
        Move("refuse", "Không tiếp nhận", _WORK, State.REFUSED, _P, effects=_TELL),
        Move("assign", "Giao xử lý", OPEN_STATES, None, _I),
        Move("moved_inside", "Chuyển bộ phận", OPEN_STATES, None, _C, effects=_TELL),
        Move(
            "supplement_asked",
            "Yêu cầu bổ sung",
            _WORK,
            State.SUPPLEMENT,
            _P,
            effects=_TELL_CLOCK,
        ),
        Move(
            "supplement_given",
            "Nhận bổ sung",
            (State.SUPPLEMENT,),
            State.IN_PROGRESS,
            _P,
            BOTH,
            effects=_TELL_CLOCK,
        ),
        Move(
            "transferred_out",
            "Chuyển cơ quan khác",
            _WORK,
            State.TRANSFERRED,
            _P,
            effects=_TELL_CLOCK,
        ),
        Move(
            "returned",
            "Nhận lại từ cơ quan khác",
            (State.TRANSFERRED,),
            State.IN_PROGRESS,
            _P,
            effects=_TELL_CLOCK,
        ),
        Move(
            "extended",
            "Gia hạn",
            RUNNING_STATES,
            None,
            _C,
            least=Role.LEADER,
            effects=_TELL_CLOCK,
        ),
        Move("transferred_in", "Ghi việc được chuyển đến", _WORK, None, _C, effects=_TELL_CLOCK),
        Move(
            "draft",
            "Trình duyệt",
            (*_WORK, State.TRANSFERRED),
            State.DRAFTED,
            _I,
            effects=(Effect.CLOCK,),
        ),
        Move(
            "send_back",
            "Trả lại để sửa",
            (State.DRAFTED,),
            State.IN_PROGRESS,
            _I,
            least=Role.LEADER,
        ),
        Move(
            "approve",
            "Duyệt và gửi",
            (State.DRAFTED,),
            State.ANSWERED,
            _P,
            least=Role.LEADER,
            effects=_TELL,
        ),
        Move(
            "answer",
            "Trả lời",
            (*_WORK, State.TRANSFERRED),
            State.ANSWERED,
            _P,
            guard=Guard.APPROVED,
            effects=_TELL_CLOCK,
        ),
        Move("judge", "Kết luận", (*REPLIED_STATES, State.IN_PROGRESS), None, _C, effects=_TELL),
        Move(
            "publish",
            "Công khai",
            (State.ANSWERED,),
            State.PUBLISHED,
            _P,
            guard=Guard.IN_THE_OPEN,
            effects=_TELL,
        ),
        Move("withhold", "Không công khai", (State.ANSWERED,), State.WITHHELD, _C, effects=_TELL),
        Move(
            "withdraw",
            "Rút hồ sơ",
            (*_WORK, State.SUPPLEMENT, State.TRANSFERRED, State.DRAFTED),
            State.WITHDRAWN,
            _P,
            BOTH,
            guard=Guard.ALONE,
            effects=_TELL,
        ),
        Move(
            "merge",
            "Gộp vào hồ sơ khác",
            (*_WORK, State.SUPPLEMENT),
            State.MERGED,
            _P,
            guard=Guard.IN_THE_OPEN,
            effects=_TELL_CLOCK,
        ),
        Move("unmerge", "Bỏ gộp", (State.MERGED,), State.IN_PROGRESS, _P, effects=_TELL_CLOCK),
        Move("split", "Tách hồ sơ", _WORK, None, _C, effects=_TELL),
        Move("join", "Cùng phản ánh", OPEN_STATES, None, _I, CITIZEN_ONLY),
        Move(
            "reopened",
            "Mở lại",
            (*REPLIED_STATES, State.REFUSED),
            State.IN_PROGRESS,
            _P,
            BOTH,
            guard=Guard.IN_TIME,
            effects=_TELL_CLOCK,
        ),
        Move("hurry", "Đánh dấu gấp", RUNNING_STATES, None, _I, guard=Guard.BY_HOURS),
        Move("unhurry", "Bỏ dấu gấp", OPEN_STATES, None, _I, guard=Guard.URGENT),
        Move("unrestrict", "Bỏ hạn chế người xem", OPEN_STATES, None, _I, guard=Guard.RESTRICTED),
        Move("note", "Ghi chú nội bộ", _ALL, None, _I),
        Move("corrected", "Đính chính", _ALL, None, _I),
    )
}


def allowed(state: State) -> set[str]:
    """Return the names of the moves that a state permits."""
    return {move.name for move in MOVES.values() if state in move.sources}


def diagram() -> str:
    """Return the table of moves as a mermaid diagram; moves that stay are left out."""
    lines = ["stateDiagram-v2", "  [*] --> received"]
    lines += [f"  {state.value}: {STATE_LABELS[state]}" for state in State]
    lines += [
        f"  {source.value} --> {move.target.value}: {move.label}"
        for move in MOVES.values()
        if move.target
        for source in move.sources
    ]
    lines += [f"  {state.value} --> [*]" for state in _ENDS]
    return "\n".join(lines)


def table() -> str:
    """Return the table of moves as Markdown."""
    lines = ["| bước đi | từ | tới | ai | điều kiện | kéo theo |", "|---|---|---|---|---|---|"]
    lines += [_row(move) for move in MOVES.values()]
    return "\n".join(lines)


_WHO = {Role.OFFICER: "cán bộ", Role.HEAD: "trưởng bộ phận", Role.LEADER: "lãnh đạo"}


def _row(move: Move) -> str:
    sources = "mọi bước" if move.sources == _ALL else ", ".join(f"`{s}`" for s in move.sources)
    who = [_WHO[move.least]] if Actor.STAFF in move.actors else []
    who += ["người gửi"] if Actor.CITIZEN in move.actors else []
    cells = (
        f"{move.label} (`{move.name}`)",
        sources,
        f"`{move.target}`" if move.target else "giữ nguyên",
        ", ".join(who),
        move.guard or "",
        ", ".join(move.effects),
    )
    return f"| {' | '.join(cells)} |"
