"""Signing in and out: who may see the staff pages, and for how long."""

import re

from fastapi.routing import iter_route_contexts
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from api.console.session import COOKIE
from api.people.models import Staff, StaffSession
from api.settings import Settings
from api.web.site import Site
from bot.service import Service
from tests.api.web.reading import Page
from tests.api.web.visits import LAMP, ON_SQLITE, joins, sends, visiting, visiting_with
from tests.conftest import PASSWORD, FrozenClock

LOGIN = "/can-bo/dang-nhap"


def sign_in_by_form(browser: TestClient, username: str, password: str = PASSWORD) -> Response:
    sent = {"username": username, "password": password}
    return browser.post(LOGIN, data=sent, follow_redirects=False)


def staff_paths(service: Service, method: str) -> list[str]:
    """Every staff address that takes a method, but the login."""
    return [
        re.sub(r"\{\w+\}", "1", route.path)
        for route in iter_route_contexts(service.app.routes)
        if route.path.startswith("/can-bo") and route.path != LOGIN and method in route.methods
    ]


@ON_SQLITE
def test_every_staff_page_leads_to_the_login_without_a_session(
    stranger: TestClient, service: Service
) -> None:
    paths = staff_paths(service, "GET")

    answers = {path: stranger.get(path, follow_redirects=False) for path in paths}

    assert len(paths) >= 7
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        paths, 303
    )
    assert {answer.headers["location"] for answer in answers.values()} == {LOGIN}


@ON_SQLITE
def test_every_staff_form_is_refused_without_a_session(
    stranger: TestClient, service: Service
) -> None:
    paths = staff_paths(service, "POST")
    filled = {"version": "1", "kind": "conduct"}

    statuses = {path: stranger.post(path, data=filled).status_code for path in paths}

    assert len(paths) >= 10
    assert statuses == dict.fromkeys(paths, 401)


@ON_SQLITE
def test_a_form_sent_after_the_session_ended_says_what_to_do(stranger: TestClient) -> None:
    page = Page(stranger.post("/can-bo/lich").text)
    assert page.title == "Phiên làm việc đã kết thúc."
    assert "Anh/chị đăng nhập lại." in page.main
    assert {LOGIN, "/can-bo"} & set(page.main_links)


def test_the_right_password_opens_the_desk(stranger: TestClient, site: Site, minh: Staff) -> None:
    answer = sign_in_by_form(stranger, " Minh ")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/can-bo"
    assert minh.name in Page(stranger.get("/can-bo").text).words


@ON_SQLITE
def test_a_wrong_password_and_an_unknown_name_read_the_same(
    stranger: TestClient, site: Site
) -> None:
    joins(site, "hoa", "Phạm Thị Hoa")

    wrong = sign_in_by_form(stranger, "hoa", "mật khẩu sai rồi")
    unknown = sign_in_by_form(stranger, "khong-ai", "mật khẩu sai rồi")

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in Page(wrong.text).main
    assert Page(wrong.text).main == Page(unknown.text).main
    assert COOKIE not in stranger.cookies


@ON_SQLITE
def test_a_wrong_password_keeps_the_name_and_drops_the_password(stranger: TestClient) -> None:
    page = Page(sign_in_by_form(stranger, "hoa", "mật khẩu sai rồi").text)
    assert page.values["username"] == "hoa"
    assert page.values["password"] == ""


@ON_SQLITE
def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(
    stranger: TestClient, site: Site
) -> None:
    joins(site, "cuc", "Vũ Thị Cúc")

    flags = flags_of(sign_in_by_form(stranger, "cuc"))

    assert {"httponly", "samesite=lax", "path=/can-bo", f"max-age={12 * 3600}"} <= flags
    assert "secure" not in flags


@ON_SQLITE
def test_behind_https_the_cookie_is_sent_over_https_only(
    settings: Settings, clock: FrozenClock
) -> None:
    with visiting_with(settings, clock, secure_cookies=True) as browser:
        joins(browser.app.state.site, "dao", "Lê Thị Đào")
        assert "secure" in flags_of(sign_in_by_form(browser, "dao"))


