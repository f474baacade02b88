"""What is kept of a question, for how long, and what is only counted."""

from collections.abc import Sequence

import pytest
from sqlmodel import select

from api.learning import questions
from api.learning.models import AnswerCount, AskedQuestion, Outcome
from api.web.site import Site
from tests.api.learning.conftest import Ask
from tests.conftest import FrozenClock

BIRTH = "1.001193"


def kept(site: Site) -> Sequence[AskedQuestion]:
    with site.database.reading() as session:
        return session.exec(select(AskedQuestion).order_by(AskedQuestion.id)).all()


def counted(site: Site) -> dict[tuple[str, str], int]:
    with site.database.reading() as session:
        rows = session.exec(select(AnswerCount)).all()
    return {(row.on_date.isoformat(), row.code): row.times for row in rows}


def answers(site: Site, code: str = BIRTH) -> None:
    with site.database.writing() as session:
        questions.count_answer(session, site.office.unit_id, code, site.clock())


def picks(site: Site, text: str, code: str = BIRTH) -> None:
    with site.database.writing() as session:
        questions.choose(session, site.office.unit_id, text, code, site.clock())


def goes_on(site: Site, text: str, channel: str = "web") -> None:
    with site.database.writing() as session:
        questions.pass_on(session, site.office.unit_id, text, channel, site.clock())


def test_a_question_is_kept_without_contact_data(site: Site, ask: Ask) -> None:
    ask("em là Nguyễn Thị Lan, 0912 345 678, muốn nuôi chim yến")

    (row,) = kept(site)
    assert "nuôi chim yến" in row.text
    assert "Lan" not in row.text
    assert "0912" not in row.text
    assert "lan" not in row.folded.split()


def test_a_question_is_kept_with_how_it_ended_and_when(site: Site, ask: Ask) -> None:
    ask("nuôi chim yến", Outcome.CLARIFY, BIRTH)

    (row,) = kept(site)
    assert (row.outcome, row.proposed_code) == (Outcome.CLARIFY, BIRTH)
    assert row.asked_at == site.clock()
    assert row.release_id is not None


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_is_kept_of_nothing(site: Site, ask: Ask, text: str) -> None:
    ask(text)

    assert kept(site) == []


def test_a_long_story_is_cut_between_words(site: Site, ask: Ask) -> None:
    ask("nuôi yến " * 200)

    (row,) = kept(site)
    assert len(row.text) <= questions.LONGEST
    assert row.text.endswith("yến …") or row.text.endswith("nuôi …")


def test_the_procedure_that_was_picked_is_noted_on_the_question(site: Site, ask: Ask) -> None:
    ask("giấy cho bé")
    picks(site, "Giay cho be")

    assert [row.chosen_code for row in kept(site)] == [BIRTH]


def test_a_pick_after_a_question_of_last_week_notes_nothing(
    site: Site, ask: Ask, clock: FrozenClock
) -> None:
    ask("giấy cho bé")
    clock.pass_(days=7)
    picks(site, "giấy cho bé")

    assert [row.chosen_code for row in kept(site)] == [""]


def test_a_kept_question_that_goes_on_to_an_officer_stays_one(site: Site, ask: Ask) -> None:
    ask("nuôi chim yến")
    goes_on(site, "nuôi chim yến")

    (row,) = kept(site)
    assert (row.outcome, row.passed_on_at) == (Outcome.NONE, site.clock())


def test_a_question_put_to_an_officer_at_once_is_kept_too(site: Site) -> None:
    goes_on(site, "nuôi chim yến")

    (row,) = kept(site)
    assert (row.outcome, row.passed_on_at) == (Outcome.OFFICER, site.clock())


def test_somebody_on_another_channel_is_somebody_else(site: Site, ask: Ask) -> None:
    ask("nuôi chim yến")
    goes_on(site, "nuôi chim yến", "telegram")

    assert [row.passed_on_at is not None for row in kept(site)] == [False, True]


def test_answers_are_counted_by_day_and_procedure(site: Site, clock: FrozenClock) -> None:
    answers(site)
    answers(site)
    answers(site, "1.004194")
    clock.pass_(hours=15)  # midnight in Viet Nam
    answers(site)

    assert counted(site) == {
        ("2026-11-16", BIRTH): 2,
        ("2026-11-16", "1.004194"): 1,
        ("2026-11-17", BIRTH): 1,
    }


def test_questions_too_old_are_forgotten(site: Site, ask: Ask, clock: FrozenClock) -> None:
    ask("nuôi chim yến")
    clock.pass_(days=100)
    ask("nuôi cá cảnh")
    clock.pass_(days=81)

    with site.database.writing() as session:
        gone = questions.forget(session, site.office.unit_id, 180, site.clock())

    assert gone == 1
    assert [row.text for row in kept(site)] == ["nuôi cá cảnh"]
