"""Fits the weights of the ranking and of the decision to lessons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from knowledge.decide import evidence_of
from knowledge.procedure import Procedure
from knowledge.ranking import AGAINST, FEATURES
from knowledge.search import RERANKED, Candidate
from tests.bench.lessons import Lesson

RANKED_BY = (
    "learned",
    "learned_lead",
    "unlearned",
    "merged",
    "name",
    "fuzzy",
    "object",
    "object_added",
    "action",
    "circumstance_missing",
)
UNSAID_VARIANT = -1.5  # set, not learnt: the plain procedure is meant unless words say otherwise
WEIGHT_OF_QUESTIONS = 10.0  # in ranking: one of a citizen counts as much as so many of ours
WEIGHT_IN_DECISION = 6.0
FORGOTTEN = 0.25  # of our lessons come once more as if little had been learnt
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """Evidence of one question, whether its first and whether one of three is right."""

    evidence: dict[str, float]
    first: bool
    one: bool
    weight: float
    expect: str


def learn(
    asks: Sequence[Lesson], questions: Sequence[Lesson]
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Return the weights of the ranking, and those that its first and one of three are right."""
    ranking = learn_ranking(asks, questions)
    examples = [example_of(x, ranking, 1.0) for x in asks]
    examples += [example_of(x, ranking, WEIGHT_IN_DECISION) for x in questions]
    return ranking, learn_decision(examples, "first"), learn_decision(examples, "one")


def learn_ranking(ours: Sequence[Lesson], theirs: Sequence[Lesson]) -> dict[str, float]:
    """Return weights that put a right candidate first (softmax over those of a question)."""
    taught = [x for x in (*ours, *theirs) if x.right.any()]
    columns = [FEATURES.index(name) for name in RANKED_BY]
    x = np.zeros((len(taught), RERANKED, len(columns)))
    right = np.zeros((len(taught), RERANKED))
    present = np.zeros((len(taught), RERANKED), dtype=bool)
    given = np.zeros((len(taught), RERANKED))
    for n, lesson in enumerate(taught):
        size = len(lesson.codes)
        x[n, :size] = lesson.features[:, columns]
        right[n, :size] = lesson.right
        given[n, :size] = lesson.features[:, _VARIANT] * UNSAID_VARIANT
        present[n, :size] = True
    weight = np.array([1.0 if lesson.fold < 0 else WEIGHT_OF_QUESTIONS for lesson in taught])
    weight /= weight.sum()
    scale = x[present].std(axis=0) + 1e-6
    x /= scale
    against = np.array([name in AGAINST for name in RANKED_BY])

    def slope(w: Array) -> Array:
        scores = np.where(present, x @ w + given, -1e9)
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        q = p * right
        q /= q.sum(axis=1, keepdims=True)
        gradient: Array = np.einsum("nrf,nr->f", x, (p - q) * weight[:, None]) + 1e-3 * w
        return gradient

    w = _descend(slope, len(columns), 400, lambda w: np.where(against, np.minimum(w, 0), w))
    learned = dict(zip(RANKED_BY, (w / scale).tolist(), strict=True))
    return {**learned, "variant_added": UNSAID_VARIANT}


def learn_decision(examples: Sequence[Example], what: str) -> dict[str, float]:
    """Return the weights of a logistic regression with a little decay."""
    names = list(examples[0].evidence)
    x = np.array([[e.evidence[n] for n in names] for e in examples])
    y = np.array([getattr(e, what) for e in examples], dtype=float)
    weight = np.array([e.weight for e in examples])
    weight /= weight.sum()
    constant = names.index("")
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    mean[constant], scale[constant] = 0.0, 1.0
    z = (x - mean) / scale

    def slope(w: Array) -> Array:
        gradient: Array = z.T @ (weight * (1 / (1 + np.exp(-z @ w)) - y)) + 3e-4 * w
        return gradient

    w = _descend(slope, len(names), 1500, lambda w: w) / scale
    w[constant] -= w @ mean
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True)}


def _descend(
    slope: Callable[[Array], Array], size: int, steps: int, bound: Callable[[Array], Array]
) -> Array:
    """Go down a slope (Adam), keeping within bounds."""
    w, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        gradient = slope(w)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        w = bound(w - 0.03 * move)
    return w


def forgotten(ours: Sequence[Lesson]) -> list[Lesson]:
    """Repeat some lessons with half of the candidates as if nothing was learnt about them."""
    dice = np.random.default_rng(0)
    learned, lead, unlearned = (
        FEATURES.index(name) for name in ("learned", "learned_lead", "unlearned")
    )
    repeated = []
    for lesson in ours:
        if dice.random() >= FORGOTTEN:
            continue
        features = lesson.features.copy()
        gone = dice.random(len(features)) < 0.5
        best = features[~gone, learned].max(initial=-1.2)
        features[:, lead] = features[:, learned] - max(best, features[:, learned].min())
        features[gone, learned] = features[gone, lead] = 0.0
        features[gone, unlearned] = 1.0
        repeated.append(replace(lesson, features=features))
    return repeated


def example_of(lesson: Lesson, ranking: dict[str, float], weight: float) -> Example:
    scores = sum(lesson.features[:, FEATURES.index(n)] * w for n, w in ranking.items())
    order = np.argsort(-np.asarray(scores), kind="stable")[:10]
    candidates = [
        Candidate(
            _NOBODY,
            float(np.asarray(scores)[at]),
            dict(zip(FEATURES, lesson.features[at].tolist(), strict=True)),
        )
        for at in order
    ]
    hits = lesson.right[order[:3]] > 0
    return Example(
        evidence=evidence_of(candidates, lesson.syllables),
        first=bool(hits[0]) and lesson.expect != "clarify",
        one=bool(hits.any()),
        weight=weight,
        expect=lesson.expect,
    )


_VARIANT = FEATURES.index("variant_added")
_NOBODY = Procedure(code="0.000000", name="chưa rõ")
