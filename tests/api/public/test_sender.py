"""The sender without the chat: code and last figures of the phone on the page of the case."""

import pytest
from starlette.testclient import TestClient

from api.cases import lookup
from api.cases.events import history
from api.cases.models import Audience, Case, State
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, fresh
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, accepts, answers, sends
from tests.conftest import FrozenClock

RIGHT = "5678"
WRONG = "Mã hồ sơ hoặc số điện thoại chưa đúng."


def look(browser: TestClient, code: str, figures: str) -> Page:
    return Page(browser.post("/tra-cuu/chi-tiet", data={"ma": code, "so": figures}).text)


def case_of(site: Site, code: str) -> Case:
    with site.database.reading() as session:
        return lookup.by_code(session, code)


def asked(site: Site, minh: Staff, code: str) -> Case:
    desk = StaffDesk(site, minh)
    return desk.ask_supplement(case_of(site, code), "Ngõ 12 đoạn nào, trước số mấy?")


def test_the_code_alone_shows_the_public_facts_and_offers_the_rest(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    accepts(site, minh, code)
    answers(site, minh, code)
    page = Page(lan.get("/tra-cuu", params={"ma": code}).text)
    assert "16 giờ" not in page.main
    assert "4 số cuối" in page.main


def test_with_the_figures_the_answer_is_shown(lan: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site)
    accepts(site, minh, code)
    answers(site, minh, code)
    assert "16 giờ" in look(lan, code, RIGHT).main


def test_with_the_figures_every_day_of_the_clock_is_told(lan: TestClient, site: Site) -> None:
    page = look(lan, sends(site), RIGHT)
    assert "ngày làm việc thứ 1" in page.main
    assert "thứ Bảy" in page.main


def test_the_sender_gives_a_supplement_on_the_page(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    asked(site, minh, code)
    assert "trước số mấy?" in look(lan, code, RIGHT).main

    sent = lan.post("/tra-cuu/bo-sung", data={"ma": code, "so": RIGHT, "noi-dung": "Trước số 7."})
    assert "đã đến cán bộ" in Page(sent.text).main
    assert case_of(site, code).state is State.IN_PROGRESS
    with site.database.reading() as session:
        given = history(session, case_of(site, code), Audience.INTERNAL)[-1]
    assert (given.name, given.note, given.staff_id) == ("supplement_given", "Trước số 7.", None)


@ON_SQLITE
def test_an_empty_supplement_is_said_beside_the_form(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    asked(site, minh, code)
    sent = lan.post("/tra-cuu/bo-sung", data={"ma": code, "so": RIGHT, "noi-dung": "  "})
    assert sent.status_code == 400
    assert "Phần bổ sung đang trống." in Page(sent.text).main
    assert case_of(site, code).state is State.SUPPLEMENT


def test_without_the_figures_nobody_gives_a_supplement(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    asked(site, minh, code)
    sent = lan.post("/tra-cuu/bo-sung", data={"ma": code, "so": "0000", "noi-dung": "Sai."})
    assert sent.status_code == 403
    assert case_of(site, code).state is State.SUPPLEMENT


def test_wrong_code_and_wrong_figures_are_answered_with_the_same_words(
    lan: TestClient, site: Site
) -> None:
    code = sends(site)
    wrong_figures, wrong_code = look(lan, code, "0000"), look(lan, "TK-26-AAAAAA-A", RIGHT)
    assert WRONG in wrong_figures.main
    assert wrong_figures.main.replace(code, "") == wrong_code.main.replace("TK-26-AAAAAA-A", "")


@ON_SQLITE
def test_an_address_guesses_five_times_an_hour_over_all_cases(
    lan: TestClient, site: Site, clock: FrozenClock
) -> None:
    codes = [sends(site) for _ in range(6)]
    for code in codes[:5]:
        assert WRONG in look(lan, code, "0000").main
    assert "chờ một giờ" in look(lan, codes[5], RIGHT).main
    clock.pass_(hours=1)
    assert "ngày làm việc thứ 1" in look(lan, codes[5], RIGHT).main


@ON_SQLITE
def test_the_page_of_the_sender_stays_in_no_cache(lan: TestClient, site: Site) -> None:
    code = sends(site)
    shown = lan.post("/tra-cuu/chi-tiet", data={"ma": code, "so": RIGHT})
    assert shown.headers["cache-control"] == "no-store"


@ON_SQLITE
@pytest.mark.parametrize("figures", [RIGHT, "0000"])
def test_name_phone_and_address_are_shown_to_nobody(
    lan: TestClient, site: Site, figures: str
) -> None:
    code = sends(site)
    page = look(lan, code, figures)
    for personal in ("Nguyễn Thị Lan", "0912", "ngõ 12 phố Thạch Khôi"):
        assert personal not in page.main


@ON_SQLITE
def test_a_supplement_sent_twice_is_taken_once(lan: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site)
    asked(site, minh, code)
    form = {"ma": code, "so": RIGHT, "noi-dung": "Trước số 7."}
    lan.post("/tra-cuu/bo-sung", data=form)
    version = fresh(site, case_of(site, code)).version
    assert lan.post("/tra-cuu/bo-sung", data=form).status_code == 409
    assert fresh(site, case_of(site, code)).version == version


def test_the_label_of_the_supplement_belongs_to_its_field(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    asked(site, minh, code)
    html = lan.post("/tra-cuu/chi-tiet", data={"ma": code, "so": RIGHT}).text
    assert html.count('id="bo-sung"') == 1
    assert 'for="bo-sung"' in html


def test_while_the_sender_is_waited_for_no_day_is_promised(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    asked(site, minh, code)
    for main in (look(lan, code, RIGHT).main, Page(lan.get(f"/tra-cuu?ma={code}").text).main):
        assert "Hạn đang tạm dừng" in main
        assert "Hạn trả lời:" not in main


def test_with_the_figures_it_is_told_why_a_case_was_not_taken(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    StaffDesk(site, minh).refuse(case_of(site, code))
    page = look(lan, code, RIGHT)
    assert "Vì sao không tiếp nhận Nội dung chưa nói rõ sự việc" in page.main
    assert "Bạn có thể: gửi lại, nói rõ việc gì" in page.main
    assert "Vì sao không tiếp nhận" not in Page(lan.get(f"/tra-cuu?ma={code}").text).main
