"""Several people with one matter: joining a case, merging twins, splitting what is two."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from api.cases import calendars, clock, intake, moving, notices, states
from api.cases.assignment import taken_by
from api.cases.events import CITIZEN, CitizenDeed, Deed, hold, newest, record
from api.cases.intake import Feedback
from api.cases.models import Audience, Case, Follower
from api.cases.office import Office
from api.cases.pauses import inheritance
from api.cases.worded import LONGEST_REASON, worded
from api.chats.models import Chat
from api.clock import local_date
from api.errors import ConflictError, PeopleError
from api.people.models import Citizen
from knowledge.text import fold


def join(  # joining has this many parts
    session: Session, office: Office, case: Case, chat: Chat, feedback: Feedback, at: datetime
) -> Follower:
    """Let somebody else's words join an open case: from now on they are told what is told.

    Raises ConflictError where the case is closed or is their own.
    """
    if case.chat_id == chat.id:
        raise ConflictError("Đây là hồ sơ bạn đã gửi.", "Bạn xem tình trạng của hồ sơ ấy.")
    person = intake.citizen(session, office, chat, feedback, at)
    words = worded(feedback.content, "Nội dung")
    states.make(session, case, "join", CitizenDeed(at, case.version))
    record(session, case, "addition", CITIZEN, at, note=words)
    return _follow(session, case, chat.id or 0, person.id or 0, at)


def merge(session: Session, office: Office, case: Case, deed: Deed, into: Case) -> None:
    """Merge a case into its twin: its sender and followers are told what the twin's are told.

    Raises PeopleError for the same case, ConflictError where the twin is closed.
    """
    if into.id == case.id:
        raise PeopleError("Không gộp hồ sơ vào chính nó.", "Anh/chị nhập mã hồ sơ khác.")
    calendars.hold(session, office.unit_id)  # before the cases, as a change of the calendar does
    for held in sorted((case, into), key=lambda row: row.id or 0):
        hold(session, held)
    session.refresh(into)
    if into.state not in states.OPEN_STATES or into.restricted:
        raise ConflictError(
            f"Hồ sơ {into.code} đang ở bước “{states.STATE_LABELS[into.state]}”.",
            "Anh/chị chọn một hồ sơ còn đang xử lý.",
        )
    moving.move(
        session,
        office,
        case,
        "merge",
        deed,
        note=into.code,
        changes={"merged_into_id": into.id},
        told={"other": into.code, "other_due": notices.due_words(into)},
    )
    record(session, into, "merged_in", deed.by, deed.at, note=f"{case.code}: {case.content}")
    if case.chat_id != into.chat_id:
        notices.tell(session, office, into, "merged_in", deed.at)
        if case.chat_id:
            _follow(session, into, case.chat_id, case.citizen_id, deed.at)
    for one in _followers(session, case):
        if one.chat_id != into.chat_id:
            _follow(session, into, one.chat_id, one.citizen_id, deed.at)


def unmerge(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Take a merger back: the case is worked on for itself, its people follow the twin no more.

    The clock ran on meanwhile; where its day is past, the case is due on the first day on which it
    can be answered, and the index still knows the past one. Raises ConflictError where the case
    is not merged, PeopleError without a reason.
    """
    states.check(case, "unmerge")
    why = worded(reason, "Lý do bỏ gộp", LONGEST_REASON)
    twin = session.get_one(Case, case.merged_into_id)
    soonest = clock.soonest(session, office, local_date(deed.at))
    _leave_twins(session, case)
    moving.move(
        session,
        office,
        case,
        "unmerge",
        deed,
        note=why,
        changes={"merged_into_id": None, **taken_by(session, case, deed)},
        data=clock.given(session, office, case, soonest),
        told={"other": twin.code},
    )
    record(session, twin, "unmerged", deed.by, deed.at, note=case.code)


def split(session: Session, office: Office, case: Case, deed: Deed, part: str) -> Case:
    """Make a part of a case a case of its own, received when the whole was.

    Raises PeopleError where the part has no words.
    """
    words = worded(part, "Nội dung tách")
    sender = session.get(Citizen, case.citizen_id)
    second = intake.insert(
        session,
        office,
        Case(
            **case.model_dump(
                exclude={"id", "code", "version", "content", "search_text", "state", "verdict"}
            ),
            code="",
            content=words,
            search_text=fold(f"{words} {case.place} {sender.name if sender else ''}"),
        ),
    )
    second.split_from_id = case.id
    audience = Audience.PUBLIC
    record(session, second, "received", CITIZEN, case.received_at, audience=audience)
    so_far = inheritance(clock.clock_events(session, [case.id or 0]))
    record(session, second, "split_from", deed.by, deed.at, note=case.code, data=so_far)
    clock.recompute(session, office, second)
    for one in _followers(session, case):
        _follow(session, second, one.chat_id, one.citizen_id, deed.at)
    moving.move(session, office, case, "split", deed, note=second.code, told={"other": second.code})
    return second


def stands_for(session: Session, case: Case) -> Case:
    """Return the case whose state counts: of a merged one the twin it went into."""
    seen = {case.id}
    while case.merged_into_id and case.merged_into_id not in seen:
        case = session.get_one(Case, case.merged_into_id)
        seen.add(case.id)
    return case


def followed_by(session: Session, chat: Chat) -> list[Case]:
    """Return the cases a conversation joined, newest first."""
    return list(
        session.exec(
            select(Case)
            .join(Follower, col(Follower.case_id) == col(Case.id))
            .where(Follower.chat_id == chat.id)
            .order_by(col(Follower.id).desc())
        )
    )


def count(session: Session, case: Case) -> int:
    """Return how many people follow a case besides its sender."""
    return len(_followers(session, case))


def _leave_twins(session: Session, case: Case) -> None:
    """Let those whom mergers made followers go; who joined a twin by themselves stays."""
    people = {case.chat_id, *(one.chat_id for one in _followers(session, case))} - {None}
    while case.merged_into_id:
        merged = newest(session, case, "merge")
        case = session.get_one(Case, case.merged_into_id)
        for one in _followers(session, case):
            if merged and one.chat_id in people and one.since == merged.at:
                session.delete(one)
    session.flush()


def _followers(session: Session, case: Case) -> Sequence[Follower]:
    return session.exec(select(Follower).where(Follower.case_id == case.id)).all()


def _follow(session: Session, case: Case, chat_id: int, citizen_id: int, at: datetime) -> Follower:
    """Follow a case once: who does already stays as they are."""
    found = session.exec(
        select(Follower).where(Follower.case_id == case.id, Follower.chat_id == chat_id)
    ).first()
    kept = found or Follower(case_id=case.id or 0, chat_id=chat_id, citizen_id=citizen_id, since=at)
    session.add(kept)
    session.flush()
    return kept
