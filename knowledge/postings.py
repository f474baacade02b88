"""An inverted index over small documents of numbered terms, scored with numpy."""

from collections.abc import Mapping, Sequence

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
        spread = np.bincount(term, minlength=terms)
        self._begin: list[int] = [0, *np.cumsum(spread).tolist()]
        self.idf: Scores = np.log1p((self.size - spread + 0.5) / (spread + 0.5)).astype(np.float32)
        self._rarity: list[float] = self.idf.tolist()
        self._unseen = float(np.log1p((self.size + 0.5) / 0.5))
        mean = max(float(lengths.mean()) if self.size else 0.0, 1e-9)
        norm = _K1 * (1 - _B + _B * lengths / mean)
        gain = counts * (_K1 + 1) / (counts + norm[self._documents])
        self._gain = (gain * self.idf[term]).astype(np.float32)
        total = np.bincount(self._documents, weights=self.idf[term], minlength=self.size)
        self.total_idf: Scores = total.astype(np.float32)

    def bm25(self, query: Mapping[int, float]) -> Scores:
        """Return the BM25 score of every document for weighted terms."""
        return self._summed([(self._places(term), weight) for term, weight in query.items()])

    def shared(self, query: Mapping[int, float]) -> Scores:
        """Return for every document the summed rarity of the terms it shares with the query."""
        spans = [self._places(term) for term in query]
        weights = [weight * self.rarity(term) for term, weight in query.items()]
        counts = [span.stop - span.start for span in spans]
        return self._counted(spans, np.repeat(np.array(weights, dtype=np.float32), counts))

    def weight_of(self, query: Mapping[int, float]) -> float:
        """Return the summed rarity of a query's own terms."""
        return sum(weight * self.rarity(term) for term, weight in query.items())

    def rarity(self, term: int) -> float:
        """Rarity of a term (BM25); a term never seen (below 0) is as rare as can be."""
        return self._rarity[term] if term >= 0 else self._unseen

    def holds(self, document: int, term: int) -> bool:
        """Whether a document has a term."""
        return bool((self._documents[self._places(term)] == document).any())

    def _summed(self, spans: Sequence[tuple[slice, float]]) -> Scores:
        gains = [weight * self._gain[span] for span, weight in spans]
        return self._counted([span for span, _ in spans], np.concatenate(gains or [_NONE]))

    def _counted(self, spans: Sequence[slice], weights: Scores) -> Scores:
        at = np.concatenate([self._documents[span] for span in spans] or [_NONE.astype(np.int32)])
        return np.bincount(at, weights=weights, minlength=self.size).astype(np.float32)

    def _places(self, term: int) -> slice:
        return slice(self._begin[term], self._begin[term + 1]) if term >= 0 else slice(0, 0)


_NONE = np.empty(0, dtype=np.float32)
