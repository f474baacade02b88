"""Staff accounts: creation, sign-in, sessions that can be revoked."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from pwdlib import PasswordHash
from sqlmodel import Session, col, select

from api.errors import NotFoundError, PeopleError, SignedOutError
from api.people.models import Department, Role, Staff, StaffSession
from knowledge.text import nfc, squeeze

SHORTEST_PASSWORD = 10
LONGEST_NAME = 120
LONGEST_USERNAME = 60
Change = Callable[[Session], None]
_SEEN_EVERY = timedelta(minutes=1)


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """A hash to check against where no such account exists, so that time tells nothing."""
    return _hasher().hash(secrets.token_urlsafe(16))


@dataclass(frozen=True)
class NewMember:
    """An account to be made."""

    username: str
    name: str
    password: str
    role: Role = Role.OFFICER


@dataclass(frozen=True)
class Standing:
    """What a member is and may do; without a department they see the cases of all of them."""

    role: Role
    department_id: int | None = None
    denunciations: bool = False
    active: bool = True


def create(session: Session, unit_id: int, new: NewMember, at: datetime) -> Staff:
    """Create an account. Raises PeopleError where the password is short or the name is taken."""
    login = squeeze(new.username).lower()
    name = squeeze(new.name)
    if not name or len(name) > LONGEST_NAME:
        raise PeopleError(f"Họ tên cần có từ 1 đến {LONGEST_NAME} ký tự.", "Bạn nhập lại họ tên.")
    if len(login) > LONGEST_USERNAME:
        raise PeopleError(
            f"Tên đăng nhập dài hơn {LONGEST_USERNAME} ký tự.", "Bạn chọn tên ngắn hơn."
        )
    if not login or session.exec(select(Staff).where(Staff.username == login)).first():
        raise PeopleError(f"Tên đăng nhập “{login}” trống hoặc đã có.", "Bạn chọn tên khác.")
    member = Staff(
        unit_id=unit_id,
        username=login,
        name=name,
        role=new.role,
        password_hash=_hasher().hash(_long_enough(new.password)),
        created_at=at,
    )
    session.add(member)
    session.flush()
    return member


def members(session: Session, unit_id: int) -> list[Staff]:
    """Return every account of an office, those in use first."""
    order = (col(Staff.active).desc(), col(Staff.name))
    return list(session.exec(select(Staff).where(Staff.unit_id == unit_id).order_by(*order)))


def member(session: Session, unit_id: int, staff_id: int) -> Staff:
    """Return an account of an office; raises NotFoundError where there is none."""
    found = session.get(Staff, staff_id)
    if not found or found.unit_id != unit_id:
        raise NotFoundError("Không tìm thấy tài khoản này.", "Anh/chị quay lại danh sách.")
    return found


def place(session: Session, member: Staff, standing: Standing) -> None:
    """Change what a member is and may do.

    Raises PeopleError for a department of another office, and where nobody would be left who is
    named for denunciations: what is restricted to them would be seen by nobody.
    """
    if member.denunciations and member.active and not (standing.denunciations and standing.active):
        _check_another_named(session, member)
    if standing.department_id:
        home = session.get(Department, standing.department_id)
        if not home or home.unit_id != member.unit_id:
            raise PeopleError("Bộ phận này không có.", "Anh/chị chọn lại bộ phận.")
    member.role, member.department_id = standing.role, standing.department_id
    member.denunciations, member.active = standing.denunciations, standing.active
    session.add(member)


def _check_another_named(session: Session, member: Staff) -> None:
    others = select(Staff.id).where(
        Staff.unit_id == member.unit_id, Staff.active, Staff.denunciations, Staff.id != member.id
    )
    if session.exec(others).first() is None:
        raise PeopleError(
            "Đây là người duy nhất được giao xem tố cáo.", "Anh/chị giao thêm người khác trước."
        )


def sign_in(
    session: Session, username: str, password: str, agent: str, at: datetime, hours: int
) -> str:
    """Open a session and return its token, which is shown to the browser only.

    Raises SignedOutError where name and password do not fit; it does not say which.
    """
    login = squeeze(username).lower()
    member = session.exec(select(Staff).where(Staff.username == login, Staff.active)).first()
    known = _hasher().verify(nfc(password), member.password_hash if member else _nobody())
    if not member or not known:
        raise SignedOutError(
            "Tên đăng nhập hoặc mật khẩu chưa đúng.", "Bạn kiểm tra bộ gõ và phím Caps Lock."
        )
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            staff_id=member.id or 0,
            token_hash=_digest(token),
            agent=agent[:200],
            created_at=at,
            seen_at=at,
            expires_at=at + timedelta(hours=hours),
        )
    )
    return token


def signed_in(session: Session, token: str, at: datetime) -> tuple[Staff, StaffSession] | None:
    """Return who holds a token, or None where it is unknown, revoked or expired."""
    found = session.exec(
        select(Staff, StaffSession)
        .join(StaffSession, col(StaffSession.staff_id) == col(Staff.id))
        .where(
            StaffSession.token_hash == _digest(token),
            col(StaffSession.revoked_at).is_(None),
            StaffSession.expires_at > at,
            Staff.active,
        )
    ).first()
    return (found[0], found[1]) if found else None


def needs_mark(held: StaffSession, at: datetime) -> bool:
    """Tell whether the last sight of a session is old enough to be written again."""
    return at - held.seen_at > _SEEN_EVERY


def revoke(session: Session, member: Staff, session_id: int, at: datetime) -> None:
    """End one of a member's own sessions."""
    held = session.get(StaffSession, session_id)
    if held and held.staff_id == member.id and not held.revoked_at:
        held.revoked_at = at


def sessions(session: Session, member: Staff, at: datetime) -> list[StaffSession]:
    """Return the live sessions of a member, the newest first."""
    return list(
        session.exec(
            select(StaffSession)
            .where(
                StaffSession.staff_id == member.id,
                col(StaffSession.revoked_at).is_(None),
                StaffSession.expires_at > at,
            )
            .order_by(col(StaffSession.created_at).desc())
        )
    )


def change_password(
    session: Session, member: Staff, held: StaffSession, current: str, new: str, at: datetime
) -> None:
    """Change a password and end every other session of the member."""
    if not _hasher().verify(nfc(current), member.password_hash):
        raise PeopleError("Mật khẩu hiện tại chưa đúng.", "Bạn nhập lại mật khẩu hiện tại.")
    kept = session.get(Staff, member.id)
    assert kept is not None  # noqa: S101  # it is the row the member was read from
    kept.password_hash = _hasher().hash(_long_enough(new))
    for other in sessions(session, member, at):
        if other.id != held.id:
            other.revoked_at = at


def _long_enough(password: str) -> str:
    password = nfc(password)
    if len(password) < SHORTEST_PASSWORD:
        raise PeopleError(
            f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.", "Bạn chọn mật khẩu dài hơn."
        )
    return password


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
