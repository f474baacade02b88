"""A changing request that another site sent is refused."""

import re

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from api.web.site import Site
from bot.service import Service
from tests.api.web.reading import Page
from tests.api.web.visits import HERE, ON_SQLITE

pytestmark = ON_SQLITE

LOGIN = "/can-bo/dang-nhap"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "https://la.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.la.example"},
    ],
)
def test_a_form_of_another_site_is_refused_with_a_sentence(
    lan: TestClient, headers: dict[str, str]
) -> None:
    answer = lan.post(LOGIN, headers=headers)

    assert answer.status_code == 403
    assert Page(answer.text).title == "Yêu cầu này đến từ một trang khác nên không được thực hiện."
    assert "Bạn mở lại trang rồi thao tác lại." in Page(answer.text).main


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HERE},
        {"Origin": "https://testserver"},
        {},
    ],
)
def test_a_form_of_our_own_page_is_accepted(lan: TestClient, headers: dict[str, str]) -> None:
    answer = lan.post(LOGIN, data={"username": "ai do"}, headers=headers)
    assert answer.status_code == 401


def test_reading_is_never_refused(lan: TestClient) -> None:
    answer = lan.get("/", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://la.example"})
    assert answer.status_code == 200


def test_every_route_that_changes_something_refuses_a_forged_request(
    lan: TestClient, service: Service, site: Site
) -> None:
    changing = [
        re.sub(r"\{\w+\}", "1", route.path)
        for route in service.app.routes
        if isinstance(route, APIRoute) and route.methods - {"GET", "HEAD", "OPTIONS"}
    ]

    answers = {
        path: lan.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        for path in changing
    }

    assert len(changing) > 10
    assert {path: status for path, status in answers.items() if status != 403} == {}
