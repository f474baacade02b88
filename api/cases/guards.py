"""What must hold for a move besides state and role: approval, time for reopening, hours."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, select

from api.cases.events import CitizenDeed, Deed, newest
from api.cases.models import Answer, Case, Follower, State
from api.cases.moves import Guard
from api.cases.office import Office
from api.cases.policies import urgent_for
from api.cases.wording import KIND_LABELS
from api.clock import local_date
from api.people.models import Role, Staff
from api.ward import cards


def refusal(
    session: Session, office: Office, case: Case, guard: Guard, deed: Deed | CitizenDeed
) -> tuple[str, str]:
    """Return why a guard refuses a deed, and what to do next; both empty where it does not."""
    if guard is Guard.APPROVED:
        return _unapproved(session, office, deed)
    if guard is Guard.BY_HOURS:
        return _without_hours(office, case)
    if guard is Guard.ALONE:
        return _shared(session, case)
    if guard is Guard.IN_TIME:
        return _too_late(session, office, case, deed)
    return ("", "") if _HOLDS[guard](case) else _SAID[guard]


_HOLDS: dict[Guard, Callable[[Case], bool]] = {
    Guard.URGENT: lambda case: case.urgent,
    Guard.RESTRICTED: lambda case: case.restricted,
    Guard.IN_THE_OPEN: lambda case: not case.restricted,
}
_SAID = {
    Guard.URGENT: ("Hồ sơ không có dấu gấp.", "Anh/chị tải lại trang."),
    Guard.RESTRICTED: ("Hồ sơ không hạn chế người xem.", "Anh/chị tải lại trang."),
    Guard.IN_THE_OPEN: (
        "Hồ sơ đang hạn chế người xem nên không công khai, không gộp được.",
        "Nếu không phải tố cáo, anh/chị bỏ hạn chế người xem trước.",
    ),
}


def _shared(session: Session, case: Case) -> tuple[str, str]:
    others = select(Follower.id).where(Follower.case_id == case.id)
    merged = select(Case.id).where(Case.merged_into_id == case.id)
    if session.exec(others).first() is None and session.exec(merged).first() is None:
        return "", ""
    return (
        f"Hồ sơ {case.code} còn người khác cùng phản ánh nên không rút được.",
        "Việc vẫn được giải quyết cho mọi người.",
    )


def needs_approval(session: Session, office: Office) -> bool:
    """Tell whether answers wait for a leader: by setting, or because there is a leader."""
    if office.approval != "auto":
        return office.approval == "on"
    leader = select(Staff.id).where(
        Staff.unit_id == office.unit_id, Staff.active, col(Staff.role) == Role.LEADER
    )
    return session.exec(leader).first() is not None


def _unapproved(session: Session, office: Office, deed: Deed | CitizenDeed) -> tuple[str, str]:
    may = isinstance(deed, Deed) and deed.staff.role.includes(Role.LEADER)
    if may or not needs_approval(session, office):
        return "", ""
    return (
        "Câu trả lời cần lãnh đạo duyệt trước khi gửi cho người dân.",
        "Anh/chị bấm “Trình duyệt”.",
    )


def _without_hours(office: Office, case: Case) -> tuple[str, str]:
    if case.urgent:
        return "Hồ sơ đã được đánh dấu gấp.", "Anh/chị tải lại trang."
    if office.rules.urgent and urgent_for(case.kind, local_date(case.received_at)):
        return "", ""
    return (
        f"Loại {KIND_LABELS[case.kind].lower()} không có hạn tính bằng giờ.",
        "Anh/chị dùng “Đôn đốc” để nhắc người xử lý.",
    )


def _too_late(
    session: Session, office: Office, case: Case, deed: Deed | CitizenDeed
) -> tuple[str, str]:
    if isinstance(deed, Deed):
        return "", ""
    closed = session.exec(select(Answer.answered_at).where(Answer.case_id == case.id)).first()
    if case.state is State.REFUSED:
        refused = newest(session, case, "refuse")
        closed = refused.at if refused else None
    days = office.reopen_days
    if days and closed and local_date(deed.at) <= local_date(closed) + timedelta(days=days):
        return "", ""
    return (
        f"Hồ sơ {case.code} chỉ mở lại được trong {days} ngày sau khi trả lời.",
        f"Bạn gửi phản ánh mới hoặc gọi {cards.contact(session, office).phone}.",
    )
