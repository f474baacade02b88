"""Whether to answer, to ask back, or to say that there is nothing."""

import pytest

from knowledge.decide import Decision, Judge, evidence_of, probability
from knowledge.ranking import FEATURES
from knowledge.search import Candidate
from tests.knowledge.making import procedure

BY_SCORE = Judge(
    first_right={"": -2.0, "score": 10.0},  # enough from a score of 2
    one_right={"": -1.0, "score": 10.0},  # enough from a score of 1
    answer_from=0.5,
    clarify_from=0.5,
)
BY_LEAD = Judge(
    first_right={"": -1.0, "lead": 3.0},  # enough from a lead of 1
    one_right={},
    answer_from=0.5,
    clarify_from=0.5,
)


def scored(*scores: float) -> list[Candidate]:
    """Return candidates with these scores and nothing else that speaks for them."""
    return [Candidate(procedure(), score, dict.fromkeys(FEATURES, 0.0)) for score in scores]


@pytest.mark.parametrize("judge", [BY_SCORE, BY_LEAD, Judge.shipped()])
def test_without_candidates_there_is_nothing_to_say(judge: Judge) -> None:
    assert judge.decide([], 0) is Decision.NONE
    assert judge.decide([], 12) is Decision.NONE


@pytest.mark.parametrize(
    ("score", "decision"),
    [
        (2.5, Decision.ANSWER),
        (2.0, Decision.ANSWER),
        (1.9, Decision.CLARIFY),
        (1.0, Decision.CLARIFY),
        (0.9, Decision.NONE),
        (-7.0, Decision.NONE),
    ],
)
def test_an_answer_needs_more_than_a_question_back(score: float, decision: Decision) -> None:
    assert BY_SCORE.decide(scored(score, 0.0), 5) is decision


def test_of_two_procedures_close_together_none_is_answered() -> None:
    assert BY_LEAD.decide(scored(9.0, 8.5), 5) is Decision.CLARIFY
    assert BY_LEAD.decide(scored(9.0, 7.5), 5) is Decision.ANSWER


def test_a_procedure_without_rivals_leads_by_far() -> None:
    alone = evidence_of(scored(4.0), 5)
    followed = evidence_of(scored(4.0, 3.0), 5)
    assert alone["lead"] > followed["lead"]
    assert alone["share"] == pytest.approx(1.0)
    assert BY_LEAD.decide(scored(4.0), 5) is Decision.ANSWER


def test_a_lead_counts_up_to_a_limit() -> None:
    assert evidence_of(scored(90.0, 1.0), 5)["lead"] == evidence_of(scored(50.0, 1.0), 5)["lead"]


def test_equal_candidates_share_what_speaks_for_them() -> None:
    assert evidence_of(scored(3.0, 3.0), 5)["share"] == pytest.approx(0.5)


@pytest.mark.parametrize("syllables", [0, 1, 60, 5_000])
def test_the_length_of_a_question_counts_within_limits(syllables: int) -> None:
    evidence = evidence_of(scored(3.0), syllables)
    assert 0 < evidence["short"] <= 1
    assert 0 <= evidence["long"] <= 1


def test_a_probability_stays_between_zero_and_one_however_much_speaks() -> None:
    assert probability({}, {"score": 3.0}) == pytest.approx(0.5)
    assert 0 < probability({"score": -1e6}, {"score": 1e6}) < 0.001
    assert 0.999 < probability({"score": 1e6}, {"score": 1e6}) < 1


def test_the_shipped_judge_weighs_only_evidence_that_exists() -> None:
    known = set(evidence_of(scored(1.0), 5))
    judge = Judge.shipped()
    assert set(judge.first_right) <= known
    assert set(judge.one_right) <= known
    assert 0 < judge.clarify_from < judge.answer_from < 1
