"""The catalogue to browse: words, fields, pages, one procedure."""

from starlette.testclient import TestClient

from api.catalogue import activations, releases
from api.web.site import Site
from knowledge.catalogue import Catalogue, Release
from knowledge.procedure import Procedure
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE
from tests.conftest import FrozenClock

pytestmark = ON_SQLITE


def codes(page: Page) -> list[str]:
    """The procedures that a page lists."""
    return [link.removeprefix("/thu-tuc/") for link in page.links if link.startswith("/thu-tuc/")]


def browse(browser: TestClient, **query: str) -> Page:
    return Page(browser.get("/thu-tuc", params=query).text)


def use(site: Site, *procedures: Procedure) -> None:
    """Put a release with these procedures into use."""
    release = Catalogue(Release("Danh mục của phường", "Quyết định 12/QĐ-UBND"), procedures)
    with site.database.writing() as session:
        row = releases.store(session, site.office.unit_id, release, site.clock())
        activations.activate(session, site.office.unit_id, row.id or 0, site.clock())


def many(number: int) -> list[Procedure]:
    return [
        Procedure(code=f"3.{n:06d}", name=f"Cấp giấy phép số {n}", field="Giấy phép")
        for n in range(1, number + 1)
    ]


def test_every_procedure_in_use_is_listed(lan: TestClient) -> None:
    page = browse(lan)

    assert len(codes(page)) == 8
    assert "8 thủ tục" in page.main
    assert "khớp với điều bạn tìm" not in page.main


def test_a_search_without_marks_finds_what_is_written_with_them(lan: TestClient) -> None:
    assert codes(browse(lan, q="khai sinh")) == ["1.001193", "2.000528", "1.004884"]
    assert codes(browse(lan, q="dang ky KHAI SINH lai")) == ["1.004884"]
    assert codes(browse(lan, q="1.004194")) == ["1.004194"]


def test_a_field_shows_only_its_procedures(lan: TestClient) -> None:
    page = browse(lan, **{"linh-vuc": "Chứng thực"})

    assert codes(page) == ["2.000815"]
    assert "1 thủ tục khớp với điều bạn tìm" in page.main


def test_words_and_field_are_taken_together(lan: TestClient) -> None:
    assert codes(browse(lan, q="dang ky tam tru", **{"linh-vuc": "Hộ tịch"})) == []


def test_every_field_is_offered_with_its_number(lan: TestClient) -> None:
    page = browse(lan)
    assert "Hộ tịch (5)" in page.main
    assert "Chứng thực (1)" in page.main


def test_where_nothing_fits_the_page_says_what_to_try(lan: TestClient) -> None:
    page = browse(lan, q="con mèo bay")

    assert (2, "Không có thủ tục nào khớp") in page.headings
    assert "/hoi?q=con%20m%C3%A8o%20bay" in page.links


def test_a_long_list_is_shown_by_thirty(lan: TestClient, site: Site) -> None:
    use(site, *many(61))

    pages = [browse(lan, trang=str(number)) for number in (1, 2, 3)]

    assert [len(codes(page)) for page in pages] == [30, 30, 1]
    assert len({code for page in pages for code in codes(page)}) == 61


def test_pages_of_a_search_stay_with_the_search(lan: TestClient, site: Site) -> None:
    use(site, *many(31))

    page = browse(lan, q="giay phep", **{"linh-vuc": "Giấy phép"})
    after = Page(lan.get(next(link for link in page.links if "trang=2" in link)).text)

    assert codes(after) == ["3.000031"]
    assert after.values["q"] == "giay phep"


def test_a_page_beyond_the_last_does_not_say_that_nothing_fits(lan: TestClient) -> None:
    page = browse(lan, trang="9")
    assert "Không có thủ tục nào khớp" not in page.main


def test_a_procedure_is_shown_with_all_that_is_published(lan: TestClient) -> None:
    page = Page(lan.get("/thu-tuc/1.001193").text)

    assert page.title == "Đăng ký khai sinh"
    parts = [words for level, words in page.headings if level == 2]
    assert {"Giấy tờ cần có", "Thời hạn giải quyết", "Phí, lệ phí", "Nơi nộp hồ sơ"} <= set(parts)
    assert "/tro-chuyen?thu-tuc=1.001193" in page.links


def test_what_is_not_published_is_said_to_be_so(lan: TestClient, site: Site) -> None:
    use(site, Procedure(code="3.000001", name="Cấp giấy phép chăn vịt"))

    page = Page(lan.get("/thu-tuc/3.000001").text)

    assert page.title == "Cấp giấy phép chăn vịt"
    assert "Chưa công bố" in page.main


def test_another_release_takes_effect_at_once(lan: TestClient, site: Site) -> None:
    use(site, Procedure(code="3.000001", name="Cấp giấy phép chăn vịt"))

    assert codes(browse(lan)) == ["3.000001"]
    assert lan.get("/thu-tuc/1.001193").status_code == 404


def test_a_sample_catalogue_is_said_to_be_one(lan: TestClient, site: Site) -> None:
    notice = "Danh mục mẫu – đang chờ danh mục chính thức của phường."

    before = browse(lan)
    use(site, Procedure(code="3.000001", name="Cấp giấy phép chăn vịt"))

    assert notice in before.words
    assert notice not in browse(lan).words


def test_an_abolished_procedure_says_so_and_shows_nothing_else(
    lan: TestClient, site: Site, clock: FrozenClock
) -> None:
    ducks = Procedure(code="3.000001", name="Cấp giấy phép chăn vịt", requirements="Có ao.")
    use(site, ducks)
    clock.pass_(days=1)
    use(site, Procedure(code="3.000005", name="Nuôi cá lồng"))

    answer = lan.get("/thu-tuc/3.000001")
    page = Page(answer.text)

    assert answer.status_code == 200
    assert "Thủ tục này đã bãi bỏ từ 17/11/2026, không còn thực hiện." in page.main
    assert "Chưa rõ thủ tục thay thế." in page.main
    assert "Có ao" not in page.main
    assert 'content="noindex"' in answer.text
    assert codes(browse(lan)) == ["3.000005"]


def test_many_papers_are_summed_up_by_case(lan: TestClient, site: Site) -> None:
    cases = [
        {"name": f"Trường hợp {n}", "documents": [{"name": f"Giấy {n}.{m}"} for m in range(10)]}
        for n in range(1, 4)
    ]
    shown = {"code": "3.000001", "name": "Cấp giấy phép chăn vịt", "cases": cases}
    use(site, Procedure.model_validate(shown))

    page = Page(lan.get("/thu-tuc/3.000001").text)

    assert "3 mục, bấm vào mục của bạn để xem đủ." in page.main
    assert "Trường hợp 2 (10 dòng)" in page.main
    assert "Giấy 3.9" in page.main
