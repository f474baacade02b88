"""A changing request that another site sent is refused."""

import re

from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from bot.service import Service
from tests.api.web.reading import Page
from tests.api.web.visits import HERE, ON_SQLITE

pytestmark = ON_SQLITE

LOGIN = "/can-bo/dang-nhap"


FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    {"Origin": "https://la.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.la.example"},
)
OUR_OWN = (
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": HERE},
    {"Origin": "https://testserver"},  # a proxy speaks HTTPS for us
    {},  # no browser at all
)


def test_a_form_of_another_site_is_refused(lan: TestClient) -> None:
    statuses = [lan.post(LOGIN, headers=headers).status_code for headers in FOREIGN]
    assert statuses == [403] * len(FOREIGN)


def test_whoever_is_refused_reads_why(lan: TestClient) -> None:
    page = Page(lan.post(LOGIN, headers=FOREIGN[0]).text)

    assert page.title == "Yêu cầu này đến từ một trang khác nên không được thực hiện."
    assert "Anh/chị mở lại trang rồi thao tác lại." in page.main


def test_a_form_of_our_own_page_is_taken(lan: TestClient) -> None:
    sent = {"username": "ai do"}
    statuses = [lan.post(LOGIN, data=sent, headers=headers).status_code for headers in OUR_OWN]
    assert statuses == [401] * len(OUR_OWN)


def test_reading_is_never_refused(lan: TestClient) -> None:
    answer = lan.get("/", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://la.example"})
    assert answer.status_code == 200


def test_every_route_that_changes_something_refuses_a_forged_request(
    lan: TestClient, service: Service
) -> None:
    changing = [
        re.sub(r"\{\w+\}", "1", route.path)
        for route in iter_route_contexts(service.app.routes)
        if set(route.methods or ()) - {"GET", "HEAD", "OPTIONS"}
    ]

    answers = {
        path: lan.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        for path in changing
    }

    assert len(changing) > 10
    assert {path: status for path, status in answers.items() if status != 403} == {}
