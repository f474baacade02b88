"""Questions that wait for staff, grouped by likeness."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from api.errors import NotFoundError
from api.learning.models import AskedQuestion, Outcome, Ruling
from api.learning.questions import without_labels
from knowledge.clerk import Clerk
from knowledge.likeness import Asked, grouped
from knowledge.text import is_marked

MOST_READ = 5_000  # the newest questions; grouping them takes well under a second
_EXAMPLES = 5


@dataclass(frozen=True)
class Group:
    """Questions alike: number of the one that leads, how often, when last, in which words.

    proposed and chosen are the codes that were proposed first and picked most; "" for none.
    """

    number: int
    times: int
    newest: datetime
    examples: tuple[str, ...]
    proposed: str
    chosen: str
    outcomes: Counter[Outcome]
    questions: tuple[int, ...]


def waiting(
    session: Session, unit_id: int, clerk: Clerk, outcome: Outcome | None = None
) -> list[Group]:
    """Return the groups nobody ruled on yet, asked most first; one outcome only if it is given."""
    query = (
        select(AskedQuestion)
        .where(AskedQuestion.unit_id == unit_id, col(AskedQuestion.ruling_id).is_(None))
        .order_by(col(AskedQuestion.id).desc())
        .limit(MOST_READ)
    )
    if outcome is Outcome.OFFICER:
        query = query.where(col(AskedQuestion.passed_on_at).is_not(None))
    elif outcome:
        query = query.where(AskedQuestion.outcome == outcome)
    return _grouped(session.exec(query).all(), clerk)


def group_of(session: Session, unit_id: int, clerk: Clerk, number: int) -> Group:
    """Return the waiting group that holds a question; raises NotFoundError where none does."""
    for group in waiting(session, unit_id, clerk):
        if number in group.questions:
            return group
    raise NotFoundError("Nhóm câu hỏi này không còn chờ xử lý.", "Anh/chị xem lại danh sách.")


def ruled(session: Session, unit_id: int) -> list[tuple[Ruling, int]]:
    """Return the rulings in force with how many kept questions each covers, the newest first."""
    rows = session.exec(
        select(Ruling)
        .where(Ruling.unit_id == unit_id, col(Ruling.undone_at).is_(None))
        .order_by(col(Ruling.id).desc())
    ).all()
    covered = session.exec(
        select(AskedQuestion.ruling_id).where(
            AskedQuestion.unit_id == unit_id, col(AskedQuestion.ruling_id).is_not(None)
        )
    )
    times = Counter(covered)
    return [(row, times[row.id]) for row in rows]


def undone(session: Session, unit_id: int, most: int) -> Sequence[Ruling]:
    """Return the rulings taken back last."""
    return session.exec(
        select(Ruling)
        .where(Ruling.unit_id == unit_id, col(Ruling.undone_at).is_not(None))
        .order_by(col(Ruling.undone_at).desc())
        .limit(most)
    ).all()


def _grouped(rows: Sequence[AskedQuestion], clerk: Clerk) -> list[Group]:
    same: dict[str, list[AskedQuestion]] = {}
    for row in rows:
        same.setdefault(row.folded, []).append(row)
    askings = list(same.values())
    read = [
        Asked(clerk.read(without_labels(_text(own))), own[0].proposed_code, len(own))
        for own in askings
    ]
    found = [_group([askings[at] for at in places]) for places in grouped(read)]
    return sorted(found, key=lambda group: (-group.times, -group.newest.timestamp()))


def _text(rows: Sequence[AskedQuestion]) -> str:
    """Return the words of a question asked several times, with marks if anybody typed them."""
    return next((row.text for row in rows if is_marked(row.text)), rows[0].text)


def _group(askings: Sequence[Sequence[AskedQuestion]]) -> Group:
    rows = [row for own in askings for row in own]
    chosen = Counter(row.chosen_code for row in rows if row.chosen_code)
    return Group(
        number=askings[0][0].id or 0,
        times=len(rows),
        newest=max(row.asked_at for row in rows),
        examples=tuple(_text(own) for own in askings[:_EXAMPLES]),
        proposed=askings[0][0].proposed_code,
        chosen=chosen.most_common(1)[0][0] if chosen else "",
        outcomes=Counter(Outcome.OFFICER if row.passed_on_at else row.outcome for row in rows),
        questions=tuple(row.id or 0 for row in rows),
    )
