"""Short social words that ask for nothing: assent, praise, wishes, good-bye, "who are you"."""

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.lexicon import Lexicon
from knowledge.phrases import Found, PhraseBook, spell

_LONGEST = 12  # syllables of a social message


class Courtesy(StrEnum):
    """What kind of social message it is."""

    ASSENT = "assent"
    PRAISE = "praise"
    WISH = "wish"
    BYE = "bye"
    WHO_ARE_YOU = "who_are_you"


class CourtesyReader:
    """Recognises messages that are nothing but social words; built once."""

    def __init__(self, cues: Mapping[Courtesy, Iterable[str]], fillers: Iterable[str]) -> None:
        self._cues: PhraseBook[Courtesy] = PhraseBook(
            (cue, kind) for kind, known in cues.items() for cue in known
        )
        self._fillers: PhraseBook[None] = PhraseBook((filler, None) for filler in fillers)

    @classmethod
    def shipped(cls) -> "CourtesyReader":
        """Return the reader with the cues that come with the product, built once."""
        return _shipped()

    def read(self, text: str) -> Courtesy | None:
        """Return the kind of a social message, None where anything else is said."""
        words = spell(text)
        if len(words) > _LONGEST:
            return None
        hits = self._cues.longest(words)
        every: list[Found[Any]] = [*hits, *self._fillers.find(words)]
        covered = {at for hit in every for at in range(hit.start, hit.end)}
        if not hits or len(covered) < len(words):
            return None
        return max(hits, key=lambda hit: hit.end - hit.start).value


@cache
def _shipped() -> CourtesyReader:
    raw = tomllib.loads(
        files("knowledge.lexicon").joinpath("courtesies.toml").read_text(encoding="utf-8")
    )
    small = Lexicon.shipped().smalltalk
    cues = {kind: [*raw[kind]["cues"], *small.get(kind, ())] for kind in Courtesy}
    return CourtesyReader(cues, raw["fillers"]["cues"])
