"""Versions of the card: who changed what, conflicts, and the way back."""

import pytest
from sqlmodel import Session

from api.errors import ConflictError, NotFoundError
from api.people.models import Staff
from api.ward import cards
from api.ward.card import ProcedureLink, WardCard
from api.ward.cards import Edit
from api.ward.desk import WardDesk
from api.web.site import Site
from tests.conftest import FrozenClock

MOVED = "Số 9 phố Mới"


def edit(site: Site, session: Session, staff: Staff, seen: int, **parts: object) -> None:
    unit, at = site.office.unit_id, site.clock()
    card = cards.current(session, unit, site.settings).model_copy(update=parts)
    cards.save(session, unit, card, Edit(staff, at, seen))


def current(site: Site, session: Session) -> WardCard:
    return cards.current(session, site.office.unit_id, site.settings)


def test_before_any_edit_the_settings_speak(site: Site, session: Session) -> None:
    assert current(site, session).address == "Số 1 phố Thạch Khôi"
    assert cards.history(session, site.office.unit_id, site.settings) == []


def test_an_edit_is_in_use_at_once_and_tells_who_changed_what(
    site: Site, session: Session, minh: Staff, hanh: Staff, clock: FrozenClock
) -> None:
    edit(site, session, minh, 0, address=MOVED)
    clock.pass_(days=1)
    link = ProcedureLink(code="1.001193", label="Video", url="https://a.vn/v", note="5 phút")
    edit(site, session, hanh, 1, links=(link,))

    assert (current(site, session).address, current(site, session).links) == (MOVED, (link,))
    newest, first = cards.history(session, site.office.unit_id, site.settings)
    assert (newest.staff_name, newest.parts, newest.at) == (
        hanh.name,
        ("ghi chú thủ tục",),
        clock(),
    )
    assert (first.staff_name, first.parts) == (minh.name, ("địa chỉ",))


def test_who_was_overtaken_is_told_and_changes_nothing(
    site: Site, session: Session, minh: Staff, hanh: Staff
) -> None:
    edit(site, session, minh, 0, address=MOVED)
    with pytest.raises(ConflictError):
        edit(site, session, hanh, 0, address="Số 2")
    assert current(site, session).address == MOVED


def test_a_former_version_comes_back_as_the_newest(
    site: Site, session: Session, minh: Staff
) -> None:
    unit, at = site.office.unit_id, site.clock()
    edit(site, session, minh, 0, address=MOVED)
    edit(site, session, minh, 1, address="Nhầm")
    cards.restore(session, unit, site.settings, 1, Edit(minh, at, 2))
    assert current(site, session).address == MOVED
    cards.restore(session, unit, site.settings, cards.SEED, Edit(minh, at, 3))
    assert current(site, session).address == "Số 1 phố Thạch Khôi"
    assert [c.restores for c in cards.history(session, unit, site.settings)] == [0, 1, None, None]


def test_a_version_that_never_was_cannot_come_back(
    site: Site, session: Session, minh: Staff
) -> None:
    with pytest.raises(NotFoundError):
        cards.restore(session, 1, site.settings, 7, Edit(minh, site.clock(), 0))


def test_the_desk_answers_from_the_edited_card(site: Site, session: Session, minh: Staff) -> None:
    edit(site, session, minh, 0, address=MOVED)
    desk = WardDesk(session, site.office.unit_id, site.settings, site.clock())
    assert MOVED in desk.about("phuong o dau")
    assert desk.about("làm khai sinh cần gì") == ""
