"""Questions turned into evidence, none of which has seen the question itself.

Our own ways of asking are held out fold by fold: neither the index nor the learned words know
those of the fold. The development questions are in no index at all.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.catalogue import Catalogue
from knowledge.lexicon import Lexicon
from knowledge.question import QuestionReader, reader_of
from knowledge.ranking import Weights
from knowledge.search import SearchIndex
from tests.bench import train_terms
from tests.bench.questions import everyday, hard, own
from tests.bench.slips import with_slips, without_marks

FOLDS = 4
CV_FOLDS = 5

Array = npt.NDArray[np.float32]


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


def ours(catalogue: Catalogue) -> Iterator[Lesson]:
    """Give our own ways of asking, each as a citizen might type it, and what is outside."""
    lexicon = Lexicon.shipped()
    reader = reader_of(lexicon)
    twins = _twins(catalogue)
    outside = {matter.key: matter.asks for matter in lexicon.outside}
    for fold in range(FOLDS):
        kept, kept_outside = _without(lexicon.asks, fold), _without(outside, fold)
        learned = train_terms.learn(catalogue, reader, kept, kept_outside)
        index = SearchIndex(catalogue, reader, kept, weights=Weights.of({}), learned=learned)
        for code, asks in lexicon.asks.items():
            if code in catalogue.by_code:
                for n, ask in _held(asks, fold):
                    yield _lesson(index, reader, varied(ask, n), twins[code], key=code)
        for key, asks in outside.items():
            for n, ask in _held(asks, fold):
                yield _lesson(index, reader, varied(ask, n), frozenset(), key=key, expect="none")


def theirs(
    catalogue: Catalogue, folder: Path, spoil: Callable[[str, int], str]
) -> Iterator[Lesson]:
    """Give the questions nothing was learnt from, spoiled as told, with their procedure's fold."""
    lexicon = Lexicon.shipped()
    reader = reader_of(lexicon)
    index = SearchIndex(catalogue, reader, lexicon.asks)
    questions = everyday(folder, catalogue) + hard(folder, catalogue) + own(catalogue)
    for n, asked in enumerate(questions):
        text = spoil(asked.text, n)
        fold = zlib.crc32(min(asked.codes, default=asked.key).encode()) % CV_FOLDS
        yield _lesson(
            index, reader, text, asked.codes, key=asked.key, fold=fold, expect=asked.expect
        )


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


def _without(asks: Mapping[str, Sequence[str]], fold: int) -> dict[str, list[str]]:
    return {
        key: [text for n, text in enumerate(texts) if n % FOLDS != fold]
        for key, texts in asks.items()
    }


def _held(asks: Sequence[str], fold: int) -> list[tuple[int, str]]:
    return [(n, text) for n, text in enumerate(asks) if n % FOLDS == fold]


def _twins(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Procedures of one name are one answer."""
    by_name: dict[str, set[str]] = {}
    for procedure in catalogue.procedures:
        by_name.setdefault(procedure.name, set()).add(procedure.code)
    return {p.code: frozenset(by_name[p.name]) for p in catalogue.procedures}
