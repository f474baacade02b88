"""Confirming the calendar of a year against the official notice, and warning while nobody did."""

from datetime import date, datetime

from sqlmodel import Session, select

from api.cases import calendars
from api.cases.clock_models import CalendarConfirmation
from api.cases.office import Office
from api.errors import PeopleError
from api.people.models import Staff
from knowledge.text import nfc, squeeze

_WARN_FROM = (12, 1)  # month and day from which next year's calendar should stand
LONGEST_SOURCE = 300


def confirm(  # a confirmation has this many parts
    session: Session, office: Office, year: int, source: str, staff: Staff | None, at: datetime
) -> CalendarConfirmation:
    """Keep that the calendar of a year was compared with the official notice, by whom and when.

    Raises PeopleError without the notice, or where the year is confirmed already; ForbiddenError
    where this member may not change the calendar.
    """
    calendars.check_member(staff)
    notice = squeeze(nfc(source))
    if not notice or len(notice) > LONGEST_SOURCE:
        raise PeopleError(
            "Cần ghi thông báo, văn bản đã đối chiếu.", "Anh/chị ghi số và ngày văn bản."
        )
    if confirmation(session, office.unit_id, year):
        raise PeopleError(f"Lịch năm {year} đã được xác nhận.", "Anh/chị chọn năm khác.")
    row = CalendarConfirmation(
        unit_id=office.unit_id,
        year=year,
        source=notice,
        staff_id=staff.id if staff else None,
        confirmed_at=at,
    )
    session.add(row)
    session.flush()
    return row


def confirmation(session: Session, unit_id: int, year: int) -> CalendarConfirmation | None:
    """Return who confirmed the calendar of a year, if anybody did."""
    return session.exec(
        select(CalendarConfirmation).where(
            CalendarConfirmation.unit_id == unit_id, CalendarConfirmation.year == year
        )
    ).first()


def unconfirmed(session: Session, unit_id: int, today: date) -> tuple[int, ...]:
    """Return the years to warn of: this year, and from 1 December the next."""
    years = [today.year]
    if (today.month, today.day) >= _WARN_FROM:
        years.append(today.year + 1)
    return tuple(year for year in years if not confirmation(session, unit_id, year))


def sentence(year: int) -> str:
    """Return the warning in words for the staff."""
    return (
        f"Lịch năm {year} chưa được xác nhận, hạn trả lời có thể lệch. "
        "Anh/chị đối chiếu với thông báo chính thức rồi xác nhận."
    )
