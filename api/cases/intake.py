"""Opening a case: from what a person confirmed to a row with a code and a due date."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from api.cases import calendars
from api.cases.codes import new_code
from api.cases.deadlines import answer_due
from api.cases.events import CITIZEN, By, record
from api.cases.models import Audience, Case, Kind
from api.cases.office import Office
from api.chats.models import Chat
from api.clock import local
from api.errors import PeopleError, TooManyError
from api.files.models import Attachment
from api.people import departments
from api.people.models import Citizen
from api.ward import cards
from knowledge.text import fold, nfc, squeeze

LONGEST_CONTENT = 10_000  # characters, as on the national form
ENTERED_CHANNELS = ("counter", "phone", "paper", "email", "portal")


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
    _check(nfc(feedback.content).strip())
    _check_number(session, office, chat, at)
    sender = citizen(session, office, chat, feedback, at)
    case = _opened(session, office, feedback, sender, at, chat.channel, chat_id=chat.id)
    record(session, case, "received", CITIZEN, at, audience=Audience.PUBLIC)
    attach(session, chat, case, feedback.attachments)
    return case


def register(  # noqa: PLR0913  # an entry has this many parts
    session: Session,
    office: Office,
    feedback: Feedback,
    channel: str,
    received_at: datetime,
    *,
    by: By,
    at: datetime,
) -> Case:
    """Open a case that came by phone, on paper or by e-mail, under the same clock.

    received_at is when the office had it; by is who enters it. Raises PeopleError where content
    or name is missing, where the channel is none of these, or where it is received later than now.
    """
    _check(nfc(feedback.content).strip())
    if not squeeze(feedback.name):
        raise PeopleError("Cần có họ tên người gửi.", "Anh/chị ghi họ tên.")
    if channel not in ENTERED_CHANNELS:
        raise PeopleError("Cần chọn cách người dân gửi.", "Anh/chị chọn một cách trong danh sách.")
    if received_at > at:
        raise PeopleError("Ngày nhận sau hôm nay.", "Anh/chị nhập lại ngày nhận.")
    sender = _new_citizen(session, office, feedback, at)
    case = _opened(session, office, feedback, sender, received_at, channel)
    entered = {"entered_at": at.isoformat(), "channel": channel}
    record(session, case, "received", by, received_at, audience=Audience.PUBLIC, data=entered)
    return case


def _opened(  # noqa: PLR0913  # a case has this many parts
    session: Session,
    office: Office,
    feedback: Feedback,
    sender: Citizen,
    at: datetime,
    channel: str,
    *,
    chat_id: int | None = None,
) -> Case:
    content = nfc(feedback.content).strip()
    calendars.hold(session, office.unit_id)
    calendar = calendars.current(session, office.unit_id)
    due = answer_due(at, feedback.kind, calendar, office.rules)
    return insert(
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
            channel=channel,
            chat_id=chat_id,
            citizen_id=sender.id or 0,
            received_at=at,
            due_on=due.on,
            index_due_on=due.index_on,
            policy=due.policy.name,
            calendar_version=calendar.version,
            rules=office.rules.kept(),
            department_id=departments.reception(session, office.unit_id, at).id,
        ),
    )


def _check(content: str) -> None:
    if not content:
        raise PeopleError("Nội dung đang trống.", "Bạn viết vài câu về việc muốn gửi.")
    if len(content) > LONGEST_CONTENT:
        raise PeopleError(
            f"Nội dung dài hơn {LONGEST_CONTENT} ký tự.", "Bạn rút gọn hoặc gửi phần còn lại sau."
        )


def _check_number(session: Session, office: Office, chat: Chat, at: datetime) -> None:
    today = select(sa.func.count()).where(
        Case.chat_id == chat.id, col(Case.received_at) > at - timedelta(days=1)
    )
    if session.exec(today).one() >= office.cases_per_day:
        raise TooManyError(
            f"Bạn đã gửi {office.cases_per_day} nội dung trong 24 giờ qua.",
            f"Việc gấp, bạn gọi {cards.contact(session, office).phone}.",
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
    person = _new_citizen(session, office, feedback, at)
    chat.citizen_id = person.id if feedback.remember else None
    return person


def _new_citizen(session: Session, office: Office, feedback: Feedback, at: datetime) -> Citizen:
    person = Citizen(
        unit_id=office.unit_id,
        name=squeeze(feedback.name)[:200],
        phone=squeeze(feedback.phone)[:30],
        address=squeeze(feedback.address)[:500],
        remembered=feedback.remember,
        created_at=at,
    )
    session.add(person)
    session.flush()
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


def attach(session: Session, chat: Chat, case: Case, tokens: tuple[str, ...]) -> None:
    """Put files of a conversation, by their tokens, with a case; those of others are left out."""
    files = session.exec(
        select(Attachment).where(
            col(Attachment.token).in_(tokens),
            Attachment.chat_id == chat.id,
            col(Attachment.case_id).is_(None),
        )
    )
    for file in files:
        file.case_id = case.id
