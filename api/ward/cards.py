"""The card in use: read, changed as a whole, brought back. Nothing of the past is lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from api.cases.office import Office
from api.db import insert_new
from api.errors import ConflictError, NotFoundError
from api.people.models import Staff
from api.settings import Settings
from api.ward.card import WardCard, changed_parts
from api.ward.models import WardCardVersion
from api.ward.seed import seed

SEED = 0  # the number of the card that the settings give
_SHOWN = 20

_NEWEST = (  # made once: it is run for every message that comes in
    select(WardCardVersion)
    .where(col(WardCardVersion.unit_id) == bindparam("unit"))
    .order_by(col(WardCardVersion.number).desc())
    .limit(1)
)


@dataclass(frozen=True)
class Edit:
    """Who changes the card when, and the number of the version they had before them."""

    staff: Staff
    at: datetime
    seen: int


@dataclass(frozen=True)
class Contact:
    """The telephone number and the address that people are told."""

    phone: str
    address: str


@dataclass(frozen=True)
class Change:
    """One version in the history: who left it, when, and which parts it changed."""

    number: int
    staff_name: str
    at: datetime
    parts: tuple[str, ...]
    restores: int | None


def current(session: Session, unit_id: int, settings: Settings) -> WardCard:
    """Return the card in use: the newest version, or what the settings say."""
    return numbered(session, unit_id, settings)[1]


def contact(session: Session, office: Office) -> Contact:
    """Return where people find the office: on its card, or as set up until it is edited."""
    row = _newest(session, office.unit_id)
    if row is None:
        return Contact(office.seed_phone, office.seed_address)
    card = _card(row)
    return Contact(card.hotline, card.address)


def numbered(session: Session, unit_id: int, settings: Settings) -> tuple[int, WardCard]:
    """Return the card in use with its number, SEED where nobody edited it yet."""
    row = _newest(session, unit_id)
    return (row.number, _card(row)) if row else (SEED, seed(settings))


def save(
    session: Session, unit_id: int, card: WardCard, edit: Edit, *, restores: int | None = None
) -> None:
    """Put a card into use; raises ConflictError where somebody else saved in between."""
    row = WardCardVersion(
        unit_id=unit_id,
        number=edit.seen + 1,
        facts=card.model_dump(mode="json"),
        staff_id=edit.staff.id or 0,
        saved_at=edit.at,
        restores=restores,
    )
    newest = _newest(session, unit_id)
    if (newest.number if newest else SEED) != edit.seen:
        raise _overtaken()
    if not insert_new(session, row):
        raise _overtaken()


def restore(session: Session, unit_id: int, settings: Settings, number: int, edit: Edit) -> None:
    """Bring a former version back as the newest; raises NotFoundError or ConflictError."""
    former = _former(session, unit_id, settings, number)
    save(session, unit_id, former, edit, restores=number)


def history(session: Session, unit_id: int, settings: Settings) -> list[Change]:
    """Return the newest versions, newest first, each with what it changed."""
    query = (
        select(WardCardVersion, Staff)
        .join(Staff, col(Staff.id) == col(WardCardVersion.staff_id))
        .where(WardCardVersion.unit_id == unit_id)
        .order_by(col(WardCardVersion.number).desc())
        .limit(_SHOWN + 1)
    )
    rows = session.exec(query).all()
    before = [_card(row) for row, _ in rows[1:]]
    if rows and rows[-1][0].number == SEED + 1:
        before.append(seed(settings))
    return [
        _change(row, staff.name, older) for (row, staff), older in zip(rows, before, strict=False)
    ][:_SHOWN]


def _change(row: WardCardVersion, staff_name: str, older: WardCard) -> Change:
    parts = tuple(changed_parts(older, _card(row)))
    return Change(row.number, staff_name, row.saved_at, parts, row.restores)


def _former(session: Session, unit_id: int, settings: Settings, number: int) -> WardCard:
    if number == SEED:
        return seed(settings)
    query = select(WardCardVersion).where(
        WardCardVersion.unit_id == unit_id, WardCardVersion.number == number
    )
    row = session.exec(query).first()
    if not row:
        raise NotFoundError("Không tìm thấy bản này của thẻ thông tin.", "Anh/chị tải lại trang.")
    return _card(row)


def _newest(session: Session, unit_id: int) -> WardCardVersion | None:
    return session.exec(_NEWEST, params={"unit": unit_id}).first()


def _card(row: WardCardVersion) -> WardCard:
    return WardCard.model_validate(row.facts)


def _overtaken() -> ConflictError:
    return ConflictError(
        "Thông tin vừa được người khác sửa nên nội dung này chưa được lưu.",
        "Anh/chị xem bản mới rồi sửa lại.",
    )
