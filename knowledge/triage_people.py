"""Whether a message names a person: a denunciation is of somebody (Luật Tố cáo 2018 Đ2, Đ23)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from knowledge.phrases import PhraseBook, Syllable
from knowledge.text import fold, toned

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[-–.,;:!?()\n\"“”]")
_CERTAIN, _LIKELY = 1.0, 0.6
_LONGEST_NAME = 6  # words


class PeopleFinder:
    """Finds names of persons by the words before them, with or without capitals."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        def book(key: str) -> PhraseBook[None]:
            return PhraseBook((word, None) for word in words[key])

        self._titles = book("titles")
        self._spoken = book("spoken_titles")
        self._bare = book("bare_titles")
        self._firms = book("firms")
        self._not_names = book("not_names")
        self._places = book("places")
        self._regions = book("regions")
        self._surnames = {toned(name) for name in words["surnames"]}
        self._surnames_bare = {fold(name) for name in words["surnames"]}
        self._given = {toned(name) for name in words["given_names"]}
        self._given_bare = {fold(name) for name in words["given_names"]}
        self._self_before = {fold(word.split()[-1]) for word in words["self_before"]}

    def find(self, text: str) -> tuple[float, bool]:
        """Return how sure it is that another person is named (0, 0.6, 1), and if a firm is."""
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text))
        words = [Syllable.of(token.lower()) for token in tokens]
        return self._certainty(tokens, words), self._names_a_firm(tokens, words)

    def _certainty(self, tokens: Sequence[str], words: Sequence[Syllable]) -> float:
        capitals = [at for at in range(len(tokens)) if _capital(tokens, at)]
        named = [at for at in capitals if self._titled(self._titles, words, at)]
        if any(self._may_name(words, at) for at in named):
            return _CERTAIN
        if any(self._full_name(tokens, words, at) for at in capitals):
            return _CERTAIN
        return _LIKELY if self._spoken_of(words) else 0.0

    def _names_a_firm(self, tokens: Sequence[str], words: Sequence[Syllable]) -> bool:
        return any(
            _capital(tokens, at)
            and _ends(self._firms, words[max(0, at - 3) : at])
            and self._may_name(words, at)
            for at in range(1, len(tokens))
        )

    def _titled(self, titles: PhraseBook[None], words: Sequence[Syllable], at: int) -> bool:
        """Whether one of the titles stands right before, not for the writer's own name."""
        first = max(0, at - 2)
        return any(
            hit.end == at - first and not self._self(words, first + hit.start)
            for hit in titles.find(words[first:at])
        )

    def _spoken_of(self, words: Sequence[Syllable]) -> bool:
        """Whether a title and a usual given name stand together, without capitals."""
        marked = any(word.marked for word in words)
        titles, names = (self._spoken, self._given) if marked else (self._bare, self._given_bare)
        return any(
            (word.toned if marked else word.folded) in names and self._titled(titles, words, at)
            for at, word in enumerate(words)
        )

    def _may_name(self, words: Sequence[Syllable], at: int) -> bool:
        return all(hit.start for hit in self._not_names.find(words[at : at + 2]))

    def _full_name(self, tokens: Sequence[str], words: Sequence[Syllable], at: int) -> bool:
        """Whether a surname and more capitals stand here, and not behind "đường", "trường" …"""
        length = 1
        while length < _LONGEST_NAME and _capital(tokens, at + length):
            length += 1
        bare = length > 2 and not words[at].marked and words[at].folded in self._surnames_bare
        if not bare and words[at].toned not in self._surnames:
            return False
        if length < 2 or self._self(words, at) or self._follows_capital(tokens, words, at):
            return False
        before = words[max(0, at - 3) : at]
        if before and (before[-1].folded.isdigit() or _ends(self._places, before)):
            return False
        return length >= 3 or not _ends(self._regions, before)

    def _follows_capital(self, tokens: Sequence[str], words: Sequence[Syllable], at: int) -> bool:
        """Whether this is the middle of a longer name, or the second street of a crossing."""
        previous = at - 1 if at and tokens[at - 1] not in "-–" else at - 2
        if previous < 0 or not _capital(tokens, previous):
            return False
        return not _ends(self._titles, words[max(0, previous - 2) : previous + 1])

    def _self(self, words: Sequence[Syllable], at: int) -> bool:
        """Whether the words before say "tôi là", "em tên": the writer's own name."""
        before = [word.folded for word in words[max(0, at - 2) : at]]
        if not before:
            return False
        if before[-1] in ("la", "ten"):
            mine = before[0] in self._self_before
            return mine and words[max(0, at - 3)].folded != "cua"  # "hàng xóm của tôi là …"
        return words[at].folded in ("ten", "la") and before[-1] in self._self_before


def _ends(book: PhraseBook[None], words: Sequence[Syllable]) -> bool:
    """Whether one of the phrases stands at the end of the words."""
    return any(hit.end == len(words) for hit in book.find(words))


def _capital(tokens: Sequence[str], at: int) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    return token[:1].isupper() and (len(token) == 1 or not token[1:].isupper())
