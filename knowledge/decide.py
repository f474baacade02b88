"""Whether to answer, to ask back, or to say that the catalogue has nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.search import Candidate

MOST_CHOICES = 3


class Decision(StrEnum):
    """What the clerk does with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    NONE = "none"


@dataclass(frozen=True)
class Thresholds:
    """Final score and margin to the runner-up, set on data (`make bench` shows the figures)."""

    answer: float = 0.42
    margin: float = 0.04
    sure: float = 0.75
    clarify: float = 0.30


def decide(candidates: Sequence[Candidate], thresholds: Thresholds | None = None) -> Decision:
    """Decide on the final scores, best first; an empty list is NONE."""
    limits = thresholds or Thresholds()
    if not candidates or candidates[0].score < limits.clarify:
        return Decision.NONE
    best = candidates[0].score
    margin = best - candidates[1].score if len(candidates) > 1 else best
    if best >= limits.sure and margin > 0:
        return Decision.ANSWER
    if best >= limits.answer and margin >= limits.margin:
        return Decision.ANSWER
    return Decision.CLARIFY
