"""Mending slips of typing against the words of the catalogue."""

from collections.abc import Iterable, Sequence, Set

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knowledge.phrases import Syllable

_TELEX_VOWELS = {"aa": "a", "ee": "e", "oo": "o", "dd": "d"}
_TELEX_TONES = "sfrxjw"
_SHORTEST = 3
_MOST_NEAR = 12
# initials that sound alike to many: "chễ" for "trễ", "nàm" for "làm", "xổ" for "sổ"
_SOUND_ALIKE = (
    *(("ch", "tr"), ("tr", "ch"), ("s", "x"), ("x", "s"), ("gi", "d"), ("d", "gi")),
    *(("r", "d"), ("r", "gi"), ("gi", "r"), ("l", "n"), ("n", "l"), ("c", "k"), ("k", "c")),
    *(("ng", "ngh"), ("g", "gh"), ("ngh", "ng"), ("gh", "g")),
)


class SlipMender:
    """Replaces a syllable unknown to the catalogue by the nearest known one.

    pairs are two known syllables with a space between that stand together somewhere: of several
    that are as near, the one that goes with its neighbours is meant ("khia sinh": khai, not khi).
    """

    def __init__(self, known: set[str], pairs: Set[str] = frozenset()) -> None:
        self._known = known
        self._pairs = pairs
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(known):
            if word.isalpha() and len(word) <= 8:
                self._by_initial.setdefault(word[0], []).append(word)

    def mend(self, words: Sequence[Syllable]) -> tuple[Syllable, ...]:
        """Return the syllables with slips mended; those known or hopeless stay as they are."""
        mended: list[Syllable] = []
        for at, word in enumerate(words):
            before = mended[-1].folded if mended else ""
            after = words[at + 1].folded if at + 1 < len(words) else ""
            mended += self._mended(word, before, after)
        return tuple(mended)

    def _mended(self, word: Syllable, before: str, after: str) -> list[Syllable]:
        if word.folded in self._known or len(word.folded) < _SHORTEST or not word.folded.isalpha():
            return [word]
        plain = _untelexed(word.folded)
        if plain in self._known:
            return [Syllable.of(plain)]
        parts = self._split(word.folded)
        if parts:
            return [Syllable.of(part) for part in parts]
        near = self._nearest(plain)
        if len(near) > 1:
            near = self._fitting(near, before, after)
        return [Syllable.of(near[0])] if len(near) == 1 else [word]

    def _fitting(self, near: Iterable[str], before: str, after: str) -> list[str]:
        """Return those of several known syllables that go best with their neighbours."""
        fits = {
            word: (f"{before} {word}" in self._pairs) + (f"{word} {after}" in self._pairs)
            for word in near
        }
        best = max(fits.values())
        return [word for word, fit in fits.items() if fit == best]

    def _split(self, joined: str) -> tuple[str, str] | None:
        """Find the space that is missing in "khaisinh"."""
        places = range(2, len(joined) - 1)
        fitting = [
            (joined[:at], joined[at:])
            for at in places
            if joined[:at] in self._known and joined[at:] in self._known
        ]
        return max(fitting, key=lambda parts: min(map(len, parts)), default=None)

    def _nearest(self, word: str) -> list[str]:
        """Find the known syllables nearest to a word: one slip away, else what sounds like it.

        The first letter is taken to be right, or at least to sound right.
        """
        initial = self._by_initial.get(word[0], [])
        near = extract(word, initial, scorer=OSA.distance, score_cutoff=1, limit=_MOST_NEAR)
        sounding = (
            right + word.removeprefix(wrong)
            for wrong, right in _SOUND_ALIKE
            if word.startswith(wrong)
        )
        return [found for found, _, _ in near] or [s for s in sounding if s in self._known]


def _untelexed(word: str) -> str:
    """Take off what a switched-off Telex keyboard leaves: "ddawng" for "đăng"."""
    plain = word
    for double, single in _TELEX_VOWELS.items():
        plain = plain.replace(double, single)
    plain = plain.replace("w", "")
    return plain.rstrip(_TELEX_TONES) if plain[-1:] in _TELEX_TONES else plain
