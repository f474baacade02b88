"""Mending slips of typing against the words of the catalogue."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knowledge.phrases import Syllable

_TELEX_VOWELS = {"aa": "a", "ee": "e", "oo": "o", "dd": "d"}
_TELEX_TONES = "sfrxjw"
_SHORTEST = 3


class SlipMender:
    """Replaces a syllable unknown to the catalogue by the nearest known one."""

    def __init__(self, known: set[str]) -> None:
        self._known = known
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(known):
            if word.isalpha() and len(word) <= 8:
                self._by_initial.setdefault(word[0], []).append(word)

    def mend(self, words: Sequence[Syllable]) -> tuple[Syllable, ...]:
        """Return the syllables with slips mended; those known or hopeless stay as they are."""
        return tuple(piece for word in words for piece in self._mended(word))

    def _mended(self, word: Syllable) -> list[Syllable]:
        if word.folded in self._known or len(word.folded) < _SHORTEST or not word.folded.isalpha():
            return [word]
        plain = _untelexed(word.folded)
        if plain in self._known:
            return [Syllable.of(plain)]
        parts = self._split(word.folded)
        if parts:
            return [Syllable.of(part) for part in parts]
        near = self._nearest(plain)
        return [Syllable.of(near)] if near else [word]

    def _split(self, joined: str) -> tuple[str, str] | None:
        """Find the space that is missing in "khaisinh"."""
        places = range(2, len(joined) - 1)
        fitting = [
            (joined[:at], joined[at:])
            for at in places
            if joined[:at] in self._known and joined[at:] in self._known
        ]
        return max(fitting, key=lambda parts: min(map(len, parts)), default=None)

    def _nearest(self, word: str) -> str | None:
        """Find a known syllable one slip away; the first letter is taken to be right."""
        near = extract(
            word, self._by_initial.get(word[0], []), scorer=OSA.distance, score_cutoff=1, limit=2
        )
        return near[0][0] if len(near) == 1 or (near and near[0][1] < near[1][1]) else None


def _untelexed(word: str) -> str:
    """Take off what a switched-off Telex keyboard leaves: "ddawng" for "đăng"."""
    plain = word
    for double, single in _TELEX_VOWELS.items():
        plain = plain.replace(double, single)
    plain = plain.replace("w", "")
    return plain.rstrip(_TELEX_TONES) if plain[-1:] in _TELEX_TONES else plain
