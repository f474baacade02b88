"""Asking back by what tells the candidates apart: "Bạn làm lần đầu, hay làm lại vì mất, hỏng?"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.lexicon import Difference, Lexicon
from knowledge.phrases import PhraseBook, Syllable, spell

_SAME_MATTER = 75  # likeness of two names without their marks from which they name one matter


@dataclass(frozen=True)
class AskBack:
    """One short question, and a label for each of the first candidates, in their order."""

    question: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class _Marked:
    """A name: the marks in it (key of the difference, label), and the words around them."""

    marks: frozenset[tuple[str, str]]
    rest: str


class Clarifier:
    """Finds the question that tells procedures apart; built once, used from any thread."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._differences: Mapping[str, Difference] = {d.key: d for d in lexicon.differences}
        self._said: Mapping[str, PhraseBook[None]] = {
            d.key: PhraseBook((phrase, None) for phrase in d.said)
            for d in lexicon.differences
            if d.said
        }
        self._mixed, self._usual = lexicon.difference_words
        self._marks: PhraseBook[tuple[str, str]] = PhraseBook(
            (phrase, (difference.key, label))
            for difference in lexicon.differences
            for label, phrases in difference.marks.items()
            for phrase in phrases
        )

    def is_open(self, words: Sequence[Syllable], names: Sequence[str]) -> bool:
        """Tell whether the first name goes further than a question, by what has to be said.

        "Xin mai táng phí" fits all who get it: which of them, nobody said. The other names are
        those of what comes next.
        """
        first, *others = (self._read(name) for name in names)
        for key, _ in first.marks:
            settled = self._said.get(key)
            rivals = [o.rest for o in others if any(k == key for k, _ in o.marks - first.marks)]
            if settled and rivals and _one_matter([first.rest, *rivals]):
                return not settled.find(words)
        return False

    def ask_back(self, names: Sequence[str]) -> AskBack | None:
        """Return a question with a label per name, or None where names differ in their matter."""
        read = [self._read(name) for name in names]
        if len(read) < 2 or not _one_matter([marked.rest for marked in read]):
            return None
        common = frozenset.intersection(*(marked.marks for marked in read))
        own = [marked.marks - common for marked in read]
        if len(set(own)) < len(own) or any(_doubled(marks) for marks in own):
            return None
        keys = {key for marks in own for key, _ in marks}
        only = self._differences[next(iter(keys))] if len(keys) == 1 else None
        labels = [self._label(marks, only) for marks in own]
        if len(set(labels)) < len(labels):
            return None
        if not only:
            return AskBack(self._mixed, tuple(labels))
        return AskBack(only.question if frozenset() in own else only.other, tuple(labels))

    def _label(self, marks: frozenset[tuple[str, str]], only: Difference | None) -> str:
        if not marks:
            return only.plain if only else self._usual
        order = list(self._differences)
        said = [label for _, label in sorted(marks, key=lambda mark: order.index(mark[0]))]
        return "; ".join([said[0], *(label[:1].lower() + label[1:] for label in said[1:])])

    def _read(self, name: str) -> _Marked:
        words: Sequence[Syllable] = spell(name)
        hits = self._marks.longest(words)
        taken = {at for hit in hits for at in range(hit.start, hit.end)}
        rest = " ".join(word.folded for at, word in enumerate(words) if at not in taken)
        return _Marked(frozenset(hit.value for hit in hits), rest)


@lru_cache(maxsize=4)
def clarifier_of(lexicon: Lexicon) -> Clarifier:
    """Return the clarifier of a lexicon, built once."""
    return Clarifier(lexicon)


def _doubled(marks: frozenset[tuple[str, str]]) -> bool:
    """Tell whether one name has two marks of one difference: neither label would be true of it."""
    keys = [key for key, _ in marks]
    return len(set(keys)) < len(keys)


def _one_matter(rests: Sequence[str]) -> bool:
    """Tell whether names without their marks speak of the same thing."""
    first = rests[0]
    return all(
        first == rest or fuzz.token_set_ratio(first, rest) >= _SAME_MATTER for rest in rests[1:]
    )
