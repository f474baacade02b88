"""What the words of a question say about procedures whose ways of asking were learnt from.

A linear model: every term has a weight for every procedure, learnt from the names and the ways
of asking in the lexicon so that siblings are told apart (`learned.npz`, see
tests/bench/train_terms.py). A procedure that it does not know has no column; a term that it
does not know counts for nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.postings import runs

Scores = npt.NDArray[np.float32]
OUTSIDE = "outside:"  # before the key of a matter that is not the ward's
OTHER = OUTSIDE  # without a key: what is not the ward's and no matter in particular


@dataclass(frozen=True, eq=False)
class TermWeights:
    """Weights by term (rows, sparse) and procedure (columns)."""

    rows: dict[str, int]
    codes: tuple[str, ...]  # of procedures, and OUTSIDE + key of matters that are not the ward's
    idf: Scores
    begin: npt.NDArray[np.int32]
    columns: npt.NDArray[np.uint16]
    values: npt.NDArray[np.int8]
    scale: Scores  # of each row: a value times its scale is the weight
    intercept: Scores

    @classmethod
    def load(cls, path: Path) -> "TermWeights":
        """Read a file written by `save`; raises OSError or ValueError."""
        with np.load(path, allow_pickle=False) as kept:
            terms = bytes(kept["terms"]).decode("utf-8").split("\n")
            return cls(
                rows={term: row for row, term in enumerate(terms)},
                codes=tuple(bytes(kept["codes"]).decode("ascii").split("\n")),
                idf=kept["idf"].astype(np.float32),
                begin=kept["begin"],
                columns=kept["columns"],
                values=kept["values"],
                scale=kept["scale"].astype(np.float32),
                intercept=kept["intercept"].astype(np.float32),
            )

    @classmethod
    def of(
        cls, terms: Sequence[str], codes: Sequence[str], idf: Scores, weights: Scores, bias: Scores
    ) -> "TermWeights":
        """Keep the weights (terms, codes) that matter, each row in 8 bits."""
        scale = np.maximum(np.abs(weights).max(axis=1), 1e-6).astype(np.float32) / 127
        small = np.where(np.abs(weights) < _LEAST, 0, np.round(weights / scale[:, None]))
        at, columns = np.nonzero(small)
        begin = np.searchsorted(at, np.arange(len(terms) + 1)).astype(np.int32)
        return cls(
            rows={term: row for row, term in enumerate(terms)},
            codes=tuple(codes),
            idf=idf.astype(np.float32),
            begin=begin,
            columns=columns.astype(np.uint16),
            values=small[at, columns].astype(np.int8),
            scale=scale,
            intercept=bias.astype(np.float32),
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The single syllables that something was learnt about, without marks."""
        return frozenset(term[2:] for term in self.rows if term.startswith("f:"))

    @classmethod
    def shipped(cls) -> "TermWeights":
        """Return the weights that come with the product, read once."""
        return _shipped()

    def save(self, path: Path) -> None:
        """Write the file that `load` reads."""
        np.savez_compressed(
            path,
            terms=np.frombuffer("\n".join(self.rows).encode("utf-8"), dtype=np.uint8),
            codes=np.frombuffer("\n".join(self.codes).encode("ascii"), dtype=np.uint8),
            idf=self.idf.astype(np.float16),
            begin=self.begin,
            columns=self.columns,
            values=self.values,
            scale=self.scale.astype(np.float16),
            intercept=self.intercept,
        )

    def scores(self, terms: Iterable[str]) -> Scores:
        """Return a score per column: above 0 is this procedure, towards -1 is another."""
        known = [row for term in terms if (row := self.rows.get(term)) is not None]
        if not known:
            return self.intercept
        rows = np.array(known)
        weights = self.idf[rows] * self.scale[rows]
        weights /= np.sqrt(np.square(self.idf[rows]).sum())
        begin = self.begin[rows].astype(np.int64)
        counts = self.begin[rows + 1] - begin
        at = runs(begin, counts)
        gains = self.values[at] * np.repeat(weights, counts)
        summed = np.bincount(self.columns[at], weights=gains, minlength=len(self.codes))
        return self.intercept + summed.astype(np.float32)


_LEAST = 0.03  # weights below it change no order


@cache
def _shipped() -> TermWeights:
    with as_file(files("knowledge").joinpath("learned.npz")) as path:
        return TermWeights.load(path)
