"""Ways of asking that staff taught: the same question gets what they said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.question import LONGEST, Question
from knowledge.text import fold, is_marked, syllables

_THE_SAME = 0.9  # likeness from which a question is one that was taught


@dataclass(frozen=True)
class TaughtAsk:
    """Words of a question and the code of the procedure they mean.

    An empty code says that the matter is outside the catalogue; `where` then says where it is
    dealt with, if anybody wrote that down.
    """

    text: str
    code: str
    where: str = ""


class TaughtAsks:
    """What was taught, the oldest first: where two say the same, the newer one counts."""

    def __init__(self, asks: Sequence[tuple[TaughtAsk, Question]]) -> None:
        """Each ask comes with its text, read as the questions are read that are looked for."""
        self._known = [(ask, question, _bare(question)) for ask, question in asks]

    def find(self, question: Question) -> TaughtAsk | None:
        """Return what was taught of a question, or of one that differs by hardly a word."""
        if not self._known:
            return None
        found, most = None, _THE_SAME
        bare = _bare(question)
        for ask, taught, taught_bare in self._known:
            likeness = 0.0
            if bare == taught_bare and not (_marked(taught) and _marked(question)):
                likeness = 1.0  # only the marks were left out, and words read otherwise for it
            elif taught.concepts == question.concepts:
                likeness = _likeness(taught, question)
            if likeness >= most:
                found, most = ask, likeness
        return found


def _marked(question: Question) -> bool:
    """Tell whether marks were typed; words written out for short ones always have them."""
    return is_marked(question.text)


def _bare(question: Question) -> str:
    """Return the words as they were typed, without marks and signs."""
    return " ".join(fold(word) for word in syllables(question.text[:LONGEST]))


def _likeness(one: Question, other: Question) -> float:
    """Return the share of words and pairs of words in common, by their marks if both have them."""
    marked = _marked(one) and _marked(other)
    first, second = _terms(one, marked), _terms(other, marked)
    return 2 * len(first & second) / max(len(first) + len(second), 1)


def _terms(question: Question, marked: bool) -> frozenset[str]:
    words = [word.toned if marked else word.folded for word in question.syllables]
    return frozenset([*words, *(f"{a} {b}" for a, b in pairwise(words))])
