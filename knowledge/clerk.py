"""The clerk: a catalogue, a lexicon, and everything needed to answer one question."""

import time
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from operator import attrgetter

from knowledge.abolition import Abolition
from knowledge.answer import Answer, abolished, compose
from knowledge.aspects import Aspect, finder_of
from knowledge.catalogue import Catalogue
from knowledge.clarify import AskBack, clarifier_of
from knowledge.decide import MOST_CHOICES, Decision, Judge
from knowledge.lexicon import Lexicon, OutsideMatter
from knowledge.phrases import Syllable
from knowledge.procedure import Procedure
from knowledge.question import Question, reader_of
from knowledge.search import Candidate, SearchIndex
from knowledge.taught import TaughtAsk, TaughtAsks
from knowledge.terms import plain_name
from knowledge.text import fold

_SHORT = 60  # characters of a button
_GONE = " (đã bãi bỏ)"
_VAGUE = 4  # syllables of a question that leaves much open: "chứng thực", "bảo hiểm y tế"
_COMMON = 4.0  # what being common counts there
_APART = 3.0  # behind what people do most, so that nothing else is meant by a few words
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
        self._aspects = finder_of(words)
        self._judge = Judge.shipped()
        self._clarifier = clarifier_of(words)
        self._asks = words.asks
        self._common = frozenset(words.common)
        self._outside = {matter.key: matter for matter in words.outside}
        known = replace(catalogue, procedures=catalogue.procedures + self._only_by_name())
        self._index = SearchIndex(known, self._reader, words.asks)
        self._taught = TaughtAsks(())
        self._untaught: Clerk | None = None

    def with_taught(self, asks: Sequence[TaughtAsk]) -> "Clerk":
        """Return a clerk of the same catalogue who was taught these asks alone, the oldest first.

        An ask for a procedure that the catalogue does not have is left out.
        """
        plain = self._untaught or self
        if not asks:
            return plain
        other = copy(plain)
        other._untaught = plain
        known = [ask for ask in asks if not ask.code or ask.code in self.catalogue.by_code]
        by_code: dict[str, list[str]] = {}
        for ask in filter(attrgetter("code"), known):
            by_code.setdefault(ask.code, []).append(ask.text)
        other._taught = TaughtAsks(
            [(ask, self._matter(self._reader.read(ask.text))) for ask in known]
        )
        other._index = plain._index.with_asks(by_code)
        return other

    def read(self, text: str) -> Question:
        """Read a text as a question."""
        return self._reader.read(text)

    def _matter(self, question: Question) -> Question:
        """Return a question without the words that ask for a part of a procedure."""
        rest = tuple(self._aspects.rest(question.syllables))
        return replace(question, syllables=rest) if rest else question

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
        if decision is Decision.ANSWER and self._is_open(question, candidates):
            decision = Decision.CLARIFY
        asks_a_part = decision is Decision.CLARIFY and len(rest) < len(question.syllables)
        if asks_a_part and self._is_what_most_mean(rest, candidates):
            decision = Decision.ANSWER
        known = None if bare else self._taught.find(self._matter(question))
        if known:
            candidates, decision = self._as_taught(known, candidates)
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
            outside=self._outside_matter(question, known) if none else None,
        )

    def _is_what_most_mean(
        self, matter: Sequence[Syllable], candidates: Sequence[Candidate]
    ) -> bool:
        """Tell whether a few words and a part ("tạm trú mất bao lâu") mean what people do most.

        The plain procedure is meant unless the words say otherwise, so nothing else may be near.
        """
        best = candidates[0]
        plain = not any(best.features[name] for name in ("variant_added", "circumstance_missing"))
        named = best.names_the_thing and plain
        again = any(word.folded == "lai" for word in matter)
        if best.procedure.code not in self._common or not named or again or len(matter) > _VAGUE:
            return False
        return all(best.score - second.score >= _APART for second in candidates[1:2])

    def _is_open(self, question: Question, candidates: Sequence[Candidate]) -> bool:
        names = [c.procedure.name for c in candidates[:MOST_CHOICES]]
        return self._clarifier.is_open(question.syllables, names)

    def _as_taught(
        self, known: TaughtAsk, candidates: tuple[Candidate, ...]
    ) -> tuple[tuple[Candidate, ...], Decision]:
        """Put the procedure that staff named before all others, or say that there is none."""
        if not known.code:
            return candidates, Decision.NONE
        named = [c for c in candidates if c.procedure.code == known.code]
        first = named or [Candidate(self.catalogue.by_code[known.code], candidates[0].score, {})]
        rest = [c for c in candidates if c.procedure.code != known.code]
        return (*first, *rest), Decision.ANSWER

    def _outside_matter(self, question: Question, known: TaughtAsk | None) -> OutsideMatter | None:
        if known:
            return OutsideMatter("", known.text, known.where, ()) if known.where else None
        return self._outside.get(self._index.outside_matter(question))

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
