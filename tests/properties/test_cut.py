"""Cutting a long answer for a platform loses nothing and fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import cut

TEXTS = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from(" \n ễ😀"), max_size=400
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.integers(2, 60))
def test_every_part_fits_and_nothing_but_white_space_is_lost(text: str, longest: int) -> None:
    parts = cut(text, longest)
    assert all(units(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_that_fits_stays_whole() -> None:
    assert cut("Đã sửa đèn.\n\nCảm ơn bạn.", 100) == ["Đã sửa đèn.\n\nCảm ơn bạn."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dòng một dài.\nDòng hai.", ["Dòng một dài.", "Dòng hai."]),
        ("một hai ba bốn năm", ["một hai ba bốn", "năm"]),
    ],
)
def test_the_cut_is_at_the_end_of_a_line_or_between_words(text: str, parts: list[str]) -> None:
    assert cut(text, 16) == parts
