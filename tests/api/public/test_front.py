"""The front page: figures, newest results, what is asked most."""

import pytest
from starlette.testclient import TestClient

from api.people.models import Staff
from api.settings import Settings
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import LAMP, ON_SQLITE, answers, sends, shows, visiting_with
from tests.conftest import FrozenClock


def front(browser: TestClient) -> Page:
    return Page(browser.get("/").text)


def test_before_anything_happened_no_percentage_is_claimed(lan: TestClient) -> None:
    page = front(lan)

    assert "đã nhận 0 đã trả lời 0 đúng hạn: chưa có số liệu – kết quả đã công khai 0" in figures(
        page
    )
    assert "Chưa có kết quả nào được công khai." in page.main


def test_the_figures_count_every_case(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    shows(site, minh)  # in time, public
    late = sends(site, "Cống tắc trước nhà văn hóa.")
    sends(site, "Rác tràn ra vỉa hè trước cổng chợ.")  # stays open past its day
    clock.pass_(days=60)
    answers(site, minh, late)
    sends(site, "Biển tên phố bị gãy.")  # open, not late

    page = front(lan)

    expected = "đã nhận 4 đã trả lời 2 trả lời đúng hạn 33% kết quả đã công khai 1"
    assert expected in figures(page)


@ON_SQLITE
def test_only_the_newest_results_are_on_the_front_page(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    codes = []
    for number in range(5):
        codes.append(shows(site, minh, f"Đèn đường ngõ {number + 1} hỏng."))
        clock.pass_(minutes=1)

    links = [link for link in front(lan).links if link.startswith("/ket-qua/")]

    assert links == [f"/ket-qua/{code}" for code in reversed(codes[1:])]


@ON_SQLITE
def test_a_result_on_the_front_page_says_whether_it_was_in_time(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    shows(site, minh)
    page = front(lan)
    assert LAMP in page.main
    assert "Đúng hạn Trả lời thứ Hai, 16/11/2026" in page.main


@ON_SQLITE
def test_what_is_asked_most_is_one_tap_away(lan: TestClient) -> None:
    links = front(lan).links
    assert "/thu-tuc/1.001193" in links
    assert "/thu-tuc/1.004194" in links


@ON_SQLITE
@pytest.mark.parametrize("ward", ["Xã Kẻ Sặt", "Đặc khu Cát Hải"])
def test_the_office_is_called_as_it_calls_itself(
    settings: Settings, clock: FrozenClock, ward: str
) -> None:
    with visiting_with(settings, clock, ward_name=ward) as browser:
        page = front(browser)

    called = "đặc khu" if ward.startswith("Đặc khu") else "xã"
    assert page.title == f"Bạn cần {called} giúp gì?"
    assert ward in page.words


@ON_SQLITE
def test_the_accent_of_the_office_is_served_as_a_style_sheet(
    settings: Settings, clock: FrozenClock
) -> None:
    with visiting_with(settings, clock, ward_accent="#7a1f1f") as browser:
        sheet = browser.get("/giao-dien.css")

    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert "--accent: #7a1f1f" in sheet.text


@ON_SQLITE
def test_an_accent_too_light_to_read_is_darkened(settings: Settings, clock: FrozenClock) -> None:
    with visiting_with(settings, clock, ward_accent="#ffff00") as browser:
        sheet = browser.get("/giao-dien.css").text
    assert "--accent: #ffff00" not in sheet
    assert "--accent: rgb(" in sheet


@ON_SQLITE
def test_the_privacy_page_says_what_is_kept_why_and_how_long(lan: TestClient) -> None:
    page = Page(lan.get("/quyen-rieng-tu").text)

    assert "Nghị định 20/2008/NĐ-CP" in page.main
    assert "7 ngày kể từ tin nhắn cuối" in page.main
    assert "0220 3700 001" in page.main


def figures(page: Page) -> str:
    """What stands under the heading of the figures, with single spaces."""
    return page.main.partition("Phản ánh, kiến nghị của người dân")[2]
