"""The desk of the conversation: looks things up in the catalogue and the tracker."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from api.cases import codes, lookup
from api.cases.deadlines import policy_for
from api.cases.models import Case, Kind
from api.cases.office import Office
from api.chats.identity import same_person
from api.chats.models import Chat
from api.clock import Clock, local_date
from api.errors import NotFoundError
from api.people.models import Citizen
from api.settings import Settings
from bot.dialogue.model import CaseStatus, Headline, Limits, Person, Ward
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.clerk import Clerk, Finding
from knowledge.triage import Triage, TriageReader

_HEADLINES = 5


def ward_of(settings: Settings, year: int) -> Ward:
    """Return what the assistant says of the office, with an example of a code."""
    return Ward(
        name=settings.ward_name,
        address=settings.ward_address,
        phone=settings.ward_phone,
        hours=settings.ward_hours,
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

    @property
    def ward(self) -> Ward:
        """Name, address and hours of the office."""
        return ward_of(self.settings, local_date(self.clock()).year)

    @property
    def limits(self) -> Limits:
        """Figures that sentences name."""
        policy = policy_for(Kind.QUESTION, local_date(self.clock()))
        return Limits(files=self.settings.max_files, question_days=policy.answer)

    def ask(self, text: str) -> Finding:
        """Ask the catalogue."""
        return self.clerk.ask(text)

    def triage(self, text: str) -> Triage:
        """Tell what kind of message a text is."""
        return self.reader.read(text)

    def aspects_of(self, text: str) -> tuple[Aspect, ...]:
        """Return the parts asked for."""
        return self.clerk.aspects_of(text)

    def card(self, code: str, asked: Sequence[Aspect] = ()) -> Answer | None:
        """Return the card of a procedure."""
        return self.clerk.card(code, asked)

    def status(self, code: str) -> CaseStatus | None:
        """Return what anybody with the code may know of a case."""
        try:
            return _status(lookup.by_code(self.session, code))
        except NotFoundError:
            return None

    def own_cases(self) -> Sequence[CaseStatus]:
        """Return the newest cases sent from this conversation or another one of the person."""
        own = same_person(self.session, self.chat)
        query = select(Case).where(col(Case.chat_id).in_(own)).order_by(col(Case.id).desc())
        return [_status(case) for case in self.session.exec(query)]

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


def _status(case: Case) -> CaseStatus:
    return CaseStatus(case.code, case.kind, case.state, case.received_at, case.due_on)
