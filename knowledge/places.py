"""Places that a text names by what stands before them: "ngõ 3", "duong nguyen trai".

A guess for the person who wrote it to confirm; nothing is decided by it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.phrases import PhraseBook, Syllable
from knowledge.text import fold, is_marked

LONGEST = 3_000  # characters that are looked at
_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
_NUMBER = re.compile(r"\d{1,4}[a-g]?(?:[./-]\d{1,4}[a-g]?){0,3}|[ivx]{1,4}")
_LONGEST_CUE = 4  # words
_LONGEST_NAME, _LONGEST_SPOKEN = 5, 3  # words of a name with and without capitals
_WHICH = frozenset(("nào", "nao", "qua", "kia"))  # behind a unit that is a time: "đêm nào cũng"
_OF_A_HOUSE = "so"  # alone before a number it may number anything
_WITHIN = re.compile(r"\s*[\s–-]\s*")  # between the words of one name: "Hùng Vương – Lê Lai"


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    syllable: Syllable


class PlaceFinder:
    """Finds the first place in a text; built once from the cues of the lexicon."""

    def __init__(self, cues: Mapping[str, Sequence[str]]) -> None:
        self._before_number = _book(cues["before_number"])
        self._before_name = _book(cues["before_name"])
        self._before_spoken = _book(cues["before_spoken_name"])
        begins = [Syllable.of(word) for word in cues["name_begins"]]
        self._begins_marked = frozenset(word.toned for word in begins)
        self._begins_bare = frozenset(word.folded for word in begins)
        self._ends = frozenset(map(fold, cues["ends_name"]))
        self._before_house = frozenset(map(fold, cues["before_house_number"]))
        self._after_amount = frozenset(map(fold, cues["after_amount"]))

    @classmethod
    def shipped(cls) -> "PlaceFinder":
        """Return the finder with the cues that come with the product, built once."""
        return _shipped()

    def find(self, text: str) -> str:
        """Return the first place as it is written, with those that follow it at once; else ""."""
        text = text[:LONGEST]
        words = [_word(hit) for hit in _WORD.finditer(text)]
        for at in range(len(words)):
            end = self._end(text, words, at)
            if end:
                return text[words[at].start : words[self._last(text, words, end) - 1].end]
        return ""

    def _last(self, text: str, words: Sequence[_Word], end: int) -> int:
        """Return behind which word the last of the places ends that follow one at once."""
        while end < len(words) and not text[words[end - 1].end : words[end].start].strip(" ,\n"):
            further = self._end(text, words, end)
            if not further:
                break
            end = further
        return end

    def _end(self, text: str, words: Sequence[_Word], at: int) -> int:
        """Return behind which word a place ends that begins at one; 0 where none does."""
        numbered = _behind(self._before_number, words, at)
        if numbered and self._is_number(words, at, numbered):
            return self._named(text, words, numbered + 1) or numbered + 1
        named = _behind(self._before_name, words, at)
        found = self._named(text, words, named) if named else 0
        spoken = 0 if found else _behind(self._before_spoken, words, at)
        return self._spoken(text, words, spoken) if spoken else found

    def _is_number(self, words: Sequence[_Word], cue: int, at: int) -> bool:
        """Tell whether a number that names a place stands behind a cue, and no amount."""
        if at >= len(words) or not _NUMBER.fullmatch(words[at].text.lower()):
            return False
        alone = words[cue].syllable.folded == _OF_A_HOUSE and at == cue + 1
        if alone and (not cue or words[cue - 1].syllable.folded not in self._before_house):
            return False
        return not self._counts(words, at)

    def _counts(self, words: Sequence[_Word], at: int) -> bool:
        """Tell whether a number is an amount: "8 lần", but not "3 Tháng 2" and "3 đêm nào"."""
        unit, behind = [*words[at + 1 : at + 3], None, None][:2]
        if unit is None or unit.text[0].isupper() or (behind and behind.text in _WHICH):
            return False
        return unit.syllable.folded in self._after_amount

    def _named(self, text: str, words: Sequence[_Word], at: int) -> int:
        """Return behind which word a name with capitals ends; 0 where there is none.

        Figures may belong to it, "Cách Mạng Tháng 8"; text in capitals has no names.
        """
        end = at
        while end < min(len(words), at + _LONGEST_NAME):
            word = words[end]
            close = _WITHIN.fullmatch(text, words[end - 1].end, word.start)
            figure = end > at and word.text.isdigit() and not self._counts(words, end)
            if not close or not (word.text[0].isupper() or figure):
                break
            end += 1
        return end if end > at and not text.isupper() else 0

    def _spoken(self, text: str, words: Sequence[_Word], at: int) -> int:
        """Return behind which word a name without capitals ends; 0 where there is none."""
        if at >= len(words) or not self._begins_a_name(words[at].syllable, text):
            return 0
        end = at + 1
        while end < min(len(words), at + _LONGEST_SPOKEN):
            word = words[end]
            blank = text[words[end - 1].end : word.start].isspace()
            if not blank or word.syllable.folded in self._ends or word.text[0].isdigit():
                break
            end += 1
        return end if end > at + 1 else 0

    def _begins_a_name(self, word: Syllable, text: str) -> bool:
        """Compare with marks where the text has any: "đường ba năm" has no name."""
        if is_marked(text):
            return word.toned in self._begins_marked
        return word.folded in self._begins_bare


def _book(cues: Sequence[str]) -> PhraseBook[None]:
    return PhraseBook((cue, None) for cue in cues)


def _behind(book: PhraseBook[None], words: Sequence[_Word], at: int) -> int:
    """Return where the longest cue that begins at a word ends; 0 where none does."""
    following = [word.syllable for word in words[at : at + _LONGEST_CUE]]
    return max((at + hit.end for hit in book.find(following) if hit.start == 0), default=0)


def _word(hit: re.Match[str]) -> _Word:
    return _Word(hit.start(), hit.end(), hit[0], Syllable.of(hit[0].lower()))


@cache
def _shipped() -> PlaceFinder:
    text = files("knowledge.lexicon").joinpath("places.toml").read_text(encoding="utf-8")
    return PlaceFinder(tomllib.loads(text))
