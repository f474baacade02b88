"""A body over the limit is refused with a sentence that names the limit."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from tests.api.web.visits import ON_SQLITE, visiting_with
from tests.conftest import FrozenClock

pytestmark = ON_SQLITE

LOGIN = "/can-bo/dang-nhap"
TOO_BIG = b"username=" + b"a" * 2**20
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def strict(settings: Settings, clock: FrozenClock) -> Iterator[TestClient]:
    """A browser at an installation that takes one megabyte."""
    with visiting_with(settings, clock, max_body_mb=1) as browser:
        yield browser


def test_a_body_that_says_it_is_too_long_is_refused(strict: TestClient) -> None:
    answer = strict.post(LOGIN, content=TOO_BIG, headers=FORM)

    assert answer.status_code == 413
    assert "Nội dung gửi lên lớn hơn 1 MB." in answer.text
    assert "Bạn gửi ít tệp hơn hoặc tệp nhỏ hơn." in answer.text


def test_a_body_that_does_not_say_how_long_it_is_is_refused_too(strict: TestClient) -> None:
    answer = strict.post(LOGIN, content=pieces(), headers=FORM)

    assert answer.status_code == 413
    assert "Nội dung gửi lên lớn hơn 1 MB." in answer.text


def test_an_upload_that_does_not_say_how_long_it_is_is_refused_too(strict: TestClient) -> None:
    head = (
        b'--lan\r\nContent-Disposition: form-data; name="tep"; filename="anh.png"\r\n'
        b"Content-Type: image/png\r\n\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=lan"}

    answer = strict.post("/tro-chuyen/tin", content=pieces(head), headers=headers)

    assert answer.status_code == 413
    assert "Nội dung gửi lên lớn hơn 1 MB." in answer.text


def test_a_body_just_within_the_limit_is_taken(strict: TestClient) -> None:
    body = b"username=a&password=" + b"b" * (2**20 - 20)
    answer = strict.post(LOGIN, content=body, headers=FORM)
    assert len(body) == 2**20
    assert answer.status_code == 422  # read, and found to be no password


def pieces(head: bytes = b"username=") -> Iterator[bytes]:
    yield head
    for _ in range(17):
        yield b"a" * 2**16
