"""Cues of a first message: groups of phrases a clerk keeps in triage.toml, found in a text."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.lexicon import Lexicon
from knowledge.phrases import Syllable, spell

_GAP = " … "
_REACH = 8  # syllables that may stand in a gap
_MOST = 40  # parts of one phrase that are joined: a message that repeats itself stays cheap
_DOUBTFUL = 0.4  # weight of a word that without its marks could be another

_SMALL_TALK = {"hello": "greeting", "thank": "thanks", "abuse": "abuse", "idle": "idle"}

Standard = Callable[[Iterable[Syllable]], list[Syllable]]
Places = dict[tuple[int, int], float]  # (start, end exclusive) to weight


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
class _Piece:
    """A phrase of a group, or one part of a phrase with gaps."""

    group: str
    phrase: int  # phrases with gaps are numbered, others have -1
    place: int  # which part it is
    parts: int
    exact: bool


_Hit = tuple[int, int, float, list[_Piece]]


class _Node:
    """A place in the tree of folded syllables; pieces ending here are kept by their marks."""

    __slots__ = ("children", "pieces")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.pieces: dict[tuple[str | None, ...], list[_Piece]] = {}


class CueBook:
    """Finds which groups of cues are in a text, and where; one walk serves all groups."""

    def __init__(self, groups: Mapping[str, Mapping[str, Any]], standard: Standard) -> None:
        self._root = _Node()
        self.words: set[str] = set()
        gapped = 0
        for name, row in groups.items():
            exact = bool(row.get("exact"))
            for phrase in row["phrases"]:
                parts = [standard(spell(part)) for part in phrase.split(_GAP)]
                number = gapped if len(parts) > 1 else -1
                gapped += len(parts) > 1
                for at, words in enumerate(parts):
                    self._add(words, _Piece(name, number, at, len(parts), exact))

    def _add(self, words: Sequence[Syllable], piece: _Piece) -> None:
        node = self._root
        for word in words:
            self.words.add(word.folded)
            node = node.children.setdefault(word.folded, _Node())
        node.pieces.setdefault(_marks(words), []).append(piece)

    def find(self, text: Sequence[Syllable]) -> dict[str, Places]:
        """Return the places of each group's phrases."""
        found: dict[str, Places] = defaultdict(dict)
        partly: dict[int, list[tuple[int, int, _Piece]]] = defaultdict(list)
        typed = _marks(text)
        doubt = 0.0 if _is_marked(typed) else _DOUBTFUL
        for start, end, weight, pieces in self._walk([word.folded for word in text], typed):
            for piece in pieces:
                here = weight or (0.0 if piece.exact else doubt)
                if not here:
                    continue
                if piece.parts == 1:
                    spans = found[piece.group]
                    spans[start, end] = max(here, spans.get((start, end), 0.0))
                else:
                    partly[piece.phrase].append((start, end, piece))
        for hits in partly.values():
            for span in _across(hits[:_MOST]):
                found[hits[0][2].group][span] = 1.0
        return dict(found)

    def _walk(self, folded: Sequence[str], typed: Sequence[str | None]) -> Iterator[_Hit]:
        """Give start, end, weight and pieces; weight 0 is one word without its marks."""
        for start in range(len(folded)):
            node = self._root
            for end in range(start, len(folded)):
                following = node.children.get(folded[end])
                if following is None:
                    break
                node = following
                for marks, pieces in node.pieces.items():
                    for at, known in enumerate(marks, start):
                        if typed[at] is not None and typed[at] != known:
                            break
                    else:
                        bare = start == end and marks[0] is not None and typed[start] is None
                        yield start, end + 1, 0.0 if bare else 1.0, pieces


def _marks(words: Sequence[Syllable]) -> tuple[str | None, ...]:
    """Return the marked form of each word, nothing for a word without marks."""
    return tuple(word.toned if word.marked else None for word in words)


def _across(hits: Sequence[tuple[int, int, _Piece]]) -> set[tuple[int, int]]:
    """Join the parts of a phrase with gaps, each within reach of the one before."""
    spans = {(start, end) for start, end, piece in hits if piece.place == 0}
    for place in range(1, hits[0][2].parts):
        spans = {
            (first, end)
            for first, reached in spans
            for start, end, piece in hits
            if piece.place == place and 0 <= start - reached <= _REACH
        }
    return spans


def _is_marked(typed: Sequence[str | None]) -> bool:
    """Whether the writer types marks throughout, so that a word without them means itself."""
    return len(typed) - typed.count(None) > 0.35 * len(typed)


def presence(spans: Places) -> float:
    """Return how present a group is: 0.4 for one doubtful word, 1 for one hit, up to 2 for many."""
    total, reached = 0.0, -1
    for (start, end), weight in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start >= reached:
            total, reached = total + weight, end
    return total if total <= 1 else math.sqrt(min(total, 4.0))
