"""Who works on a case: department, officer, responsible leader and the expected product."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.cases import moving
from api.cases.events import Deed
from api.cases.models import Case
from api.cases.office import Office
from api.errors import PeopleError
from api.people import departments
from api.people.models import Department, Role, Staff
from knowledge.text import nfc, squeeze

LONGEST_PRODUCT = 200


@dataclass(frozen=True)
class Assignee:
    """Where a case goes: a department, and in it an officer, a leader, what is expected."""

    department_id: int
    owner_id: int | None = None
    leader_id: int | None = None
    product: str = ""


def taken_by(
    session: Session, case: Case, deed: Deed, to: Assignee | None = None
) -> dict[str, Any]:
    """Return the columns of a case that somebody takes up or gives to `to`.

    A case that has an owner keeps them. Raises PeopleError where `to` does not fit together.
    """
    if to:
        return _checked(session, case, to)
    if case.owner_id:
        return {}
    home = deed.staff.department_id or case.department_id
    home = home or departments.reception(session, case.unit_id, deed.at).id
    return {"owner_id": deed.staff.id, "department_id": home}


def assign(session: Session, office: Office, case: Case, deed: Deed, to: Assignee) -> None:
    """Give a case to a department and an officer; the sender is told of another department.

    Raises PeopleError where department, officer and leader do not fit together.
    """
    changes = _checked(session, case, to)
    department = session.get_one(Department, to.department_id)
    owner = session.get(Staff, to.owner_id) if to.owner_id else None
    name = "assign" if case.department_id == department.id else "moved_inside"
    note = f"{department.name} – {owner.name}" if owner else department.name
    moving.move(
        session,
        office,
        case,
        name,
        deed,
        note=note,
        changes=changes,
        data={key: value for key, value in changes.items() if key != "product"},
        told={"where": department.name},
    )


def _checked(session: Session, case: Case, to: Assignee) -> dict[str, Any]:
    department = session.get(Department, to.department_id)
    if not department or department.unit_id != case.unit_id or not department.active:
        raise PeopleError("Bộ phận này không có.", "Anh/chị chọn lại bộ phận.")
    owner = _member(session, case, to.owner_id)
    if owner and owner.department_id not in {None, department.id}:
        raise PeopleError(
            f"{owner.name} không thuộc {department.name}.", "Anh/chị chọn lại cán bộ hoặc bộ phận."
        )
    leader = _member(session, case, to.leader_id)
    if leader and not leader.role.includes(Role.LEADER):
        raise PeopleError(f"{leader.name} không phải lãnh đạo.", "Anh/chị chọn lại lãnh đạo.")
    changes: dict[str, Any] = {"department_id": department.id, "owner_id": to.owner_id}
    if leader:
        changes["leader_id"] = leader.id
    if to.product:
        changes["product"] = squeeze(nfc(to.product))[:LONGEST_PRODUCT]
    return changes


def _member(session: Session, case: Case, staff_id: int | None) -> Staff | None:
    if not staff_id:
        return None
    found = session.get(Staff, staff_id)
    if not found or not found.active or found.unit_id != case.unit_id:
        raise PeopleError("Cán bộ này không có.", "Anh/chị chọn lại cán bộ.")
    return found
