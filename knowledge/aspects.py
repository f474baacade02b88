"""Which part of a procedure is asked: papers, fee, time, place …"""

from collections.abc import Sequence
from enum import StrEnum

from knowledge.lexicon import Lexicon
from knowledge.phrases import PhraseBook, Syllable, spell

_STRONG = 1.0
_WEAK = 0.4
_ENOUGH = 0.8


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


class AspectFinder:
    """Finds the asked parts by the phrases of aspects.toml."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = []
        for name, cues in lexicon.aspects.items():
            aspect = Aspect(name)
            phrases += [(phrase, (aspect, _STRONG)) for phrase in cues.strong]
            phrases += [(phrase, (aspect, _WEAK)) for phrase in cues.weak]
        self._cues: PhraseBook[tuple[Aspect, float]] = PhraseBook(phrases)

    def rest(self, words: Sequence[Syllable]) -> list[Syllable]:
        """Return the syllables that belong to no phrase for a part."""
        hits = self._cues.longest(words)
        taken = {at for hit in hits for at in range(hit.start, hit.end)}
        return [word for at, word in enumerate(words) if at not in taken]

    def find(self, text: str) -> tuple[Aspect, ...]:
        """Return the asked parts, the surest first; empty where none is asked."""
        scores: dict[Aspect, float] = {}
        for hit in self._cues.longest(spell(text)):
            aspect, weight = hit.value
            longer = weight * (1 + 0.1 * (hit.end - hit.start - 1))
            scores[aspect] = scores.get(aspect, 0.0) + longer
        sure = [aspect for aspect, score in scores.items() if score >= _ENOUGH]
        return tuple(sorted(sure, key=lambda aspect: -scores[aspect]))
