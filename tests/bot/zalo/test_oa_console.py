"""The page on which the administrator links the Official Account."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import delete
from starlette.testclient import TestClient

from api.people.models import Role, Staff
from api.tokens.models import AccessToken
from api.web.site import Site
from bot.service import build
from bot.zalo_oa import oauth
from tests.bot.conftest import sqlite_only
from tests.bot.people import Person
from tests.bot.zalo.conftest import Wire, kept_pair
from tests.conftest import PASSWORD, FrozenClock, hire
from tests.doubles.zalo_oa import APP_ID, ZaloOaDouble

pytestmark = sqlite_only


@pytest.fixture
def admin(oa_site: Site) -> Staff:
    """Chị Vân, administrator of the installation and of the Official Account."""
    return hire(oa_site, "van", "Phạm Thị Vân", Role.ADMIN)


@pytest.fixture
def browser(oa_site: Site, admin: Staff) -> TestClient:
    """Chị Vân's browser, signed in; the account was never linked."""
    with oa_site.database.writing() as session:
        session.execute(delete(AccessToken))
    return signed_in(oa_site, "van")


def signed_in(site: Site, username: str) -> TestClient:
    client = TestClient(build(site).app, raise_server_exceptions=False)
    client.post("/can-bo/dang-nhap", data={"username": username, "password": PASSWORD})
    return client


def consent(browser: TestClient) -> dict[str, str]:
    """What the link on the page carries to Zalo."""
    page = browser.get(oauth.PAGE).text
    address = page.split('<a class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(browser: TestClient, code: str, state: str) -> int:
    query = {"code": code, "oa_id": "388613280878808645", "state": state}
    return browser.get(oauth.CALLBACK, params=query, follow_redirects=False).status_code


def test_the_page_tells_what_to_write_at_zalo(browser: TestClient, oa_site: Site) -> None:
    page = browser.get(oauth.PAGE).text
    assert "http://127.0.0.1:8000/can-bo/zalo-oa/lien-ket" in page
    assert "http://127.0.0.1:8000/zalo/oa/webhook" in page
    assert oauth.challenge(oa_site.settings) in page
    assert "Chưa liên kết" in page


def test_the_consent_leads_to_a_kept_pair(
    browser: TestClient, zalo: ZaloOaDouble, oa_site: Site, admin: Staff
) -> None:
    asked = consent(browser)
    assert asked["app_id"] == APP_ID
    assert come_back(browser, zalo.consent(asked["code_challenge"]), asked["state"]) == 303
    pair = kept_pair(oa_site)
    assert (pair.account, pair.staff_id) == ("388613280878808645", admin.id)
    assert "Đã liên kết" in browser.get(oauth.PAGE).text


def test_linking_lets_go_what_waited_for_it(
    browser: TestClient, zalo: ZaloOaDouble, lan: Person, wire: Wire
) -> None:
    lan.says("xin chào")
    wire.deliver_all()
    assert lan.owed()[-1].error == "Zalo OA cần được liên kết lại."
    asked = consent(browser)
    come_back(browser, zalo.consent(asked["code_challenge"]), asked["state"])
    wire.deliver_all()
    assert len(zalo.sent(lan.key)) == 1


def test_a_consent_that_was_not_begun_here_or_too_long_ago_is_refused(
    browser: TestClient, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    asked = consent(browser)
    code = zalo.consent(asked["code_challenge"])
    began = asked["state"].split(".")[0]
    for state in ("", "x", f"{began}.doan-mo", f"99{asked['state']}"):
        assert come_back(browser, code, state) == 400
    clock.pass_(minutes=11)
    assert come_back(browser, code, asked["state"]) == 400
    assert zalo.called("/access_token") == []


def test_a_consent_of_another_session_is_refused(
    browser: TestClient, zalo: ZaloOaDouble, oa_site: Site
) -> None:
    asked = consent(browser)
    code = zalo.consent(asked["code_challenge"])
    assert come_back(signed_in(oa_site, "van"), code, asked["state"]) == 400


def test_a_refusal_of_zalo_is_told_with_what_to_look_at(
    browser: TestClient, zalo: ZaloOaDouble
) -> None:
    asked = consent(browser)
    query = {"code": "het-han", "oa_id": "1", "state": asked["state"]}
    answer = browser.get(oauth.CALLBACK, params=query)
    assert answer.status_code == 400
    assert "-14019" in answer.text
    assert "Code Challenge" in answer.text


def test_only_the_administrator_sees_the_page(oa_site: Site) -> None:
    hire(oa_site, "minh", "Trần Văn Minh", Role.OFFICER)
    assert signed_in(oa_site, "minh").get(oauth.PAGE).status_code == 403
    stranger = TestClient(build(oa_site).app)
    assert stranger.get(oauth.PAGE, follow_redirects=False).status_code in {303, 401}


def test_a_refused_token_is_shown_in_words(oa_site: Site, admin: Staff) -> None:
    with oa_site.database.writing() as session:
        row = session.get(AccessToken, kept_pair(oa_site).id)
        assert row is not None
        row.refused_at = oa_site.clock()
    page = signed_in(oa_site, "van").get(oauth.PAGE).text
    assert "Zalo không nhận mã làm mới nữa." in page
    assert "Liên kết lại" in page
