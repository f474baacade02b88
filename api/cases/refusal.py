"""Not taking a case: a ground from the list, a sentence for the sender, and where to go."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sqlmodel import Session

from api.cases import handoffs, moving, restriction
from api.cases.events import Deed, newest
from api.cases.handoff_models import Matter
from api.cases.models import Case, State
from api.cases.office import Office
from api.cases.worded import LONGEST_REASON, worded
from api.errors import PeopleError
from api.ward import cards

_MATTERS = {"to-cao": Matter.DENUNCIATION, "khieu-nai": Matter.COMPLAINT}


@dataclass(frozen=True)
class Ground:
    """Why a case is not taken; law is shown to staff, sentence and where to the sender."""

    key: str
    label: str
    sentence: str
    where: str
    law: str
    restricted: bool = False


@cache
def grounds() -> dict[str, Ground]:
    """Return the grounds of refusals.toml by key, in the order of the file."""
    raw = tomllib.loads(files("api.cases").joinpath("refusals.toml").read_text(encoding="utf-8"))
    return {key: Ground(key, **entry) for key, entry in raw.items()}


def refuse(
    session: Session, office: Office, case: Case, deed: Deed, key: str, more: str = ""
) -> None:
    """Refuse a case on a ground of the list; more is what the officer adds for the sender.

    A complaint or a denunciation leaves a record of the handing over; a denunciation is from
    then on seen only by those named for it, with all that was merged into it. Raises PeopleError
    where there is no such ground, or nobody is named.
    """
    ground = grounds().get(key)
    if not ground:
        raise PeopleError(
            "Cần chọn căn cứ không tiếp nhận.", "Anh/chị chọn một dòng trong danh sách."
        )
    if ground.restricted and not restriction.named(session, office.unit_id):
        raise PeopleError(
            "Chưa ai được giao xem tố cáo nên hồ sơ này sẽ không ai mở được.",
            "Anh/chị nhờ quản trị giao người trong mục Tài khoản rồi làm lại.",
        )
    why = f"{ground.sentence}."
    if more.strip():
        why = f"{why} {worded(more, 'Lời giải thích', LONGEST_REASON)}"
    moving.move(
        session,
        office,
        case,
        "refuse",
        deed,
        note=why,
        changes={"restricted": case.restricted or ground.restricted},
        data={"ground": key, "law": ground.law},
        told={"where": _where(session, office, ground)},
    )
    if ground.restricted:
        restriction.restrict_merged(session, case, deed)
    if key in _MATTERS:
        handoffs.record_case(session, case, _MATTERS[key], deed.at)


def told(session: Session, office: Office, case: Case) -> str:
    """Return why a case was not taken and where its sender may go; empty where it was taken."""
    refused = newest(session, case, "refuse") if case.state is State.REFUSED else None
    if refused is None:
        return ""
    why = refused.note[:1].upper() + refused.note[1:]
    ground = grounds().get(refused.data.get("ground", ""))
    return f"{why}\n\nBạn có thể: {_where(session, office, ground)}" if ground else why


def _where(session: Session, office: Office, ground: Ground) -> str:
    contact = cards.contact(session, office)
    return ground.where.format(ward=office.name, address=contact.address, phone=contact.phone)
