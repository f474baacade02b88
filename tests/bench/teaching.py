"""What the product is taught from: its ways of asking, what is not the ward's, our own questions.

Whatever judges what was learnt must not have been learnt from: it is held out, part by part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowledge.catalogue import Catalogue
from knowledge.lexicon import Lexicon
from tests.bench.questions import Asked, own

PARTS = 4

One = TypeVar("One")
Texts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Teaching:
    """Ways of asking by code, what people ask of others by key, and questions with their codes."""

    asks: Texts
    outside: Texts
    questions: Sequence[Asked]

    @classmethod
    def whole(cls, catalogue: Catalogue) -> "Teaching":
        """Return all that is taught for the procedures of a catalogue."""
        lexicon = Lexicon.shipped()
        outside = {matter.key: matter.asks for matter in lexicon.outside}
        asks = {code: texts for code, texts in lexicon.asks.items() if code in catalogue.by_code}
        return cls(asks, outside, own(catalogue))

    def without(self, part: int) -> "Teaching":
        """Return what is left when one part of everything is held out."""
        asks, outside = (
            {key: _left(texts, part) for key, texts in every.items()}
            for every in (self.asks, self.outside)
        )
        return Teaching(asks, outside, _left(self.questions, part))


def held(every: Sequence[One], part: int) -> list[tuple[int, One]]:
    """Return the things of a part, with their numbers."""
    return [(n, one) for n, one in enumerate(every) if n % PARTS == part]


def _left(every: Sequence[One], part: int) -> list[One]:
    return [one for n, one in enumerate(every) if n % PARTS != part]
