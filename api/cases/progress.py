"""Notes to the senders of late cases: first an apology, then every seven days how things stand.

The apology is a duty for dossiers (Nghị định 118/2025/NĐ-CP) and good practice for feedback.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from api.cases import calendars, clock, notices
from api.cases.clock_models import LateNote
from api.cases.events import SYSTEM, By, hold, record
from api.cases.models import Audience, Case
from api.cases.office import Office
from api.cases.policies import Step, kept_policy
from api.cases.states import OPEN_STATES
from api.clock import local_date
from api.db import held
from api.errors import ConflictError, PeopleError
from api.people.models import Staff
from knowledge.text import nfc

LONGEST_NOTE = 2_000


def draft(session: Session, office: Office, at: datetime, *, send_now: bool = False) -> int:
    """Write the note that each late case owes its sender now; returns how many are new.

    On working days only. With send_now they are sent at once, else an officer sends them.
    """
    today = local_date(at)
    if not calendars.current(session, office.unit_id).works(today):
        return 0
    late = session.exec(
        select(Case).where(
            Case.unit_id == office.unit_id,
            col(Case.state).in_(OPEN_STATES),
            col(Case.paused_on).is_(None),
            clock.late(today),
        )
    ).all()
    have = _have(session, office)
    new = 0
    for case in late:
        number = owed(case, at)
        if (case.id, case.due_on, number) in have or number < 0:
            continue
        note = _written(session, office, case, number, at)
        if send_now:
            send(session, office, note, note.text, None, at)
        new += 1
    return new


def owed(case: Case, at: datetime) -> int:
    """Return the number of the note a late case owes: 0 the apology, then one each interval."""
    policy = kept_policy(case.policy, case.kind, local_date(case.received_at))
    return ((local_date(at) - case.due_on).days - 1) // policy.limits[Step.PROGRESS].days


def waiting(session: Session, case: Case) -> Sequence[LateNote]:
    """Return the notes of an open case that nobody has sent or dropped, oldest first.

    Once the case is answered or ended none is owed any more.
    """
    if case.state not in OPEN_STATES:
        return ()
    return session.exec(
        select(LateNote)
        .where(
            LateNote.case_id == case.id,
            col(LateNote.sent_at).is_(None),
            col(LateNote.dropped_at).is_(None),
        )
        .order_by(col(LateNote.id))
    ).all()


def of_id(session: Session, case: Case, note_id: int) -> LateNote:
    """Return a waiting note of a case, held until this transaction ends.

    Raises ConflictError where somebody sent or dropped it meanwhile, or the case has ended.
    """
    row = session.exec(
        held(select(LateNote).where(LateNote.id == note_id, LateNote.case_id == case.id))
    ).first()
    if not row or row.sent_at or row.dropped_at:
        raise ConflictError("Thư này đã được gửi hoặc bỏ.", "Anh/chị tải lại trang.")
    hold(session, case)
    now = session.get_one(Case, case.id, populate_existing=True)
    if now.state not in OPEN_STATES:
        raise ConflictError("Hồ sơ đã xong nên không cần thư này.", "Anh/chị tải lại trang.")
    return row


def send(  # a message has this many parts
    session: Session, office: Office, row: LateNote, text: str, staff: Staff | None, at: datetime
) -> None:
    """Send a note as worded by the officer; raises PeopleError where it is empty or too long."""
    words = nfc(text).strip()
    if not words or len(words) > LONGEST_NOTE:
        raise PeopleError(
            f"Thư cần có chữ, không quá {LONGEST_NOTE} ký tự.", "Anh/chị sửa lại rồi gửi."
        )
    case = session.get_one(Case, row.case_id)
    row.text, row.sent_at, row.staff_id = words, at, staff.id if staff else None
    by = By.staff(staff) if staff else SYSTEM
    record(session, case, "late_note", by, at, audience=Audience.CITIZEN, note=words)
    notices.tell(session, office, case, "late_note", at, answer=words)
    session.flush()


def drop(session: Session, row: LateNote, staff: Staff, at: datetime) -> None:
    """Decide not to send a note; it stays on record who decided."""
    row.dropped_at, row.staff_id = at, staff.id
    session.flush()


def _written(session: Session, office: Office, case: Case, number: int, at: datetime) -> LateNote:
    event = "late_progress" if _apologised(session, case) else "late_apology"
    for older in waiting(session, case):
        older.dropped_at = at  # a newer draft takes its place
    note = LateNote(
        case_id=case.id or 0,
        due_on=case.due_on,
        number=number,
        text=notices.words(session, office, case, event),
        drafted_at=at,
    )
    session.add(note)
    session.flush()
    return note


def _have(session: Session, office: Office) -> set[tuple[int, date, int]]:
    rows = session.exec(
        select(LateNote)
        .join(Case, col(Case.id) == col(LateNote.case_id))
        .where(Case.unit_id == office.unit_id, col(Case.state).in_(OPEN_STATES))
    )
    return {(row.case_id, row.due_on, row.number) for row in rows}


def _apologised(session: Session, case: Case) -> bool:
    """Whether the sender was written to since this day was missed: the first words apologise."""
    sent = select(LateNote).where(
        LateNote.case_id == case.id,
        LateNote.due_on == case.due_on,
        col(LateNote.sent_at).is_not(None),
    )
    return session.exec(sent).first() is not None
