"""Cases that only those named for denunciations may see, and what goes with them."""

from collections.abc import Sequence

from sqlmodel import Session, select

from api.cases import moving
from api.cases.events import Deed, record
from api.cases.models import Case
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded
from api.people.models import Staff


def named(session: Session, unit_id: int) -> Sequence[Staff]:
    """Return who of an office is named for denunciations and can sign in."""
    return session.exec(
        select(Staff).where(Staff.unit_id == unit_id, Staff.active, Staff.denunciations)
    ).all()


def restrict_merged(session: Session, case: Case, deed: Deed) -> None:
    """Restrict what was merged into a restricted case: it tells the same matter."""
    for one in session.exec(select(Case).where(Case.merged_into_id == case.id)).all():
        one.restricted = True
        record(session, one, "restricted", deed.by, deed.at, note=case.code)
        restrict_merged(session, one, deed)


def lift(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Let everybody see a case again that is no denunciation; raises PeopleError without words."""
    why = worded(reason, "Lý do bỏ hạn chế", LONGEST_REASON)
    moving.move(session, office, case, "unrestrict", deed, note=why, changes={"restricted": False})
