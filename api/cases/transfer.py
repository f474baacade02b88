"""A case that another agency decides: sent there with a letter, and taken back; or sent here."""

from datetime import date
from functools import cache
from importlib.resources import files

from sqlmodel import Session

from api.cases import moving
from api.cases.assignment import taken_by
from api.cases.events import Deed, newest
from api.cases.models import Case, Competence
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded
from api.cases.wording import KIND_LABELS, date_words
from api.clock import local_date
from api.errors import PeopleError
from api.ward import cards

LONGEST_CODE = 60
_LONGEST_AUTHORITY = 200


def send_out(  # a transfer has this many parts
    session: Session, office: Office, case: Case, deed: Deed, authority: str, reason: str
) -> None:
    """Send a case to the agency that decides it (Nghị định 20/2008/NĐ-CP, Điều 9.1.d).

    The code stays, the sender is told, the clock waits. Raises PeopleError without an agency or
    a reason.
    """
    where = worded(authority, "Cơ quan nhận", _LONGEST_AUTHORITY)
    why = worded(reason, "Lý do chuyển", LONGEST_REASON)
    changes = taken_by(session, case, deed)
    changes.update(authority=where, competence=Competence.OTHER)
    moving.move(
        session,
        office,
        case,
        "transferred_out",
        deed,
        note=why,
        changes=changes,
        data={"authority": where},
        told={"where": where},
    )


def take_back(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Take a case back from another agency; the clock goes on. Raises PeopleError without words."""
    why = worded(reason, "Lý do nhận lại", LONGEST_REASON)
    moving.move(session, office, case, "returned", deed, note=why)


def came_in(  # a transfer has this many parts
    session: Session, office: Office, case: Case, deed: Deed, external_code: str, on: date
) -> None:
    """Note that another system sent the case here on a day, with its code there.

    The clock of the transfer begins on that day; the day of sending stays. Raises PeopleError
    for a day before the case was sent or after today.
    """
    if not local_date(case.received_at) <= on <= local_date(deed.at):
        raise PeopleError(
            "Ngày chuyển đến phải từ ngày người dân gửi đến hôm nay.", "Anh/chị nhập lại ngày."
        )
    code = external_code.strip()[:LONGEST_CODE]
    moving.move(
        session,
        office,
        case,
        "transferred_in",
        deed,
        note=f"{code} – {on:%d/%m/%Y}" if code else f"{on:%d/%m/%Y}",
        changes={"external_code": code or case.external_code, "transferred_on": on},
        data={"on": on.isoformat()},
        told={"note": f"ngày {on:%d/%m/%Y}"},
    )


@cache
def _template() -> str:
    return files("api.cases").joinpath("transfer_letter.txt").read_text(encoding="utf-8")


def letter(session: Session, office: Office, case: Case) -> str:
    """Return the letter that goes with the newest transfer.

    Raises PeopleError where the case was never sent to another agency.
    """
    sent = newest(session, case, "transferred_out")
    if not sent:
        raise PeopleError("Hồ sơ chưa chuyển cơ quan khác.", "Anh/chị chuyển hồ sơ trước.")
    contact = cards.contact(session, office)
    return _template().format(
        ward=office.name,
        address=contact.address,
        phone=contact.phone,
        authority=sent.data["authority"],
        code=case.code,
        kind=KIND_LABELS[case.kind],
        received=date_words(local_date(case.received_at)),
        sent=date_words(local_date(sent.at)),
        reason=sent.note,
        content=case.content,
        place=case.place or "không ghi",
    )
