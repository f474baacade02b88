"""What a case is about: kind, field, procedure, and who has to decide it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from api.cases import clock, moving
from api.cases.events import Deed
from api.cases.models import Case, Competence, Kind
from api.cases.office import Office
from api.cases.policies import urgent_for
from api.cases.wording import COMPETENCE_LABELS, KIND_LABELS
from api.clock import local_date
from api.errors import PeopleError
from knowledge.text import nfc, squeeze

LONGEST_FIELD, LONGEST_AUTHORITY = 120, 200


@dataclass(frozen=True)
class Classification:
    """One reading of a case; authority names the body that decides, where it is another one."""

    kind: Kind
    field: str = ""
    procedure_code: str = ""
    competence: Competence | None = None
    authority: str = ""


def classify(
    session: Session, office: Office, case: Case, deed: Deed, chosen: Classification
) -> None:
    """Classify a case (Nghị định 20/2008/NĐ-CP, Điều 9.1.d).

    Another kind is told to the sender and its clock is counted anew from the same receipt.
    Raises PeopleError where nothing changes.
    """
    changes: dict[str, Any] = {
        "field": squeeze(nfc(chosen.field))[:LONGEST_FIELD],
        "procedure_code": squeeze(chosen.procedure_code)[:30],
        "competence": chosen.competence,
        "authority": squeeze(nfc(chosen.authority))[:LONGEST_AUTHORITY],
    }
    if chosen.kind is not case.kind:
        reclassify(session, office, case, deed, chosen.kind, changes)
        return
    if all(getattr(case, name) == value for name, value in changes.items()):
        raise PeopleError("Phân loại này không khác trước.", "Anh/chị chọn lại rồi lưu.")
    named = COMPETENCE_LABELS[chosen.competence] if chosen.competence else ""
    parts = (changes["field"], changes["procedure_code"], named, changes["authority"])
    note = " · ".join(part for part in parts if part)
    moving.move(session, office, case, "classify", deed, note=note, changes=changes)


def reclassify(  # a change has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    kind: Kind,
    more: dict[str, Any] | None = None,
) -> None:
    """Give a case another kind; the clock is counted anew from the same receipt.

    A case that was in time is not late by it: where the limit of the new kind is past, it is due
    on the first day on which it can be answered. Raises PeopleError where it has that kind.
    """
    if kind is case.kind:
        raise PeopleError("Hồ sơ đã thuộc loại này.", "Bạn chọn một loại khác.")
    note = f"{KIND_LABELS[case.kind]} → {KIND_LABELS[kind]}"
    still = case.urgent and urgent_for(kind, local_date(case.received_at)) is not None
    if case.urgent and not still:
        note += " (bỏ dấu gấp: loại mới không có hạn tính bằng giờ)"
    changes = {**(more or {}), "kind": kind, "urgent": still}
    data = _kept(session, office, case, kind, local_date(deed.at))
    moving.move(session, office, case, "reclassify", deed, note=note, changes=changes, data=data)


def _kept(session: Session, office: Office, case: Case, kind: Kind, today: date) -> dict[str, str]:
    """Return the due day that stands where the limit of a new kind is past, as data."""
    if clock.is_late(case, today):
        return {}
    day = min(clock.soonest(session, office, today), case.due_on)
    return clock.given(session, office, case, day, kind)
