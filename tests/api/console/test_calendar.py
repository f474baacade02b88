"""The working calendar: days set by hand move the clocks of open cases."""

from datetime import date

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.cases import calendars
from api.cases.clock_models import CalendarChange, DayChange
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import LAMP, ON_SQLITE, case_of, joins, sends

STORM = {"on": "2026-11-18", "kind": "off", "reason": "Tránh bão số 12", "source": "CV 99/UBND"}


@pytest.fixture
def minh(site: Site) -> Staff:
    """Anh Minh, who leads his department: an officer may only look at the calendar."""
    return joins(site, "minh", "Trần Văn Minh", Role.HEAD)


def set_day(desk: TestClient, **changed: str) -> Response:
    return desk.post("/can-bo/lich", data={**STORM, **changed})


def days(site: Site) -> list[CalendarChange]:
    with site.database.reading() as session:
        return calendars.standing(session, site.office.unit_id)


def test_an_officer_reads_the_calendar_and_changes_nothing(
    second_desk: TestClient, site: Site
) -> None:
    page = Page(second_desk.get("/can-bo/lich").text)
    refused = [
        set_day(second_desk),
        second_desk.post("/can-bo/lich/xac-nhan", data={"year": "2026", "source": "TB 15"}),
    ]

    assert "Thêm một ngày" in page.main
    assert "Anh/chị báo trưởng bộ phận" in page.main
    assert [answer.status_code for answer in refused] == [403, 403]
    assert "Chỉ trưởng bộ phận hoặc lãnh đạo" in refused[0].text
    assert not days(site)


