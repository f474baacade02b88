"""Putting an answer off: once, by a leader, with a reason, and before it is late."""

from datetime import date

import pytest
from sqlmodel import select

from api.cases import clock as clocks
from api.cases import extension, statistics
from api.cases.events import Deed
from api.cases.models import Audience, Case
from api.chats.models import Chat
from api.errors import ForbiddenError, PeopleError
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of, fresh, messages_to, send
from tests.conftest import FrozenClock

FRIDAY = date(2026, 12, 11)


def test_the_new_day_holds_and_the_index_keeps_the_original(
    site: Site, lan: Chat, hoas_desk: StaffDesk
) -> None:
    case = hoas_desk.extend(send(site, lan), FRIDAY)

    now = fresh(site, case)
    assert (now.due_on, now.index_due_on) == (FRIDAY, date(2026, 12, 8))


def test_the_sender_is_told_with_an_apology_the_reason_and_the_new_day(
    site: Site, lan: Chat, hoas_desk: StaffDesk
) -> None:
    hoas_desk.extend(send(site, lan), FRIDAY, "Chờ kết quả đo đạc.")

    text = messages_to(site, lan)[-1].text
    assert "xin lỗi" in text
    assert "Chờ kết quả đo đạc." in text
    assert "thứ Sáu, 11/12/2026" in text


def test_it_stands_in_the_history_with_the_leader(
    site: Site, lan: Chat, hoas_desk: StaffDesk
) -> None:
    case = hoas_desk.extend(send(site, lan), FRIDAY)

    event = events_of(site, case, Audience.CITIZEN)[-1]
    assert (event.name, event.staff_id) == ("extended", hoas_desk.staff.id)
    assert event.data == {"due_on": "2026-12-11"}


def test_an_answer_after_the_original_day_is_late_for_the_index(
    site: Site, lan: Chat, hoas_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = hoas_desk.extend(send(site, lan), FRIDAY)
    clock.at = clock.at.replace(month=12, day=10)
    hoas_desk.answer(case)

    with site.database.reading() as session:
        found = statistics.figures(session, site.office.unit_id, date(2026, 12, 10))
    assert found.on_time_percent == 0


def extend(site: Site, case: Case, staff: Staff, until: date, reason: str) -> None:
    """Let a member of staff put a case off."""
    with site.database.writing() as session:
        row = session.get_one(Case, case.id)
        deed = Deed(staff, site.clock(), row.version)
        extension.extend(session, site.office, row, deed, until, reason)


def refused(site: Site, case: Case, staff: Staff, until: date, reason: str = "Đo lại.") -> str:
    """Try to put a case off and return the sentence of the refusal; nothing may have changed."""
    before = fresh(site, case).model_dump()
    with pytest.raises(PeopleError) as error:
        extend(site, case, staff, until, reason)
    assert fresh(site, case).model_dump() == before
    return error.value.sentence


def test_an_officer_may_not(site: Site, lan: Chat, minh: Staff) -> None:
    case = send(site, lan)
    with pytest.raises(ForbiddenError):
        extend(site, case, minh, FRIDAY, "Đo lại.")

    assert fresh(site, case).due_on == date(2026, 12, 8)


def test_a_second_time_is_refused(site: Site, lan: Chat, hoas_desk: StaffDesk) -> None:
    case = hoas_desk.extend(send(site, lan), FRIDAY)

    assert "đã được gia hạn" in refused(site, case, hoas_desk.staff, date(2026, 12, 18))


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 12, 8), "Hạn mới phải sau thứ Ba, 08/12/2026"),
        (date(2026, 12, 12), "không phải ngày làm việc"),
        (date(2026, 12, 30), "không quá thứ Ba, 29/12/2026"),
    ],
)
def test_a_day_that_is_not_possible_is_refused(
    site: Site, lan: Chat, hoas_desk: StaffDesk, until: date, words: str
) -> None:
    assert words in refused(site, send(site, lan), hoas_desk.staff, until)


def test_no_reason_is_refused(site: Site, lan: Chat, hoas_desk: StaffDesk) -> None:
    assert "lý do" in refused(site, send(site, lan), hoas_desk.staff, FRIDAY, "  ")


def test_a_late_case_is_not_put_off(
    site: Site, lan: Chat, hoas_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan)
    clock.pass_(days=30)

    assert "đã quá hạn" in refused(site, case, hoas_desk.staff, date(2026, 12, 18))


def test_the_trace_marks_the_days_of_an_extension(
    site: Site, lan: Chat, hoas_desk: StaffDesk
) -> None:
    case = hoas_desk.extend(send(site, lan), FRIDAY)

    with site.database.reading() as session:
        days = clocks.trace(session, site.office, case)

    marked = [day.on for day in days if "(gia hạn)" in day.reason]
    assert marked == [date(2026, 12, 9), date(2026, 12, 10), FRIDAY]


def test_a_part_of_an_extended_case_is_not_extended_again(
    site: Site, lan: Chat, hoas_desk: StaffDesk
) -> None:
    whole = hoas_desk.split(hoas_desk.extend(send(site, lan), FRIDAY))
    with site.database.reading() as session:
        part = session.exec(select(Case).where(Case.split_from_id == whole.id)).one()

    with pytest.raises(PeopleError, match="đã được gia hạn một lần"):
        hoas_desk.extend(part, date(2026, 12, 18))
