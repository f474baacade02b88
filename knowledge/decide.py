"""Whether to answer, to ask back, or to say that the catalogue has nothing.

Two calibrated probabilities decide, both on the final scores: that the first procedure is
right, and that one of the first three is. Their weights are learnt (`weights.json`, see
tests/bench/train.py); the thresholds are set beside them.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from knowledge.search import ALL_OF_IT, Candidate

MOST_CHOICES = 3


class Decision(StrEnum):
    """What the clerk does with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    NONE = "none"


@dataclass(frozen=True)
class Judge:
    """Weights of the two probabilities, and from which on each is enough."""

    first_right: Mapping[str, float]
    one_right: Mapping[str, float]
    answer_from: float
    clarify_from: float

    @classmethod
    def shipped(cls) -> "Judge":
        """Return the judge that comes with the product."""
        return _shipped()

    def decide(self, candidates: Sequence[Candidate], syllables: int) -> Decision:
        """Decide for candidates, best first, of a question of so many syllables."""
        if not candidates:
            return Decision.NONE
        if candidates[0].features["name"] >= _ITS_OWN_NAME:
            return Decision.ANSWER
        evidence = evidence_of(candidates, syllables)
        if probability(self.first_right, evidence) >= self.answer_from:
            return Decision.ANSWER
        if probability(self.one_right, evidence) >= self.clarify_from:
            return Decision.CLARIFY
        best = candidates[0]
        names_a_thing = best.names_the_thing or best.features["pairs"] > ALL_OF_IT
        return Decision.CLARIFY if syllables <= _BARE and names_a_thing else Decision.NONE


def evidence_of(candidates: Sequence[Candidate], syllables: int) -> dict[str, float]:
    """Return what speaks for the first candidate: its own features, and its lead."""
    best = candidates[0]
    unsaid = best.features["variant_added"]
    # the plain procedure is meant unless the words say otherwise: its variants are no rivals
    rivals = [c for c in candidates[1:] if c.features["variant_added"] <= unsaid]
    second = rivals[0].score if rivals else best.score - _ALONE
    third = rivals[1].score if len(rivals) > 1 else second - _ALONE
    next_best = candidates[1].score if len(candidates) > 1 else best.score - _ALONE
    own = {name: best.features[name] for name in _OWN}
    learned, outside = own["learned"], own["outside"]
    inside = 0.0 if own["unlearned"] else learned - outside
    return {
        "": 1.0,
        "score": best.score / 10,
        "lead": min(best.score - second, _ALONE) / 3,
        "lead_of_second": min(second - third, _ALONE) / 3,
        "lead_of_all": min(best.score - next_best, _ALONE) / 3,
        "share": 1 / (1 + sum(math.exp(c.score - best.score) for c in rivals)),
        "short": 1 / max(syllables, 1),
        "long": min(syllables, 60) / 60,
        "doubted": min(learned, 0.0),
        "inside": inside,
        "beyond": max(-inside, 0.0),
        **own,
    }


def probability(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """Return the logistic of a weighted sum."""
    total = sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


_ITS_OWN_NAME = 0.9  # likeness to the official name from which nothing else can be meant
_BARE = 3  # syllables of a question that names a thing and says nothing of it: "sổ đỏ"
_ALONE = 6.0  # the lead of a candidate without rivals
_OWN = (
    "merged",
    "example",
    "name",
    "example_cover",
    "words",
    "pairs",
    "object",
    "object_missing",
    "action_missing",
    "circumstance_missing",
    "variant_added",
    "fuzzy",
    "best_merged",
    "best_example",
    "learned",
    "learned_lead",
    "unlearned",
    "outside",
)


@cache
def _shipped() -> Judge:
    text = files("knowledge").joinpath("weights.json").read_text(encoding="utf-8")
    return Judge(**json.loads(text)["decision"])
