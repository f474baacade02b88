"""Departments of a ward: the one that receives, and the others that cases are given to."""

from datetime import datetime

from sqlmodel import Session, col, select

from api.errors import PeopleError
from api.people.models import Department
from knowledge.text import nfc, squeeze

RECEPTION = "Bộ phận tiếp nhận"
LONGEST_NAME = 120


def reception(session: Session, unit_id: int, at: datetime) -> Department:
    """Return the department that receives cases; it is made when first needed."""
    found = session.exec(
        select(Department).where(Department.unit_id == unit_id, Department.reception)
    ).first()
    if found:
        return found
    made = Department(unit_id=unit_id, name=RECEPTION, reception=True, created_at=at)
    session.add(made)
    session.flush()
    return made


def add(session: Session, unit_id: int, name: str, at: datetime) -> Department:
    """Add a department. Raises PeopleError where the name is empty, too long or taken."""
    words = squeeze(nfc(name))
    if not words or len(words) > LONGEST_NAME:
        raise PeopleError(
            f"Tên bộ phận cần có từ 1 đến {LONGEST_NAME} ký tự.", "Anh/chị nhập lại tên."
        )
    reception(session, unit_id, at)
    if any(one.name.casefold() == words.casefold() for one in every(session, unit_id)):
        raise PeopleError(f"Đã có bộ phận “{words}”.", "Anh/chị chọn tên khác.")
    made = Department(unit_id=unit_id, name=words, created_at=at)
    session.add(made)
    session.flush()
    return made


def every(session: Session, unit_id: int) -> list[Department]:
    """Return the departments in use, the one that receives first."""
    return list(
        session.exec(
            select(Department)
            .where(Department.unit_id == unit_id, Department.active)
            .order_by(col(Department.reception).desc(), col(Department.name))
        )
    )


def named(session: Session, unit_id: int, name: str) -> Department:
    """Return a department by its name; raises PeopleError where there is none."""
    words = squeeze(nfc(name)).casefold()
    for one in every(session, unit_id):
        if one.name.casefold() == words:
            return one
    raise PeopleError(f"Không có bộ phận “{name}”.", "Xem lại tên bằng pakn staff departments.")
