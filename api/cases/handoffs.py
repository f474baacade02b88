"""What is no feedback: a record of what somebody was told, and who may read it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import restriction
from api.cases.handoff_models import Handoff, HandoffViewing, Matter
from api.cases.models import Case
from api.cases.office import Office
from api.cases.worded import worded
from api.chats.models import Chat, Update
from api.errors import NotFoundError
from api.people.models import Role, Staff

NOT_KEPT = "(nội dung không được lưu)"
_ONE_RECORD = 200
_ONE_STORY = timedelta(minutes=2)  # longer than lines wait for one another


def record(session: Session, office: Office, chat: Chat, matter: Matter, at: datetime) -> Handoff:
    """Note that a person was told where a matter belongs; their words are not kept.

    Of a denunciation the message itself is blanked as well (Luật Tố cáo 2018: the person who
    denounces is protected).
    """
    kept = Handoff(
        unit_id=office.unit_id,
        matter=matter,
        channel=chat.channel,
        chat_id=chat.id,
        told=f"say.{matter.value}",
        at=at,
    )
    session.add(kept)
    session.flush()
    if matter is Matter.DENUNCIATION:
        _forget_messages(session, chat)
    return kept


def record_case(session: Session, case: Case, matter: Matter, at: datetime) -> Handoff:
    """Note that staff told the sender of a case that it is no feedback."""
    kept = Handoff(
        unit_id=case.unit_id,
        matter=matter,
        channel=case.channel,
        chat_id=case.chat_id,
        case_id=case.id,
        told="notice.refuse",
        at=at,
    )
    session.add(kept)
    session.flush()
    return kept


def keep_words(
    session: Session, office: Office, chat: Chat, matter: Matter, words: str, at: datetime
) -> Handoff:
    """Keep a person's words because they asked for it, for those named for the matter."""
    newest = session.exec(
        select(Handoff)
        .where(Handoff.chat_id == chat.id, Handoff.matter == matter, Handoff.words == "")
        .order_by(col(Handoff.id).desc())
    ).first()
    kept = newest or record(session, office, chat, matter, at)
    kept.words = worded(words, "Nội dung")
    if matter is Matter.DENUNCIATION:
        _forget_messages(session, chat)  # they stand in the record alone, which is watched
    return kept


def visible_to(session: Session, member: Staff) -> Sequence[Handoff]:
    """Return the records a member may read, newest first.

    Denunciations only for those named for them, whatever their role; the rest from head upwards.
    """
    matters = _matters(member)
    return session.exec(
        select(Handoff)
        .where(Handoff.unit_id == member.unit_id, col(Handoff.matter).in_(matters))
        .order_by(col(Handoff.at).desc(), col(Handoff.id).desc())
        .limit(_ONE_RECORD)
    ).all()


def unopened(session: Session, member: Staff) -> int:
    """Return how many records with a person's words, that a member may read, nobody has opened."""
    query = (
        select(sa.func.count())
        .select_from(Handoff)
        .where(
            Handoff.unit_id == member.unit_id,
            Handoff.words != "",
            col(Handoff.matter).in_(_matters(member)),
            col(Handoff.id).not_in(select(HandoffViewing.handoff_id)),
        )
    )
    return int(session.exec(query).one())


def unread_by_all(session: Session, unit_id: int) -> bool:
    """Tell whether people's denunciations were kept that nobody can read, since nobody is named."""
    kept = select(Handoff.id).where(
        Handoff.unit_id == unit_id, Handoff.matter == Matter.DENUNCIATION, Handoff.words != ""
    )
    unread = session.exec(kept.limit(1)).first() is not None
    return unread and not restriction.named(session, unit_id)


def open_one(session: Session, member: Staff, number: int, at: datetime) -> Handoff:
    """Return one record and note who read it; raises NotFoundError where they may not."""
    found = session.get(Handoff, number)
    if not found or found.unit_id != member.unit_id or found.matter not in _matters(member):
        raise NotFoundError("Không tìm thấy bản ghi này.", "Anh/chị quay lại danh sách.")
    session.add(HandoffViewing(staff_id=member.id or 0, handoff_id=number, at=at))
    return found


def may_read_any(member: Staff) -> bool:
    """Tell whether a member reads any of these records."""
    return bool(_matters(member))


def _matters(member: Staff) -> list[Matter]:
    seen = [Matter.COMPLAINT, Matter.EMERGENCY] if member.role.includes(Role.HEAD) else []
    return [*seen, Matter.DENUNCIATION] if member.denunciations else seen


def _forget_messages(session: Session, chat: Chat) -> None:
    """Blank what was just handled: neither its text nor its raw form stays.

    A thought comes in several lines, so those shortly before are blanked as well.
    """
    of_chat = select(Update).where(Update.chat_id == chat.id).order_by(col(Update.id).desc())
    newest = session.exec(of_chat).first()
    if newest is None:
        return
    since = newest.received_at - _ONE_STORY
    for one in session.exec(of_chat.where(col(Update.received_at) >= since)):
        one.text, one.raw = NOT_KEPT, {}
