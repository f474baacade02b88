"""Keeping the questions that were not answered well, and counting those that were."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases.redaction import LABELS, redact
from api.catalogue import activations
from api.clock import local_date
from api.db import dialect_of, insert_into
from api.learning.models import AnswerCount, AskedQuestion, Outcome, Ruling, Verdict
from knowledge.clerk import Finding
from knowledge.decide import Decision
from knowledge.text import fold, shortened, squeeze, syllables

LONGEST = 500  # characters that are kept of one question
_SAME_TALK = timedelta(days=1)  # within it, what follows on the same words is about one question


@dataclass(frozen=True)
class Unanswered:
    """A question as it was typed, how it ended, and the code that was proposed first."""

    text: str
    outcome: Outcome
    channel: str
    proposed_code: str = ""


def note(
    session: Session, unit_id: int, text: str, channel: str, finding: Finding, at: datetime
) -> None:
    """Count an answered question, keep one that was asked back or not found."""
    best = finding.candidates[0].procedure.code if finding.candidates else ""
    if finding.decision is Decision.ANSWER:
        count_answer(session, unit_id, best, at)
    elif not finding.names_nothing:
        outcome = Outcome(finding.decision.value)
        keep(session, unit_id, Unanswered(text, outcome, channel, best), at)


def keep(session: Session, unit_id: int, asked: Unanswered, at: datetime) -> None:
    """Keep a question, what is personal in it hidden; words set aside before stay aside.

    Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: no more is kept than the purpose needs.
    """
    text = kept_words(asked.text)
    if not text:
        return
    release = activations.active(session, unit_id, at)
    session.add(
        AskedQuestion(
            unit_id=unit_id,
            text=text,
            folded=folded(text),
            outcome=asked.outcome,
            proposed_code=asked.proposed_code,
            passed_on_at=at if asked.outcome is Outcome.OFFICER else None,
            channel=asked.channel,
            release_id=release.id if release else None,
            asked_at=at,
            ruling_id=_set_aside(session, unit_id, folded(text)),
        )
    )
    session.flush()


def choose(session: Session, unit_id: int, text: str, code: str, at: datetime) -> None:
    """Note the procedure that the person picked after the newest asking of these words."""
    row = _newest(session, unit_id, text, at)
    if row:
        row.chosen_code = code


def pass_on(session: Session, unit_id: int, text: str, channel: str, at: datetime) -> None:
    """Note that a question went on to an officer; one that was not kept yet is kept now."""
    row = _newest(session, unit_id, text, at, channel)
    if row:
        row.passed_on_at = at
    else:
        keep(session, unit_id, Unanswered(text, Outcome.OFFICER, channel), at)


def count_answer(session: Session, unit_id: int, code: str, at: datetime) -> None:
    """Count one answer of today in Viet Nam for a procedure."""
    first = {"unit_id": unit_id, "on_date": local_date(at), "code": code, "times": 1}
    session.connection().execute(_one_more(dialect_of(session)), first)


@cache  # building a statement takes longer than running it
def _one_more(dialect: str) -> Any:
    return insert_into(dialect, AnswerCount).on_conflict_do_update(
        index_elements=["unit_id", "on_date", "code"], set_={"times": col(AnswerCount.times) + 1}
    )


def forget(session: Session, unit_id: int, days: int, at: datetime) -> int:
    """Delete questions asked more than so many days ago; returns how many."""
    done = session.execute(
        sa.delete(AskedQuestion).where(
            col(AskedQuestion.unit_id) == unit_id,
            col(AskedQuestion.asked_at) < at - timedelta(days=days),
        )
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # of a deletion


def kept_words(text: str) -> str:
    """Return a text as it may be kept: personal data hidden, in one line, not too long."""
    return shortened(squeeze(redact(squeeze(text))), LONGEST - len(" …"))


def without_labels(text: str) -> str:
    """Return kept words without what stands in place of personal data: it is no part of asking."""
    for label in LABELS.values():
        text = text.replace(label, " ")
    return squeeze(text)


def folded(text: str) -> str:
    """Return the words of a text without marks and signs: the same words are the same question."""
    return " ".join(fold(word) for word in syllables(text))[:LONGEST]


def _newest(
    session: Session, unit_id: int, text: str, at: datetime, channel: str = ""
) -> AskedQuestion | None:
    """Return the newest asking of the same words not long ago."""
    query = select(AskedQuestion).where(
        AskedQuestion.unit_id == unit_id,
        AskedQuestion.folded == folded(kept_words(text)),
        AskedQuestion.asked_at >= at - _SAME_TALK,
    )
    if channel:
        query = query.where(AskedQuestion.channel == channel)
    return session.exec(query.order_by(col(AskedQuestion.id).desc())).first()


def _set_aside(session: Session, unit_id: int, words: str) -> int | None:
    """Return the ruling in force that set the same words aside."""
    query = (
        select(Ruling.id)
        .join(AskedQuestion, col(AskedQuestion.ruling_id) == col(Ruling.id))
        .where(
            AskedQuestion.unit_id == unit_id,
            AskedQuestion.folded == words,
            Ruling.verdict == Verdict.ASIDE,
            col(Ruling.undone_at).is_(None),
        )
    )
    return session.exec(query).first()
