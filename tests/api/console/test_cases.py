"""The list of cases: what is open, what is due, what was searched."""

from datetime import timedelta

from starlette.testclient import TestClient

from api.cases.models import Kind
from api.people.models import Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import LAMP, LAN, ON_SQLITE, answers, lives, sends, sign_in
from tests.conftest import FrozenClock

TU = {"name": "Trần Văn Tư", "phone": "0987 654 321", "address": "Số 9 phố Chợ"}


def listed(page: Page) -> list[str]:
    """The codes of a page, in its order."""
    start = "/can-bo/ho-so/"
    return [link.removeprefix(start) for link in page.links if link.startswith(start)]


def search(desk: TestClient, **query: str) -> Page:
    return Page(desk.get("/can-bo", params=query).text)


def test_open_cases_are_listed_nearest_due_date_first(
    desk: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    first = sends(site)
    clock.pass_(days=1)
    second = sends(site, "Rác tràn ra vỉa hè.")
    question = sends(site, "Nhà thuê chưa có hợp đồng thì đăng ký tạm trú sao?", kind=Kind.QUESTION)
    answers(site, minh, sends(site))
    sign_in(desk, site, minh)

    assert listed(search(desk)) == [question, first, second]


def test_a_state_shows_its_cases_only(desk: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)
    for state, code in codes.items():
        assert listed(search(desk, **{"trang-thai": state})) == [code], state


def test_a_kind_shows_its_open_cases_only(desk: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)
    assert listed(search(desk, loai="conduct")) == [codes["in_progress"]]
    assert listed(search(desk, loai="recommendation")) == []  # answered already


def test_a_search_finds_sender_place_and_words_without_marks(desk: TestClient, site: Site) -> None:
    lamp = sends(site, place="ngõ 12")
    rubbish = sends(site, "Rác tràn ra vỉa hè.", place="chợ Thạch Khôi", sender=TU)

    assert listed(search(desk, q="tran van tu")) == [rubbish]
    assert listed(search(desk, q="CHO THACH")) == [rubbish]
    assert listed(search(desk, q="den duong")) == [lamp]
    assert listed(search(desk, q="%")) == []


def test_a_code_finds_its_case_in_any_state(desk: TestClient, site: Site, minh: Staff) -> None:
    code = lives(site, minh)["published"]

    assert listed(search(desk, q=code.lower().replace("-", ""))) == [code]
    assert listed(search(desk, q=code, **{"trang-thai": "received"})) == [code]


@ON_SQLITE
def test_a_long_list_is_shown_by_twenty(desk: TestClient, site: Site) -> None:
    for number in range(21):
        sends(site, f"Đèn đường ngõ {number} hỏng.")

    first, second = (search(desk, q="den", trang=page) for page in ("1", "2"))

    assert (len(listed(first)), len(listed(second))) == (20, 1)
    assert "21 hồ sơ" in first.main


@ON_SQLITE
def test_a_row_tells_what_who_and_how_long(desk: TestClient, site: Site) -> None:
    code = sends(site)

    row = search(desk).main.partition("gần hạn nhất ở trên")[2]

    for words in ("Còn 15 ngày", "Hạn thứ Ba, 08/12/2026", code, "Phản ánh hiện trường", LAMP):
        assert words in row
    for words in (LAN["name"], "Trang web, 09:00, 16/11/2026", "Chờ tiếp nhận"):
        assert words in row


@ON_SQLITE
def test_a_late_case_says_how_late(
    desk: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    sends(site)
    clock.pass_(days=24)
    sign_in(desk, site, minh)
    assert "Trễ 2 ngày" in search(desk).main


SUMMARIES = {
    16: "sắp đến hạn 0 trễ hạn 0",  # Wednesday 2/12, four working days before the day
    17: "sắp đến hạn 1 trễ hạn 0",
    22: "sắp đến hạn 1 trễ hạn 0",  # Tuesday 8/12, the day itself
    23: "sắp đến hạn 0 trễ hạn 1",
}


@ON_SQLITE
def test_the_summary_counts_what_is_near_and_what_is_late(
    desk: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    sends(site)
    answers(site, minh, sends(site))
    start = clock.at

    for passed, expected in SUMMARIES.items():
        clock.at = start + timedelta(days=passed)
        sign_in(desk, site, minh)
        assert f"đang giải quyết 1 {expected} chờ công khai 1" in search(desk).main, passed


@ON_SQLITE
def test_each_state_is_offered_the_open_ones_with_their_number(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    lives(site, minh)
    sends(site)
    page = search(desk)
    assert "Đang mở 3" in page.main
    assert "Chờ tiếp nhận 2 Đang xử lý 1 Đã trả lời 1 Đã công khai kết quả" in page.main
    assert "Không tiếp nhận" not in page.main


@ON_SQLITE
def test_where_nothing_fits_the_list_leads_back(desk: TestClient, site: Site) -> None:
    sends(site)
    page = search(desk, q="con mèo bay")
    assert "Không có hồ sơ nào khớp" in page.main
    assert "/can-bo" in page.links


@ON_SQLITE
def test_a_page_beyond_the_last_does_not_say_that_nothing_came(
    desk: TestClient, site: Site
) -> None:
    sends(site)
    assert "Chưa có hồ sơ nào." not in search(desk, trang="9").main


@ON_SQLITE
def test_before_anything_came_the_list_says_so(desk: TestClient) -> None:
    assert "Chưa có hồ sơ nào." in search(desk).main
