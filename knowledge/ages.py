"""Ages that people state, and the circumstances that they settle: "con 5 tuổi" is under 14."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.lexicon import Concept
from knowledge.phrases import Found, Syllable

_SHORT = re.compile(r"(\d{1,3})t")
_FIRST = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_WORDS = {word: number for number, word in enumerate(_FIRST, start=1)} | {"tu": 4, "lam": 5}
_LIMITS = frozenset({"duoi", "tren", "tu", "den", "qua", "chua", "hon"})
_OLDEST = 120


class Ages:
    """Knows the circumstances that an age settles."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        every = [(c.key, c.kind, c.ages) for c in concepts if c.ages]
        self._ranges: Mapping[str, tuple[int, int]] = {key: ages for key, _, ages in every}
        self._told = {key for key, kind, _ in every if kind == "circumstance"}

    def settled(
        self, words: Sequence[Syllable], found: Sequence[Found[str]], named: frozenset[str]
    ) -> frozenset[str]:
        """Return the concepts named in words, put right by the ages that stand beside them.

        found are the phrases of concepts: an age that is part of one is not read again. Where an
        age is stated, it counts more than "bé" or "cháu". A thing for people of some ages is only
        taken back by it: "căn cước cho con" of somebody of 15 is none for children.
        """
        taken = {at for hit in found for at in range(hit.start, hit.end)}
        ages = [age for at, age in stated(words) if at not in taken]
        if not ages:
            return named
        fit = {k for k, (low, high) in self._ranges.items() if any(low <= a <= high for a in ages)}
        return (named - (self._ranges.keys() - fit)) | (fit & self._told)


def stated(words: Sequence[Syllable]) -> list[tuple[int, int]]:
    """Return the ages in words, in years, each with the place where it ends.

    A limit ("dưới 14 tuổi", "từ 80 tuổi") is nobody's age.
    """
    return [(end, age) for _, end, age in _spans(words)]


def unsaid(words: Sequence[Syllable]) -> list[Syllable]:
    """Return words without the ages in them."""
    said = {at for start, end, _ in _spans(words) for at in range(start, end + 1)}
    return [word for at, word in enumerate(words) if at not in said]


def _spans(words: Sequence[Syllable]) -> Iterator[tuple[int, int, int]]:
    """Give where each age begins and ends, and what it is."""
    for at, word in enumerate(words):
        short = _SHORT.fullmatch(word.folded)
        if short:
            start, age = at, int(short[1])
        elif word.folded in {"tuoi", "t"} and at:
            start, age = _number_before(words, at)
        else:
            continue
        is_limit = start > 0 and words[start - 1].folded in _LIMITS
        if 0 <= age <= _OLDEST and not is_limit:
            yield start, at, age


def _number_before(words: Sequence[Syllable], at: int) -> tuple[int, int]:
    """Return where the number before a place begins and what it is; -1 where there is none."""
    last = words[at - 1].folded
    if last == "thang" and at >= 2 and words[at - 2].folded.isdecimal():
        return at - 2, 0  # "6 tháng tuổi"
    if last.isdecimal() and len(last) <= 3:
        return at - 1, int(last)
    if last == "muoi":
        tens = _WORDS.get(words[at - 2].folded, 1) if at >= 2 else 1
        return at - 1 - (at >= 2 and words[at - 2].folded in _WORDS), tens * 10
    if last in _WORDS and at >= 2 and words[at - 2].folded == "muoi":
        tens = _WORDS.get(words[at - 3].folded, 1) if at >= 3 else 1
        return at - 2 - (at >= 3 and words[at - 3].folded in _WORDS), tens * 10 + _WORDS[last]
    return (at - 1, _WORDS[last]) if last in _WORDS else (at, -1)
