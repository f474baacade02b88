"""Features of a first message: cue groups, rules over them, shape, people, single words."""

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.lexicon import Lexicon
from knowledge.phrases import Syllable, spell
from knowledge.text import nfc
from knowledge.triage_cues import CueBook, Rule, presence, with_lexicon
from knowledge.triage_people import PeopleFinder
from knowledge.triage_shape import shape
from knowledge.triage_slips import CueMender

LONGEST = 4_000  # characters that are read of one message
LITTLE_SAID = "little_said"  # the feature of a few words that speak for no kind
_WORD = "w:"  # before the name of a feature that is one syllable
_FEW = 6  # syllables; less without any cue is idle talk rather than a matter
_COURTESY = ("hello", "thank", "solved")


class FeatureReader:
    """Turns a text into named features: cue groups, rules over them, shape, a person named."""

    def __init__(self, cues: Mapping[str, Any], lexicon: Lexicon) -> None:
        ours = cues["spellings"]
        spellings = {**lexicon.dialect, **lexicon.teencode, **lexicon.abbreviations, **ours}
        self._spellings = {key.lower(): spell(words) for key, words in spellings.items()}
        groups = with_lexicon(cues["cues"], lexicon)
        self._speaking = {name for name, row in groups.items() if "speaks_for" in row}
        self._book = CueBook(groups, self._standard)
        self._rules = [Rule.of(name, row) for name, row in cues["rules"].items()]
        self._people = PeopleFinder(cues["people"])
        self._mender = CueMender(self._book.words)

    def features(self, text: str) -> dict[str, float]:
        """Return the features found in a text, each with its weight of presence."""
        text = nfc(text[:LONGEST])
        typed = spell(text)
        words = self._mender.mend(self._standard(typed))
        places = self._book.find(words)
        found = {name: presence(at) for name, at in places.items()}
        courteous = {i for name in _COURTESY for span in places.get(name, ()) for i in range(*span)}
        found.update(shape(text, words, self._book.words, len(courteous)))
        named, firm = self._people.find(text)
        if named:
            found["a_person_named"] = named
        if firm:
            found["a_firm_named"] = 1.0
        if not self._speaking & found.keys():
            found["nothing_known" if len(typed) > _FEW else LITTLE_SAID] = 1.0
        held = {rule.name: rule.strength(found) for rule in self._rules}
        found.update((name, strength) for name, strength in held.items() if strength)
        found.update((_WORD + word, 1.0) for word in said(words))
        return found

    def _standard(self, words: Iterable[Syllable]) -> list[Syllable]:
        """Write out abbreviations, chat spellings and regional words."""
        return [out for word in words for out in self._spellings.get(word.typed, (word,))]


def said(words: Iterable[Syllable]) -> set[str]:
    """Return the syllables of a text without marks; every number is the same word."""
    return {"#" if word.folded[0].isdigit() else word.folded for word in words if word.folded}
