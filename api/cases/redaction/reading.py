"""A text as the rules read it: one sign per letter, with and without marks, labels as one sign."""

import operator
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from api.cases.redaction.kinds import LABELS, Hidden, Personal
from knowledge.text import fold, toned

# One private sign stands for each kind of hidden stretch, so that a rule sees "chị ▮, Lan".
MASKS = {kind: chr(0xE000 + number) for number, kind in enumerate(Personal)}
MASKED = "\ue000-\ue00f"
PERSON_MASK = MASKS[Personal.PERSON]

_KIND_OF_LABEL = {label: kind for kind, label in LABELS.items()}
_LABEL = re.compile("|".join(re.escape(label) for label in LABELS.values()))
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*|\d+")
_END = re.compile(r"[.!?;…]+(?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or of digits."""

    start: int
    end: int
    raw: str
    bare: str
    toned: str
    capital: bool


@dataclass(frozen=True)
class Reading:
    """Signs of a text; `starts` and `ends` lead each sign back to the characters it stands for."""

    text: str
    bare: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Read a text of any normal form; stretches that are already hidden become masks."""
        if any(map(_trails, set(text))):
            clusters = list(_clusters(text))
            starts, ends = (tuple(places) for places in zip(*clusters, strict=True))
            signs = [_sign(text[start:end]) for start, end in clusters]
        else:
            starts, ends = tuple(range(len(text))), tuple(range(1, len(text) + 1))
            signs = list(map(_sign, text))
        joined = "".join(signs)
        plain = cls(joined, "".join(map(_bare, signs)), starts, ends)
        return plain.masked(
            Hidden(m.start(), m.end(), _KIND_OF_LABEL[m[0]]) for m in _LABEL.finditer(joined)
        )

    def masked(self, spans: Iterable[Hidden]) -> "Reading":
        """Return the reading with each of these sorted spans (in signs) made one mask."""
        text, bare, last = [], [], 0
        starts: list[int] = []
        ends: list[int] = []
        for span in spans:
            mask = MASKS[span.kind]
            text += [self.text[last : span.start], mask]
            bare += [self.bare[last : span.start], mask]
            starts += [*self.starts[last : span.start], self.starts[span.start]]
            ends += [*self.ends[last : span.start], self.ends[span.end - 1]]
            last = span.end
        return Reading(
            "".join([*text, self.text[last:]]),
            "".join([*bare, self.bare[last:]]),
            (*starts, *self.starts[last:]),
            (*ends, *self.ends[last:]),
        )

    def origin(self, span: Hidden) -> Hidden:
        """Return a span of signs as a span of the characters of the text."""
        return Hidden(self.starts[span.start], self.ends[span.end - 1], span.kind)

    @cached_property
    def words(self) -> list[Word]:
        """The words in order."""
        return [
            Word(
                *m.span(), m[0], self.bare[slice(*m.span())], toned(m[0].lower()), m[0][0].isupper()
            )
            for m in _WORD.finditer(self.text)
        ]

    @cached_property
    def word_starts(self) -> list[int]:
        """Where the words begin."""
        return [word.start for word in self.words]

    @cached_property
    def loud(self) -> bool:
        """Whether the text is typed mostly in capitals, which then say nothing."""
        return sum(map(str.isupper, self.text)) > sum(map(str.islower, self.text))

    @cached_property
    def low(self) -> str:
        """The text in lower case with its marks, the tone on the second of two vowels (hoà)."""
        return _tones("".join(map(_lower, self.text)))

    @cached_property
    def marked(self) -> bool:
        """Whether the text is written with Vietnamese marks."""
        differing = sum(map(operator.ne, self.low, self.bare))
        return bool(differing * 25 >= sum(map(str.isalpha, self.text)))

    def sentence_end(self, at: int, reach: int) -> int:
        """Return where the sentence that holds a place ends, or how far a rule reaches."""
        found = _END.search(self.text, at, at + reach)
        return found.start() if found else min(at + reach, len(self.text))


class Rule:
    """A pattern written with marks; a text without marks is read by the pattern without them."""

    def __init__(self, pattern: str, bare: str = "") -> None:
        """Compile both forms; `bare` stands where leaving out the marks is not enough."""
        self._marked = re.compile(_tones(pattern))
        self._bare = re.compile(bare or "".join(c if c.isascii() else _bare(c) for c in pattern))

    def on(self, view: Reading) -> tuple[re.Pattern[str], str]:
        """Return the pattern and the form of the text that go together."""
        return (self._marked, view.low) if view.marked else (self._bare, view.bare)

    def match(self, view: Reading, start: int, end: int | None = None) -> re.Match[str] | None:
        """Match at a place."""
        pattern, text = self.on(view)
        return pattern.match(text, start, len(text) if end is None else end)

    def search(self, view: Reading, start: int, end: int) -> re.Match[str] | None:
        """Search in a stretch, whose end counts as the end of the text."""
        pattern, text = self.on(view)
        return pattern.search(text, start, end)

    def finditer(self, view: Reading) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        pattern, text = self.on(view)
        return pattern.finditer(text)


def _clusters(text: str) -> Iterable[tuple[int, int]]:
    """Yield letters together with the marks and the invisible signs behind them."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _trails(text[place]):
            yield start, place
            start = place


@lru_cache(maxsize=4096)
def _trails(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf"}


@lru_cache(maxsize=8192)
def _sign(cluster: str) -> str:
    """Return one sign for a cluster: its NFKC letter, an ASCII digit, or a blank."""
    visible = "".join(c for c in cluster if unicodedata.category(c) != "Cf")
    if not visible:
        return "\u00ad"
    composed = unicodedata.normalize("NFKC", visible)
    if composed.isspace():
        return "\n" if composed in "\n\r\u2028\u2029" else " "
    sign = composed if len(composed) == 1 else composed.strip()[0]
    if unicodedata.category(sign) == "Co":
        return "¤"
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


_OLD_TONES = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")
_MOVED = {
    old + vowel: plain + unicodedata.normalize("NFC", vowel + mark)
    for plain, olds in (("o", "òóỏõọ"), ("u", "ùúủũụ"))
    for old, mark in zip(olds, "\u0300\u0301\u0309\u0303\u0323", strict=True)
    for vowel in "aey"
}


def _tones(text: str) -> str:
    """Move the tone of "hòa", "thủy" to the second vowel; the length stays."""
    return _OLD_TONES.sub(lambda m: _MOVED[m[0]], text)


@lru_cache(maxsize=8192)
def _lower(sign: str) -> str:
    return sign.lower()[0]


@lru_cache(maxsize=8192)
def _bare(sign: str) -> str:
    return (fold(sign) or sign)[0] if sign.isalpha() else sign
