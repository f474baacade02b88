"""Putting the answer off: once, by a leader, with a reason; the sender is told and apologised to.

The index knows no extension (Bộ chỉ số 766, chỉ số 5.2), so the original day is kept beside it.
"""

from datetime import date

from sqlmodel import Session, select

from api.cases import calendars, clock, moving
from api.cases.deadlines import last_day
from api.cases.events import Deed
from api.cases.models import Case, CaseEvent
from api.cases.office import Office
from api.cases.pauses import facts
from api.cases.policies import Step, kept_policy
from api.cases.wording import date_words
from api.cases.workdays import WorkCalendar
from api.clock import local_date
from api.errors import PeopleError
from knowledge.text import nfc, squeeze

LONGEST_REASON = 500


def extend(
    session: Session, office: Office, case: Case, deed: Deed, until: date, reason: str
) -> None:
    """Put the answer of a case off to a working day.

    Raises ForbiddenError where not a leader asks, PeopleError without a reason, for a second
    time, after the due day, or for a day that is not possible.
    """
    why = squeeze(nfc(reason))
    if not why or len(why) > LONGEST_REASON:
        raise PeopleError(
            f"Cần có lý do gia hạn, không quá {LONGEST_REASON} ký tự.",
            "Anh/chị ghi ngắn gọn để người gửi hiểu.",
        )
    if happened(session, case):
        raise PeopleError("Hồ sơ đã được gia hạn một lần.", "Anh/chị trả lời trong hạn đã hẹn.")
    _check_day(session, office, case, until, local_date(deed.at))
    moving.move(
        session, office, case, "extended", deed, note=why, data={"due_on": until.isoformat()}
    )


def of(session: Session, case: Case) -> CaseEvent | None:
    """Return the extension of a case, if there was one."""
    return session.exec(
        select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.name == "extended")
    ).first()


def happened(session: Session, case: Case) -> bool:
    """Tell whether a case was extended, or the whole that it is a part of."""
    events = clock.clock_events(session, [case.id or 0])
    return any(fact.name == "extended" for fact in facts(events))


def latest(session: Session, office: Office, case: Case) -> date:
    """Return the last day to which the answer may be put off."""
    return _latest(case, calendars.current(session, office.unit_id))


def _latest(case: Case, calendar: WorkCalendar) -> date:
    policy = kept_policy(case.policy, case.kind, local_date(case.received_at))
    return last_day(case.due_on, policy.limits[Step.EXTENSION].days, calendar)


def _check_day(session: Session, office: Office, case: Case, until: date, today: date) -> None:
    if clock.is_late(case, today):
        raise PeopleError(
            "Hồ sơ đã quá hạn nên không gia hạn được nữa.",
            "Anh/chị gửi lời xin lỗi và báo tiến độ cho người gửi.",
        )
    calendar = calendars.current(session, office.unit_id)
    last = _latest(case, calendar)
    if not case.due_on < until <= last:
        raise PeopleError(
            f"Hạn mới phải sau {date_words(case.due_on)} và không quá {date_words(last)}.",
            "Anh/chị chọn ngày khác.",
        )
    if not calendar.works(until):
        raise PeopleError(
            f"Hạn mới, {date_words(until)}, không phải ngày làm việc.", "Anh/chị chọn ngày khác."
        )
