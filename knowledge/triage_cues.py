"""Cues of a first message: groups of phrases a clerk keeps in triage.toml, found in a text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.phrases import Found, PhraseBook, Syllable, spell

_GAP = " … "
_REACH = 8  # syllables that may stand in a gap

Standard = Callable[[Iterable[Syllable]], list[Syllable]]


@dataclass(frozen=True)
class Rule:
    """A feature made of cue groups: every one of all, one of any, none of none."""

    name: str
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]

    def holds(self, found: Mapping[str, float]) -> bool:
        """Tell whether the found groups fulfil the rule."""
        here = found.keys()
        return (
            self.all <= here
            and (not self.any or not self.any.isdisjoint(here))
            and self.none.isdisjoint(here)
        )

    @classmethod
    def of(cls, name: str, row: Mapping[str, Any]) -> "Rule":
        """Read one table of the file."""
        return cls(name, *(frozenset(row.get(key, ())) for key in ("all", "any", "none")))


@dataclass(frozen=True)
class _Part:
    """One piece of a phrase; a phrase without a gap has one."""

    phrase: int
    place: int
    words: tuple[Syllable, ...]


class CueBook:
    """Finds which groups of cues are in a text, and how often."""

    def __init__(self, groups: Mapping[str, Mapping[str, Any]], standard: Standard) -> None:
        self._group: list[str] = []
        self._length: list[int] = []
        self._exact: list[bool] = []
        parts: list[_Part] = []
        for name, row in groups.items():
            for phrase in row["phrases"]:
                pieces = [tuple(standard(spell(piece))) for piece in phrase.split(_GAP)]
                parts += [_Part(len(self._group), at, words) for at, words in enumerate(pieces)]
                self._group.append(name)
                self._length.append(len(pieces))
                self._exact.append(bool(row.get("exact")))
        self.words = {word.folded for part in parts for word in part.words}
        self._book: PhraseBook[_Part] = PhraseBook(
            (" ".join(word.folded for word in part.words), part) for part in parts
        )

    def find(self, text: Sequence[Syllable]) -> dict[str, list[tuple[int, int]]]:
        """Return the places (start, end exclusive) of each group's phrases, in order."""
        bare = [Syllable(word.folded, word.folded, word.folded) for word in text]
        places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        open_parts: dict[int, list[Found[_Part]]] = defaultdict(list)
        for hit in self._book.find(bare):
            part = hit.value
            if not self._fits(part, text[hit.start : hit.end]):
                continue
            if self._length[part.phrase] == 1:
                places[self._group[part.phrase]].add((hit.start, hit.end))
            else:
                open_parts[part.phrase].append(hit)
        for phrase, hits in open_parts.items():
            spans = _across(hits, self._length[phrase])
            if spans:
                places[self._group[phrase]].update(spans)
        return {name: sorted(spans) for name, spans in places.items()}

    def _fits(self, part: _Part, typed: Sequence[Syllable]) -> bool:
        """Whether typed marks agree; an exact cue of one syllable needs its marks typed."""
        if self._exact[part.phrase] and len(part.words) == 1 and part.words[0].marked:
            return typed[0].toned == part.words[0].toned
        return all(
            not word.marked or word.toned == known.toned
            for known, word in zip(part.words, typed, strict=True)
        )


def _across(hits: Sequence[Found[_Part]], length: int) -> set[tuple[int, int]]:
    """Join the parts of a phrase with gaps, each within reach of the one before."""
    spans = {(hit.start, hit.end) for hit in hits if hit.value.place == 0}
    for place in range(1, length):
        spans = {
            (start, hit.end)
            for start, end in spans
            for hit in hits
            if hit.value.place == place and 0 <= hit.start - end <= _REACH
        }
    return spans


def distinct(spans: Iterable[tuple[int, int]]) -> int:
    """Count spans that do not overlap, from left to right."""
    count, reached = 0, -1
    for start, end in spans:
        if start >= reached:
            count, reached = count + 1, end
    return count
