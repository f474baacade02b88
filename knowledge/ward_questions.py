"""Questions about the ward itself: where it is, when it is open, whom to call.

A message counts as one only when each of its words is a way of asking for something on the ward's
card, names a day, or carries no matter of its own (`lexicon/card.toml`): "làm khai sinh mấy giờ"
names a procedure and stays a question for the catalogue.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz

from knowledge.lexicon import Lexicon
from knowledge.phrases import Found, PhraseBook, Syllable, spell
from knowledge.question import LONGEST, QuestionReader, reader_of
from knowledge.text import fold

_LONGEST_MATTER = 4  # syllables of a matter that is named beside a day off
_LONGEST_QUESTION = 25  # syllables of a question about the ward
_ALIKE = 90.0  # of 100: how near a question must come to a way of asking to be taken for it
_DATE = re.compile(r"^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$")


class Topic(StrEnum):
    """The parts of the ward's card that people ask for."""

    ADDRESS = "address"
    HOURS = "hours"
    HOTLINE = "hotline"
    EMAIL = "email"
    CONTACT = "contact"
    HOME = "home"
    MODELS = "models"


class AskedDay(StrEnum):
    """A day as people name it; NEXT_WEEK moves a weekday that is named beside it."""

    NEXT_WEEK = "next_week"
    TODAY = "today"
    TOMORROW = "tomorrow"
    AFTER_TOMORROW = "after_tomorrow"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


_DAYS_OFF = frozenset({AskedDay.SATURDAY, AskedDay.SUNDAY, AskedDay.WEEKEND, AskedDay.HOLIDAY})


@dataclass(frozen=True)
class WardQuestion:
    """What is asked of the ward: the surest topic first, and the days named.

    dates are (day, month, year or None) as typed, unchecked.
    """

    topics: tuple[Topic, ...]
    days: tuple[AskedDay, ...] = ()
    dates: tuple[tuple[int, int, int | None], ...] = ()


class WardQuestionReader:
    """Recognises questions about the ward; built once, used from any thread."""

    def __init__(self, cues: Mapping[str, Any], reader: QuestionReader) -> None:
        self._reader = reader
        self._topics: PhraseBook[tuple[Topic, bool]] = PhraseBook(
            (cue, (Topic(name), strength == "cues"))
            for name, row in cues["topics"].items()
            for strength, known in row.items()
            for cue in known
        )
        self._office: PhraseBook[None] = PhraseBook((w, None) for w in cues["office"]["called"])
        self._days: PhraseBook[AskedDay] = PhraseBook(
            (words, AskedDay(name)) for name, known in cues["days"].items() for words in known
        )
        self._day_off: PhraseBook[None] = PhraseBook((w, None) for w in cues["day_off"]["asked"])
        fillers = [words for known in cues["fillers"].values() for words in known]
        self._fillers: PhraseBook[None] = PhraseBook((words, None) for words in fillers)

    @classmethod
    def shipped(cls) -> "WardQuestionReader":
        """Return the reader with the cues that come with the product, built once."""
        return _shipped()

    def read(self, text: str) -> WardQuestion | None:
        """Return what is asked of the ward, None where the message is about anything else."""
        typed = spell(text[:LONGEST])
        if not typed or len(typed) > _LONGEST_QUESTION:
            return None
        return self._understood(typed) or self._understood(list(self._written_out(text)))

    def _written_out(self, text: str) -> tuple[Syllable, ...]:
        return self._reader.read(text).syllables

    def _understood(self, words: list[Syllable]) -> WardQuestion | None:
        topics, days = self._topics.longest(words), self._days.longest(words)
        office = self._office.find(words)
        dates = {at: found for at, word in enumerate(words) if (found := _DATE.match(word.typed))}
        hits: list[Found[Any]] = [*topics, *days, *office, *self._fillers.find(words)]
        covered = {at for hit in hits for at in range(hit.start, hit.end)} | dates.keys()
        if len(covered) < len(words):
            return self._of_a_day_off(words, days, len(words) - len(covered))
        told = bool(days or dates)
        asked = {
            topic: None
            for topic, sure in sorted((hit.value for hit in topics), key=lambda value: not value[1])
            if sure or office or (told and topic is Topic.HOURS)
        }
        if office and told and not asked:
            asked[Topic.HOURS] = None  # "thứ bảy ra phường được không"
        named = tuple(dict.fromkeys(hit.value for hit in days))
        if not asked and not _DAYS_OFF.isdisjoint(named):
            asked[Topic.HOURS] = None  # "chủ nhật thì sao"
        typed = tuple((int(d[1]), int(d[2]), int(d[3]) if d[3] else None) for d in dates.values())
        return WardQuestion(tuple(asked), named, typed) if asked else None

    def _of_a_day_off(
        self, words: list[Syllable], days: Sequence[Found[AskedDay]], left: int
    ) -> WardQuestion | None:
        """Take "thứ 7 có làm khai sinh không": a matter is named, but the hours are asked."""
        named = tuple(dict.fromkeys(day.value for day in days if day.value in _DAYS_OFF))
        if not named or left > _LONGEST_MATTER or not self._day_off.find(words):
            return None
        return WardQuestion((Topic.HOURS,), named)


_PARTICLES = frozenset(("vay", "the", "a", "nhi", "ha", "day", "nhe", "ta", "hen", "he"))
"""Words that end a question and carry nothing, without marks."""

_LEAST_WORDS = 2


def best_answer(text: str, asks: Sequence[tuple[str, ...]]) -> int | None:
    """Return which of several questions, each with its ways of asking, a text nearly repeats.

    Pure comparison of words in any order, marks or not; None where none comes near enough.
    """
    asked = _bare(text)
    likeness = [
        max((fuzz.token_sort_ratio(asked, _bare(ask)) for ask in ways), default=0.0)
        for ways in asks
    ]
    best = max(range(len(likeness)), key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def _bare(text: str) -> str:
    """Return the words that carry the matter: without frames and without particles at the end."""
    words = reader_of(Lexicon.shipped()).read(fold(text[:LONGEST])).folded.split()
    while len(words) > _LEAST_WORDS and words[-1] in _PARTICLES:
        words.pop()
    return " ".join(words)


@cache
def _shipped() -> WardQuestionReader:
    text = files("knowledge.lexicon").joinpath("card.toml").read_text(encoding="utf-8")
    return WardQuestionReader(tomllib.loads(text), reader_of(Lexicon.shipped()))
