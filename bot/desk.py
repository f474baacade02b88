"""The desk of the conversation: looks things up in the catalogue and the tracker."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlmodel import Session, col, select

from api.cases import codes, followers, lookup, similar, states, supplement
from api.cases.models import Case, Kind
from api.cases.office import Office
from api.cases.policies import policy_for
from api.cases.rating import RATED_STATES, rating_of
from api.cases.similar import Lookalike, Matter
from api.chats.identity import same_person
from api.chats.models import Chat
from api.clock import Clock, local_date
from api.errors import NotFoundError
from api.people.models import Citizen
from api.settings import Settings
from api.ward.card import WardCard
from api.ward.desk import WardDesk
from bot.dialogue.model import CaseStatus, Headline, Limits, Person, Ward
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.clerk import Clerk, Finding
from knowledge.triage import Triage, TriageReader

_HEADLINES = 5


def ward_of(settings: Settings, card: WardCard, year: int) -> Ward:
    """Return what the assistant says of the office, with an example of a code."""
    return Ward(
        name=settings.ward_name,
        address=card.address,
        phone=card.hotline,
        hours=card.hours_line,
        url=settings.public_url,
        code_example=codes.example(settings.ward_prefix, year),
    )


@dataclass(frozen=True)
class OfficeDesk:
    """One conversation's view of the office, inside one transaction; it only reads."""

    session: Session
    settings: Settings
    office: Office
    clerk: Clerk
    reader: TriageReader
    chat: Chat
    clock: Clock
    _asked: dict[str, Finding] = field(default_factory=dict)  # one turn asks the same repeatedly
    _read: dict[str, Triage] = field(default_factory=dict)

    @cached_property
    def _ward(self) -> WardDesk:
        return WardDesk(self.session, self.office.unit_id, self.settings, self.clock())

    @property
    def ward(self) -> Ward:
        """Name, address and hours of the office."""
        return ward_of(self.settings, self._ward.card, local_date(self.clock()).year)

    @property
    def limits(self) -> Limits:
        """Figures that sentences name."""
        policy = policy_for(Kind.QUESTION, local_date(self.clock()))
        return Limits(files=self.settings.max_files, question_days=policy.answer)

    def ask(self, text: str) -> Finding:
        """Ask the catalogue."""
        if text not in self._asked:
            self._asked[text] = self.clerk.ask(text)
        return self._asked[text]

    def triage(self, text: str) -> Triage:
        """Tell what kind of message a text is."""
        if text not in self._read:
            self._read[text] = self.reader.read(text)
        return self._read[text]

    def about_ward(self, text: str) -> str:
        """Answer a question about the ward itself; empty where it is about anything else."""
        return self._ward.about(text)

    def ward_notes(self, code: str) -> Sequence[str]:
        """Return what the ward adds to a procedure."""
        return self._ward.notes(code)

    def aspects_of(self, text: str) -> tuple[Aspect, ...]:
        """Return the parts asked for."""
        return self.clerk.aspects_of(text)

    def card(self, code: str, asked: Sequence[Aspect] = ()) -> Answer | None:
        """Return the card of a procedure."""
        return self.clerk.card(code, asked)

    def status(self, code: str) -> CaseStatus | None:
        """Return what this conversation may know of a case: its sender knows more."""
        try:
            return self._status(lookup.by_code(self.session, code))
        except NotFoundError:
            return None

    def own_cases(self) -> Sequence[CaseStatus]:
        """Return the newest cases the person sent or joined, here or in a linked chat."""
        query = select(Case).where(col(Case.chat_id).in_(self._own_chats))
        own = list(self.session.exec(query.order_by(col(Case.id).desc())))
        own += [case for case in self._joined if case not in own]
        return [self._status(case) for case in own]

    @cached_property
    def _own_chats(self) -> list[int]:
        return same_person(self.session, self.chat)

    @cached_property
    def _joined(self) -> list[Case]:
        return followers.followed_by(self.session, self.chat)

    def similar(self, kind: Kind, content: str, place: str) -> Sequence[Lookalike]:
        """Return open cases of others that may be about the same thing."""
        unit, at = self.office.unit_id, self.clock()
        return similar.find(
            self.session, unit, Matter(kind, content, place), at, but_chat=self.chat.id
        )

    def _status(self, asked_for: Case) -> CaseStatus:
        case = followers.stands_for(self.session, asked_for)
        at, sent = self.clock(), asked_for.chat_id in self._own_chats
        own = sent and case is asked_for
        rateable = case.state in RATED_STATES and not rating_of(self.session, case)
        return CaseStatus(
            asked_for.code,
            case.kind,
            case.state,
            asked_for.received_at,
            case.due_on,
            own=own,
            known=sent or asked_for in self._joined,
            merged_into=case.code if case is not asked_for else "",
            moves=states.citizen_offers(self.session, self.office, case, at)
            if own
            else frozenset(),
            asked=supplement.question(self.session, case) if own else "",
            where=case.authority,
            may_rate=own and rateable,
        )

    def remembered(self) -> Person | None:
        """Return the contact that the person agreed to have remembered."""
        citizen = self.session.get(Citizen, self.chat.citizen_id) if self.chat.citizen_id else None
        if not citizen or not citizen.remembered:
            return None
        return Person(citizen.name, citizen.phone, citizen.address)

    def headlines(self) -> Sequence[Headline]:
        """Return the newest public results."""
        page = lookup.results(self.session, self.office.unit_id, "", None, 1)
        return [Headline(case.code, public.title) for public, case, _ in page.rows[:_HEADLINES]]
