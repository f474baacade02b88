"""The syllables and names that the rules know, read once from names.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.cases.redaction.reading import Word
from knowledge.text import fold, nfc, toned

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

    def has(self, word: Word, *, marked: bool) -> bool:
        """Tell whether a word is in the set, as the text is written."""
        return word.toned in self.marked if marked else word.bare in self.bare


@dataclass(frozen=True)
class Lexicon:
    """All word lists."""

    surnames: Syllables
    given: Syllables
    common: Syllables
    places: frozenset[str]

    def is_place(self, bare: str) -> bool:
        """Tell whether a bare name is known as a street, a ward, a province."""
        return bare in self.places


@cache
def lexicon() -> Lexicon:
    """Return the word lists."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Lexicon(
        Syllables.of(data["surnames"]),
        Syllables.of(data["given"]),
        Syllables.of(data["common"]),
        frozenset(fold(name) for name in data["places"].replace("\n", " ").split(",")),
    )
