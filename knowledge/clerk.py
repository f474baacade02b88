"""The clerk: a catalogue, a lexicon, and everything needed to answer one question."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answer import Answer, compose
from knowledge.aspects import Aspect, AspectFinder
from knowledge.catalogue import Catalogue
from knowledge.clarify import AskBack, Clarifier
from knowledge.decide import MOST_CHOICES, Decision, Judge
from knowledge.lexicon import Lexicon, OutsideMatter
from knowledge.procedure import Procedure
from knowledge.question import Question, reader_of
from knowledge.search import Candidate, SearchIndex, plain_name

_SHORT = 60  # characters of a button
_VAGUE = 4  # syllables of a question that leaves much open: "chứng thực", "bảo hiểm y tế"
_COMMON = 4.0  # what being common counts there
_NEAR = 6.0  # a candidate further behind the best is not offered by what tells it apart


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
    asks_back: AskBack | None = None  # what tells the choices apart, where one thing does
    outside: OutsideMatter | None = None  # what it sounds like where nothing was found

    @property
    def choices(self) -> tuple[Procedure, ...]:
        """The procedures to choose from where the question is open."""
        most = len(self.asks_back.labels) if self.asks_back else MOST_CHOICES
        return tuple(c.procedure for c in self.candidates[:most])

    @property
    def choice_labels(self) -> tuple[str, ...]:
        """What the buttons of the choices say."""
        return self.asks_back.labels if self.asks_back else self.short_names


class Clerk:
    """Answers questions from one catalogue; safe to use from any thread."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon | None = None) -> None:
        words = lexicon or Lexicon.shipped()
        self.catalogue = catalogue
        self._reader = reader_of(words)
        self._aspects = AspectFinder(words)
        self._judge = Judge.shipped()
        self._clarifier = Clarifier(words)
        self._asks = words.asks
        self._common = frozenset(words.common)
        self._outside = {matter.key: matter for matter in words.outside}
        self._index = SearchIndex(catalogue, self._reader, words.asks)

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
        if decision is Decision.CLARIFY and len(question.syllables) <= _VAGUE:
            candidates = self._common_first(candidates)
        none = decision is Decision.NONE and not bare
        return Finding(
            question=question,
            decision=decision,
            candidates=candidates,
            aspects=aspects,
            milliseconds=(time.perf_counter() - started) * 1000,
            names_nothing=bare,
            short_names=tuple(self.short_name(c.procedure) for c in candidates[:MOST_CHOICES]),
            asks_back=self._ask_back(candidates) if decision is Decision.CLARIFY else None,
            outside=self._outside.get(self._index.outside_matter(question)) if none else None,
        )

    def _common_first(self, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Let what people do most go before what is about as likely."""
        raised = (
            replace(c, score=c.score + _COMMON) if c.procedure.code in self._common else c
            for c in candidates
        )
        return tuple(sorted(raised, key=lambda c: -c.score))

    def _ask_back(self, candidates: Sequence[Candidate]) -> AskBack | None:
        """Return the question between the likeliest; a candidate far behind is left out of it."""
        best = candidates[0].score
        near = [c for c in candidates[:MOST_CHOICES] if best - c.score <= _NEAR]
        for many in range(len(near), 1, -1):
            asked = self._clarifier.ask_back([c.procedure.name for c in near[:many]])
            if asked and all(best - c.score > _NEAR / 2 for c in near[many:]):
                return asked
        return None

    def matched(self, finding: Finding, candidate: Candidate) -> list[str]:
        """Return the words and meanings of a question that speak for a candidate."""
        return self._index.matched(finding.question, candidate.procedure)

    def aspects_of(self, text: str) -> tuple[Aspect, ...]:
        """Return the parts asked for in a text."""
        return self._aspects.find(text) or self._aspects.find(self._reader.written_out(text))

    def short_name(self, procedure: Procedure) -> str:
        """Return a name fit for a button: the official one, or where it is long, people's own."""
        official = plain_name(procedure.name).strip()
        asks = self._asks.get(procedure.code, ())
        short = official if len(official) <= _SHORT else next(iter(asks), official)
        short = short[:1].upper() + short[1:]
        return short if len(short) <= _SHORT else short[: _SHORT - 2].rsplit(" ", 1)[0] + " …"

    def card(self, code: str, asked: Sequence[Aspect] = ()) -> Answer | None:
        """Return the card of a procedure, or None where the catalogue does not have it."""
        procedure = self.catalogue.by_code.get(code)
        return compose(procedure, self.catalogue.release, asked) if procedure else None
