"""The syllables and names that the rules know, read once from names.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.cases.redaction.reading import Reading, Word
from knowledge.text import fold, nfc, squeeze, toned

_FILE = Path(__file__).with_name("names.toml")


@dataclass(frozen=True)
class Syllables:
    """A set of syllables that is asked with marks, or without where the text has none."""

    marked: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Syllables":
        """Build it from syllables divided by blanks."""
        words = nfc(text).lower().split()
        return cls(frozenset(map(toned, words)), frozenset(map(fold, words)))

    def has(self, view: Reading, word: Word) -> bool:
        """Tell whether a word is in the set, as the text is written."""
        return word.toned in self.marked if view.marked else word.bare in self.bare


@dataclass(frozen=True)
class Lexicon:
    """All word lists; names.toml says what each holds."""

    surnames: Syllables
    frequent: Syllables
    given: Syllables
    common: Syllables
    never: Syllables
    plain: Syllables
    after: Syllables
    trades: Syllables
    women: Syllables
    offices: Syllables
    places: frozenset[str]
    compounds: Syllables

    def is_place(self, bare: str) -> bool:
        """Tell whether a bare name is known as a street, a ward, a province."""
        return bare in self.places


@cache
def lexicon() -> Lexicon:
    """Return the word lists."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    places, compounds = (
        nfc(data.pop(name)).replace("\n", " ").split(",") for name in ("places", "compounds")
    )
    return Lexicon(
        **{name: Syllables.of(words) for name, words in data.items()},
        places=frozenset(map(fold, places)),
        compounds=Syllables(
            frozenset(squeeze(pair) for pair in compounds), frozenset(map(fold, compounds))
        ),
    )
