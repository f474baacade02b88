"""What staff do with a case until it is answered: accept, note, correct, answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from api.cases import moving, notices, states
from api.cases.assignment import Assignee, taken_by
from api.cases.events import Deed
from api.cases.models import Answer, AnswerDraft, Case, CaseEvent, Verdict
from api.cases.office import Office
from api.cases.worded import LONGEST, worded
from api.clock import local_date
from api.errors import PeopleError
from api.files.models import Attachment
from api.people.models import Staff

LONGEST_ANSWER = LONGEST


def accept(
    session: Session, office: Office, case: Case, deed: Deed, to: Assignee | None = None
) -> None:
    """Take a received case into work and tell its sender; without `to` the officer keeps it."""
    moving.move(session, office, case, "accept", deed, changes=taken_by(session, case, deed, to))


def note(session: Session, case: Case, staff: Staff, text: str, at: datetime) -> None:
    """Add an internal note; raises PeopleError where it is empty."""
    words = worded(text, "Ghi chú")
    states.make(session, case, "note", Deed(staff, at, case.version), note=words)


def correct(session: Session, case: Case, deed: Deed, number: int, text: str) -> None:
    """Say what is wrong with an event of the history; the event itself stays as it is.

    Raises PeopleError without words, or where the case has no event of that number.
    """
    words = worded(text, "Đính chính")
    found = session.exec(
        select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.number == number)
    ).first()
    if not found:
        raise PeopleError("Diễn biến này không có.", "Anh/chị chọn lại dòng cần đính chính.")
    states.make(session, case, "corrected", deed, note=words, data={"number": number})


def answer(  # noqa: PLR0913  # a reply has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    text: str,
    *,
    proofs: Sequence[Attachment] = (),
    verdict: Verdict | None = None,
) -> Answer:
    """Answer a case and tell its sender, with pictures or papers as proof.

    Raises PeopleError where the answer is empty, ForbiddenError where a leader must approve it.
    """
    return send(session, office, case, deed, "answer", text, proofs=proofs, verdict=verdict)


def send(  # noqa: PLR0913  # a reply has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    move: str,
    text: str,
    *,
    proofs: Sequence[Attachment] = (),
    verdict: Verdict | None = None,
) -> Answer:
    """Send an answer by the move that allows it (answer or approve)."""
    words = worded(text, "Câu trả lời")
    changes = taken_by(session, case, deed) if move == "answer" else {}
    if verdict:
        changes["verdict"] = verdict
    moving.move(
        session,
        office,
        case,
        move,
        deed,
        changes=changes,
        data=said(words, verdict),
        told={"answer": words, "verdict": notices.verdict_words(verdict)},
        proofs=proofs,
    )
    reply = Answer(
        case_id=case.id or 0,
        staff_id=deed.staff.id or 0,
        text=words,
        answered_at=deed.at,
        answered_on=local_date(deed.at),
    )
    session.add(reply)
    session.flush()
    return reply


def said(words: str, verdict: Verdict | None) -> dict[str, str]:
    """Return what the event of an answer, or of its draft, keeps of it."""
    return {"text": words, **({"verdict": verdict.value} if verdict else {})}


def answer_of(session: Session, case: Case) -> Answer | None:
    """Return the answer of a case, if there is one."""
    return session.exec(select(Answer).where(Answer.case_id == case.id)).first()


def draft_of(session: Session, case: Case) -> AnswerDraft | None:
    """Return the answer that waits for approval or was sent back, if there is one."""
    return session.exec(select(AnswerDraft).where(AnswerDraft.case_id == case.id)).first()
