"""What staff do with a case until it is answered: accept, reclassify, note, answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from api.cases import calendars, clock, notices, states
from api.cases.events import Deed
from api.cases.models import Answer, Case, Kind
from api.cases.office import Office
from api.cases.wording import KIND_LABELS
from api.clock import local_date
from api.errors import PeopleError
from api.files.models import Attachment
from api.people.models import Staff
from knowledge.text import nfc

LONGEST_ANSWER = 10_000


def accept(session: Session, office: Office, case: Case, deed: Deed) -> None:
    """Take a received case into work and tell its sender."""
    states.make(session, case, "accept", deed)
    notices.tell(session, office, case, "accept", deed.at)


def reclassify(session: Session, office: Office, case: Case, deed: Deed, kind: Kind) -> None:
    """Give a case another kind; the clock is counted anew from the same receipt.

    Raises PeopleError where it has that kind already.
    """
    if kind is case.kind:
        raise PeopleError("Hồ sơ đã thuộc loại này.", "Bạn chọn một loại khác.")
    calendars.hold(session, office.unit_id)
    note = f"{KIND_LABELS[case.kind]} → {KIND_LABELS[kind]}"
    states.make(session, case, "reclassify", deed, note=note, changes={"kind": kind})
    clock.recompute(session, office, case)
    notices.tell(session, office, case, "reclassify", deed.at)


def note(session: Session, case: Case, staff: Staff, text: str, at: datetime) -> None:
    """Add an internal note; raises PeopleError where it is empty."""
    words = _worded(text, "Ghi chú")
    states.make(session, case, "note", Deed(staff, at, case.version), note=words)


def answer(  # a reply has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    text: str,
    *,
    proofs: Sequence[Attachment] = (),
) -> Answer:
    """Answer a case and tell its sender, with pictures or papers as proof.

    Raises PeopleError where the answer is empty.
    """
    worded = _worded(text, "Câu trả lời")
    states.make(session, case, "answer", deed)
    reply = Answer(
        case_id=case.id or 0,
        staff_id=deed.staff.id or 0,
        text=worded,
        answered_at=deed.at,
        answered_on=local_date(deed.at),
    )
    session.add(reply)
    session.flush()
    notices.tell(session, office, case, "answer", deed.at, answer=worded, proofs=proofs)
    return reply


def answer_of(session: Session, case: Case) -> Answer | None:
    """Return the answer of a case, if there is one."""
    return session.exec(select(Answer).where(Answer.case_id == case.id)).first()


def _worded(text: str, what: str) -> str:
    worded = nfc(text).strip()
    if not worded:
        raise PeopleError(f"{what} đang trống.", "Bạn viết nội dung rồi lưu lại.")
    if len(worded) > LONGEST_ANSWER:
        raise PeopleError(f"{what} dài hơn {LONGEST_ANSWER} ký tự.", "Bạn rút gọn nội dung.")
    return worded
