"""Which part of a procedure is asked: papers, fee, time, place …"""

from enum import StrEnum

from knowledge.lexicon import Lexicon
from knowledge.phrases import PhraseBook, spell

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

    def find(self, text: str) -> tuple[Aspect, ...]:
        """Return the asked parts, the surest first; empty where none is asked."""
        scores: dict[Aspect, float] = {}
        for hit in self._cues.longest(spell(text)):
            aspect, weight = hit.value
            longer = weight * (1 + 0.1 * (hit.end - hit.start - 1))
            scores[aspect] = scores.get(aspect, 0.0) + longer
        sure = [aspect for aspect, score in scores.items() if score >= _ENOUGH]
        return tuple(sorted(sure, key=lambda aspect: -scores[aspect]))
