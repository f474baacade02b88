"""Ways of asking that staff taught: who asks the same gets what was taught, nobody else does."""

import pytest

from knowledge.clerk import Clerk
from knowledge.decide import Decision
from knowledge.taught import TaughtAsk

SINGLE, COPY = "1.004873", "2.000815"
WORDS = "giấy chứng minh em còn ế"
TICKET = TaughtAsk("mua vé xem đá bóng", "", "ban quản lý sân vận động")


@pytest.fixture(scope="module")
def taught(clerk: Clerk) -> Clerk:
    """A clerk who was taught one way of asking for a procedure, and one for none."""
    return clerk.with_taught([TaughtAsk(WORDS, SINGLE), TICKET])


def answered(clerk: Clerk, text: str) -> str:
    """The code that is answered, or "" where nothing is."""
    finding = clerk.ask(text)
    return finding.candidates[0].procedure.code if finding.decision is Decision.ANSWER else ""


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        WORDS.upper(),
        "giay chung minh em con e",
        f"cho em hỏi {WORDS} ạ?",
        f"{WORDS} cần giấy tờ gì",
    ],
)
def test_who_asks_in_the_taught_words_is_answered(clerk: Clerk, taught: Clerk, text: str) -> None:
    assert answered(clerk, text) == ""
    assert answered(taught, text) == SINGLE


def test_words_that_only_begin_alike_are_not_taken_for_the_taught_ones(taught: Clerk) -> None:
    finding = taught.ask("mua vé xem ca nhạc ngoài trời")

    assert finding.outside is None or finding.outside.where != TICKET.where


@pytest.mark.parametrize("text", ["mua vé xem đá bóng", "mua ve xem da bong o dau"])
def test_a_matter_taught_as_outside_says_where_to_go(taught: Clerk, text: str) -> None:
    finding = taught.ask(text)

    assert finding.decision is Decision.NONE
    assert finding.outside is not None
    assert finding.outside.where == TICKET.where


def test_a_matter_taught_as_outside_without_a_place_is_only_not_found(clerk: Clerk) -> None:
    finding = clerk.with_taught([TaughtAsk("sao y bản chính", "")]).ask("sao y bản chính")

    assert finding.decision is Decision.NONE
    assert finding.outside is None


def test_what_was_taught_last_counts(clerk: Clerk) -> None:
    twice = clerk.with_taught([TaughtAsk(WORDS, SINGLE), TaughtAsk(WORDS, COPY)])

    assert answered(twice, WORDS) == COPY


def test_marks_tell_taught_words_apart(clerk: Clerk) -> None:
    taught = clerk.with_taught([TaughtAsk("xem má nuôi", COPY)])

    assert answered(taught, "xem mả nuôi") == ""
    assert answered(taught, "xem ma nuoi") == COPY


def test_an_ask_for_a_procedure_that_is_gone_changes_nothing(clerk: Clerk) -> None:
    taught = clerk.with_taught([TaughtAsk(WORDS, "9.999999")])

    assert answered(taught, WORDS) == ""


def test_teaching_leaves_the_first_clerk_as_he_was(clerk: Clerk, taught: Clerk) -> None:
    before = clerk.ask("đăng ký tạm trú mất bao lâu")
    again = taught.with_taught([])

    assert again is clerk
    assert again.ask("đăng ký tạm trú mất bao lâu").candidates == before.candidates


def test_a_taught_ask_is_an_example_for_questions_near_it(clerk: Clerk) -> None:
    text = "xin cái giấy em vẫn còn ế đó"
    taught = clerk.with_taught([TaughtAsk("xin giấy em còn ế", SINGLE)])

    def example(asked: Clerk) -> float:
        found = {c.procedure.code: c.features["example"] for c in asked.ask(text).candidates}
        return found[SINGLE]

    assert example(taught) > example(clerk)


def test_an_empty_catalogue_can_be_taught_and_asked(clerk: Clerk) -> None:
    empty = Clerk(type(clerk.catalogue)(clerk.catalogue.release, ()))

    assert answered(empty.with_taught([TaughtAsk(WORDS, SINGLE), TICKET]), WORDS) == ""
