"""Questions turned into evidence, none of which has seen the question itself.

Our own ways of asking and our own questions are held out part by part: neither the index nor the
learned words know those of the part. Nothing is ever learnt from the words of the development
questions.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.catalogue import Catalogue
from knowledge.lexicon import Lexicon
from knowledge.procedure import Procedure
from knowledge.question import QuestionReader, reader_of
from knowledge.search import SearchIndex
from tests.bench import train_terms
from tests.bench.questions import Asked, everyday, hard
from tests.bench.slips import with_slips, without_marks
from tests.bench.teaching import PARTS, Teaching, held

CV_FOLDS = 5

Array = npt.NDArray[np.float32]
Spoiled = Mapping[str, Callable[[str, int], str]]


@dataclass(frozen=True)
class Lesson:
    """The candidates of one question with their features, and which of them are right.

    fold is that of the cross-validation, -1 for our own; expect is answer, clarify or none.
    """

    key: str
    features: Array
    right: Array
    codes: tuple[str, ...]
    syllables: int
    fold: int
    expect: str


def collected(
    catalogue: Catalogue, folder: Path, spoiled: Spoiled
) -> tuple[list[Lesson], dict[str, list[Lesson]]]:
    """Return the lessons of our ways of asking, and those of questions by how they are spoiled.

    The questions are our own and those of development.
    """
    whole, reader = Teaching.whole(catalogue), reader_of(Lexicon.shipped())
    asks: list[Lesson] = []
    questions: dict[str, list[Lesson]] = {name: [] for name in spoiled}

    def ask(index: SearchIndex, n: int, asked: Asked) -> None:
        fold = zlib.crc32(min(asked.codes, default=asked.key).encode()) % CV_FOLDS
        about = {"key": asked.key, "expect": asked.expect}
        for name, spoil in spoiled.items():
            text = spoil(asked.text, n)
            questions[name].append(_lesson(index, reader, text, asked.codes, fold=fold, **about))

    for part in range(PARTS):
        kept = whole.without(part)
        learned = train_terms.learn(catalogue, reader, kept)
        asks += _of_asks(SearchIndex(catalogue, reader, kept.asks, learned=learned), whole, part)
        index = SearchIndex(catalogue, reader, whole.asks, learned=learned)
        for n, asked in held(whole.questions, part):
            ask(index, n, asked)
    learned = train_terms.learn(catalogue, reader, whole)
    index = SearchIndex(catalogue, reader, whole.asks, learned=learned)
    for n, asked in enumerate(everyday(folder, catalogue) + hard(folder, catalogue)):
        ask(index, n, asked)
    return asks, questions


def _of_asks(index: SearchIndex, whole: Teaching, part: int) -> Iterator[Lesson]:
    """Give the held out ways of asking as citizens might type them, and what is outside."""
    reader = reader_of(Lexicon.shipped())
    twins = _twins(index.procedures)
    for code, asks in whole.asks.items():
        for n, ask in held(asks, part):
            yield _lesson(index, reader, varied(ask, n), twins[code], key=code)
    for key, asks in whole.outside.items():
        for n, ask in held(asks, part):
            yield _lesson(index, reader, varied(ask, n), frozenset(), key=key, expect="none")


def varied(ask: str, n: int) -> str:
    """Type one in three without marks and one in six with slips, as citizens do."""
    if n % 6 == 5:
        return with_slips(ask, seed=n)
    return without_marks(ask) if n % 3 == 1 else ask


def _lesson(  # a lesson has this many parts
    index: SearchIndex,
    reader: QuestionReader,
    text: str,
    accepted: frozenset[str],
    *,
    key: str,
    fold: int = -1,
    expect: str = "answer",
) -> Lesson:
    question = reader.read(text)
    numbers, features = index.features(question)
    codes = tuple(index.procedures[int(number)].code for number in numbers)
    right = np.array([code in accepted for code in codes], dtype=np.float32)
    return Lesson(key, features, right, codes, len(question.syllables), fold, expect)


def _twins(procedures: Sequence[Procedure]) -> dict[str, frozenset[str]]:
    """Procedures of one name are one answer."""
    by_name: dict[str, set[str]] = {}
    for procedure in procedures:
        by_name.setdefault(procedure.name, set()).add(procedure.code)
    return {p.code: frozenset(by_name[p.name]) for p in procedures}
