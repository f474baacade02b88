"""Finding known phrases in a run of syllables, with marks where they were typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from knowledge.text import fold, syllables, toned

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable as typed, without marks, with its tone behind it, and whether it has marks."""

    typed: str
    folded: str
    toned: str
    marked: bool

    @staticmethod
    @lru_cache(maxsize=65536)
    def of(typed: str) -> "Syllable":
        """Build it from lower-case text; the same few thousand come again and again."""
        folded, with_tone = fold(typed), toned(typed)
        return Syllable(typed, folded, with_tone, folded != with_tone)


def spell(text: str) -> list[Syllable]:
    """Split a text into syllables with their forms."""
    return list(map(Syllable.of, syllables(text)))


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A phrase found at syllables start … end (exclusive)."""

    start: int
    end: int
    value: Value


@dataclass(slots=True)
class _Node(Generic[Value]):
    children: dict[str, "_Node[Value]"] = field(default_factory=dict)
    values: list[tuple[tuple[Syllable, ...], Value]] = field(default_factory=list)


class PhraseBook(Generic[Value]):
    """Phrases with values. A typed mark must agree with the phrase; a missing mark may not."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._root: _Node[Value] = _Node()
        for phrase, value in phrases:
            self._add(tuple(spell(phrase)), value)

    def _add(self, words: tuple[Syllable, ...], value: Value) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word.folded, _Node())
        if words:
            node.values.append((words, value))

    def find(self, text: Sequence[Syllable]) -> list[Found[Value]]:
        """Return every phrase at every place, overlapping ones too, in order of start."""
        found = []
        first = self._root.children
        for start, word in enumerate(text):
            node = first.get(word.folded)
            end = start + 1
            while node is not None:
                if node.values:
                    typed = text[start:end]
                    for words, value in node.values:
                        if _agrees(words, typed):
                            found.append(Found(start, end, value))  # hot
                node = node.children.get(text[end].folded) if end < len(text) else None
                end += 1
        return found

    def longest(self, text: Sequence[Syllable]) -> list[Found[Value]]:
        """Return phrases that do not overlap, longer ones first choice."""
        hits = self.find(text)
        if len(hits) < 2:
            return hits
        taken: set[int] = set()
        chosen = []
        for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
            if taken.isdisjoint(range(hit.start, hit.end)):
                taken.update(range(hit.start, hit.end))
                chosen.append(hit)
        return sorted(chosen, key=lambda hit: hit.start)


def _agrees(phrase: Sequence[Syllable], typed: Sequence[Syllable]) -> bool:
    """Whether typed marks contradict the phrase nowhere."""
    for known, word in zip(phrase, typed, strict=True):
        if known is not word and word.marked and word.toned != known.toned:
            return False
    return True
