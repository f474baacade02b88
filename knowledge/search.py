"""Ranking the procedures of a catalogue for a question.

Every procedure is seen in three ways: as one document of all its words (name, ways of asking,
results, field, conditions), as single examples (its name and each way of asking), and as what
was learnt from the ways of asking (`learned.npz`). What a question shares with each, by words,
pairs of words, marks and concepts, becomes features; their weights are learnt (`weights.json`,
see tests/bench/train.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from knowledge.catalogue import Catalogue
from knowledge.learned import OTHER, OUTSIDE, TermWeights
from knowledge.phrases import Syllable
from knowledge.postings import Postings, Query, Scores, Vocabulary
from knowledge.procedure import Procedure
from knowledge.question import Question, QuestionReader
from knowledge.ranking import FEATURES, Weights
from knowledge.slips import SlipMender
from knowledge.terms import Terms, plain_name, terms_of, terms_of_ask

ALL_OF_IT = 0.99  # a share from which nothing of a whole is missing
RERANKED = 30  # candidates that are looked at closely
_LONGEST_CONDITIONS = 400  # characters of the conditions that describe a procedure
_KINDS = ("object", "action", "circumstance")

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Candidate:
    """A procedure with its score (higher is better) and what the score is made of."""

    procedure: Procedure
    score: float
    features: Mapping[str, float]

    @property
    def names_the_thing(self) -> bool:
        """Whether every thing that the question names stands with the procedure."""
        return self.features.get("object", 0.0) > ALL_OF_IT


class SearchIndex:
    """The procedures of one catalogue, ready to be searched from any thread."""

    def __init__(  # every source of evidence can be left out or replaced
        self,
        catalogue: Catalogue,
        reader: QuestionReader,
        asks: Mapping[str, Sequence[str]],
        *,
        weights: Weights | None = None,
        learned: TermWeights | None = None,
    ) -> None:
        self.procedures = catalogue.procedures
        self._reader = reader
        self._weights = weights or Weights.shipped()
        self._learned = learned or TermWeights.shipped()
        column = {code: at for at, code in enumerate(self._learned.codes)}
        self._outside = [at for code, at in column.items() if code.startswith(OUTSIDE)]
        self._matters = [at for code, at in column.items() if code != OTHER]
        self._columns = np.array([column.get(p.code, -1) for p in self.procedures], dtype=np.int64)
        self._numbers = Vocabulary()
        self._own: list[list[list[int]]] = []  # per procedure: its name and ways of asking
        self._around: list[list[int]] = []  # per procedure: what else describes it
        self._name_concepts: list[frozenset[str]] = []
        self._spoken_names: dict[str, str] = {}
        for procedure in self.procedures:
            read = reader.read(plain_name(procedure.name))
            self._name_concepts.append(read.concepts)
            self._spoken_names[procedure.code] = read.folded
            own = [self._numbered(terms_of(read.syllables, read.concepts))]
            own += [
                [self._numbers[term] for term in terms_of_ask(reader, text)]
                for text in asks.get(procedure.code, ())
            ]
            self._own.append(own)
            self._around.append(self._rest(procedure))
        self._build()

    def with_asks(self, asks: Mapping[str, Sequence[str]]) -> "SearchIndex":
        """Return an index with more ways of asking; what was read is not read again."""
        other = copy(self)
        other._numbers = Vocabulary(self._numbers)
        other._own = [
            own + [other._described(text) for text in asks.get(procedure.code, ())]
            for procedure, own in zip(self.procedures, self._own, strict=True)
        ]
        other._build()
        return other

    def _build(self) -> None:
        """Index what was read of all procedures."""
        counts = [len(own) for own in self._own]
        self._first = np.array([0, *accumulate(counts)][:-1], dtype=np.int64)
        examples = [terms for own in self._own for terms in own]
        merged = [
            [term for terms in own for term in terms] + around
            for own, around in zip(self._own, self._around, strict=True)
        ]
        self._examples = Postings(examples, len(self._numbers))
        self._merged = Postings(merged, len(self._numbers))
        named = frozenset[str]().union(*self._name_concepts)
        self._rarities = {key: self._merged.rarity(self._numbers[f"c:{key}"]) for key in named}
        words = {term[2:] for term in self._numbers if term.startswith("f:")}
        pairs = {term[2:] for term in self._numbers if term.startswith("p:")}
        self._mender = SlipMender(words | self._learned.words, pairs)

    def rank(self, question: Question, limit: int = 10) -> list[Candidate]:
        """Return the best procedures for a question, best first; empty where nothing fits.

        One whose whole name is typed is the best, whatever its siblings share with it.
        """
        numbers, features = self.features(question)
        scores = features @ self._weights.vector
        found = [self.procedures[int(at)] for at in numbers]
        named = np.array([self._is_name(one, question.folded) for one in found], dtype=bool)
        scores += named * (scores.max(initial=0.0) - scores.min(initial=0.0))
        order = np.argsort(-scores, kind="stable")[:limit]
        return [
            Candidate(
                found[at],
                float(scores[at]),
                dict(zip(FEATURES, features[at].tolist(), strict=True)),
            )
            for at in order
        ]

    def is_named(self, procedure: Procedure, words: Sequence[Syllable]) -> bool:
        """Tell whether words are the name of a procedure and nothing else."""
        return self._is_name(procedure, " ".join(word.folded for word in words))

    def _is_name(self, procedure: Procedure, folded: str) -> bool:
        return self._spoken_names[procedure.code] == folded

    def features(self, question: Question) -> tuple[Rows, Matrix]:
        """Return the numbers of the likeliest procedures and their features, one row each."""
        empty = np.empty((0, len(FEATURES)), dtype=np.float32)
        if not self.procedures:
            return np.empty(0, dtype=np.int64), empty
        terms, concepts = self._read(question)
        every = self._query(terms.all())
        whole = max(self._merged.weight_of(every), 1e-9) * 1.6
        merged: Scores = self._merged.bm25(every) / np.float32(whole)
        likeness, shared = self._example_scores(every)
        best = np.maximum.reduceat(likeness, self._first)
        rough = ((merged + best) / 2).astype(np.float32)
        learned, outside = self._learned_scores(terms)
        numbers = _likeliest(rough, learned)
        if not len(numbers):
            return numbers, empty
        unlearned = self._columns[numbers] < 0
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
            "learned": np.where(unlearned, 0, learned[numbers]),
            "learned_lead": np.where(unlearned, 0, learned[numbers] - learned.max()),
            "unlearned": unlearned,
            "outside": np.full(len(numbers), outside),
        }
        return numbers, np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)

    def matched(self, question: Question, procedure: Procedure) -> list[str]:
        """Return what of a question was found with a procedure, the rarest first.

        A pair of words stands for both; a meaning is in brackets: "[khai-sinh]".
        """
        at = self.procedures.index(procedure)
        terms = self._read(question)[0]
        hits = [
            (self._merged.rarity(number), term)
            for term in (*terms.pairs, *terms.words, *terms.concepts)
            if (number := self._numbers.get(term, -1)) >= 0 and self._merged.holds(at, number)
        ]
        spoken = {word for _, term in hits if term.startswith("p:") for word in term[2:].split()}
        kept = [term for _, term in sorted(hits, key=lambda hit: -hit[0]) if term[2:] not in spoken]
        return [f"[{term[2:]}]" if term.startswith("c:") else term[2:] for term in kept]

    def outside_matter(self, question: Question) -> str:
        """Return the key of the matter outside the ward's that a question is about, or ""."""
        if not self._matters:
            return ""
        scores = self._learned.scores(self._read(question)[0].all())
        best = self._matters[int(scores[self._matters].argmax())]
        code = self._learned.codes[best]
        known = code.startswith(OUTSIDE) and scores[best] >= _SURELY
        return code.removeprefix(OUTSIDE) if known else ""

    def _learned_scores(self, terms: Terms) -> tuple[Scores, float]:
        """Return what was learnt, per procedure, and the most that speaks for none of them.

        A procedure that nothing was learnt about gets the least there is.
        """
        scores = np.append(self._learned.scores(terms.all()), np.float32(_UNLIKELY))
        outside = scores[self._outside].max() if self._outside else _UNLIKELY
        return scores[self._columns], float(outside)

    def _example_scores(self, terms: Query) -> tuple[Scores, Scores]:
        """Return per example its likeness to the question (0 to 1) and the weight shared."""
        shared = self._examples.shared(terms)
        whole = self._examples.weight_of(terms)
        return 2 * shared / np.maximum(whole + self._examples.total_idf, 1e-9), shared

    def _covers(self, terms: Terms, numbers: Rows) -> dict[str, Scores]:
        """Return which part of the question's words, pairs and marked words stand anywhere."""
        groups = {"words": terms.words, "pairs": terms.pairs, "toned": terms.toned}
        covers = {}
        for name, group in groups.items():
            own = self._query(group)
            covers[name] = self._merged.shared(own)[numbers] / np.float32(
                max(self._merged.weight_of(own), 1e-9)
            )
        return covers

    def _concept_columns(self, concepts: frozenset[str], numbers: Rows) -> dict[str, Scores]:
        """Return how far things, actions and circumstances agree, and what the name adds."""
        columns: dict[str, Scores] = {}
        kinds = self._reader.kinds
        extra = [self._name_concepts[int(at)] - concepts for at in numbers]
        rare = self._rarities
        for kind in _KINDS:
            own = self._query([f"c:{key}" for key in concepts if kinds[key] == kind])
            whole = self._merged.weight_of(own)
            found = self._merged.shared(own)[numbers]
            columns[kind] = found / np.float32(max(whole, 1e-9))
            columns[f"{kind}_missing"] = np.float32(whole / 10) - found / np.float32(10)
            added = [sum(rare[key] for key in keys if kinds[key] == kind) for keys in extra]
            columns[f"{kind}_added"] = np.array(added, dtype=np.float32) / np.float32(10)
        return columns

    def _variants_added(self, concepts: frozenset[str], numbers: Rows) -> Scores:
        """Return how many variants a name has that the question does not speak of."""
        names = self._name_concepts
        counts = [len((names[int(at)] & self._reader.variants) - concepts) for at in numbers]
        return np.array(counts, dtype=np.float32)

    def _fuzzy(self, question: Question, numbers: Rows) -> Scores:
        names = [self._spoken_names[self.procedures[int(at)].code] for at in numbers]
        ratios = [fuzz.token_set_ratio(question.folded, name) for name in names]
        return np.array(ratios, dtype=np.float32) / np.float32(100)

    def _read(self, question: Question) -> tuple[Terms, frozenset[str]]:
        """Return the terms and concepts of a question, slips of typing mended."""
        mended = self._mender.mend(question.syllables)
        concepts = question.concepts
        if mended != question.syllables:
            concepts = self._reader.concepts_in(mended)
        return terms_of(mended, concepts), concepts

    def _query(self, terms: Iterable[str]) -> Query:
        return Query.of(self._numbers.get(term, -1) for term in terms)

    def _described(self, text: str) -> list[int]:
        read = self._reader.read(text)
        return self._numbered(terms_of(read.syllables, read.concepts))

    def _numbered(self, terms: Terms) -> list[int]:
        numbers = self._numbers
        return [numbers[term] for term in terms.all()]

    def _rest(self, procedure: Procedure) -> list[int]:
        conditions = procedure.requirements[:_LONGEST_CONDITIONS]
        return self._described(" . ".join([*procedure.results, procedure.field, conditions]))


_UNLIKELY = -1.2  # below what a procedure that was learnt from ever gets
_SURELY = -0.4  # what was learnt says so clearly
_MOST_LEARNED = 12  # candidates that what was learnt may add


def _likeliest(rough: Scores, learned: Scores) -> Rows:
    """Return the numbers of the procedures to look at closely, in order of number."""
    first = np.argsort(-rough, kind="stable")[:RERANKED]
    first = first[rough[first] > 0]
    if not len(first):
        return first
    more = np.argsort(-learned, kind="stable")[:_MOST_LEARNED]
    both = {*more[learned[more] > _UNLIKELY].tolist(), *first[: RERANKED - _MOST_LEARNED].tolist()}
    rest = [number for number in first.tolist() if number not in both]
    return np.array(sorted([*both, *rest[: RERANKED - len(both)]]), dtype=np.int64)


def _lead(scores: Scores, numbers: Rows) -> Scores:
    """Return how close each score is to the best one (1 for the best)."""
    return scores[numbers] / max(float(scores[numbers].max()), 1e-9)
