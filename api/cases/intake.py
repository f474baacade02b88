"""Opening a case: from what a person confirmed to a row with a code and a due date."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from api.cases import calendars
from api.cases.codes import new_code
from api.cases.deadlines import answer_due
from api.cases.events import CITIZEN, record
from api.cases.models import Audience, Case, Kind
from api.cases.office import Office
from api.chats.models import Chat
from api.clock import local
from api.errors import PeopleError, TooManyError
from api.files.models import Attachment
from api.people import departments
from api.people.models import Citizen
from knowledge.text import fold, nfc, squeeze

LONGEST_CONTENT = 10_000  # characters, as on the national form


@dataclass(frozen=True)
class Feedback:
    """What a person confirmed to send. attachments are tokens of files of the same chat."""

    kind: Kind
    content: str
    name: str
    phone: str = ""
    address: str = ""
    place: str = ""
    procedure_code: str = ""
    remember: bool = False
    attachments: tuple[str, ...] = ()


def open_case(
    session: Session, office: Office, chat: Chat, feedback: Feedback, at: datetime
) -> Case:
    """Open a case from a conversation: citizen, code, due date, first event, files.

    Raises PeopleError where the content is empty or too long, TooManyError past the number of
    cases a person may open in a day.
    """
    content = nfc(feedback.content).strip()
    _check(session, office, chat, content, at)
    sender = citizen(session, office, chat, feedback, at)
    calendars.hold(session, office.unit_id)
    calendar = calendars.current(session, office.unit_id)
    due = answer_due(at, feedback.kind, calendar, office.rules)
    case = insert(
        session,
        office,
        Case(
            unit_id=office.unit_id,
            code="",
            kind=feedback.kind,
            content=content,
            search_text=fold(f"{content} {feedback.place} {feedback.name}"),
            place=squeeze(feedback.place)[:300],
            procedure_code=feedback.procedure_code,
            channel=chat.channel,
            chat_id=chat.id,
            citizen_id=sender.id or 0,
            received_at=at,
            due_on=due.on,
            index_due_on=due.index_on,
            policy=due.policy.name,
            calendar_version=calendar.version,
            department_id=departments.reception(session, office.unit_id, at).id,
        ),
    )
    record(session, case, "received", CITIZEN, at, audience=Audience.PUBLIC)
    _attach(session, chat, case, feedback.attachments)
    return case


def _check(session: Session, office: Office, chat: Chat, content: str, at: datetime) -> None:
    if not content:
        raise PeopleError("Nội dung đang trống.", "Bạn viết vài câu về việc muốn gửi.")
    if len(content) > LONGEST_CONTENT:
        raise PeopleError(
            f"Nội dung dài hơn {LONGEST_CONTENT} ký tự.", "Bạn rút gọn hoặc gửi phần còn lại sau."
        )
    today = select(sa.func.count()).where(
        Case.chat_id == chat.id, col(Case.received_at) > at - timedelta(days=1)
    )
    if session.exec(today).one() >= office.cases_per_day:
        raise TooManyError(
            f"Bạn đã gửi {office.cases_per_day} nội dung trong 24 giờ qua.",
            f"Việc gấp, bạn gọi {office.phone}.",
        )


def citizen(
    session: Session, office: Office, chat: Chat, feedback: Feedback, at: datetime
) -> Citizen:
    """Return the person: the one remembered for this chat if nothing changed, else a new row."""
    known = session.get(Citizen, chat.citizen_id) if chat.citizen_id else None
    given = (squeeze(feedback.name), squeeze(feedback.phone), squeeze(feedback.address))
    if known and (known.name, known.phone, known.address) == given:
        known.remembered = feedback.remember
        return known
    person = Citizen(
        unit_id=office.unit_id,
        name=given[0][:200],
        phone=given[1][:30],
        address=given[2][:500],
        remembered=feedback.remember,
        created_at=at,
    )
    session.add(person)
    session.flush()
    chat.citizen_id = person.id if feedback.remember else None
    return person


def insert(session: Session, office: Office, case: Case) -> Case:
    """Insert with a fresh code; a code drawn twice is drawn again."""
    for _ in range(5):
        case.code = new_code(office.prefix, local(case.received_at).year)
        try:
            with session.begin_nested():
                session.add(case)
        except IntegrityError as error:
            if "code" not in str(error.orig):
                raise
        else:
            return case
    raise RuntimeError("no free code in five draws")


def _attach(session: Session, chat: Chat, case: Case, tokens: tuple[str, ...]) -> None:
    files = session.exec(
        select(Attachment).where(
            col(Attachment.token).in_(tokens),
            Attachment.chat_id == chat.id,
            col(Attachment.case_id).is_(None),
        )
    )
    for file in files:
        file.case_id = case.id
