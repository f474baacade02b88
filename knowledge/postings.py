"""An inverted index over small documents of numbered terms, scored with numpy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
_K1 = 1.2
_B = 0.6


class Vocabulary(dict[str, int]):
    """Numbers for terms; looking up a new one numbers it."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


@dataclass(frozen=True, eq=False)
class Query:
    """The terms asked for, each once, and how many more there are that no document can have."""

    terms: Numbers
    unknown: int

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Query":
        """Build it from numbers of different terms; an unknown term has a number below 0."""
        every = np.fromiter(numbers, np.int64)
        known = every[every >= 0]
        return cls(known, len(every) - len(known))


class Postings:
    """Terms of documents with their rarity; documents are numbered in the order given."""

    def __init__(self, documents: Sequence[Sequence[int]], terms: int) -> None:
        """documents[i] lists the terms of document i, below `terms`, once for each time."""
        self.size = len(documents)
        lengths = np.array([len(d) for d in documents], dtype=np.int64)
        flat = np.fromiter((t for d in documents for t in d), np.int64, int(lengths.sum()))
        owner = np.repeat(np.arange(self.size, dtype=np.int64), lengths)
        keys, counts = np.unique(flat * max(self.size, 1) + owner, return_counts=True)
        term = keys // max(self.size, 1)
        self._documents = (keys % max(self.size, 1)).astype(np.int32)
        self._spread: Numbers = np.bincount(term, minlength=terms).astype(np.int64)
        self._begin: Numbers = np.concatenate([[0], np.cumsum(self._spread)])
        rare = np.log1p((self.size - self._spread + 0.5) / (self._spread + 0.5))
        self._idf: Scores = rare.astype(np.float32)
        self._unseen = float(np.log1p((self.size + 0.5) / 0.5))
        mean = max(float(lengths.mean()) if self.size else 0.0, 1e-9)
        norm = _K1 * (1 - _B + _B * lengths / mean)
        gain = counts * (_K1 + 1) / (counts + norm[self._documents])
        self._gain = (gain * self._idf[term]).astype(np.float32)
        total = np.bincount(self._documents, weights=self._idf[term], minlength=self.size)
        self.total_idf: Scores = total.astype(np.float32)

    def bm25(self, query: Query) -> Scores:
        """Return the BM25 score of every document."""
        places = self._places(query.terms)
        return self._summed(places, self._gain[places])

    def shared(self, query: Query) -> Scores:
        """Return for every document the summed rarity of the terms it shares with the query."""
        rarities = np.repeat(self._idf[query.terms], self._spread[query.terms])
        return self._summed(self._places(query.terms), rarities)

    def weight_of(self, query: Query) -> float:
        """Return the summed rarity of a query's own terms; unknown ones are as rare as can be."""
        return float(self._idf[query.terms].sum()) + query.unknown * self._unseen

    def rarity(self, term: int) -> float:
        """Rarity of a term (BM25); a term never seen (below 0) is as rare as can be."""
        return float(self._idf[term]) if term >= 0 else self._unseen

    def holds(self, document: int, term: int) -> bool:
        """Whether a document has a term."""
        span = slice(int(self._begin[term]), int(self._begin[term + 1]))
        return bool((self._documents[span] == document).any())

    def _places(self, terms: Numbers) -> Numbers:
        return runs(self._begin[terms], self._spread[terms])

    def _summed(self, places: Numbers, weights: Scores) -> Scores:
        at = self._documents[places]
        return np.bincount(at, weights=weights, minlength=self.size).astype(np.float32)


def runs(begin: Numbers, counts: Numbers) -> Numbers:
    """Return the places of runs one after another: counts[i] of them from begin[i] on."""
    ends = np.cumsum(counts)
    every: Numbers = np.arange(int(counts.sum())) + np.repeat(begin - (ends - counts), counts)
    return every
