"""Whoever asks too often is told to wait, and is let in again."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, visiting_with
from tests.conftest import FrozenClock

pytestmark = ON_SQLITE


@pytest.fixture
def hurried(settings: Settings, clock: FrozenClock) -> Iterator[TestClient]:
    """A browser at an installation that takes three requests a minute from an address."""
    with visiting_with(settings, clock, address_per_minute=3) as browser:
        yield browser


def test_asking_too_often_is_answered_with_a_sentence(hurried: TestClient) -> None:
    answers = [hurried.get("/tra-cuu") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    page = Page(answers[-1].text)
    assert page.title == "Bạn đang gửi hơi nhanh."
    assert "chờ khoảng một phút" in page.main


def test_a_program_that_asks_too_often_reads_it_as_json(hurried: TestClient) -> None:
    answers = [hurried.get("/api/v1/results") for _ in range(4)]

    assert answers[-1].status_code == 429
    assert answers[-1].json() == {
        "error": "Bạn đang gửi hơi nhanh.",
        "next_step": "Bạn chờ khoảng một phút rồi thử lại nhé.",
    }


def test_after_a_minute_one_may_ask_again(hurried: TestClient, clock: FrozenClock) -> None:
    for _ in range(4):
        hurried.get("/tra-cuu")
    clock.pass_(minutes=1)
    assert hurried.get("/tra-cuu").status_code == 200


def test_one_address_does_not_use_up_the_share_of_another(
    hurried: TestClient, settings: Settings
) -> None:
    for _ in range(4):
        hurried.get("/tra-cuu")

    other = TestClient(hurried.app, base_url="http://testserver", client=("203.0.113.9", 50_000))

    assert other.get("/tra-cuu").status_code == 200


def test_styles_and_the_supervisor_are_never_made_to_wait(hurried: TestClient) -> None:
    for _ in range(4):
        hurried.get("/tra-cuu")

    assert hurried.get("/static/site.css").status_code == 200
    assert hurried.get("/healthz").status_code == 200
