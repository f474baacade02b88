"""Ages that people state, and what they settle."""

import pytest

from knowledge.ages import stated, unsaid
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon
from knowledge.phrases import spell
from knowledge.question import reader_of


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("con 5 tuổi", 5),
        ("bé nhà em đủ 14t", 14),
        ("chau 13 tuoi", 13),
        ("bé 6 tháng tuổi", 0),
        ("cháu sáu tuổi", 6),
        ("mẹ mười lăm tuổi", 15),
        ("cụ bảy mươi tám tuổi", 78),
        ("bà tám mươi tuổi", 80),
    ],
)
def test_an_age_is_read_in_figures_and_in_words(text: str, age: int) -> None:
    assert [found for _, found in stated(spell(text))] == [age]


@pytest.mark.parametrize("text", ["dưới 14 tuổi", "từ 80 tuổi", "chưa đủ tuổi", "cao tuổi", "tuổi"])
def test_a_limit_is_nobodys_age(text: str) -> None:
    assert stated(spell(text)) == []


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("cấp thẻ căn cước cho con 5 tuổi", {"duoi-14-tuoi"}),
        ("bé nhà em đủ 14t làm căn cước", {"tu-du-14-tuoi"}),
        ("mẹ tôi 70 tuổi đưa cháu 8 tuổi đi làm căn cước", {"duoi-14-tuoi"}),
        ("mẹ tôi 70 tuổi làm căn cước", set()),
    ],
)
def test_a_stated_age_counts_more_than_what_the_person_is_called(
    lexicon: Lexicon, text: str, settled: set[str]
) -> None:
    concepts = reader_of(lexicon).read(text).concepts

    assert concepts & {"duoi-14-tuoi", "tu-du-14-tuoi"} == settled


def test_a_card_for_a_child_of_five_is_that_for_those_under_fourteen(commune_clerk: Clerk) -> None:
    found = commune_clerk.ask("Cấp thẻ căn cước cho con 5 tuổi có mất tiền không?")

    assert "dưới 14 tuổi" in found.candidates[0].procedure.name


def test_words_can_be_read_without_the_ages_in_them() -> None:
    words = unsaid(spell("căn cước cho con 6 tuổi và cháu mười lăm tuổi"))
    assert " ".join(word.typed for word in words) == "căn cước cho con và cháu"
