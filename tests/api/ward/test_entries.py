"""What staff type into the card is checked before it is kept."""

from datetime import time

import pytest

from api.errors import PeopleError
from api.ward import entries
from api.ward.card import Span

WRONG_ADDRESSES = (
    "http://a.vn",
    "javascript:alert(1)",
    "https://",
    "https://localhost",
    "https://a.vn/<b>",
    "https://ai@a.vn",
    "https://[",
    "a.vn",
    f"https://a.vn/{'x' * 600}",
)


@pytest.mark.parametrize("url", WRONG_ADDRESSES)
def test_only_an_https_address_is_taken(url: str) -> None:
    with pytest.raises(PeopleError):
        entries.link("1.001193", "Video", url, "")


def test_an_address_is_kept_with_its_label() -> None:
    kept = entries.link(" 1.001193 ", "Video  hướng dẫn", " https://a.vn/v?x=1 ", "")
    assert (kept.code, kept.label, kept.url) == (
        "1.001193",
        "Video hướng dẫn",
        "https://a.vn/v?x=1",
    )


def test_a_note_needs_something_to_say() -> None:
    with pytest.raises(PeopleError):
        entries.link("1.001193", "", "", " ")


def test_hours_are_read_as_people_write_them() -> None:
    week = entries.week([[("7:30", "11h30"), ("13h", "17:00")], *[[("", ""), ("", "")]] * 6])
    assert week[0][0] == Span(opens=time(7, 30), closes=time(11, 30))
    assert week[0][1].opens == time(13)
    assert week[1:] == ((),) * 6
    assert entries.week([[("", "")]] * 7) == ()


@pytest.mark.parametrize(
    "day",
    [
        [("7:30", "")],
        [("11:30", "7:30")],
        [("7:30", "12:00"), ("11:00", "17:00")],
        [("bảy giờ", "11:30")],
        [("25:00", "26:00")],
    ],
)
def test_hours_that_make_no_day_are_refused(day: list[tuple[str, str]]) -> None:
    with pytest.raises(PeopleError):
        entries.week([day])


def test_telephone_and_email_have_their_shape() -> None:
    assert entries.contact("Số 1", "0220 3700 001", "")["email"] == ""
    for wrong in (("", "0220 1", ""), ("Số 1", "gọi em", ""), ("Số 1", "0220 1", "khong-phai")):
        with pytest.raises(PeopleError):
            entries.contact(*wrong)
