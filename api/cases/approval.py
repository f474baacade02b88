"""An answer drafted by an officer, and a leader who approves it or sends it back."""

from collections.abc import Sequence

from sqlmodel import Session

from api.cases import handling, moving, states
from api.cases.assignment import taken_by
from api.cases.events import Deed, newest
from api.cases.models import Answer, AnswerDraft, Case, Verdict
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded
from api.files.models import Attachment


def draft(  # a draft has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    text: str,
    verdict: Verdict | None = None,
) -> AnswerDraft:
    """Put an answer before the leader; the sender is told nothing yet.

    Raises PeopleError where the answer is empty.
    """
    words = worded(text, "Câu trả lời")
    changes = taken_by(session, case, deed)
    data = handling.said(words, verdict)
    moving.move(session, office, case, "draft", deed, changes=changes, data=data)
    kept = handling.draft_of(session, case) or AnswerDraft(
        case_id=case.id or 0, staff_id=deed.staff.id or 0, text=words, drafted_at=deed.at
    )
    kept.staff_id, kept.text, kept.drafted_at = deed.staff.id or 0, words, deed.at
    session.add(kept)
    session.flush()
    return kept


def approve(  # an approval has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    text: str = "",
    proofs: Sequence[Attachment] = (),
) -> Answer:
    """Approve a drafted answer, as it is or with the leader's words, and send it.

    Raises PeopleError where neither has words.
    """
    states.check(case, "approve")
    waiting = handling.draft_of(session, case)
    words = text if text.strip() or not waiting else waiting.text
    found = drafted_verdict(session, case)
    sent = handling.send(
        session, office, case, deed, "approve", words, proofs=proofs, verdict=found
    )
    if waiting:
        session.delete(waiting)
    return sent


def drafted_verdict(session: Session, case: Case) -> Verdict | None:
    """Return the verdict that stands in the newest draft; it counts once it is approved."""
    drafted = newest(session, case, "draft")
    found = drafted.data.get("verdict") if drafted else None
    return Verdict(found) if found else None


def send_back(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Give a draft back to its officer; raises PeopleError without a reason."""
    why = worded(reason, "Lý do trả lại", LONGEST_REASON)
    moving.move(session, office, case, "send_back", deed, note=why)
