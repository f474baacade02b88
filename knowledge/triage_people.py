"""Whether a message names a person: a denunciation is of somebody (Luật Tố cáo 2018 Đ2, Đ23)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from knowledge.phrases import PhraseBook, Syllable
from knowledge.text import fold, toned

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[.,;:!?()\n\"“”]")


class PeopleFinder:
    """Finds names of persons by the words before them, with or without capitals."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._titles = PhraseBook((title, None) for title in words["titles"])
        self._not_names = PhraseBook((word, None) for word in words["not_names"])
        self._places = {fold(word.split()[-1]) for word in words["places"]}
        self._surnames = {toned(name) for name in words["surnames"]}
        self._given = {toned(name) for name in words["given_names"]}
        self._given_bare = {fold(name) for name in words["given_names"]}
        self._self_before = {fold(word.split()[-1]) for word in words["self_before"]}

    def names_somebody(self, text: str) -> bool:
        """Tell whether a person other than the writer is named."""
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text))
        words = [Syllable.of(token.lower()) for token in tokens]
        titled = {hit.end for hit in self._titles.find(words) if not self._self(words, hit.start)}
        if any(self._is_name(tokens, words, at) for at in titled if at < len(tokens)):
            return True
        return any(
            words[at].toned in self._surnames and self._is_full_name(tokens, words, at)
            for at in range(len(tokens) - 1)
        )

    def _is_name(self, tokens: Sequence[str], words: Sequence[Syllable], at: int) -> bool:
        if any(hit.start == 0 for hit in self._not_names.find(words[at : at + 2])):
            return False
        if _is_capital(tokens[at]):
            return True
        word = words[at]
        return word.toned in self._given if word.marked else word.folded in self._given_bare

    def _is_full_name(self, tokens: Sequence[str], words: Sequence[Syllable], at: int) -> bool:
        """Whether a surname and more capitals stand here, and not behind "đường", "trường" …"""
        if not (_is_capital(tokens[at]) and _is_capital(tokens[at + 1])):
            return False
        before = words[at - 1].folded if at else ""
        if before.isdigit() or before in self._places or self._self(words, at):
            return False
        return not (
            at and _is_capital(tokens[at - 1]) and words[at - 1].toned not in self._surnames
        )

    def _self(self, words: Sequence[Syllable], at: int) -> bool:
        """Whether the words before say "tôi là", "em tên": the writer's own name."""
        before = [word.folded for word in words[max(0, at - 2) : at]]
        here = words[at].folded if at < len(words) else ""
        if before[-1:] == ["la"] or before[-1:] == ["ten"]:
            return before[0] in self._self_before
        return here in ("ten", "la") and before[-1:] != [] and before[-1] in self._self_before


def _is_capital(token: str) -> bool:
    return token[:1].isupper() and (token[1:].islower() or len(token) == 1)
