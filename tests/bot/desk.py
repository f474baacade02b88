"""A desk for conversations without a database: the real clerk and reader, hand-made cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from api.cases.codes import ALPHABET, check_character
from api.cases.models import Kind, State
from api.cases.similar import KINDS, Lookalike
from bot.dialogue.model import CaseStatus, Headline, Limits, Person, Ward
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.clerk import Clerk, Finding
from knowledge.decide import Decision
from knowledge.triage import Triage, TriageReader
from knowledge.ward_questions import WardQuestionReader
from tests.conftest import small_catalogue

WARD = Ward(
    name="Phường Thạch Khôi",
    address="Số 1 phố Thạch Khôi",
    phone="0220 3700 001",
    hours="7:30–11:30 và 13:30–17:00",
    url="https://pakn.example.vn",
    code_example="TK-26-7KQ2MX-C",
)
LAN = Person("Nguyễn Thị Lan", "0912345678", "Số 5 ngõ 12 phố Thạch Khôi")


@cache
def small_clerk() -> Clerk:
    """The clerk of the small catalogue, made once."""
    return Clerk(small_catalogue())


@cache
def reader() -> TriageReader:
    """The reader as it is shipped, made once."""
    return TriageReader.shipped()


def code(body: str) -> str:
    """A valid code of the ward with these six characters."""
    return f"TK-26-{body}-{check_character('TK', 26, body)}"


OWN, FOREIGN = code(ALPHABET[5:11]), code(ALPHABET[12:18])


def case(
    of: str = OWN, state: State = State.RECEIVED, kind: Kind = Kind.INFRASTRUCTURE
) -> CaseStatus:
    """A case received on Monday 16/11/2026 at nine and due on Tuesday 8/12/2026."""
    return CaseStatus(of, kind, state, datetime(2026, 11, 16, 2, 0, tzinfo=UTC), date(2026, 12, 8))


class FakeDesk:
    """What the conversation looks up; a test fills in cases, a remembered person and news.

    `decisions` says of single questions how sure the clerk is, so that a test of the
    conversation does not depend on how the search is tuned.
    """

    ward = WARD
    limits = Limits(files=3, question_days=5)

    def __init__(self, clerk: Clerk | None = None) -> None:
        self.clerk = clerk or small_clerk()
        self.own: list[CaseStatus] = []
        self.foreign: list[CaseStatus] = []
        self.person: Person | None = None
        self.news: list[Headline] = []
        self.twins: list[Lookalike] = []
        self.decisions: dict[str, Decision] = {}
        self.notes: dict[str, list[str]] = {}

    def ask(self, text: str) -> Finding:
        finding = self.clerk.ask(text)
        return replace(finding, decision=self.decisions.get(text, finding.decision))

    def triage(self, text: str) -> Triage:
        return reader().read(text)

    def about_ward(self, text: str) -> str:
        question = WardQuestionReader.shipped().read(text)
        return f"Thẻ thông tin: {', '.join(question.topics)}" if question else ""

    def ward_notes(self, code: str) -> Sequence[str]:
        return self.notes.get(code, ())

    def aspects_of(self, text: str) -> tuple[Aspect, ...]:
        return self.clerk.aspects_of(text)

    def card(self, code: str, asked: Sequence[Aspect] = ()) -> Answer | None:
        return self.clerk.card(code, asked)

    def status(self, code: str) -> CaseStatus | None:
        return next((c for c in (*self.own, *self.foreign) if c.code == code), None)

    def own_cases(self) -> Sequence[CaseStatus]:
        return self.own

    def remembered(self) -> Person | None:
        return self.person

    def headlines(self) -> Sequence[Headline]:
        return self.news

    def similar(self, kind: Kind, content: str, place: str) -> Sequence[Lookalike]:
        return self.twins if kind in KINDS else []
