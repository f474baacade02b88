"""Telling real syllables from slips and noise, and mending slips against the words of the cues."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.phrases import Syllable
from knowledge.slips import SlipMender

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x)?"
_RIME = (
    "(?:a(?:ch|ng|nh|c|i|m|n|o|p|t|u|y)?|e(?:ch|ng|nh|c|m|n|o|p|t|u)?|"
    "i(?:eng|ch|ec|em|en|ep|et|eu|nh|a|m|n|p|t|u|e)?|"
    "o(?:ach|ang|anh|ong|ac|ai|am|an|ao|ap|at|ay|en|eo|et|oc|ng|a|c|e|i|m|n|p|t)?|"
    "u(?:yen|yet|ych|ynh|ong|ech|enh|ang|oc|oi|om|on|op|ot|ou|an|at|au|ay|ng|ya|yp|yt|yu|"
    "a|c|e|i|m|n|o|p|t|u|y)?|y(?:em|en|et|eu)?)"
)
_SYLLABLE = re.compile(f"{_ONSET}{_RIME}")
_HAS_VOWEL = re.compile("[a-z]*[aeiouy][a-z]*").fullmatch


@lru_cache(maxsize=16384)
def is_possible(folded: str) -> bool:
    """Tell whether letters without marks can be a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


class CueMender:
    """Brings syllables that cannot be Vietnamese to the nearest word of the cues."""

    def __init__(self, known: set[str]) -> None:
        self._known = known
        self._mender = SlipMender(known)
        self._seen: dict[str, tuple[Syllable, ...]] = {}

    def mend(self, words: Sequence[Syllable]) -> list[Syllable]:
        """Return the syllables with impossible ones mended; possible ones are never touched."""
        mended: list[Syllable] = []
        for word in words:
            if word.folded in self._known:
                mended.append(word)
            else:
                mended.extend(self._mended(word))
        return mended

    def _mended(self, word: Syllable) -> tuple[Syllable, ...]:
        if is_possible(word.folded) or not _HAS_VOWEL(word.folded):
            return (word,)
        if word.folded not in self._seen:
            if len(self._seen) > 4096:  # a flood of noise must not fill the memory
                self._seen.clear()
            self._seen[word.folded] = self._mender.mend([Syllable.of(word.folded)])
        return self._seen[word.folded]
