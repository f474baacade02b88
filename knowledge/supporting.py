"""Papers asked about within another matter, which are not what the question is about.

"Đăng ký kết hôn có cần giấy xác nhận độc thân không" is about marriage; "mất giấy khai sinh có đăng
ký kết hôn được không" as well. The words about the paper would draw the search to the procedure
that issues it.
"""

from collections.abc import Mapping, Sequence

from knowledge.lexicon import Supporting
from knowledge.phrases import Found, PhraseBook, Syllable

_NEAR = 3  # syllables that may stand between: "có cần (bản gốc của) giấy khai sinh"
_OPEN = {"khong", "hay", "chua"}  # such a word behind the paper makes it a question of yes or no
_OBJECT = "object"


class SupportingPapers:
    """Knows the papers that people bring, and how they ask whether they have to."""

    def __init__(self, words: Supporting, kinds: Mapping[str, str]) -> None:
        self._papers = frozenset(words.concepts)
        self._telling = frozenset(words.telling)
        self._needs: PhraseBook[None] = PhraseBook((phrase, None) for phrase in words.needs)
        self._lacks: PhraseBook[None] = PhraseBook((phrase, None) for phrase in words.lacks)
        self._kinds = kinds

    def without(self, words: list[Syllable], found: Sequence[Found[str]]) -> list[Syllable]:
        """Return the words without what is said of a paper, where another matter is left.

        found are the concepts in the words. Where nothing is taken off, the same list comes back.
        """
        papers = [hit for hit in found if hit.value in self._papers]
        if not papers or len(found) < 2:
            return words
        off: set[int] = set()
        for start, paper in self._after(self._needs.longest(words), papers):
            end = _open_end(words, paper.end)
            if end and self._named(found, 0, start, paper.value):
                off.update(range(start, end))
        for start, paper in self._after(self._lacks.longest(words), papers):
            if paper.value not in self._telling and self._goes_on(words, found, paper):
                off.update(range(start, paper.end))
        return [word for at, word in enumerate(words) if at not in off] if off else words

    def _after(
        self, phrases: Sequence[Found[None]], papers: Sequence[Found[str]]
    ) -> list[tuple[int, Found[str]]]:
        """Return where each phrase with a paper close behind it begins, with that paper."""
        return [
            (phrase.start, paper)
            for phrase in phrases
            for paper in papers
            if 0 <= paper.start - phrase.end <= _NEAR
        ]

    def _named(self, found: Sequence[Found[str]], start: int, end: int, paper: str) -> bool:
        """Tell whether a stretch of words names a matter that is not the paper."""
        return any(
            hit.start >= start
            and hit.end <= end
            and hit.value != paper
            and self._kinds[hit.value] == _OBJECT
            for hit in found
        )

    def _goes_on(
        self, words: Sequence[Syllable], found: Sequence[Found[str]], paper: Found[str]
    ) -> bool:
        """Tell whether, without the paper, something else is to be done: "… được không"."""
        rest = [word.folded for word in words[paper.end :]]
        asks = rest[-2:] == ["duoc", "khong"] and "lai" not in rest
        return asks and self._named(found, paper.end, len(words), paper.value)


def _open_end(words: Sequence[Syllable], end: int) -> int:
    """Return where the question whether a paper is needed ends; 0 where it is none."""
    for at in range(end, min(end + _NEAR + 1, len(words))):
        if words[at].folded in _OPEN:
            return at + 1
    return 0
