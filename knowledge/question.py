"""Reading a question: spellings made standard, frames taken off, concepts found."""

from dataclasses import dataclass
from functools import cached_property

from knowledge.lexicon import Lexicon
from knowledge.phrases import PhraseBook, Syllable, spell
from knowledge.text import fold

LONGEST = 2_000  # characters that are read of one question


@dataclass(frozen=True)
class Question:
    """A question as it is matched: its syllables after cleaning, and the concepts in it."""

    text: str
    syllables: tuple[Syllable, ...]
    concepts: frozenset[str]

    @cached_property
    def marked(self) -> bool:
        """Whether the person types marks."""
        return any(s.marked for s in self.syllables)

    @cached_property
    def folded(self) -> str:
        """The cleaned words without marks, one space between."""
        return " ".join(s.folded for s in self.syllables)


class QuestionReader:
    """Reads questions with one lexicon; built once, used from any thread."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._spellings = _spellings(lexicon)
        self._frames: PhraseBook[None] = PhraseBook((phrase, None) for phrase in lexicon.frames)
        self.concepts: PhraseBook[str] = PhraseBook(
            (term, concept.key) for concept in lexicon.concepts for term in concept.terms
        )

    def read(self, text: str) -> Question:
        """Read a question; text beyond LONGEST characters is not looked at."""
        words = self._unframed(self._standard(spell(text[:LONGEST])))
        found = frozenset(hit.value for hit in self.concepts.longest(words))
        return Question(text=text, syllables=tuple(words), concepts=found)

    def _standard(self, words: list[Syllable]) -> list[Syllable]:
        """Write out abbreviations, chat spellings and regional words."""
        written = []
        for word in words:
            standard = self._spellings.get(word.typed)
            written += spell(standard) if standard else [word]
        return written

    def _unframed(self, words: list[Syllable]) -> list[Syllable]:
        """Take off frames ("cho em hỏi") as long as something is left to match."""
        off = {at for hit in self._frames.longest(words) for at in range(hit.start, hit.end)}
        kept = [word for at, word in enumerate(words) if at not in off]
        return kept or words


def _spellings(lexicon: Lexicon) -> dict[str, str]:
    """Merge the spelling files; an abbreviation wins over a chat spelling."""
    merged: dict[str, str] = {}
    for source in (lexicon.dialect, lexicon.teencode, lexicon.abbreviations):
        merged.update({key.lower(): words for key, words in source.items()})
    # a regional word whose unmarked form is another common word is read only with its marks
    for key in list(merged):
        if fold(key) != key and fold(key) not in merged and key in lexicon.abbreviations:
            merged[fold(key)] = merged[key]
    return merged
