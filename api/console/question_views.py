"""Questions, groups and rulings as the pages show them."""

from typing import Any

from sqlmodel import Session

from api.learning import groups
from api.learning.groups import Group
from api.learning.models import Outcome, Ruling, Verdict
from api.people.models import Staff
from api.web.site import Site
from knowledge.clerk import Clerk

OUTCOME_LABELS = {
    Outcome.NONE: "Chưa tìm thấy",
    Outcome.CLARIFY: "Phải hỏi lại",
    Outcome.UNHELPFUL: "Bị báo chưa đúng",
    Outcome.OFFICER: "Chuyển cán bộ",
}
VERDICT_LABELS = {
    Verdict.PROCEDURE: "Gán thủ tục",
    Verdict.OUTSIDE: "Ngoài phạm vi",
    Verdict.ASIDE: "Để qua một bên",
}
_MOST_UNDONE = 10


def group_view(found: Group, clerk: Clerk) -> dict[str, Any]:
    """Return a group with the names of what was proposed and picked."""
    return {
        "number": found.number,
        "times": found.times,
        "newest": found.newest,
        "examples": found.examples,
        "proposed": short_name_of(clerk, found.proposed),
        "chosen": short_name_of(clerk, found.chosen),
        "outcomes": [
            {"label": OUTCOME_LABELS[outcome], "times": times}
            for outcome, times in sorted(found.outcomes.items())
        ],
    }


def ruled_views(session: Session, here: Site, clerk: Clerk) -> list[dict[str, Any]]:
    """Return the rulings in force, the newest first."""
    rows = groups.ruled(session, here.office.unit_id)
    return [_ruling(session, row, clerk) | {"times": times} for row, times in rows]


def undone_views(session: Session, here: Site, clerk: Clerk) -> list[dict[str, Any]]:
    """Return the rulings taken back last, with who did it."""
    rows = groups.undone(session, here.office.unit_id, _MOST_UNDONE)
    return [
        _ruling(session, row, clerk)
        | {"undone_at": row.undone_at, "undone_by": _who(session, row.undone_by_id)}
        for row in rows
    ]


def _ruling(session: Session, row: Ruling, clerk: Clerk) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": VERDICT_LABELS[row.verdict],
        "text": row.text,
        "code": row.code,
        "name": name_of(clerk, row.code),
        "gone": bool(row.code) and row.code not in clerk.catalogue.by_code,
        "where": row.where_to,
        "by": _who(session, row.staff_id),
        "at": row.ruled_at,
    }


def _who(session: Session, staff_id: int | None) -> str:
    member = session.get(Staff, staff_id) if staff_id else None
    return member.name if member else "Dòng lệnh"


def short_name_of(clerk: Clerk, code: str) -> str:
    """Return a short name of a procedure, its code where the catalogue no longer has it."""
    procedure = clerk.catalogue.by_code.get(code)
    return clerk.short_name(procedure) if procedure else code


def name_of(clerk: Clerk, code: str) -> str:
    """Return the name of a procedure, its code where the catalogue no longer has it."""
    procedure = clerk.catalogue.by_code.get(code)
    return procedure.name if procedure else code
