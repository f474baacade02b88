"""The security headers are on every response, whatever made it."""

from starlette.testclient import TestClient

from api.web.site import Site
from bot.service import build
from tests.api.web.visits import HERE, ON_SQLITE

pytestmark = ON_SQLITE

NAMES = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
)


ANSWERS = {
    "/": 200,
    "/static/site.css": 200,
    "/giao-dien.css": 200,
    "/api/v1/results": 200,
    "/openapi.json": 200,
    "/healthz": 200,
    "/can-bo": 303,
    "/khong-co": 404,
    "/static/khong-co.css": 404,
    "/api/v1/cases/khong-co": 404,
    "/thu-tuc?trang=0": 422,
}


def test_every_response_carries_the_security_headers(lan: TestClient) -> None:
    for path, status in ANSWERS.items():
        answer = lan.get(path, follow_redirects=False)
        assert answer.status_code == status, path
        assert [name for name in NAMES if name not in answer.headers] == [], path


def test_a_refused_request_carries_the_security_headers(lan: TestClient) -> None:
    forged = lan.post("/can-bo/dang-nhap", headers={"Sec-Fetch-Site": "cross-site"})
    too_big = lan.post("/can-bo/dang-nhap", headers={"Content-Length": str(10**9)})

    for answer in (forged, too_big):
        assert answer.status_code in {403, 413}
        assert [name for name in NAMES if name not in answer.headers] == []


def test_the_page_of_an_unexpected_error_carries_the_security_headers(site: Site) -> None:
    answer = failing_browser(site).get("/hong")

    assert answer.status_code == 500
    assert [name for name in NAMES if name not in answer.headers] == []


def test_a_conversation_is_not_kept_by_the_browser(lan: TestClient) -> None:
    answer = lan.get("/tro-chuyen")
    assert "Xin chào" in answer.text
    assert "no-store" in answer.headers.get("cache-control", "")


def test_nothing_from_another_host_may_run_or_frame_a_page(lan: TestClient) -> None:
    policy = lan.get("/").headers["content-security-policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))

    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in policy


def failing_browser(site: Site) -> TestClient:
    """A browser at an installation where one address always fails."""
    app = build(site).app

    @app.get("/hong")
    def broken() -> None:
        raise RuntimeError("bác Tư rút dây điện")

    return TestClient(app, base_url=HERE, raise_server_exceptions=False)
