"""Cues of a first message: groups of phrases a clerk keeps in triage.toml, found in a text."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.lexicon import Lexicon
from knowledge.phrases import Found, PhraseBook, Syllable, spell

_GAP = " … "
_REACH = 8  # syllables that may stand in a gap
_MOST = 40  # parts of one phrase that are joined: a message that repeats itself stays cheap
_DOUBTFUL = 0.4  # weight of a word that without its marks could be another

_SMALL_TALK = {"hello": "greeting", "thank": "thanks", "abuse": "abuse", "idle": "idle"}

Standard = Callable[[Iterable[Syllable]], list[Syllable]]


@dataclass(frozen=True)
class Rule:
    """A feature made of cue groups: every one of all, one of any, none of none."""

    name: str
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]

    def strength(self, found: Mapping[str, float]) -> float:
        """Return 0 … 1: as strong as the weakest group that the rule needs."""
        if not self.none.isdisjoint(found):
            return 0.0
        needed = [found.get(name, 0.0) for name in self.all]
        if self.any:
            needed.append(max(found.get(name, 0.0) for name in self.any))
        return min(1.0, *needed)

    @classmethod
    def of(cls, name: str, row: Mapping[str, Any]) -> "Rule":
        """Read one table of the file."""
        return cls(name, *(frozenset(row.get(key, ())) for key in ("all", "any", "none")))


def with_lexicon(
    groups: Mapping[str, Mapping[str, Any]], lexicon: Lexicon
) -> dict[str, Mapping[str, Any]]:
    """Return the groups with what the general lexicon knows: concepts, aspects, small talk."""
    merged: dict[str, Mapping[str, Any]] = dict(groups)
    for name, key in _SMALL_TALK.items():
        row = groups[name]
        merged[name] = {**row, "phrases": [*row["phrases"], *lexicon.smalltalk.get(key, ())]}
    for concept in lexicon.concepts:
        row = merged.setdefault(f"lexicon_{concept.kind}", {"phrases": []})
        row["phrases"].extend(concept.terms)
    asked = [phrase for cues in lexicon.aspects.values() for phrase in cues.strong]
    merged["lexicon_aspect"] = {"phrases": asked}
    return merged


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

    def find(self, text: Sequence[Syllable]) -> dict[str, dict[tuple[int, int], float]]:
        """Return the places (start, end exclusive) of each group's phrases, with their weight."""
        bare = [Syllable(word.folded, word.folded, word.folded) for word in text]
        doubt = 0.0 if _is_marked(text) else _DOUBTFUL
        places: dict[str, dict[tuple[int, int], float]] = defaultdict(dict)
        open_parts: dict[int, list[Found[_Part]]] = defaultdict(list)
        for hit in self._book.find(bare):
            part = hit.value
            weight = self._weight(part, text[hit.start : hit.end], doubt)
            if not weight:
                continue
            if self._length[part.phrase] == 1:
                here = places[self._group[part.phrase]]
                here[hit.start, hit.end] = max(weight, here.get((hit.start, hit.end), 0.0))
            else:
                open_parts[part.phrase].append(hit)
        for phrase, hits in open_parts.items():
            for span in _across(hits[:_MOST], self._length[phrase]):
                places[self._group[phrase]][span] = 1.0
        return dict(places)

    def _weight(self, part: _Part, typed: Sequence[Syllable], doubt: float) -> float:
        """Return 1 where typed marks agree, 0 where not, doubt for one word without its marks."""
        if any(
            word.marked and word.toned != known.toned
            for known, word in zip(part.words, typed, strict=True)
        ):
            return 0.0
        doubtful = len(part.words) == 1 and part.words[0].marked and not typed[0].marked
        return (0.0 if self._exact[part.phrase] else doubt) if doubtful else 1.0


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


def _is_marked(text: Sequence[Syllable]) -> bool:
    """Whether the writer types marks throughout, so that a word without them means itself."""
    return sum(word.marked for word in text) > 0.35 * len(text)


def presence(spans: Mapping[tuple[int, int], float]) -> float:
    """Return how present a group is: 0.4 for one doubtful word, 1 for one hit, up to 2 for many."""
    total, reached = 0.0, -1
    for (start, end), weight in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start >= reached:
            total, reached = total + weight, end
    return total if total <= 1 else math.sqrt(min(total, 4.0))
