"""Asking the sender for more, and what they give."""

from sqlmodel import Session

from api.cases import moving
from api.cases.assignment import taken_by
from api.cases.events import CitizenDeed, Deed, newest
from api.cases.models import Case, State
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded


def ask(session: Session, office: Office, case: Case, deed: Deed, question: str) -> None:
    """Ask the sender for what is missing; the clock waits. Raises PeopleError without words."""
    words = worded(question, "Điều cần bổ sung", LONGEST_REASON)
    changes = taken_by(session, case, deed)
    moving.move(session, office, case, "supplement_asked", deed, note=words, changes=changes)


def give(
    session: Session, office: Office, case: Case, deed: Deed | CitizenDeed, words: str
) -> None:
    """Take what the sender gives, or what staff took down for them; the clock goes on."""
    given = worded(words, "Phần bổ sung")
    moving.move(session, office, case, "supplement_given", deed, note=given)


def question(session: Session, case: Case) -> str:
    """Return what the sender is asked for now; empty where nothing is."""
    if case.state is not State.SUPPLEMENT:
        return ""
    asked = newest(session, case, "supplement_asked")
    return asked.note if asked else ""
