"""Known phrases in a run of syllables."""

import pytest

from knowledge.phrases import Found, PhraseBook, Syllable, spell


@pytest.fixture
def book() -> PhraseBook[str]:
    """Papers, two of them alike without marks."""
    return PhraseBook(
        [
            ("tạm trú", "temporary residence"),
            ("đăng ký tạm trú", "registration"),
            ("bìa đỏ", "land paper"),
            ("bia đô", "a beer"),
            ("trú", "stay"),
            ("", "nothing"),
        ]
    )


def values(found: list[Found[str]]) -> list[str]:
    """Return what was found, in order."""
    return [hit.value for hit in found]


def test_a_phrase_is_found_with_its_place(book: PhraseBook[str]) -> None:
    assert book.find(spell("xin tạm trú ở đâu"))[0] == Found(1, 3, "temporary residence")


def test_overlapping_phrases_are_all_found(book: PhraseBook[str]) -> None:
    found = book.find(spell("đăng ký tạm trú"))
    assert sorted(values(found)) == ["registration", "stay", "temporary residence"]


def test_of_overlapping_phrases_the_longest_is_chosen(book: PhraseBook[str]) -> None:
    assert values(book.longest(spell("đăng ký tạm trú"))) == ["registration"]


def test_a_longer_phrase_wins_although_a_shorter_one_begins_before_it() -> None:
    book = PhraseBook([("xin đăng", "ask"), ("đăng ký tạm trú", "registration")])
    assert values(book.longest(spell("xin đăng ký tạm trú"))) == ["registration"]


def test_chosen_phrases_come_in_the_order_of_the_text(book: PhraseBook[str]) -> None:
    found = book.longest(spell("trú rồi đăng ký tạm trú với bìa đỏ"))
    assert values(found) == ["stay", "registration", "land paper"]


def test_a_text_without_marks_finds_every_phrase_it_may_mean(book: PhraseBook[str]) -> None:
    assert sorted(values(book.find(spell("bia do")))) == ["a beer", "land paper"]


def test_a_typed_mark_must_agree_with_the_phrase(book: PhraseBook[str]) -> None:
    assert values(book.find(spell("bìa đỏ"))) == ["land paper"]
    assert values(book.find(spell("bia đô"))) == ["a beer"]
    assert book.find(spell("bía đó")) == []


def test_one_typed_mark_is_enough_to_decide(book: PhraseBook[str]) -> None:
    assert values(book.find(spell("bia đỏ"))) == ["land paper"]


def test_a_mark_typed_where_the_phrase_has_none_contradicts_it() -> None:
    book = PhraseBook([("ban sao", "copy")])
    assert book.find(spell("bàn sao")) == []


def test_the_place_of_the_tone_does_not_matter() -> None:
    book = PhraseBook([("hòa giải", "mediation")])
    assert values(book.find(spell("hoà giải"))) == ["mediation"]


def test_a_phrase_cut_short_is_not_found(book: PhraseBook[str]) -> None:
    assert book.find(spell("đăng ký tạm")) == []


def test_nothing_is_found_in_an_empty_text(book: PhraseBook[str]) -> None:
    assert book.find([]) == []
    assert book.longest([]) == []


def test_a_phrase_with_two_values_gives_both() -> None:
    book = PhraseBook([("giấy tờ", 1), ("giấy tờ", 2)])
    assert [hit.value for hit in book.find(spell("giấy tờ"))] == [1, 2]


def test_a_syllable_knows_whether_it_was_typed_with_marks() -> None:
    assert Syllable.of("đăng").marked
    assert Syllable.of("tạm").marked
    assert not Syllable.of("khai").marked
