"""Whether to answer, to ask back, or to say that there is nothing."""

import pytest

from knowledge.decide import Decision, Thresholds, decide
from knowledge.search import Candidate
from tests.knowledge.making import procedure

LIMITS = Thresholds(answer=0.5, margin=0.125, sure=0.875, clarify=0.25)


def scored(*scores: float) -> list[Candidate]:
    """Return candidates with these scores."""
    return [Candidate(procedure(), score, {}) for score in scores]


def test_without_candidates_there_is_nothing_to_say() -> None:
    assert decide([]) is Decision.NONE
    assert decide([], LIMITS) is Decision.NONE


@pytest.mark.parametrize(
    ("scores", "decision"),
    [
        ((0.24,), Decision.NONE),
        ((-1.0,), Decision.NONE),
        ((0.25,), Decision.CLARIFY),
        ((0.49, 0.1), Decision.CLARIFY),
        ((0.5, 0.375), Decision.ANSWER),
        ((0.5, 0.376), Decision.CLARIFY),
        ((0.874, 0.75), Decision.CLARIFY),
        ((0.875, 0.874), Decision.ANSWER),
        ((0.875, 0.875), Decision.CLARIFY),
        ((0.5,), Decision.ANSWER),
    ],
)
def test_score_and_margin_decide(scores: tuple[float, ...], decision: Decision) -> None:
    assert decide(scored(*scores), LIMITS) is decision


def test_only_the_two_best_count() -> None:
    assert decide(scored(0.6, 0.4, 0.4, 0.4), LIMITS) is Decision.ANSWER


def test_the_shipped_limits_leave_room_for_each_decision() -> None:
    limits = Thresholds()
    assert 0 < limits.clarify < limits.answer < limits.sure
    assert 0 < limits.margin < limits.sure - limits.clarify


def test_the_shipped_limits_are_used_where_none_are_given() -> None:
    limits = Thresholds()
    assert decide(scored(limits.clarify - 0.01)) is Decision.NONE
    assert decide(scored(limits.sure, 0.0)) is Decision.ANSWER
