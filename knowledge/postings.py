"""An inverted index over small documents, scored with numpy."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_K1 = 1.2
_B = 0.6


class Postings:
    """Terms of documents with their rarity; documents are numbered in the order given."""

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        """documents[i] maps each term of document i to its weight (1 for once)."""
        self.size = len(documents)
        places: dict[str, tuple[array[int], array[float]]] = {}
        for number, terms in enumerate(documents):
            for term, weight in terms.items():
                numbers, weights = places.setdefault(term, (array("i"), array("f")))
                numbers.append(number)
                weights.append(weight)
        lengths = np.array([sum(d.values()) for d in documents] or [0.0], dtype=np.float32)
        self._norm = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1e-9))
        self._places = {
            term: (np.frombuffer(at, dtype=np.int32), np.frombuffer(w, dtype=np.float32))
            for term, (at, w) in places.items()
        }
        self.total_idf = np.zeros(max(self.size, 1), dtype=np.float32)
        for term, (at, _) in self._places.items():
            self.total_idf[at] += self.idf(term)

    def idf(self, term: str) -> float:
        """Rarity of a term (BM25); a term never seen is as rare as can be."""
        place = self._places.get(term)
        count = len(place[0]) if place else 0
        return float(np.log1p((self.size - count + 0.5) / (count + 0.5)))

    def __contains__(self, term: str) -> bool:
        return term in self._places

    def terms(self) -> Iterable[str]:
        """All terms."""
        return self._places.keys()

    def bm25(self, query: Mapping[str, float]) -> Scores:
        """Return the BM25 score of every document for weighted terms."""
        scores = np.zeros(max(self.size, 1), dtype=np.float32)
        for term, weight in query.items():
            place = self._places.get(term)
            if place:
                at, count = place
                gain = count * (_K1 + 1) / (count + self._norm[at])
                scores[at] += weight * self.idf(term) * gain
        return scores

    def shared(self, query: Mapping[str, float]) -> Scores:
        """Return for every document the summed rarity of the terms it shares with the query."""
        scores = np.zeros(max(self.size, 1), dtype=np.float32)
        for term, weight in query.items():
            place = self._places.get(term)
            if place:
                scores[place[0]] += weight * self.idf(term)
        return scores

    def weight_of(self, query: Mapping[str, float]) -> float:
        """Return the summed rarity of a query's own terms."""
        return sum(weight * self.idf(term) for term, weight in query.items())


def counted(terms: Iterable[str]) -> dict[str, float]:
    """Count terms."""
    return {term: float(number) for term, number in Counter(terms).items()}
