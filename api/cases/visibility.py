"""Which cases a member of staff may see."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from api.cases import lookup
from api.cases.models import Case
from api.errors import ForbiddenError
from api.people.models import Department, Role, Staff


def sees_all(session: Session, member: Staff) -> bool:
    """Tell whether a member sees every case that is not restricted.

    Leaders do, whoever belongs to no department (a small ward has none), and the department
    that receives cases, since it has to follow them.
    """
    if member.role.includes(Role.LEADER) or member.department_id is None:
        return True
    home = session.get(Department, member.department_id)
    return bool(home and home.reception)


def condition(session: Session, member: Staff) -> Any:
    """Return the condition on cases for a member's lists."""
    named = sa.true() if member.denunciations else sa.not_(col(Case.restricted))
    if sees_all(session, member):
        return named
    own = sa.or_(col(Case.department_id) == member.department_id, col(Case.owner_id) == member.id)
    return sa.and_(named, own)


def case_for(session: Session, member: Staff, code: str) -> Case:
    """Return the case of a code to a member who may see it.

    Raises NotFoundError for an unknown code, ForbiddenError where the case is not theirs to see.
    """
    case = lookup.by_code(session, code)
    check(session, member, case)
    return case


def may_see(session: Session, member: Staff, case: Case) -> bool:
    """Tell whether a member may see a case."""
    try:
        check(session, member, case)
    except ForbiddenError:
        return False
    return True


def check(session: Session, member: Staff, case: Case) -> None:
    """Raise ForbiddenError where a member may not see a case."""
    mine = case.owner_id == member.id or case.department_id == member.department_id
    if case.restricted and not member.denunciations:
        raise ForbiddenError(
            "Hồ sơ này chỉ người được giao mới xem được.", "Anh/chị liên hệ lãnh đạo đơn vị."
        )
    if not mine and not sees_all(session, member):
        raise ForbiddenError(
            "Hồ sơ này do bộ phận khác xử lý.", "Anh/chị liên hệ bộ phận tiếp nhận nếu cần xem."
        )
