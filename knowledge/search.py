"""Ranking the procedures of a catalogue for a question.

Every procedure is seen in two ways: as one document of all its words (name, ways of asking,
results, field, conditions), and as single examples (its name and each way of asking). What a
question shares with either, by words, pairs of words, marks and concepts, becomes features;
their weights are learnt (`weights.json`, see tests/bench/train.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from knowledge.catalogue import Catalogue
from knowledge.phrases import Syllable
from knowledge.postings import Postings, Scores, counted
from knowledge.procedure import Procedure
from knowledge.question import Question, QuestionReader
from knowledge.ranking import FEATURES, Weights
from knowledge.slips import SlipMender
from knowledge.text import fold

RERANKED = 30  # candidates that are looked at closely
_LONGEST_CONDITIONS = 400  # characters of the conditions that describe a procedure
_KINDS = ("object", "action", "circumstance")

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Candidate:
    """A procedure with its score (higher is better) and what the score is made of."""

    procedure: Procedure
    score: float
    features: Mapping[str, float]


@dataclass(frozen=True)
class Terms:
    """The terms of a question by kind, each with its weight."""

    words: Mapping[str, float]
    pairs: Mapping[str, float]
    toned: Mapping[str, float]
    concepts: Mapping[str, float]

    def all(self) -> dict[str, float]:
        """Return all terms together."""
        return {**self.words, **self.pairs, **self.toned, **self.concepts}


class SearchIndex:
    """The procedures of one catalogue, ready to be searched from any thread."""

    def __init__(
        self,
        catalogue: Catalogue,
        reader: QuestionReader,
        asks: Mapping[str, Sequence[str]],
        weights: Weights | None = None,
    ) -> None:
        self.procedures = catalogue.procedures
        self._reader = reader
        self._weights = weights or Weights.shipped()
        names = [_plain_name(p.name) for p in self.procedures]
        self._folded_names = [fold(name) for name in names]
        self._name_concepts = [reader.read(name).concepts for name in names]
        examples: list[Mapping[str, float]] = []
        first: list[int] = []
        merged: list[Mapping[str, float]] = []
        for name, procedure in zip(names, self.procedures, strict=True):
            own = [self._described(text) for text in (name, *asks.get(procedure.code, ()))]
            first.append(len(examples))
            examples += [counted(set(terms)) for terms in own]
            merged.append(counted([t for terms in own for t in terms] + self._rest(procedure)))
        self._examples = Postings(examples)
        self._merged = Postings(merged)
        self._first = np.array(first, dtype=np.int64)
        self._mender = SlipMender(
            {term[2:] for term in self._merged.terms() if term.startswith("f:")}
        )

    def rank(self, question: Question, limit: int = 10) -> list[Candidate]:
        """Return the best procedures for a question, best first; empty where nothing fits."""
        numbers, features = self.features(question)
        scores = features @ self._weights.vector
        order = np.argsort(-scores, kind="stable")[:limit]
        return [
            Candidate(
                self.procedures[int(numbers[at])],
                float(scores[at]),
                dict(zip(FEATURES, features[at].tolist(), strict=True)),
            )
            for at in order
        ]

    def features(self, question: Question) -> tuple[npt.NDArray[np.int64], Matrix]:
        """Return the numbers of the likeliest procedures and their features, one row each."""
        empty = np.empty((0, len(FEATURES)), dtype=np.float32)
        if not self.procedures:
            return np.empty(0, dtype=np.int64), empty
        terms, concepts = self._terms(question)
        every = terms.all()
        whole = max(self._merged.weight_of(every), 1e-9)
        merged = self._merged.bm25(every) / (whole * 1.6)
        likeness, shared = self._example_scores(every)
        best = np.maximum.reduceat(likeness, self._first)
        rough = 0.5 * merged + 0.5 * best
        numbers = np.argsort(-rough, kind="stable")[:RERANKED]
        numbers = numbers[rough[numbers] > 0]
        if not len(numbers):
            return numbers, empty
        columns = {
            "merged": merged[numbers],
            "example": best[numbers],
            "name": likeness[self._first[numbers]],
            "example_cover": np.maximum.reduceat(shared, self._first)[numbers]
            / max(self._examples.weight_of(every), 1e-9),
            **self._covers(terms, numbers),
            **self._concept_columns(concepts, numbers),
            "variant_added": self._variants_added(concepts, numbers),
            "fuzzy": self._fuzzy(question, numbers),
            "best_merged": _lead(merged, numbers),
            "best_example": _lead(best, numbers),
        }
        return numbers, np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)

    def _example_scores(self, terms: Mapping[str, float]) -> tuple[Scores, Scores]:
        """Return per example its likeness to the question (0 to 1) and the weight shared."""
        shared = self._examples.shared(terms)
        whole = self._examples.weight_of(terms)
        return 2 * shared / np.maximum(whole + self._examples.total_idf, 1e-9), shared

    def _covers(self, terms: Terms, numbers: npt.NDArray[np.int64]) -> dict[str, Scores]:
        """Return which part of the question's words, pairs and marked words stand anywhere."""
        groups = {"words": terms.words, "pairs": terms.pairs, "toned": terms.toned}
        return {
            name: self._merged.shared(group)[numbers] / max(self._merged.weight_of(group), 1e-9)
            for name, group in groups.items()
        }

    def _concept_columns(
        self, concepts: frozenset[str], numbers: npt.NDArray[np.int64]
    ) -> dict[str, Scores]:
        """Return how far things, actions and circumstances agree, and what the name adds."""
        columns: dict[str, Scores] = {}
        for kind in _KINDS:
            own = {f"c:{key}": 1.0 for key in concepts if self._reader.kinds[key] == kind}
            whole = self._merged.weight_of(own)
            found = self._merged.shared(own)[numbers]
            columns[kind] = found / np.float32(max(whole, 1e-9))
            columns[f"{kind}_missing"] = np.float32(whole / 10) - found / np.float32(10)
            columns[f"{kind}_added"] = np.array(
                [self._added(int(at), concepts, kind) for at in numbers], dtype=np.float32
            )
        return columns

    def _added(self, at: int, concepts: frozenset[str], kind: str) -> float:
        """Return the weight of what a name says beyond the question, in one kind of concept."""
        extra = (k for k in self._name_concepts[at] - concepts if self._reader.kinds[k] == kind)
        return sum(self._merged.idf(f"c:{key}") for key in extra) / 10

    def _variants_added(self, concepts: frozenset[str], numbers: npt.NDArray[np.int64]) -> Scores:
        """Return how many variants a name has that the question does not speak of."""
        names = self._name_concepts
        counts = [len((names[int(at)] & self._reader.variants) - concepts) for at in numbers]
        return np.array(counts, dtype=np.float32)

    def _fuzzy(self, question: Question, numbers: npt.NDArray[np.int64]) -> Scores:
        names = self._folded_names
        ratios = [fuzz.token_set_ratio(question.folded, names[int(at)]) for at in numbers]
        return np.array(ratios, dtype=np.float32) / np.float32(100)

    def _terms(self, question: Question) -> tuple[Terms, frozenset[str]]:
        mended = self._mender.mend(question.syllables)
        concepts = question.concepts
        if mended != question.syllables:
            concepts = self._reader.concepts_in(mended)
        return _terms(mended, concepts), concepts

    def _described(self, text: str) -> list[str]:
        read = self._reader.read(text)
        return list(_terms(read.syllables, read.concepts).all())

    def _rest(self, procedure: Procedure) -> list[str]:
        conditions = procedure.requirements[:_LONGEST_CONDITIONS]
        return self._described(" . ".join([*procedure.results, procedure.field, conditions]))


def _terms(words: Sequence[Syllable], concepts: frozenset[str]) -> Terms:
    return Terms(
        words=dict.fromkeys((f"f:{w.folded}" for w in words), 1.0),
        pairs=dict.fromkeys((f"p:{a.folded} {b.folded}" for a, b in pairwise(words)), 1.0),
        toned=dict.fromkeys((f"t:{w.toned}" for w in words if w.marked), 1.0),
        concepts=dict.fromkeys((f"c:{key}" for key in concepts), 1.0),
    )


def _lead(scores: Scores, numbers: npt.NDArray[np.int64]) -> Scores:
    """Return how close each score is to the best one (1 for the best)."""
    return scores[numbers] / max(float(scores[numbers].max()), 1e-9)


def _plain_name(name: str) -> str:
    return name[len("thủ tục ") :] if fold(name).startswith("thu tuc ") else name
