"""The card before anybody edits it."""

from datetime import time

import pytest

from api.settings import Settings
from api.ward.card import Span
from api.ward.seed import seed, week_in

MORNING = Span(opens=time(7, 30), closes=time(11, 30))
AFTERNOON = Span(opens=time(13, 30), closes=time(17))


def test_the_settings_give_the_first_card() -> None:
    card = seed(Settings(ward_address="Số 1", ward_phone="0220 1", ward_email="a@b.vn"))
    assert (card.address, card.hotline, card.email) == ("Số 1", "0220 1", "a@b.vn")
    assert card.week[0] == (MORNING, AFTERNOON)


def test_a_plain_line_of_hours_is_read_as_a_week() -> None:
    week = week_in("7h30–11h30 và 13h30-17h00, thứ 2 đến thứ 6")
    assert week == ((MORNING, AFTERNOON),) * 5 + ((), ())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "giờ hành chính",
        "7:30–11:30, thứ Hai đến thứ Sáu, sáng thứ Bảy nhận hộ tịch",
        "7:30–11:30",
        "25:30–26:30, thứ Hai đến thứ Sáu",
        "7:30–11:30, thứ Sáu đến thứ Hai",
    ],
)
def test_a_line_that_says_more_is_not_guessed_at(line: str) -> None:
    assert week_in(line) == ()
