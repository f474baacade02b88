"""Where a case stands, for whoever has its code."""

from starlette.testclient import TestClient

from api.cases import lookup
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk
from tests.api.web.reading import Page
from tests.api.web.visits import (
    LAMP,
    LAN,
    MENDED,
    ON_SQLITE,
    accepts,
    answers,
    publishes,
    sends,
    withholds,
)
from tests.conftest import FrozenClock


def look(browser: TestClient, typed: str) -> Page:
    return Page(browser.get("/tra-cuu", params={"ma": typed}).text)


def test_a_code_is_found_however_it_is_typed(lan: TestClient, site: Site) -> None:
    code = sends(site)
    plain = code.replace("-", "")

    for typed in (code, plain, plain.lower(), f" {code.lower()} ", f"mã của tôi là {code}."):
        page = look(lan, typed)
        assert (2, "Chờ tiếp nhận") in page.headings, typed
        assert code in page.main, typed


@ON_SQLITE
def test_a_code_of_no_case_is_answered_with_what_to_check(lan: TestClient) -> None:
    for typed in ("TK-26-AAAAAA-A", "khai sinh", "12345", "🙂"):
        page = look(lan, typed)
        assert "Không tìm thấy hồ sơ với mã này." in page.main, typed
        assert "kiểm tra lại từng chữ của mã" in page.main, typed
        assert page.values["ma"] == typed


@ON_SQLITE
def test_the_example_of_a_code_is_one_of_this_ward(lan: TestClient) -> None:
    page = look(lan, "khai sinh")
    assert "PM-" not in page.main
    assert "TK-26-" in page.main


@ON_SQLITE
def test_a_typed_code_with_one_wrong_letter_finds_no_other_case(
    lan: TestClient, site: Site
) -> None:
    code = sends(site)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert "Không tìm thấy hồ sơ với mã này." in look(lan, wrong).main


def test_every_state_says_what_happens_next(lan: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site)
    waiting = look(lan, code)
    accepts(site, minh, code)
    taken = look(lan, code)
    answers(site, minh, code)
    answered = look(lan, code)
    publishes(site, minh, code)
    shown = look(lan, code)

    assert (2, "Chờ tiếp nhận") in waiting.headings
    assert "Cán bộ sẽ xem nội dung và tiếp nhận." in waiting.main
    assert (2, "Đang xử lý") in taken.headings
    assert "người gửi được nhắn ngay" in taken.main
    assert (2, "Đã trả lời") in answered.headings
    assert "đã nhắn cho người gửi" in answered.main
    assert (2, "Đã công khai kết quả") in shown.headings
    assert f"/ket-qua/{code}" in shown.links


@ON_SQLITE
def test_a_result_that_stays_private_is_said_to_be_sent_to_its_sender(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)
    withholds(site, minh, code, "Có thông tin về trẻ em.")

    page = look(lan, code)

    assert (2, "Đã trả lời, không công khai") in page.headings
    assert "Có thông tin về trẻ em." not in page.main
    assert f"/ket-qua/{code}" not in page.links


@ON_SQLITE
def test_an_open_case_says_how_many_working_days_are_left(
    lan: TestClient, site: Site, clock: FrozenClock
) -> None:
    code = sends(site)
    first = look(lan, code)
    clock.pass_(days=22)
    last = look(lan, code)

    assert "Còn 15 ngày" in first.main
    assert "Hạn trả lời: thứ Ba, 08/12/2026" in first.main
    assert "Hết hạn hôm nay" in last.main


@ON_SQLITE
def test_a_late_case_says_so(lan: TestClient, site: Site, clock: FrozenClock) -> None:
    code = sends(site)
    clock.pass_(days=24)
    assert "Trễ 2 ngày" in look(lan, code).main


@ON_SQLITE
def test_an_answered_case_has_no_clock(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site)
    answers(site, minh, code)
    clock.pass_(days=60)
    page = look(lan, code)
    assert "Hạn trả lời" not in page.main
    assert "Trễ" not in page.main


def test_nothing_personal_is_shown_at_any_step(lan: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site, f"{LAMP} Tôi là {LAN['name']}.", place="ngõ 12")
    texts = [lan.get(f"/tra-cuu?ma={code}").text]
    for step in (accepts, answers, publishes):
        step(site, minh, code)
        texts.append(lan.get(f"/tra-cuu?ma={code}").text)

    for text in texts:
        for secret in (*LAN.values(), LAMP, MENDED, "ngõ 12", minh.name):
            assert secret not in text


def test_a_case_joined_with_another_names_the_one_that_is_looked_up_instead(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code, twin = sends(site), sends(site)
    with site.database.reading() as session:
        case, into = lookup.by_code(session, code), lookup.by_code(session, twin)
    StaffDesk(site, minh).merge(case, into)

    page = lan.get("/tra-cuu", params={"ma": code}).text

    assert f'href="/tra-cuu?ma={twin}"' in page
    assert "giải quyết chung" in Page(page).main
    assert lan.get(f"/api/v1/cases/{code}").json()["merged_into"] == twin
    assert lan.get(f"/api/v1/cases/{twin}").json()["merged_into"] is None
