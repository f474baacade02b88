"""Runs of words: what adjoins, what is typed in capitals, where a run of capitals ends."""

import re
from dataclasses import dataclass

from api.cases.redaction.lexicon import lexicon
from api.cases.redaction.reading import Reading, Word

_LONGEST = 6
_APART = re.compile(r" {1,2}|[-‑–]")


@dataclass(frozen=True)
class Run:
    """Words `first` to `last` (inclusive) that form a name."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return how many syllables the name has."""
        return self.last - self.first + 1


def adjoining(view: Reading, place: int) -> bool:
    """Tell whether a word follows the one before it with a blank or a hyphen between."""
    words = view.words
    if not 0 < place < len(words):
        return False
    return bool(_APART.fullmatch(view.text, words[place - 1].end, words[place].start))


def shouted(view: Reading, first: int) -> bool:
    """Tell whether a word stands in a stretch typed wholly in capitals."""
    if view.loud:
        return True
    near = view.words[max(0, first - 2) : first + 4]
    letters = [w.raw for w in near if not w.raw.isdigit()]
    return len(letters) > 2 and all(raw.isupper() for raw in letters)


def capital_run(view: Reading, first: int) -> Run | None:
    """Return the run of capital words from a word on."""
    words, last = view.words, first
    if first >= len(words) or not _nameable(words[first]):
        return None
    while last + 1 < len(words) and last - first + 1 < _LONGEST:
        if not adjoining(view, last + 1) or not _nameable(words[last + 1]):
            break
        if _begins_office(view, last + 1):
            break
        last += 1
    if last > first and compound(view, last):
        last -= 1
    return Run(first, last)


def _nameable(word: Word) -> bool:
    return word.capital and not word.raw.isdigit()


def _begins_office(view: Reading, place: int) -> bool:
    """Tell whether a capital word begins an office or a sentence, and is no part of a name."""
    word, names = view.words[place], lexicon()
    if names.offices.has(view, word):
        return not (names.given.has(view, word) and word.raw[1:].islower())
    return len(word.raw) > 1 and word.raw.isupper() and not names.given.has(view, word)


def compound(view: Reading, place: int) -> bool:
    """Tell whether a word and the next, in lower case, are an everyday word ("thu ngân")."""
    words = view.words
    if not adjoining(view, place + 1) or (words[place + 1].capital and not shouted(view, place)):
        return False
    pairs = lexicon().compounds
    if view.marked:
        return f"{words[place].raw.lower()} {words[place + 1].raw.lower()}" in pairs.marked
    return f"{words[place].bare} {words[place + 1].bare}" in pairs.bare


def ends_well(view: Reading, last: int) -> bool:
    """Tell whether what follows a name in lower case can follow a name."""
    if not adjoining(view, last + 1):
        return True
    following = view.words[last + 1]
    return following.raw.isdigit() or lexicon().after.has(view, following)
