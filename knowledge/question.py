"""Reading a question: spellings made standard, frames taken off, concepts found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.ages import Ages
from knowledge.lexicon import Lexicon, Reading
from knowledge.phrases import Found, PhraseBook, Syllable, spell
from knowledge.supporting import SupportingPapers
from knowledge.text import fold

_LONGEST_SPELLING = 3  # syllables
_SHORTEST_REMARKED = 3  # letters
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


@lru_cache(maxsize=4)
def reader_of(lexicon: Lexicon) -> "QuestionReader":
    """Return the reader of a lexicon, built once."""
    return QuestionReader(lexicon)


class QuestionReader:
    """Reads questions with one lexicon; built once, used from any thread."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._spellings = _Spellings(lexicon)
        self._frames: PhraseBook[None] = PhraseBook((phrase, None) for phrase in lexicon.frames)
        self._concepts: PhraseBook[str] = PhraseBook(
            (self._written_out(term), concept.key)
            for concept in lexicon.concepts
            for term in concept.terms
        )
        self.kinds = {concept.key: concept.kind for concept in lexicon.concepts}
        self._ages = Ages(lexicon.concepts)
        self._supporting = SupportingPapers(lexicon.supporting, self.kinds)
        self.variants = frozenset(c.key for c in lexicon.concepts if c.variant)

    def read(self, text: str) -> Question:
        """Read a question; text beyond LONGEST characters is not looked at."""
        words = self._unframed(self._spellings.standard(spell(text[:LONGEST])))
        found = self._concepts.longest(words)
        kept = self._supporting.without(words, found)
        hits = found if kept is words else self._concepts.longest(kept)
        return Question(text=text, syllables=tuple(kept), concepts=self._named(kept, hits))

    def written_out(self, text: str) -> str:
        """Return a text in standard words, frames and all."""
        return self._written_out(text[:LONGEST])

    def _written_out(self, term: str) -> str:
        """Return a term as a question that holds it would be read."""
        return " ".join(word.typed for word in self._spellings.standard(spell(term)))

    def standard(self, text: str) -> list[Syllable]:
        """Return the syllables of a text with spellings written out, frames left on."""
        return self._spellings.standard(spell(text))

    def concepts_in(self, words: Sequence[Syllable]) -> frozenset[str]:
        """Return the keys of the concepts named in a run of syllables."""
        return self._named(words, self._concepts.longest(words))

    def _named(self, words: Sequence[Syllable], hits: Sequence[Found[str]]) -> frozenset[str]:
        return self._ages.settled(words, hits, frozenset(hit.value for hit in hits))

    def _unframed(self, words: list[Syllable]) -> list[Syllable]:
        """Take off frames ("cho em hỏi") as long as something is left to match."""
        off = {at for hit in self._frames.longest(words) for at in range(hit.start, hit.end)}
        kept = [word for at, word in enumerate(words) if at not in off]
        return kept or words


class _Spellings:
    """Writes out abbreviations, chat spellings and regional words.

    Without marks many of them look like common words ("tru" is "trâu" in the dialect of Nghệ
    An, and "trú" to everybody else). Those are read only in a text that has marks.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        short = {key.lower(): words for key, words in lexicon.abbreviations.items()}
        usual = {
            word
            for phrases in (*(c.terms for c in lexicon.concepts), *lexicon.asks.values())
            for phrase in phrases
            for word in spell(phrase)
            if word.typed not in short
        }
        common = {word.folded for word in usual}
        idle = (*lexicon.frames, *(cue for cues in lexicon.smalltalk.values() for cue in cues))
        told = (ask for matter in lexicon.outside for ask in matter.asks)
        self._bare = common
        self._toned = {word.toned for word in usual}
        self._toned.update(word.toned for text in (*idle, *told) for word in spell(text))
        regional = {key.lower(): words for key, words in lexicon.dialect.items()}
        chat = {key.lower(): words for key, words in lexicon.teencode.items()}
        self._always = {k: v for k, v in {**regional, **chat}.items() if fold(k) not in common}
        self._always.update(short)
        self._always.update({fold(k): v for k, v in short.items() if fold(k) not in common})
        self._when_marked = {**regional, **chat, **short}
        self._readings: dict[str, list[Reading]] = {}
        for reading in lexicon.readings:
            self._readings.setdefault(reading.typed, []).append(reading)
        # most words begin no spelling at all: one look tells
        self._begins = {
            key.split()[0]
            for key in (*self._always, *self._when_marked, *self._readings)
            if key.strip()
        }

    def standard(self, words: list[Syllable]) -> list[Syllable]:
        """Return the syllables in standard words; longer spellings are tried first."""
        words = [self._remarked(word) for word in words]
        if self._begins.isdisjoint([w.typed for w in words]):
            return words
        known = self._when_marked if any(w.marked for w in words) else self._always
        written: list[Syllable] = []
        at = 0
        while at < len(words):
            if words[at].typed not in self._begins:
                written.append(words[at])
                at += 1
                continue
            taken, standard = self._longest(words, at, known)
            written += spell(standard) if standard else [words[at]]
            at += taken
        return written

    def _remarked(self, word: Syllable) -> Syllable:
        """Return a syllable without its marks where nobody writes it with these: "hộ khảu"."""
        if not word.marked or word.toned in self._toned or len(word.folded) < _SHORTEST_REMARKED:
            return word
        is_spelling = word.typed in self._begins or word.folded not in self._bare
        return word if is_spelling else Syllable.of(word.folded)

    def _longest(
        self, words: list[Syllable], at: int, known: dict[str, str]
    ) -> tuple[int, str | None]:
        """Return how many syllables a spelling at a place takes, and what it stands for."""
        for length in range(min(_LONGEST_SPELLING, len(words) - at), 1, -1):
            typed = " ".join(w.typed for w in words[at : at + length])
            if typed in known:
                return length, known[typed]
        following = " ".join(w.typed for w in words[at + 1 : at + 3])
        previous = words[at - 1].typed if at else ""
        return 1, self._read(words[at].typed, previous, following) or known.get(words[at].typed)

    def _read(self, typed: str, previous: str, following: str) -> str | None:
        fitting = (r.means for r in self._readings.get(typed, ()) if r.fits(previous, following))
        return next(fitting, None)
