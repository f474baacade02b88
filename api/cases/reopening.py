"""Opening a case again, by its sender within a number of days or by the office."""

from typing import Any

from sqlmodel import Session

from api.cases import handling, moving, publication
from api.cases.events import CitizenDeed, Deed
from api.cases.models import Case
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded


def reopen(
    session: Session, office: Office, case: Case, deed: Deed | CitizenDeed, reason: str
) -> None:
    """Take a closed case into work again; a new run of the clock begins.

    What was answered and made public stays word for word in the event, and is no longer shown.
    Raises PeopleError without a reason, ForbiddenError past the sender's days.
    """
    why = worded(reason, "Lý do mở lại", LONGEST_REASON)
    answer = handling.answer_of(session, case)
    public = publication.publication_of(session, case)
    former: dict[str, Any] = {}
    if answer:
        former["answer"] = answer.model_dump(mode="json", exclude={"id", "case_id"})
    if public:
        kept = {"id", "case_id", "search_text"}
        former["publication"] = public.model_dump(mode="json", exclude=kept)
    # the move comes first: the sender's days are counted from the answer that goes
    changes = {"verdict": None}  # what is checked anew has none yet
    moving.move(session, office, case, "reopened", deed, note=why, changes=changes, data=former)
    for row in (answer, public):
        if row:
            session.delete(row)
