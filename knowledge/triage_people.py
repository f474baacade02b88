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

    def certainty(self, text: str) -> float:
        """Return how sure it is that a person other than the writer is named: 0, 0.6 or 1."""
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text))
        words = [Syllable.of(token.lower()) for token in tokens]
        titled = {hit.end for hit in self._titles.find(words) if not self._self(words, hit.start)}
        if any(_capital(tokens, at) and self._may_name(words, at) for at in titled):
            return _CERTAIN
        if any(self._full_name(tokens, words, at) for at in range(len(tokens) - 1)):
            return _CERTAIN
        return _LIKELY if self._spoken_of(words) else 0.0

    def names_a_firm(self, text: str) -> bool:
        """Tell whether a shop, firm or body is called by its own name."""
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text))
        words = [Syllable.of(token.lower()) for token in tokens]
        return any(
            _capital(tokens, hit.end) and self._may_name(words, hit.end)
            for hit in self._firms.find(words)
        )

    def _spoken_of(self, words: Sequence[Syllable]) -> bool:
        """Whether a title and a usual given name stand together, without capitals."""
        marked = any(word.marked for word in words)
        titles = (self._spoken if marked else self._bare).find(words)
        return any(
            not self._self(words, hit.start) and self._given_name(words, hit.end, marked)
            for hit in titles
        )

    def _may_name(self, words: Sequence[Syllable], at: int) -> bool:
        return all(hit.start for hit in self._not_names.find(words[at : at + 2]))

    def _given_name(self, words: Sequence[Syllable], at: int, marked: bool) -> bool:
        if at >= len(words):
            return False
        return words[at].toned in self._given if marked else words[at].folded in self._given_bare

    def _full_name(self, tokens: Sequence[str], words: Sequence[Syllable], at: int) -> bool:
        """Whether a surname and more capitals stand here, and not behind "đường", "trường" …"""
        if not _capital(tokens, at):
            return False
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
