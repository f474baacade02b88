"""One look at the ward inside one transaction: its card, and what it says to a question."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from api.cases import calendars
from api.settings import Settings
from api.ward import answers, cards
from api.ward.answers import Ward
from api.ward.card import WardCard
from knowledge.ward_questions import WardQuestionReader, best_answer


@dataclass(frozen=True)
class WardDesk:
    """Reads the card and the calendar of a unit at a moment; it changes nothing."""

    session: Session
    unit_id: int
    settings: Settings
    at: datetime

    @cached_property
    def card(self) -> WardCard:
        """The card in use."""
        return cards.current(self.session, self.unit_id, self.settings)

    @cached_property
    def ward(self) -> Ward:
        """What answers are made from."""
        calendar = calendars.current(self.session, self.unit_id)
        return Ward(self.settings.ward_name, self.card, calendar, self.at)

    def about(self, text: str) -> str:
        """Return the answer to a question about the ward, empty where it is about anything else.

        What the ward answers in its own words goes before what follows from its card.
        """
        own = self.card.answers
        nearest = best_answer(text, [(a.title, *a.asks) for a in own]) if own else None
        if nearest is not None:
            return own[nearest].text
        question = WardQuestionReader.shipped().read(text)
        return answers.answer(self.ward, question) if question else ""

    def notes(self, code: str) -> list[str]:
        """Return what the ward adds to a procedure, a line each."""
        return [answers.link_words(link) for link in self.card.links_of(code)]
