"""What the check of a feedback found: right, partly right, wrong, or not enough to tell."""

from sqlmodel import Session

from api.cases import moving
from api.cases.events import Deed
from api.cases.models import Case, Verdict
from api.cases.office import Office
from api.cases.wording import VERDICT_LABELS
from api.errors import PeopleError


def judge(session: Session, office: Office, case: Case, deed: Deed, found: Verdict) -> None:
    """Note what the check found and tell the sender (Nghị định 20/2008/NĐ-CP, Điều 14.2).

    Raises PeopleError where it says so already.
    """
    if case.verdict is found:
        raise PeopleError("Hồ sơ đã có kết luận này.", "Anh/chị chọn kết luận khác.")
    note = VERDICT_LABELS[found]
    changes = {"verdict": found}
    moving.move(
        session,
        office,
        case,
        "judge",
        deed,
        note=note,
        changes=changes,
        data={"verdict": found.value},
    )
