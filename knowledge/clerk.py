"""The clerk: a catalogue, a lexicon, and everything needed to answer one question."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.abolition import Abolition
from knowledge.answer import Answer, abolished, compose
from knowledge.aspects import Aspect, AspectFinder
from knowledge.catalogue import Catalogue
from knowledge.decide import MOST_CHOICES, Decision, Judge
from knowledge.lexicon import Lexicon, OutsideMatter
from knowledge.procedure import Procedure
from knowledge.question import Question, reader_of
from knowledge.search import Candidate, SearchIndex, plain_name
from knowledge.text import fold

_SHORT = 60  # characters of a button
_GONE = " (đã bãi bỏ)"


@dataclass(frozen=True)
class Finding:
    """What came of a question: decision, candidates best first, asked parts, milliseconds."""

    question: Question
    decision: Decision
    candidates: tuple[Candidate, ...]
    aspects: tuple[Aspect, ...]
    milliseconds: float
    names_nothing: bool = False  # only a part was asked for, of no procedure in particular
    short_names: tuple[str, ...] = ()  # of the choices
    outside: OutsideMatter | None = None  # what it sounds like where nothing was found

    @property
    def choices(self) -> tuple[Procedure, ...]:
        """The procedures to choose from where the question is open."""
        return tuple(c.procedure for c in self.candidates[:MOST_CHOICES])


class Clerk:
    """Answers questions from one catalogue; safe to use from any thread.

    Abolished procedures are found as well, so that whoever asks for one is told so. One that only
    changed its code is left out: its name means the procedure in force.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        lexicon: Lexicon | None = None,
        abolitions: Iterable[Abolition] = (),
    ) -> None:
        words = lexicon or Lexicon.shipped()
        self.catalogue = catalogue
        self._abolished = {one.procedure.code: one for one in abolitions}
        self._reader = reader_of(words)
        self._aspects = AspectFinder(words)
        self._judge = Judge.shipped()
        self._asks = words.asks
        self._outside = {matter.key: matter for matter in words.outside}
        known = replace(catalogue, procedures=catalogue.procedures + self._only_by_name())
        self._index = SearchIndex(known, self._reader, words.asks)

    def ask(self, text: str) -> Finding:
        """Find what a question is about; never raises, whatever the text."""
        started = time.perf_counter()
        question = self._reader.read(text)
        aspects = self.aspects_of(text)
        rest = self._aspects.rest(question.syllables)
        bare = bool(aspects) and not rest
        candidates = () if bare else tuple(self._index.rank(question))
        if candidates and self._index.is_named(candidates[0].procedure, rest):
            decision = Decision.ANSWER  # its whole name, and a part of it: nothing else is meant
        else:
            decision = self._judge.decide(candidates, len(question.syllables))
        none = decision is Decision.NONE and not bare
        return Finding(
            question=question,
            decision=decision,
            candidates=candidates,
            aspects=aspects,
            milliseconds=(time.perf_counter() - started) * 1000,
            names_nothing=bare,
            short_names=tuple(self.short_name(c.procedure) for c in candidates[:MOST_CHOICES]),
            outside=self._outside.get(self._index.outside_matter(question)) if none else None,
        )

    def aspects_of(self, text: str) -> tuple[Aspect, ...]:
        """Return the parts asked for in a text."""
        return self._aspects.find(text) or self._aspects.find(self._reader.written_out(text))

    def short_name(self, procedure: Procedure) -> str:
        """Return a name fit for a button: the official one, or where it is long, people's own."""
        official = plain_name(procedure.name).strip()
        asks = self._asks.get(procedure.code, ())
        short = official if len(official) <= _SHORT else next(iter(asks), official)
        short = short[:1].upper() + short[1:]
        gone = _GONE if procedure.code in self._abolished else ""
        room = _SHORT - len(gone)
        cut = short if len(short) <= room else short[: room - 2].rsplit(" ", 1)[0] + " …"
        return cut + gone

    def card(self, code: str, asked: Sequence[Aspect] = ()) -> Answer | None:
        """Return the card of a procedure, or None where no release in use ever had it."""
        procedure = self.catalogue.by_code.get(code)
        if procedure:
            return compose(procedure, self.catalogue.release, asked)
        abolition = self._abolished.get(code)
        return abolished(abolition) if abolition else None

    def _only_by_name(self) -> tuple[Procedure, ...]:
        """Return the abolished procedures that no procedure in force has the name of."""
        names = {fold(plain_name(p.name)) for p in self.catalogue.procedures}
        gone = (one.procedure for one in self._abolished.values())
        return tuple(p for p in gone if fold(plain_name(p.name)) not in names)
