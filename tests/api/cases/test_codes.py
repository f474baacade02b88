"""Codes of cases: how they look, which slips they notice, how people type them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cases.codes import ALPHABET, check_character, find_code, new_code, normal_code

CODES = [
    f"{prefix}-{year:02d}-{body}-{check_character(prefix, year, body)}"
    for prefix, year, body in [
        ("PM", 26, "7KQ2MX"),
        ("TK", 9, "222222"),
        ("HPT", 27, "ZYXWVU"),
        ("ABCD", 30, "A2B3C4"),
    ]
]
CODE = CODES[0]
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_a_new_code_has_prefix_year_six_characters_and_a_check() -> None:
    assert re.fullmatch(r"TK-26-[2-9A-Z]{6}-[2-9A-Z]", new_code("TK", 2026))


def test_a_new_code_is_valid_as_it_stands() -> None:
    drawn = [new_code("TK", 2026) for _ in range(300)]

    assert [normal_code(code) for code in drawn] == drawn


def test_no_sign_that_looks_like_another_stands_behind_the_year() -> None:
    behind = "".join(new_code("TK", 2026)[6:].replace("-", "") for _ in range(500))

    assert set(behind).isdisjoint("01OIL")
    assert set(ALPHABET).isdisjoint("01OIL")


def test_codes_are_not_drawn_twice_in_a_row() -> None:
    assert len({new_code("TK", 2026) for _ in range(300)}) == 300


@pytest.mark.parametrize("code", CODES)
def test_every_change_of_a_single_character_is_noticed(code: str) -> None:
    places = [place for place, sign in enumerate(code) if sign != "-"]

    taken = [
        changed
        for place in places
        for sign in SIGNS
        if sign != code[place]
        and normal_code(changed := code[:place] + sign + code[place + 1 :]) is not None
    ]

    assert taken == []


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_neighbours_is_noticed(code: str) -> None:
    plain = code.replace("-", "")

    taken = [
        swapped
        for place in range(len(plain) - 1)
        if plain[place] != plain[place + 1]
        and normal_code(
            swapped := plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        )
        is not None
    ]

    assert taken == []


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    prefix=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4),
    year=st.integers(0, 99),
    body=st.text(ALPHABET, min_size=6, max_size=6),
    data=st.data(),
)
def test_a_slip_or_a_swap_is_noticed_in_any_code(
    prefix: str, year: int, body: str, data: st.DataObject
) -> None:
    plain = f"{prefix}{year:02d}{body}{check_character(prefix, year, body)}"
    place = data.draw(st.integers(0, len(plain) - 2))
    sign = data.draw(st.sampled_from(SIGNS))

    slipped = plain[:place] + sign + plain[place + 1 :]
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]

    assert normal_code(plain) is not None
    for other in (slipped, swapped):
        assert other == plain or normal_code(other) is None


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", "").lower(),
        CODE.replace("-", " "),
        CODE.replace("-", "."),
        CODE.replace("-", "–"),  # what a text program makes of a dash
        CODE.replace("-", "—"),
        CODE.replace("-", "\u2011"),  # a dash that does not break the line
        CODE.replace("-", "\u00a0"),
        f"  {CODE}\n",
        "pm26 - 7kq 2mx - " + CODE[-1],
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert normal_code(typed) == CODE
    assert find_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "-", "PM", "PM-26", CODE[:-1], CODE + "2", "26-" + CODE])
def test_what_is_no_code_gives_none(typed: str) -> None:
    assert normal_code(typed) is None


@pytest.mark.parametrize(
    "sentence",
    [
        f"Cho tôi hỏi hồ sơ {CODE} đến đâu rồi?",
        f"mã {CODE.lower()}.",
        f"({CODE})",
        f"ma ho so cua toi la {CODE.replace('-', ' ').lower()} nhe",
        f"Hồ sơ {CODE.replace('-', '')}, gửi ngày 16/11/2026",
        f"Hồ sơ {CODE.replace('-', '–')} của bác Tư",
        f"Gửi lúc 09 giờ ngày 16, mã {CODE}",
        f"Không phải PM-26-7KQ2MX-2 mà là {CODE}",
    ],
)
def test_a_code_is_found_in_a_sentence(sentence: str) -> None:
    assert find_code(sentence) == CODE


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Đường hỏng đã 26 ngày",
        "Gọi 0912 345 678 giúp tôi",
        "PM-26-7KQ2MX-2",
        "xe 15B1 234567 8",
    ],
)
def test_no_code_is_found_where_none_stands(sentence: str) -> None:
    assert find_code(sentence) is None


WORDS = st.text("aăâđeêioôơuưyàáảãạbcdghklmnpqrstvxABĐ 0123456789.,;:!?()-–\n", max_size=60)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(WORDS, WORDS)
def test_a_code_is_found_between_any_words(before: str, after: str) -> None:
    assert find_code(f"{before}; {CODE} ;{after}") == CODE
