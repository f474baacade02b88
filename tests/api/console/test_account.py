"""A member's own account: the password, and where they are signed in."""

from httpx2 import Response
from starlette.testclient import TestClient

from api.console.session import COOKIE
from api.errors import SignedOutError
from api.people import staff as accounts
from api.people.models import Staff
from api.web.site import Site
from bot.service import Service
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, sign_in, visiting
from tests.conftest import PASSWORD

NEW = "đèn đường ngõ 12 đã sáng"


def change(desk: TestClient, current: str, new: str) -> Response:
    return desk.post("/can-bo/tai-khoan/mat-khau", data={"current": current, "new": new})


def opens(site: Site, member: Staff, password: str) -> bool:
    """Whether a password signs a member in."""
    with site.database.writing() as session:
        try:
            accounts.sign_in(session, member.username, password, "", site.clock(), 1)
        except SignedOutError:
            return False
    return True


def test_a_new_password_takes_the_place_of_the_old(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    page = Page(change(desk, PASSWORD, NEW).text)

    assert "Đã lưu." in page.main
    assert opens(site, minh, NEW)
    assert not opens(site, minh, PASSWORD)


@ON_SQLITE
def test_a_new_password_ends_every_other_session(
    desk: TestClient, service: Service, site: Site, minh: Staff
) -> None:
    with visiting(service.app) as at_home:
        sign_in(at_home, site, minh)

        change(desk, PASSWORD, NEW)

        assert at_home.get("/can-bo", follow_redirects=False).status_code == 303
    assert desk.get("/can-bo", follow_redirects=False).status_code == 200


UNFIT = (
    ("sai mật khẩu", NEW, "Mật khẩu hiện tại chưa đúng."),
    (PASSWORD, "ngắn", "Mật khẩu cần ít nhất 10 ký tự."),
    (PASSWORD, "", "Mật khẩu cần ít nhất 10 ký tự."),
)


@ON_SQLITE
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    for current, new, sentence in UNFIT:
        answer = change(desk, current, new)
        assert answer.status_code == 400
        assert sentence in Page(answer.text).main
    assert opens(site, minh, PASSWORD)


@ON_SQLITE
def test_the_password_never_stands_on_the_page(desk: TestClient) -> None:
    answer = change(desk, "sai mật khẩu", NEW)
    assert "sai mật khẩu" not in answer.text
    assert NEW not in answer.text


def test_every_place_of_signing_in_is_listed(
    desk: TestClient, service: Service, site: Site, minh: Staff
) -> None:
    with visiting(service.app) as at_home:
        sign_in(at_home, site, minh, agent="Điện thoại ở nhà")
        page = Page(desk.get("/can-bo/tai-khoan").text)

    assert "Máy một cửa Vào lúc 09:00, 16/11/2026" in page.main
    assert "Điện thoại ở nhà" in page.main
    assert page.main.count("Máy này") == 1
    assert page.main.count("Đăng xuất máy này") == 2  # the explanation, and one button


def test_a_strange_place_can_be_signed_out(
    desk: TestClient, service: Service, site: Site, minh: Staff
) -> None:
    with visiting(service.app) as at_home:
        number = sign_in(at_home, site, minh)

        desk.post(f"/can-bo/tai-khoan/phien/{number}/thu-hoi")

        assert at_home.get("/can-bo", follow_redirects=False).status_code == 303


@ON_SQLITE
def test_nobody_signs_out_somebody_else(
    desk: TestClient, second_desk: TestClient, site: Site, hanh: Staff
) -> None:
    with site.database.reading() as session:
        theirs = accounts.sessions(session, hanh, site.clock())[0].id

    desk.post(f"/can-bo/tai-khoan/phien/{theirs}/thu-hoi")

    assert second_desk.cookies[COOKIE]
    assert second_desk.get("/can-bo", follow_redirects=False).status_code == 200


@ON_SQLITE
def test_the_role_is_named_in_words(desk: TestClient) -> None:
    assert "Trần Văn Minh Cán bộ" in Page(desk.get("/can-bo/tai-khoan").text).words
