"""Slips of typing, mended against the words of the catalogue."""

import pytest

from knowledge.phrases import spell
from knowledge.slips import SlipMender
from knowledge.text import syllables

KNOWN = set(
    syllables(
        "dang ky khai sinh giay to tam tru ket hon ho so kinh doanh chung thuc ban sao duong cap "
        "nuoc nha dat can cuoc xe may lai quan"
    )
)


@pytest.fixture
def mender() -> SlipMender:
    """A mender that knows a few words of a small catalogue."""
    return SlipMender(KNOWN)


def mended(mender: SlipMender, text: str) -> str:
    """Return the text as it is searched, without marks."""
    return " ".join(word.folded for word in mender.mend(spell(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng ky", "dang ky"),
        ("ddawng kys", "dang ky"),
        ("khai sinhf", "khai sinh"),
        ("keets hoon", "ket hon"),
        ("chuwngs thuwcj", "chung thuc"),
        ("giaays towf", "giay to"),
        ("nuwowcs", "nuoc"),
    ],
)
def test_what_a_switched_off_telex_keyboard_leaves_is_taken_off(
    mender: SlipMender, typed: str, meant: str
) -> None:
    assert mended(mender, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("khaisinh", "khai sinh"), ("tamtru", "tam tru"), ("kinhdoanh", "kinh doanh")],
)
def test_a_missing_space_is_put_back(mender: SlipMender, typed: str, meant: str) -> None:
    assert mended(mender, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai sihn", "khai sinh"),  # neighbours swapped
        ("khi sinh", "khai sinh"),  # a letter forgotten
        ("doanhh", "doanh"),  # a letter twice
        ("chumg", "chung"),  # a neighbouring key
    ],
)
def test_one_slip_in_a_word_is_mended(mender: SlipMender, typed: str, meant: str) -> None:
    assert mended(mender, typed) == meant


def test_a_slip_that_may_be_two_words_is_left_alone() -> None:
    assert mended(SlipMender({"ban", "bang"}), "bann") == "bann"


def test_the_first_letter_is_taken_to_be_right(mender: SlipMender) -> None:
    assert mended(mender, "phai") == "phai"


def test_known_words_keep_even_their_marks(mender: SlipMender) -> None:
    words = spell("Đăng ký khai sinh, giấy tờ hồ sơ")
    assert mender.mend(words) == tuple(words)


@pytest.mark.parametrize("typed", ["ab", "xe", "1.001193", "k3", "zzzzzz", "👍"])
def test_what_is_short_or_no_word_or_hopeless_stays(mender: SlipMender, typed: str) -> None:
    words = spell(typed)
    assert mender.mend(words) == tuple(words)


def test_a_catalogue_without_words_mends_nothing() -> None:
    words = spell("khaisinh ddawng")
    assert SlipMender(set()).mend(words) == tuple(words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("khia sinh", "khai sinh"), ("xe mab", "xe may"), ("kinh doah", "kinh doanh")],
)
def test_of_several_near_words_the_one_that_goes_with_its_neighbours_is_meant(
    typed: str, meant: str
) -> None:
    known = KNOWN | {"khi", "mat", "man", "doan"}
    knows_pairs = SlipMender(known, {"khai sinh", "xe may", "kinh doanh"})

    assert mended(knows_pairs, typed) == meant
    assert mended(SlipMender(known), typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"), [("xao", "sao"), ("nai quan", "lai quan"), ("chễ", "tre")]
)
def test_an_initial_that_sounds_alike_is_put_right(typed: str, meant: str) -> None:
    assert mended(SlipMender(KNOWN | {"tre"}), typed) == meant
