"""What the sender of a case may know anywhere: shown for its code and figures of their phone."""

import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import clock, followers, handling, lookup, refusal, supplement
from api.cases.deadlines import TracedDay
from api.cases.events import CITIZEN, SYSTEM, hold, record
from api.cases.hiding import hidden
from api.cases.models import Case, CaseEvent
from api.cases.office import Office
from api.cases.states import OPEN_STATES
from api.errors import NotFoundError, TooManyError
from api.people.models import Citizen

FIGURES = 4  # of the phone number, from its end
MOST_WRONG = 5  # guesses an hour, for one case as for one address
REFUSED, SEEN = "sender_refused", "sender_seen"
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class SenderView:
    """What the sender may know beyond the public facts; empty where there is nothing.

    asked is the question of the office that waits for them; refused is why their case was not
    taken and where to go instead; trace is every day of the clock, through today where the
    clock waits (paused).
    """

    answer: str
    answered_at: datetime | None
    asked: str
    refused: str
    due_on: date | None
    paused: bool
    trace: tuple[TracedDay, ...]


def prove(session: Session, typed_code: str, figures: str, at: datetime) -> Case | None:
    """Return the case whose code and last figures of the sender's phone were typed, else None.

    Both outcomes stand in its history, for staff only, so the transaction has to be committed
    either way. More figures than four must fit too. Raises TooManyError past a few wrong guesses
    of one case in an hour, also for the right figures.
    """
    try:
        case = lookup.by_code(session, typed_code)
    except NotFoundError:
        return None
    # guesses of one case wait for one another, so that none escapes the count
    hold(session, case)
    _check_guesses(session, case, at)
    if case.restricted or not _fits(session.get_one(Citizen, case.citizen_id).phone, figures):
        record(session, case, REFUSED, SYSTEM, at)
        return None
    record(session, case, SEEN, CITIZEN, at)
    return case


def view(session: Session, office: Office, case: Case, today: date) -> SenderView:
    """Return what the sender may know.

    A merged case has the answer of the one it went into, with its sender's personal data hidden.
    """
    standing = followers.stands_for(session, case)
    reply = handling.answer_of(session, standing)
    text = reply.text if reply else ""
    is_open = case.state in OPEN_STATES
    return SenderView(
        answer=text if standing is case else hidden(session, standing, text),
        answered_at=reply.answered_at if reply else None,
        asked=supplement.question(session, case),
        refused=refusal.told(session, office, case),
        due_on=case.due_on if is_open else None,
        paused=is_open and case.paused_on is not None,
        trace=clock.trace(session, office, case, today) if is_open else (),
    )


def too_many() -> TooManyError:
    """Return the error of somebody who guessed too often."""
    return TooManyError(
        "Mã hoặc số điện thoại chưa đúng nhiều lần.", "Bạn chờ một giờ rồi thử lại nhé."
    )


def _check_guesses(session: Session, case: Case, at: datetime) -> None:
    wrong = select(sa.func.count()).where(
        CaseEvent.case_id == case.id, CaseEvent.name == REFUSED, col(CaseEvent.at) > at - _HOUR
    )
    if session.exec(wrong).one() >= MOST_WRONG:
        raise too_many()


def _fits(phone: str, figures: str) -> bool:
    """Whether the figures end a phone number; a case without a number opens to nobody."""
    known, typed = (re.sub(r"[^0-9]", "", text) for text in (phone, figures))
    end = known[-len(typed) :] if len(known) >= len(typed) >= FIGURES else ""
    return bool(end) and hmac.compare_digest(end, typed)
