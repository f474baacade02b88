"""Which part of a procedure is asked: papers, fee, time, place …"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.phrases import PhraseBook, Syllable
from knowledge.question import LONGEST, reader_of

_STRONG = 1.0
_PATTERN = 0.9
_WEAK = 0.4
_ENOUGH = 0.8
_MOST = 3
_SURE_SIGN = "!"


class Aspect(StrEnum):
    """The parts that people ask for, named as in `pakn ask --batch`."""

    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    HOW = "how"
    CONDITIONS = "conditions"
    LEGAL = "legal"
    RESULT = "result"
    FORM = "form"
    ONLINE = "online"


_OPEN = frozenset({Aspect.HOW, Aspect.CONDITIONS})
"""Parts so general that beside another part they count only where a whole phrase says so."""


_CONNECTING = frozenset(("con", "roi", "vay", "the", "a", "va", "thi", "sao", "nhi", "u", "da"))


class AspectFinder:
    """Finds the asked parts by the phrases and the moulds of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = []
        for name, cues in lexicon.aspects.items():
            aspect = Aspect(name)
            phrases += [(phrase, (aspect, _STRONG)) for phrase in cues.strong]
            phrases += [(phrase, (aspect, _WEAK)) for phrase in cues.weak]
        self._cues: PhraseBook[tuple[Aspect, float]] = PhraseBook(phrases)
        self._patterns = [
            (Aspect(name), weight, re.compile("|".join(_mould(p) for p in patterns)))
            for name, every in lexicon.aspect_patterns.items()
            for weight, patterns in _by_weight(every).items()
        ]
        self._reader = reader_of(lexicon)

    def rest(self, words: Sequence[Syllable]) -> list[Syllable]:
        """Return the syllables that belong to no phrase for a part."""
        hits = self._cues.longest(words)
        taken = {at for hit in hits for at in range(hit.start, hit.end)}
        return [word for at, word in enumerate(words) if at not in taken]

    def find(self, text: str) -> tuple[Aspect, ...]:
        """Return the asked parts, the surest first; empty where none is asked."""
        words = self._reader.standard(text[:LONGEST])
        scores: dict[Aspect, float] = {}
        for hit in self._cues.longest(words):
            aspect, weight = hit.value
            longer = weight * (1 + 0.1 * (hit.end - hit.start - 1))
            scores[aspect] = scores.get(aspect, 0.0) + longer
        folded = f" {' '.join(word.folded for word in words)} "
        for aspect, weight, pattern in self._patterns:
            if pattern.search(folded):
                scores[aspect] = max(scores.get(aspect, 0.0), weight)
        sure = {aspect for aspect, score in scores.items() if score >= _ENOUGH}
        kept = {a for a in sure if a not in _OPEN or scores[a] >= _STRONG} or sure
        if not kept and scores and not self._says_more(words):
            kept = set(scores)
        return tuple(sorted(kept, key=lambda aspect: -scores[aspect]))[:_MOST]

    def _says_more(self, words: Sequence[Syllable]) -> bool:
        """Tell whether anything is said besides the words for a part: "còn phí" says no more."""
        return any(word.folded not in _CONNECTING for word in self.rest(words))


@lru_cache(maxsize=4)
def finder_of(lexicon: Lexicon) -> AspectFinder:
    """Return the finder of a lexicon, built once."""
    return AspectFinder(lexicon)


def _by_weight(patterns: Sequence[str]) -> dict[float, list[str]]:
    """Return the moulds that are as sure as a phrase, and the others; none for no mould."""
    sure = [pattern.removeprefix(_SURE_SIGN) for pattern in patterns if pattern[0] == _SURE_SIGN]
    others = [pattern for pattern in patterns if pattern[0] != _SURE_SIGN]
    return {weight: kept for weight, kept in ((_STRONG, sure), (_PATTERN, others)) if kept}


def _mould(pattern: str) -> str:
    """Return a pattern as a regular expression for a text between two blanks.

    {n} is up to n syllables in between; ^ and $ are the first and the last syllable. That each
    begins with a blank makes the search several times faster than a look behind would.
    """
    first, last = pattern.startswith("^"), pattern.endswith("$")
    inner = pattern.removeprefix("^").removesuffix("$")
    gapped = re.sub(r" \{(\d+)\} ", r"(?: \\S+){0,\1} ", inner)
    return f"{'^' if first else ''} (?:{gapped})(?= {'$' if last else ''})"
