"""Names of people and places in a text, as hints for whoever reads."""

import pytest

from knowledge.entities import LONGEST, persons, place_in


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Đèn đường ngõ 12 phố Thạch Khôi hỏng cả tuần nay.", "ngõ 12 phố Thạch Khôi"),
        (
            "Ổ gà to ở đường Nguyễn Trãi, phường Thanh Xuân Bắc.",
            "đường Nguyễn Trãi, phường Thanh Xuân Bắc",
        ),
    ],
)
def test_the_place_is_taken_with_what_stands_before_and_after_it(text: str, place: str) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize("text", ["", "  \n", "xin chào", "den duong hong ca tuan nay", "👍"])
def test_where_no_place_is_named_none_is_guessed(text: str) -> None:
    assert place_in(text) == ""


def test_a_name_of_one_word_or_without_capitals_is_no_name() -> None:
    assert persons("anh minh và chị lan nói thế") == ()


def test_each_name_is_given_once_in_order() -> None:
    text = "Ông Nguyễn Văn Tư nói với bà Trần Thị Hoa. Hôm sau ông Nguyễn Văn Tư quay lại."
    assert persons(text) == ("Nguyễn Văn Tư", "Trần Thị Hoa")


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert persons("a " * LONGEST + "Ông Nguyễn Văn Tư đến.") == ()
