"""Ranking the procedures of a catalogue for a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz

from knowledge.catalogue import Catalogue
from knowledge.phrases import Syllable, spell
from knowledge.postings import Postings, Scores, counted
from knowledge.procedure import Procedure
from knowledge.question import Question, QuestionReader
from knowledge.slips import SlipMender
from knowledge.text import fold

_RERANKED = 30


@dataclass(frozen=True)
class Candidate:
    """A procedure with its score, 0 to about 1, and what the score is made of."""

    procedure: Procedure
    score: float
    features: Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts."""

    merged: float = 0.45
    example: float = 0.40
    name: float = 0.10
    fuzzy: float = 0.05


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
        self._weights = weights or Weights()
        self._names = [_plain_name(p.name) for p in self.procedures]
        self._folded_names = [fold(name) for name in self._names]
        examples: list[list[str]] = []
        owners: list[int] = []
        merged = []
        for number, procedure in enumerate(self.procedures):
            own = [self._names[number], *asks.get(procedure.code, ())]
            terms = [self._terms_of(example) for example in own]
            examples += terms
            owners += [number] * len(terms)
            merged.append(counted(self._merged_terms(procedure, terms)))
        self._examples = Postings([counted(set(terms)) for terms in examples])
        self._merged = Postings(merged)
        self._first_example = np.array(
            [i for i, owner in enumerate(owners) if i == 0 or owners[i - 1] != owner],
            dtype=np.int64,
        )
        self._mender = SlipMender(
            {t.removeprefix("f:") for t in self._merged.terms() if t.startswith("f:")}
        )

    def rank(self, question: Question, limit: int = 10) -> list[Candidate]:
        """Return the best procedures for a question, best first; empty where nothing fits."""
        if not self.procedures:
            return []
        terms = counted(set(self._question_terms(question)))
        merged = self._merged.bm25(terms) / max(self._merged.weight_of(terms) * 1.6, 1e-9)
        example, name = self._example_scores(terms)
        w = self._weights
        rough = w.merged * merged + w.example * example + w.name * name
        best = np.argsort(-rough, kind="stable")[:_RERANKED]
        ranked = [
            self._candidate(int(at), question, merged, example, name)
            for at in best
            if rough[at] > 0
        ]
        return sorted(ranked, key=lambda c: -c.score)[:limit]

    def _candidate(
        self, at: int, question: Question, merged: Scores, example: Scores, name: Scores
    ) -> Candidate:
        fuzzy = fuzz.token_set_ratio(question.folded, self._folded_names[at]) / 100
        features = {
            "merged": float(merged[at]),
            "example": float(example[at]),
            "name": float(name[at]),
            "fuzzy": fuzzy,
        }
        w = self._weights
        score = (
            w.merged * features["merged"]
            + w.example * features["example"]
            + w.name * features["name"]
            + w.fuzzy * fuzzy
        )
        return Candidate(self.procedures[at], score, features)

    def _example_scores(self, terms: Mapping[str, float]) -> tuple[Scores, Scores]:
        """Return per procedure the likeness (0 to 1) of its best example and of its name."""
        shared = self._examples.shared(terms)
        whole = self._examples.weight_of(terms)
        likeness = 2 * shared / np.maximum(whole + self._examples.total_idf, 1e-9)
        best = np.maximum.reduceat(likeness, self._first_example)
        return best, likeness[self._first_example]

    def _question_terms(self, question: Question) -> list[str]:
        mended = self._mender.mend(question.syllables)
        concepts = question.concepts
        if mended != question.syllables:
            concepts = frozenset(hit.value for hit in self._reader.concepts.longest(mended))
        return _terms(mended, concepts)

    def _terms_of(self, text: str) -> list[str]:
        words = self._reader.read(text)
        return _terms(words.syllables, words.concepts)

    def _merged_terms(self, procedure: Procedure, own: list[list[str]]) -> list[str]:
        more = " . ".join([*procedure.results, procedure.field, procedure.requirements[:400]])
        return [term for terms in own for term in terms] + self._terms_of(more)


def _terms(words: Sequence[Syllable], concepts: frozenset[str]) -> list[str]:
    """Single syllables, pairs, pairs with marks, and concepts."""
    single = [f"f:{w.folded}" for w in words]
    pairs = [f"p:{a.folded} {b.folded}" for a, b in pairwise(words)]
    toned = [f"t:{w.toned}" for w in words if w.marked]
    return single + pairs + toned + [f"c:{key}" for key in concepts]


def _plain_name(name: str) -> str:
    folded = fold(name)
    return name[len("thủ tục ") :] if folded.startswith("thu tuc ") else name


def name_syllables(name: str) -> list[Syllable]:
    """Return the syllables of an official name without the word "Thủ tục"."""
    return spell(_plain_name(name))
