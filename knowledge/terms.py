"""What of a text is compared: its words, pairs of words, marked words and concepts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.phrases import Syllable
from knowledge.question import QuestionReader
from knowledge.text import fold


@dataclass(frozen=True)
class Terms:
    """The terms of a text by kind."""

    words: Sequence[str]
    pairs: Sequence[str]
    toned: Sequence[str]
    concepts: Sequence[str]

    def all(self) -> list[str]:
        """Return all terms together, each once."""
        return [*self.words, *self.pairs, *self.toned, *self.concepts]


def terms_of(words: Sequence[Syllable], concepts: Iterable[str]) -> Terms:
    """Return the terms of a text that was read, each kind without repetitions."""
    folded = [w.folded for w in words]
    return Terms(
        words=list(dict.fromkeys([f"f:{word}" for word in folded])),
        pairs=list(dict.fromkeys([f"p:{a} {b}" for a, b in pairwise(folded)])),
        toned=list(dict.fromkeys([f"t:{w.toned}" for w in words if w.marked])),
        concepts=[f"c:{key}" for key in concepts],
    )


@lru_cache(maxsize=16_384)
def terms_of_ask(reader: QuestionReader, text: str) -> tuple[str, ...]:
    """Return the terms of a way of asking; the shipped ones are read once in a process."""
    read = reader.read(text)
    return tuple(terms_of(read.syllables, read.concepts).all())


def plain_name(name: str) -> str:
    """Return an official name without "Thủ tục" before it."""
    return name[len("thủ tục ") :] if fold(name[: len("thủ tục ")]) == "thu tuc" else name
