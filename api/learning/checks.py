"""The ward's own questions with the procedure each should lead to: nothing taught may lose one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlmodel import Session, col, select

from api.errors import NotFoundError, PeopleError
from api.learning.models import CheckQuestion, Ruling, Verdict
from api.learning.questions import LONGEST, folded, kept_words, without_labels
from api.people.models import Staff
from knowledge.clerk import Clerk
from knowledge.decide import Decision

MOST = 1_000  # questions of a list: all are asked before anything new is taught


@dataclass(frozen=True)
class Check:
    """A question and the code expected; an empty code expects that nothing is found."""

    text: str
    code: str


class Grade(IntEnum):
    """How well a question is answered; higher is better."""

    WRONG = 0
    OFFERED = 1
    RIGHT = 2


def listed(session: Session, unit_id: int) -> Sequence[CheckQuestion]:
    """Return the list in force, the newest first."""
    return session.exec(
        select(CheckQuestion)
        .where(CheckQuestion.unit_id == unit_id, col(CheckQuestion.removed_at).is_(None))
        .order_by(col(CheckQuestion.id).desc())
    ).all()


def in_force(session: Session, unit_id: int) -> list[Check]:
    """Return all that must stay right: the list, and the words that staff assigned before."""
    own = [Check(row.text, row.code) for row in reversed(listed(session, unit_id))]
    return own + [Check(row.text, row.code) for row in teaching(session, unit_id)]


def teaching(session: Session, unit_id: int) -> Sequence[Ruling]:
    """Return the rulings that teach something and hold now, the oldest first."""
    return session.exec(
        select(Ruling)
        .where(
            Ruling.unit_id == unit_id,
            Ruling.verdict != Verdict.ASIDE,
            col(Ruling.undone_at).is_(None),
        )
        .order_by(col(Ruling.id))
    ).all()


def add(
    session: Session, unit_id: int, check: Check, clerk: Clerk, staff: Staff | None, at: datetime
) -> bool:
    """Add a question to the list; tells whether it is new.

    Raises PeopleError for words or a code that cannot be, for another code than the list has,
    and where the list is full.
    """
    text = without_labels(kept_words(check.text))
    _refuse_unfit(check, clerk)
    rows = listed(session, unit_id)
    same = next((row for row in rows if folded(row.text) == folded(text)), None)
    if same and same.code == check.code:
        return False
    if same:
        raise PeopleError(
            f"Câu “{same.text}” đã có trong bộ kiểm tra với {_expected(same.code)}.",
            "Anh/chị bỏ câu cũ rồi thêm lại.",
        )
    if len(rows) >= MOST:
        raise PeopleError(f"Bộ kiểm tra đã đủ {MOST} câu.", "Anh/chị bỏ bớt câu cũ.")
    row = CheckQuestion(
        unit_id=unit_id,
        text=text,
        code=check.code,
        staff_id=staff.id if staff else None,
        added_at=at,
    )
    session.add(row)
    session.flush()
    return True


def remove(session: Session, unit_id: int, check_id: int, staff: Staff, at: datetime) -> None:
    """Take a question off the list; raises NotFoundError where it is not there."""
    row = session.get(CheckQuestion, check_id)
    if not row or row.unit_id != unit_id or row.removed_at:
        raise NotFoundError("Không tìm thấy câu này.", "Anh/chị tải lại trang.")
    row.removed_at, row.removed_by_id = at, staff.id


def grade(clerk: Clerk, check: Check) -> Grade:
    """Ask a question and say how well the answer fits."""
    finding = clerk.ask(check.text)
    if not check.code:
        kinds = {Decision.NONE: Grade.RIGHT, Decision.CLARIFY: Grade.OFFERED}
        return kinds.get(finding.decision, Grade.WRONG)
    if finding.decision is Decision.ANSWER:
        right = finding.candidates[0].procedure.code == check.code
        return Grade.RIGHT if right else Grade.WRONG
    offered = {p.code for p in finding.choices} if finding.decision is Decision.CLARIFY else set()
    return Grade.OFFERED if check.code in offered else Grade.WRONG


def lost(checks: Iterable[Check], before: Clerk, after: Clerk) -> list[Check]:
    """Return the questions that one clerk answers better than another who was taught more.

    A question whose procedure the catalogue does not have any more is not looked at.
    """
    known = [c for c in checks if not c.code or c.code in before.catalogue.by_code]
    worse = [(check, now) for check in known if (now := grade(after, check)) < Grade.RIGHT]
    return [check for check, now in worse if now < grade(before, check)]


def _refuse_unfit(check: Check, clerk: Clerk) -> None:
    if not folded(check.text):
        raise PeopleError("Câu hỏi đang trống.", "Anh/chị viết câu hỏi rồi lưu lại.")
    if len(check.text) > LONGEST:
        raise PeopleError(f"Câu hỏi dài hơn {LONGEST} ký tự.", "Anh/chị viết ngắn lại.")
    if check.code and check.code not in clerk.catalogue.by_code:
        raise PeopleError(
            f"Danh mục đang dùng không có thủ tục mã {check.code[:40]}.",
            "Anh/chị chọn thủ tục trong danh sách.",
        )


def _expected(code: str) -> str:
    return f"thủ tục mã {code}" if code else "kết quả ngoài phạm vi"
