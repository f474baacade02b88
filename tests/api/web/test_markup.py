"""Every page is sound: one heading, named controls, no styles or scripts of its own."""

from starlette.testclient import TestClient

from api.people.models import Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, lives, sign_in

pytestmark = ON_SQLITE


def read(browser: TestClient, path: str, status: int = 200) -> Page:
    answer = browser.get(path)
    assert answer.status_code == status, path
    assert answer.headers["content-type"] == "text/html; charset=utf-8", path
    return Page(answer.text)


def faults(page: Page) -> list[str]:
    found = [*page.faults, *(f"no label: {control}" for control in page.unlabelled)]
    if page.lang != "vi":
        found.append(f"lang is {page.lang!r}")
    main_headings = [words for level, words in page.headings if level == 1]
    if len(main_headings) != 1 or not main_headings[0].strip():
        found.append(f"first headings: {main_headings}")
    return found


def skipped_levels(page: Page) -> list[str]:
    levels = [level for level, _ in page.headings]
    steps = zip([0, *levels], page.headings, strict=False)
    return [words for before, (level, words) in steps if level > before + 1]


CITIZENS_PAGES = (
    "/",
    "/hoi",
    "/hoi?q=đăng ký khai sinh cho con cần giấy tờ gì",
    "/hoi?q=đăng ký",
    "/hoi?q=con mèo bay",
    "/thu-tuc",
    "/thu-tuc?q=khai sinh&linh-vuc=Hộ tịch",
    "/thu-tuc?q=con mèo bay",
    "/thu-tuc/1.001193",
    "/ket-qua",
    "/ket-qua?q=con mèo bay",
    "/tra-cuu",
    "/tra-cuu?ma=không có mã nào",
    "/quyen-rieng-tu",
    "/docs",
    "/tro-chuyen",
    "/can-bo/dang-nhap",
)


def test_every_page_of_the_citizens_is_sound(lan: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)
    statuses = [f"/tra-cuu?ma={code}" for code in codes.values()]

    found = {
        path: faults(read(lan, path))
        for path in (*CITIZENS_PAGES, *statuses, f"/ket-qua/{codes['published']}")
    }

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_page_of_the_citizens_is_sound_before_anything_happened(lan: TestClient) -> None:
    found = {path: faults(read(lan, path)) for path in ("/", "/ket-qua", "/tra-cuu")}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_page_of_the_staff_is_sound(lan: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)
    sign_in(lan, site, minh)
    cases = [f"/can-bo/ho-so/{code}" for code in codes.values()]
    paths = (
        *("/can-bo", "/can-bo?q=con mèo bay", "/can-bo/gui-nhan", "/can-bo/danh-muc"),
        *("/can-bo/nhap-ho-so", "/can-bo/nhac-viec", "/can-bo/cau-hoi", "/can-bo/phuong"),
        *(f"{case}/{part}" for case in cases for part in ("han", "giay-tiep-nhan")),
    )

    found = {
        path: faults(read(lan, path))
        for path in (*paths, "/can-bo/lich", "/can-bo/tai-khoan", *cases)
    }

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_no_page_skips_a_level_of_headings(lan: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)
    sign_in(lan, site, minh)
    cases = [f"/can-bo/ho-so/{code}" for code in codes.values()]

    found = {
        path: skipped_levels(read(lan, path))
        for path in (*CITIZENS_PAGES, f"/ket-qua/{codes['published']}", "/can-bo", *cases)
    }

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_page_that_says_what_went_wrong_is_sound(lan: TestClient) -> None:
    missing = {"/khong-co": 404, "/thu-tuc/9.999999": 404, "/thu-tuc?trang=0": 422}
    found = {path: faults(read(lan, path, status)) for path, status in missing.items()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_name_and_the_telephone_of_the_ward_are_on_every_page(lan: TestClient) -> None:
    for path in ("/", "/hoi", "/thu-tuc", "/ket-qua", "/tra-cuu", "/tro-chuyen", "/khong-co"):
        words = Page(lan.get(path).text).words
        assert "Phường Thạch Khôi" in words, path
        assert "0220 3700 001" in words, path


def test_what_people_typed_is_shown_as_words_and_not_as_markup(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    typed = "\"><script>alert('chị Lan')</script>"

    pages = [lan.get(path, params=query) for path, query in [
        ("/hoi", {"q": typed}),
        ("/thu-tuc", {"q": typed, "linh-vuc": typed}),
        ("/ket-qua", {"q": typed, "loai": typed}),
        ("/tra-cuu", {"ma": typed}),
        (f"/thu-tuc/{typed.replace('/', '')}", {}),
    ]]  # fmt: skip

    for page in pages:
        assert "<script>alert" not in page.text, page.url
        assert Page(page.text).faults == [], page.url
