"""Whether the sender was content with the answer; said once."""

from datetime import datetime

from sqlmodel import Session, select

from api.cases.events import CITIZEN, record
from api.cases.models import Audience, Case, Rating, State
from api.errors import ConflictError

RATED_STATES = (State.ANSWERED, State.PUBLISHED, State.WITHHELD)


def rate(session: Session, case: Case, satisfied: bool, at: datetime) -> Rating:
    """Keep what the sender says of the answer; raises ConflictError before it or a second time."""
    if case.state not in RATED_STATES:
        raise ConflictError(f"Hồ sơ {case.code} chưa có câu trả lời.", "Bạn đợi câu trả lời nhé.")
    if rating_of(session, case):
        raise ConflictError("Bạn đã đánh giá hồ sơ này.", "Cảm ơn bạn.")
    kept = Rating(case_id=case.id or 0, satisfied=satisfied, at=at)
    session.add(kept)
    note = "Hài lòng" if satisfied else "Không hài lòng"
    record(session, case, "rated", CITIZEN, at, audience=Audience.CITIZEN, note=note)
    return kept


def rating_of(session: Session, case: Case) -> Rating | None:
    """Return what the sender said of the answer, if they did."""
    return session.exec(select(Rating).where(Rating.case_id == case.id)).first()
