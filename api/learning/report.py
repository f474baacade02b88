"""What is asked most, and how the questions of some days ended."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.clock import local_date
from api.learning.models import AnswerCount, AskedQuestion, Outcome

_MOST = 10


@dataclass(frozen=True)
class Report:
    """Questions of so many days, today included.

    Each question counts once: answered, asked back, not found, or put to an officer at once.
    unhelpful is a part of answered; passed_on a part of all. most lists codes with how often
    they were the answer or the choice.
    """

    days: int
    answered: int
    clarified: int
    none: int
    straight_on: int
    unhelpful: int
    passed_on: int
    most: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All questions."""
        return self.answered + self.clarified + self.none + self.straight_on

    def share(self, part: int) -> int:
        """Return a part of all questions in whole per cent; 0 where there are none."""
        return round(100 * part / self.total) if self.total else 0


def of_days(session: Session, unit_id: int, days: int, at: datetime) -> Report:
    """Return the report of the last days in Viet Nam."""
    first = local_date(at) - timedelta(days=days - 1)
    counted = session.exec(
        select(AnswerCount.code, sa.func.sum(AnswerCount.times))
        .where(AnswerCount.unit_id == unit_id, col(AnswerCount.on_date) >= first)
        .group_by(col(AnswerCount.code))
    )
    most: Counter[str] = Counter({code: int(times) for code, times in counted})
    answered = most.total()
    kept = [
        row
        for row in session.exec(
            select(AskedQuestion).where(
                AskedQuestion.unit_id == unit_id,
                AskedQuestion.asked_at >= at - timedelta(days=days),
            )
        )
        if local_date(row.asked_at) >= first
    ]
    most.update(row.chosen_code for row in kept if row.chosen_code)
    ended = Counter(row.outcome for row in kept)
    ranked = sorted(most.items(), key=lambda entry: (-entry[1], entry[0]))
    return Report(
        days=days,
        answered=answered,
        clarified=ended[Outcome.CLARIFY],
        none=ended[Outcome.NONE],
        straight_on=ended[Outcome.OFFICER],
        unhelpful=ended[Outcome.UNHELPFUL],
        passed_on=sum(row.passed_on_at is not None for row in kept),
        most=tuple(ranked[:_MOST]),
    )