def test_a_day_off_is_kept_with_its_reason_and_who_set_it(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    page = Page(set_day(desk).text)

    assert "thứ Tư, 18/11/2026 Nghỉ Tránh bão số 12 CV 99/UBND" in page.main
    (kept,) = days(site)
    assert (kept.on_date, kept.kind, kept.staff_id) == (date(2026, 11, 18), DayChange.OFF, minh.id)


def test_a_day_off_moves_the_open_cases_and_says_why(desk: TestClient, site: Site) -> None:
    code = sends(site)

    set_day(desk)

    assert case_of(site, code).due_on == date(2026, 12, 9)
    page = Page(desk.get(f"/can-bo/ho-so/{code}").text)
    assert "Hạn thứ Tư, 09/12/2026" in page.main
    assert "thứ Tư, 18/11/2026: Tránh bão số 12" in page.main
    assert LAMP in page.main


@ON_SQLITE
def test_a_saturday_that_is_worked_counts(desk: TestClient, site: Site) -> None:
    code = sends(site)

    page = Page(set_day(desk, on="2026-11-21", kind="work", reason="Làm bù").text)

    assert "làm bù: Làm bù" in page.main
    assert case_of(site, code).due_on == date(2026, 12, 7)


@ON_SQLITE
def test_a_day_set_again_takes_the_new_word(desk: TestClient, site: Site) -> None:
    set_day(desk)
    set_day(desk, kind="work", reason="Bão đã tan")
    (kept,) = days(site)
    assert (kept.kind, kept.reason) == (DayChange.WORK, "Bão đã tan")


@ON_SQLITE
def test_the_year_of_the_day_is_shown_afterwards(desk: TestClient) -> None:
    page = Page(set_day(desk, on="2027-03-05").text)
    assert page.title == "Lịch làm việc năm 2027"
    assert "thứ Sáu, 05/03/2027" in page.main


@ON_SQLITE
def test_public_holidays_are_known_already(desk: TestClient) -> None:
    page = Page(desk.get("/can-bo/lich?nam=2026").text)
    assert "nghỉ lễ: " in page.main
    assert "nghỉ thêm: nghỉ hoán đổi dịp Tết Dương lịch" in page.main
    assert "làm bù: làm bù cho ngày 02/01/2026" in page.main


WRONG_DAYS = ("", "31/12/2026", "2026-02-30", "0001-01-01", "9999-12-31", "1999-01-01")


@ON_SQLITE
@pytest.mark.parametrize("on", WRONG_DAYS)
def test_a_day_that_no_calendar_of_ours_shows_is_refused(
    desk: TestClient, site: Site, on: str
) -> None:
    answer = set_day(desk, on=on)

    assert answer.status_code == 400
    assert "Ngày chưa đúng." in Page(answer.text).main
    assert days(site) == []


@ON_SQLITE
def test_a_day_needs_its_kind_and_its_reason(desk: TestClient, site: Site) -> None:
    for missing in ({"kind": ""}, {"kind": "nghi"}, {"reason": "  "}):
        answer = set_day(desk, **missing)
        assert answer.status_code == 400
        assert "Cần chọn nghỉ hay làm việc và ghi lý do." in Page(answer.text).main
    assert days(site) == []


@ON_SQLITE
def test_a_month_without_any_working_day_is_refused(desk: TestClient) -> None:
    answers = [
        set_day(desk, on=date.fromordinal(date(2026, 11, 16).toordinal() + n).isoformat())
        for n in range(30)
    ]

    refused = [answer for answer in answers if answer.status_code == 400]
    assert len(refused) == 1
    assert "không còn ngày làm việc nào trong 30 ngày liền" in refused[0].text


@ON_SQLITE
def test_a_change_is_shown_before_it_is_saved(desk: TestClient, site: Site) -> None:
    code = sends(site)

    page = Page(desk.post("/can-bo/lich/xem-truoc", data=STORM).text)

    assert "1 hồ sơ sẽ đổi hạn" in page.main
    assert f"{code} thứ Ba, 08/12/2026 thứ Tư, 09/12/2026" in page.main
    assert days(site) == []
    assert case_of(site, code).due_on == date(2026, 12, 8)


@ON_SQLITE
def test_a_change_since_the_preview_is_told(desk: TestClient, site: Site) -> None:
    set_day(desk)

    answer = set_day(desk, on="2026-11-19", seen="0")

    assert answer.status_code == 409
    assert "Lịch vừa được người khác thay đổi." in Page(answer.text).main
    assert len(days(site)) == 1


@ON_SQLITE
def test_a_set_day_can_be_taken_back_and_the_versions_stay(desk: TestClient, site: Site) -> None:
    set_day(desk)

    page = Page(set_day(desk, kind="cleared", reason="Bão đổi hướng").text)

    assert days(site) == []
    assert "Bản 1" in page.main
    assert "Theo lịch chung: Bão đổi hướng" in page.main
    old = Page(desk.get("/can-bo/lich?nam=2026&ban=1").text)
    assert "Đây là lịch theo bản số 1." in old.main
    assert "nghỉ thêm: Tránh bão số 12" in old.main


@ON_SQLITE
def test_a_half_day_is_marked(desk: TestClient) -> None:
    page = Page(set_day(desk, kind="morning", reason="Họp chiều").text)

    assert "nửa ngày: Họp chiều" in page.main


@ON_SQLITE
def test_a_year_is_confirmed_and_then_warned_of_no_more(desk: TestClient) -> None:
    warned = Page(desk.get("/can-bo/lich").text)
    form = {"year": "2026", "source": "TB 15/TB-BNV"}

    page = Page(desk.post("/can-bo/lich/xac-nhan", data=form).text)

    assert "Lịch năm 2026 chưa được xác nhận" in warned.main
    assert "chưa được xác nhận" not in page.main
    assert "đối chiếu với: TB 15/TB-BNV" in page.main


@ON_SQLITE
def test_what_was_typed_is_still_there_after_a_refusal(desk: TestClient) -> None:
    answer = desk.post(
        "/can-bo/lich/xem-truoc", data={**STORM, "kind": "hours", "hours": "sáng 7h"}
    )
    assert answer.status_code == 400
    assert 'value="sáng 7h"' in answer.text
    assert f'value="{STORM["reason"]}"' in answer.text
    assert 'value="hours" checked' in answer.text


@ON_SQLITE
def test_what_was_saved_is_told_with_the_cases_that_moved(desk: TestClient, site: Site) -> None:
    sends(site)
    assert "1 hồ sơ đổi hạn, người gửi được báo." in Page(set_day(desk).text).main