def flags_of(answer: Response) -> set[str]:
    """What a response says about the cookie that it sets."""
    return {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}


@ON_SQLITE
def test_too_many_tries_for_one_account_have_to_wait(
    service: Service, site: Site, clock: FrozenClock
) -> None:
    joins(site, "sen", "Đỗ Thị Sen")
    for _ in range(2):  # from two addresses, five tries each
        with visiting(service.app) as thief:
            for _ in range(5):
                sign_in_by_form(thief, "sen", "đoán mò đoán mò")

    with visiting(service.app) as browser:
        refused = sign_in_by_form(browser, "sen")
        clock.pass_(minutes=1)
        let_in = sign_in_by_form(browser, "sen")

    assert refused.status_code == 429
    assert "Anh/chị đang gửi hơi nhanh. Anh/chị chờ khoảng một phút" in Page(refused.text).main
    assert let_in.status_code == 303


@ON_SQLITE
def test_too_many_tries_from_one_address_have_to_wait(stranger: TestClient) -> None:
    statuses = [
        sign_in_by_form(stranger, f"nguoi-{number}", "đoán mò đoán mò").status_code
        for number in range(11)
    ]
    assert statuses == [401] * 10 + [429]


@ON_SQLITE
def test_tries_at_one_installation_do_not_count_at_another(
    service: Service, settings: Settings, clock: FrozenClock
) -> None:
    with visiting(service.app) as browser:
        for _ in range(10):
            sign_in_by_form(browser, "lien", "đoán mò đoán mò")

    with visiting_with(settings.model_copy(update={"ward_prefix": "KS"}), clock) as elsewhere:
        joins(elsewhere.app.state.site, "lien", "Bùi Thị Liên")
        assert sign_in_by_form(elsewhere, "lien").status_code == 303


def test_whoever_signs_out_is_out_even_with_the_old_cookie(desk: TestClient, site: Site) -> None:
    kept = desk.cookies[COOKIE]

    answer = desk.post("/can-bo/dang-xuat", follow_redirects=False)
    desk.cookies.set(COOKIE, kept, domain="testserver.local", path="/can-bo")

    assert answer.headers["location"] == LOGIN
    assert 'pakn_staff=""' in answer.headers["set-cookie"]
    assert desk.get("/can-bo", follow_redirects=False).status_code == 303


@ON_SQLITE
def test_a_session_ends_after_its_hours(desk: TestClient, clock: FrozenClock) -> None:
    clock.pass_(hours=11, minutes=59)
    within = desk.get("/can-bo", follow_redirects=False).status_code
    clock.pass_(minutes=2)
    after = desk.get("/can-bo", follow_redirects=False).status_code
    assert (within, after) == (200, 303)


@ON_SQLITE
def test_an_account_that_was_closed_is_out_at_once(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    with site.database.writing() as session:
        session.get(Staff, minh.id).active = False
    assert desk.get("/can-bo", follow_redirects=False).status_code == 303


@ON_SQLITE
def test_a_made_up_cookie_opens_nothing(stranger: TestClient) -> None:
    stranger.cookies.set(COOKIE, "abc", domain="testserver.local", path="/can-bo")
    assert stranger.get("/can-bo", follow_redirects=False).status_code == 303


@ON_SQLITE
def test_the_cookie_of_a_session_is_not_kept_in_the_database(
    stranger: TestClient, site: Site
) -> None:
    joins(site, "mai", "Hoàng Thị Mai")
    sign_in_by_form(stranger, "mai")
    token = stranger.cookies[COOKIE]

    with site.database.reading() as session:
        held = session.exec(select(StaffSession)).one()

    assert len(token) > 30
    assert token not in repr(held.model_dump())


@ON_SQLITE
def test_what_staff_saw_is_not_kept_by_the_browser(desk: TestClient, site: Site) -> None:
    code = sends(site)
    answer = desk.get(f"/can-bo/ho-so/{code}")
    assert LAMP in answer.text
    assert "no-store" in answer.headers.get("cache-control", "")
