"""Which release is in use, since when and by whose order; nothing needs to run at the moment.

The release in use is the one of the latest activation whose moment has come, so that every
instance switches at the same instant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from api.catalogue import releases
from api.catalogue.models import CatalogueActivation, CatalogueRelease
from api.errors import ConflictError, NotFoundError, PeopleError


@dataclass(frozen=True)
class Order:
    """Who orders an activation, from which moment (None: at once), and why."""

    staff_id: int | None = None
    moment: datetime | None = None
    reason: str = ""


_BY_COMMAND = Order()

NEWEST = (
    select(CatalogueActivation)
    .where(
        CatalogueActivation.unit_id == bindparam("unit"),
        col(CatalogueActivation.from_at) <= bindparam("at"),
        col(CatalogueActivation.withdrawn_at).is_(None),
    )
    .order_by(col(CatalogueActivation.from_at).desc(), col(CatalogueActivation.id).desc())
    .limit(1)
)
"""The activation in force at an instant (`at`) in a unit (`unit`)."""


def activate(
    session: Session, unit_id: int, release_id: int, at: datetime, order: Order = _BY_COMMAND
) -> CatalogueActivation:
    """Put a release into use now or from a moment on; also the way back to a former one.

    Raises NotFoundError where there is no such release, ConflictError where it is in use already,
    PeopleError for a moment that has passed or a return without its reason.
    """
    row = releases.kept(session, unit_id, release_id)
    moment = order.moment or at
    if moment < at:
        raise PeopleError("Thời điểm này đã qua.", "Anh/chị chọn thời điểm sau bây giờ.")
    current = active(session, unit_id, at)
    if current and current.id == row.id and not upcoming(session, unit_id, at):
        raise ConflictError("Bản danh mục này đang được dùng.", "Anh/chị không cần làm gì thêm.")
    if was_in_use(session, row, at) and not order.reason.strip():
        raise PeopleError("Quay về bản đã dùng cần có lý do.", "Anh/chị ghi lý do rồi làm lại.")
    activation = CatalogueActivation(
        unit_id=unit_id,
        release_id=release_id,
        from_at=moment,
        ordered_at=at,
        staff_id=order.staff_id,
        reason=order.reason.strip(),
    )
    session.add(activation)
    session.flush()
    return activation


def roll_back(session: Session, unit_id: int, at: datetime, order: Order) -> CatalogueActivation:
    """Put the release before the one in use back into use; raises as activate() does."""
    before = former(session, unit_id, at)
    if before is None:
        raise NotFoundError("Chưa có bản danh mục nào trước bản đang dùng.")
    return activate(session, unit_id, before.id or 0, at, order)


def withdraw(
    session: Session, unit_id: int, activation_id: int, at: datetime, staff_id: int
) -> CatalogueActivation:
    """Withdraw an activation whose moment has not come.

    Raises NotFoundError where there is none of that number, ConflictError where it is too late.
    """
    row = session.get(CatalogueActivation, activation_id)
    if not row or row.unit_id != unit_id:
        raise NotFoundError("Không tìm thấy lịch này.", "Bạn tải lại trang Danh mục.")
    if row.from_at <= at:
        raise ConflictError("Bản này đã được dùng từ lúc hẹn.", "Anh/chị quay về bản trước đó.")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by_id = at, staff_id
        session.flush()
    return row


def active(session: Session, unit_id: int, at: datetime) -> CatalogueRelease | None:
    """Return the release in use at an instant, or None before the first activation."""
    newest = session.exec(NEWEST, params={"unit": unit_id, "at": at}).first()
    return session.get(CatalogueRelease, newest.release_id) if newest else None


def history(session: Session, unit_id: int) -> Sequence[CatalogueActivation]:
    """Return every activation, also the withdrawn and the coming ones, by their moment."""
    return session.exec(
        select(CatalogueActivation)
        .where(CatalogueActivation.unit_id == unit_id)
        .order_by(col(CatalogueActivation.from_at), col(CatalogueActivation.id))
    ).all()


def in_force(session: Session, unit_id: int, at: datetime) -> list[CatalogueActivation]:
    """Return the activations that led to the release in use, the oldest first.

    A return to a former release undoes what came between, as if it had never been in use.
    """
    line: list[CatalogueActivation] = []
    for one in history(session, unit_id):
        if one.from_at > at or one.withdrawn_at:
            continue
        seen = [before.release_id for before in line]
        if one.release_id in seen:
            line = line[: seen.index(one.release_id) + 1]
        else:
            line.append(one)
    return line


def former(session: Session, unit_id: int, at: datetime) -> CatalogueRelease | None:
    """Return the release that the one in use took the place of."""
    line = in_force(session, unit_id, at)
    return session.get(CatalogueRelease, line[-2].release_id) if len(line) > 1 else None


def upcoming(session: Session, unit_id: int, at: datetime) -> list[CatalogueActivation]:
    """Return the activations whose moment has not come."""
    return [
        one for one in history(session, unit_id) if one.from_at > at and one.withdrawn_at is None
    ]


def was_in_use(session: Session, row: CatalogueRelease, at: datetime) -> bool:
    """Tell whether a release was in use before, or is."""
    return any(
        one.release_id == row.id and one.from_at <= at and one.withdrawn_at is None
        for one in history(session, row.unit_id)
    )
