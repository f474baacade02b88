"""Public results: the list, its search and its pages."""

from starlette.testclient import TestClient

from api.cases.models import Kind
from api.people.models import Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import (
    LAMP,
    MENDED,
    ON_SQLITE,
    answers,
    publishes,
    sends,
    shows,
    withholds,
)
from tests.conftest import FrozenClock


def codes(page: Page) -> list[str]:
    """The results that a page lists."""
    return [link.removeprefix("/ket-qua/") for link in page.links if link.startswith("/ket-qua/")]


def search(browser: TestClient, **query: str) -> list[str]:
    return codes(Page(browser.get("/ket-qua", params=query).text))


def test_results_are_listed_newest_first(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    first = shows(site, minh)
    clock.pass_(hours=1)
    second = shows(site, minh, "Rác tràn ra vỉa hè trước cổng chợ.")

    assert search(lan) == [second, first]


def test_only_what_an_officer_made_public_is_listed(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    sends(site)
    answers(site, minh, sends(site))
    kept = sends(site)
    answers(site, minh, kept)
    withholds(site, minh, kept, "Việc riêng giữa hai nhà.")

    page = Page(lan.get("/ket-qua").text)

    assert codes(page) == []
    assert (2, "Chưa có kết quả nào được công khai") in page.headings


def test_a_search_finds_words_of_question_and_answer_without_marks(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    lamp = shows(site, minh)
    shows(site, minh, "Rác tràn ra vỉa hè trước cổng chợ.")

    assert search(lan, q="den duong") == [lamp]
    assert search(lan, q="ĐÈN  ngõ 12") == [lamp]
    assert len(search(lan, q="thay bong den")) == 2
    assert search(lan, q=lamp) == [lamp]


def test_signs_of_the_database_are_searched_as_signs(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    shows(site, minh)
    found = {signs: search(lan, q=signs) for signs in ("%", "_", "\\", "'", "100%")}
    assert found == {key: [] for key in found}


def test_a_kind_shows_only_its_results(lan: TestClient, site: Site, minh: Staff) -> None:
    shows(site, minh)
    proposal = shows(site, minh, "Đề nghị lắp ghế đá.", kind=Kind.RECOMMENDATION)

    assert search(lan, loai="recommendation") == [proposal]
    assert search(lan, loai="conduct") == []
    assert len(search(lan, loai="không có loại này")) == 2


def test_a_long_list_is_shown_by_twenty(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    for number in range(21):
        shows(site, minh, f"Đèn đường ngõ {number} hỏng.")
        clock.pass_(minutes=1)

    first, second = (Page(lan.get(f"/ket-qua?q=den&trang={page}").text) for page in (1, 2))

    assert (len(codes(first)), len(codes(second))) == (20, 1)
    assert not set(codes(first)) & set(codes(second))
    assert "/ket-qua?q=den&loai=&trang=2" in first.links
    assert "21 kết quả" in first.main


@ON_SQLITE
def test_a_page_beyond_the_last_does_not_say_that_nothing_is_public(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    shows(site, minh)
    page = Page(lan.get("/ket-qua?trang=9").text)
    assert "Chưa có kết quả nào được công khai" not in page.main


@ON_SQLITE
def test_where_nothing_fits_the_page_says_what_to_try(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    shows(site, minh)
    page = Page(lan.get("/ket-qua?q=con meo bay").text)
    assert (2, "Không có kết quả nào khớp") in page.headings
    assert "/ket-qua" in page.links


@ON_SQLITE
def test_a_result_shows_question_answer_and_every_step(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site)
    clock.pass_(days=2)
    answers(site, minh, code)
    clock.pass_(days=1)
    publishes(site, minh, code)

    page = Page(lan.get(f"/ket-qua/{code}").text)

    assert page.title == LAMP
    assert MENDED in page.main
    assert "Nhận thứ Hai, 16/11/2026" in page.main
    assert "Trả lời thứ Tư, 18/11/2026" in page.main
    assert "Công khai thứ Năm, 19/11/2026" in page.main
    assert "Đúng hạn" in page.main
    assert "Phường Thạch Khôi" in page.main


@ON_SQLITE
def test_a_result_is_found_however_its_code_is_typed(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = shows(site, minh)
    assert Page(lan.get(f"/ket-qua/{code.replace('-', '').lower()}").text).title == LAMP


@ON_SQLITE
def test_what_is_not_public_is_not_shown_to_who_knows_the_code(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)

    answer = lan.get(f"/ket-qua/{code}")

    page = Page(answer.text)
    assert answer.status_code == 404
    assert page.title == "Kết quả của hồ sơ này chưa được công khai."
    assert "Tra cứu" in page.main
    assert LAMP not in answer.text
    assert MENDED not in answer.text
