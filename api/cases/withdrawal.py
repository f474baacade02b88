"""A sender who takes their case back."""

from sqlmodel import Session

from api.cases import moving
from api.cases.events import CitizenDeed, Deed
from api.cases.models import Case
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded


def withdraw(
    session: Session, office: Office, case: Case, deed: Deed | CitizenDeed, reason: str = ""
) -> None:
    """End a case because its sender asks for it; staff need to note how they asked."""
    why = worded(reason, "Lý do rút", LONGEST_REASON) if isinstance(deed, Deed) else reason.strip()
    moving.move(session, office, case, "withdraw", deed, note=why)
