"""What staff say of questions: assign a procedure, call it outside, set it aside; and undo it.

What is assigned or outside is taught to the clerk at once. It is tried out first, outside any
transaction that writes, because asking the ward's whole list takes its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.db import dialect_of, held, insert_into
from api.errors import ConflictError, NotFoundError, PeopleError
from api.learning import checks
from api.learning.models import AskedQuestion, Ruling, TeachingVersion, Verdict
from api.learning.questions import LONGEST, folded, kept_words, without_labels
from api.people.models import Staff
from knowledge.clerk import Clerk
from knowledge.taught import TaughtAsk

LONGEST_PLACE = 300
_MOST_NAMED = 3  # lost questions that a refusal names


@dataclass(frozen=True)
class Lesson:
    """A ruling to be: words (as staff rephrased them), a code or none, and where to go instead."""

    verdict: Verdict
    text: str
    code: str = ""
    where: str = ""


@dataclass(frozen=True)
class Trial:
    """A lesson that was tried out on what was taught at a version."""

    lesson: Lesson
    version: int


def version(session: Session, unit_id: int) -> int:
    """Return the number that grows with every change of what is taught; 0 before the first."""
    query = select(TeachingVersion.version).where(TeachingVersion.unit_id == unit_id)
    return session.exec(query).first() or 0


def taught(session: Session, unit_id: int) -> list[TaughtAsk]:
    """Return what is taught now, the oldest first."""
    rows = checks.teaching(session, unit_id)
    return [TaughtAsk(row.text, row.code, row.where_to) for row in rows]


def try_out(session: Session, unit_id: int, clerk: Clerk, lesson: Lesson) -> Trial:
    """Ask the ward's own questions with the lesson added; nothing is written.

    Raises PeopleError where the lesson is unfit, or names the questions that would be lost.
    """
    words = without_labels(kept_words(lesson.text))
    fit = Lesson(lesson.verdict, words, lesson.code, " ".join(lesson.where.split()))
    _refuse_unfit(fit, clerk)
    now = version(session, unit_id)
    ask = TaughtAsk(fit.text, fit.code, fit.where)
    after = clerk.with_taught([*taught(session, unit_id), ask])
    gone = checks.lost(checks.in_force(session, unit_id), clerk, after)
    if gone:
        named = ", ".join(f"“{check.text}”" for check in gone[:_MOST_NAMED])
        more = f" và {len(gone) - _MOST_NAMED} câu khác" if len(gone) > _MOST_NAMED else ""
        raise PeopleError(
            f"Chưa lưu: nếu dạy câu này, trợ lý sẽ trả lời kém đi ở câu {named}{more}.",
            "Anh/chị viết lại câu cho rõ việc hơn, hoặc xem lại câu bị ảnh hưởng.",
        )
    return Trial(fit, now)


def teach(
    session: Session, unit_id: int, trial: Trial, asked: Sequence[int], staff: Staff, at: datetime
) -> Ruling:
    """Rule on questions (by number) with a lesson that was tried out.

    Raises ConflictError where something else was taught since.
    """
    _move_on(session, unit_id, trial.version)
    return _rule(session, unit_id, trial.lesson, asked, staff, at)


def set_aside(
    session: Session, unit_id: int, text: str, asked: Sequence[int], staff: Staff, at: datetime
) -> Ruling:
    """Put questions out of sight; nothing is taught."""
    lesson = Lesson(Verdict.ASIDE, kept_words(text))
    return _rule(session, unit_id, lesson, asked, staff, at)


def undo(session: Session, unit_id: int, ruling_id: int, staff: Staff, at: datetime) -> Ruling:
    """Take a ruling back: its questions wait again, its words are no longer taught.

    Raises NotFoundError where there is none, ConflictError where it was undone already.
    """
    query = select(Ruling).where(Ruling.id == ruling_id, Ruling.unit_id == unit_id)
    row = session.exec(held(query)).first()
    if not row:
        raise NotFoundError("Không tìm thấy quyết định này.", "Anh/chị tải lại trang.")
    if row.undone_at:
        raise ConflictError("Quyết định này đã được hoàn tác.", "Anh/chị tải lại trang.")
    row.undone_at, row.undone_by_id = at, staff.id
    session.execute(
        sa.update(AskedQuestion)
        .where(col(AskedQuestion.ruling_id) == row.id)
        .values(ruling_id=None)
    )
    if row.verdict is not Verdict.ASIDE:
        _move_on(session, unit_id, version(session, unit_id))
    session.flush()
    return row


def _rule(
    session: Session, unit_id: int, lesson: Lesson, asked: Sequence[int], staff: Staff, at: datetime
) -> Ruling:
    row = Ruling(
        unit_id=unit_id,
        verdict=lesson.verdict,
        text=lesson.text,
        code=lesson.code,
        where_to=lesson.where,
        staff_id=staff.id,
        ruled_at=at,
    )
    session.add(row)
    session.flush()
    taken = session.execute(
        sa.update(AskedQuestion)
        .where(col(AskedQuestion.id).in_(asked), col(AskedQuestion.ruling_id).is_(None))
        .values(ruling_id=row.id)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]  # of an update
        raise ConflictError(
            "Nhóm câu hỏi này vừa được người khác xử lý.", "Anh/chị tải lại danh sách."
        )
    return row


def _move_on(session: Session, unit_id: int, seen: int) -> None:
    """Raise the version by one; raises ConflictError where it is not the one that was seen."""
    raised = insert_into(dialect_of(session), TeachingVersion).on_conflict_do_update(
        index_elements=["unit_id"],
        set_={"version": seen + 1},
        where=col(TeachingVersion.version) == seen,
    )
    raised = raised.returning(col(TeachingVersion.version))
    if session.connection().execute(raised, {"unit_id": unit_id, "version": 1}).first() is None:
        raise ConflictError(
            "Có người vừa dạy trợ lý một câu khác.", "Anh/chị bấm lại để thử với nội dung mới."
        )


def _refuse_unfit(lesson: Lesson, clerk: Clerk) -> None:
    if len(folded(lesson.text).split()) < 2:
        raise PeopleError(
            "Câu cần ít nhất hai tiếng để trợ lý hiểu đúng.", "Anh/chị viết rõ việc cần hỏi."
        )
    if len(lesson.text) > LONGEST or len(lesson.where) > LONGEST_PLACE:
        raise PeopleError(
            f"Câu dài quá {LONGEST} ký tự hoặc nơi giải quyết dài quá {LONGEST_PLACE} ký tự.",
            "Anh/chị viết ngắn lại.",
        )
    if lesson.verdict is Verdict.PROCEDURE and lesson.code not in clerk.catalogue.by_code:
        raise PeopleError("Chưa chọn thủ tục có trong danh mục.", "Anh/chị chọn một thủ tục.")
