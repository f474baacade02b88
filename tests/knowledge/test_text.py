"""Text in forms that can be compared."""

import unicodedata

import pytest

from knowledge.lexicon import Lexicon
from knowledge.text import fold, is_marked, nfc, squeeze, syllables, toned, without_tags


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐƯỜNG ĐÊ ĐIỀU", "duong de dieu"),
        ("  Giấy\tkết\nhôn ", "giay ket hon"),
        ("nhà\u00a0ở\u3000riêng lẻ", "nha o rieng le"),
        ("ﬁle ｍẫu", "file mau"),
        ("", ""),
        ("👶🏽 khai sinh ❤", "👶🏽 khai sinh ❤"),
    ],
)
def test_folding_takes_off_marks_capitals_and_spare_white_space(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("letter", "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứự")
def test_every_marked_vowel_folds_to_its_plain_letter(letter: str) -> None:
    assert fold(letter) in "aeiou"
    assert fold(letter.upper()) in "aeiou"


def test_text_typed_on_a_mac_folds_like_text_typed_on_a_phone() -> None:
    typed = "Trợ cấp hằng tháng cho người đã mất"
    assert fold(unicodedata.normalize("NFD", typed)) == fold(unicodedata.normalize("NFC", typed))


def test_the_capital_eth_of_old_documents_folds_like_the_vietnamese_letter() -> None:
    assert fold("\u00d0ăng ký") == fold("Đăng ký")  # U+00D0 in place of U+0110


def test_folding_twice_changes_nothing_more() -> None:
    once = fold("  Phường THẠCH KHÔI – Đường 391 👍 ")
    assert fold(once) == once


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("uỷ", "ủy"), ("toạ", "tọa")],
)
def test_both_places_of_the_tone_are_the_same_word(old: str, new: str) -> None:
    assert toned(old) == toned(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoa", "hòa"), ("hòa", "hóa"), ("tạm", "tám"), ("cô", "cơ"), ("đi", "di"), ("mu", "mư")],
)
def test_words_that_differ_by_a_mark_stay_different(one: str, other: str) -> None:
    assert toned(one) != toned(other)


def test_a_tone_is_moved_and_never_lost(lexicon: Lexicon) -> None:
    words = {word for asks in lexicon.asks.values() for ask in asks for word in syllables(ask)}
    for word in sorted(word for word in words if word.isalpha()):
        assert fold(toned(word)).rstrip("12345") == fold(word)
        assert (toned(word) != fold(word)) == is_marked(word)


@pytest.mark.parametrize("text", ["khai sinh đi", "Đ", "hoà", "ơ", "a\u0323"])
def test_a_typed_mark_is_noticed(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize("text", ["khai sinh di", "1.001193", "", "👍", "GIAY TO"])
def test_a_text_without_marks_is_noticed(text: str) -> None:
    assert not is_marked(text)


def test_a_code_stays_one_piece_among_the_syllables() -> None:
    assert syllables("Mã 1.001193, 123/2015/NĐ-CP!") == ["mã", "1.001193", "123/2015", "nđ", "cp"]


def test_signs_and_emoji_are_no_syllables() -> None:
    assert syllables("…👍 ?! — ___") == []


def test_stored_text_is_composed_and_its_white_space_single() -> None:
    decomposed = unicodedata.normalize("NFD", "Hộ  tịch\r\n")
    assert squeeze(decomposed) == "Hộ tịch"
    assert nfc(decomposed) == "Hộ  tịch\r\n"


def test_tags_of_published_text_become_lines_without_blank_ones() -> None:
    published = "<p>Bước 1:</p><br><br/><b>Nộp   hồ sơ</b>\n\n\n<!-- x -->Nhận kết quả"
    assert without_tags(published) == "Bước 1:\nNộp hồ sơ\nNhận kết quả"


def test_a_long_tag_goes_too() -> None:
    published = f'<p style="{"margin: 0px; " * 30}">Nộp hồ sơ</p>'
    assert without_tags(published) == "Nộp hồ sơ"


def test_signs_for_less_and_more_are_no_tag() -> None:
    published = "Công suất <50 kW hoặc diện tích >10 m2"
    assert without_tags(published) == published
