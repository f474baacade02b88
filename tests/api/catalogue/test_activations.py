"""Which release is in use when: at once, at a moment, back again, withdrawn."""

from datetime import date, timedelta

import pytest

from api.catalogue import activations, releases
from api.catalogue.activations import Order
from api.catalogue.models import CatalogueActivation
from api.errors import ConflictError, NotFoundError, PeopleError
from api.people.models import Staff
from api.web.site import Site
from knowledge.catalogue import Catalogue, Release
from knowledge.procedure import Procedure
from tests.conftest import FrozenClock

BIRTH = Procedure(code="1.001193", name="Đăng ký khai sinh")


def keep(site: Site, name: str) -> int:
    """Keep a release of one procedure; gives its number."""
    with site.database.writing() as session:
        catalogue = Catalogue(Release(name, "tệp", date(2026, 11, 1)), (BIRTH,))
        return releases.store(session, site.office.unit_id, catalogue, site.clock()).id or 0


def use(site: Site, release_id: int, order: Order | None = None) -> CatalogueActivation:
    """Order a release."""
    with site.database.writing() as session:
        unit = site.office.unit_id
        return activations.activate(session, unit, release_id, site.clock(), order or Order())


def in_use(site: Site) -> str:
    """Return the name of the release in use."""
    with site.database.reading() as session:
        row = activations.active(session, site.office.unit_id, site.clock())
        assert row is not None
        return row.name


@pytest.fixture
def second(site: Site, clock: FrozenClock) -> int:
    """A release that took the place of the sample a minute ago."""
    number = keep(site, "Bản hai")
    use(site, number)
    clock.pass_(minutes=1)
    return number


def test_an_activation_keeps_who_ordered_it_when_and_from_which_moment(
    site: Site, clock: FrozenClock, minh: Staff
) -> None:
    moment = clock() + timedelta(days=2)

    row = use(site, keep(site, "Bản hai"), Order(minh.id, moment, " theo quyết định mới "))

    assert (row.staff_id, row.ordered_at, row.from_at) == (minh.id, clock(), moment)
    assert row.reason == "theo quyết định mới"


def test_a_release_ordered_for_later_is_in_use_when_the_clock_gets_there(
    site: Site, clock: FrozenClock
) -> None:
    use(site, keep(site, "Bản hai"), Order(moment=clock() + timedelta(hours=1)))

    assert in_use(site) == "Danh mục mẫu"
    clock.pass_(hours=1)
    assert in_use(site) == "Bản hai"


def test_a_moment_that_has_passed_is_refused(site: Site, clock: FrozenClock) -> None:
    with pytest.raises(PeopleError, match="đã qua"):
        use(site, keep(site, "Bản hai"), Order(moment=clock() - timedelta(seconds=1)))


def test_the_release_in_use_cannot_be_put_into_use_again(site: Site, second: int) -> None:
    with pytest.raises(ConflictError):
        use(site, second)


def test_rolling_back_needs_a_reason(site: Site, clock: FrozenClock, second: int) -> None:
    with (
        pytest.raises(PeopleError, match="cần có lý do"),
        site.database.writing() as session,
    ):
        activations.roll_back(session, site.office.unit_id, clock(), Order(reason=" "))
    assert in_use(site) == "Bản hai"


def test_rolling_back_is_a_new_activation_of_the_former_release(
    site: Site, clock: FrozenClock, second: int
) -> None:
    with site.database.writing() as session:
        why = Order(reason="bản mới thiếu lệ phí")
        activations.roll_back(session, site.office.unit_id, clock(), why)

    assert in_use(site) == "Danh mục mẫu"
    with site.database.reading() as session:
        listed = activations.history(session, site.office.unit_id)
        assert [one.reason for one in listed] == ["", "", "bản mới thiếu lệ phí"]
        assert activations.former(session, site.office.unit_id, clock()) is None


def test_there_is_nothing_to_roll_back_to_before_the_second_release(
    site: Site, clock: FrozenClock
) -> None:
    with pytest.raises(NotFoundError), site.database.writing() as session:
        activations.roll_back(session, site.office.unit_id, clock(), Order(reason="thử"))


def test_an_activation_to_come_can_be_withdrawn(
    site: Site, clock: FrozenClock, minh: Staff
) -> None:
    coming = use(site, keep(site, "Bản hai"), Order(moment=clock() + timedelta(hours=1)))

    with site.database.writing() as session:
        unit = site.office.unit_id
        activations.withdraw(session, unit, coming.id or 0, clock(), minh.id or 0)

    clock.pass_(hours=2)
    assert in_use(site) == "Danh mục mẫu"
    with site.database.reading() as session:
        kept = session.get_one(CatalogueActivation, coming.id)
        assert kept.withdrawn_by_id == minh.id


def test_an_activation_whose_moment_has_come_cannot_be_withdrawn(
    site: Site, clock: FrozenClock, minh: Staff
) -> None:
    coming = use(site, keep(site, "Bản hai"), Order(moment=clock() + timedelta(hours=1)))
    clock.pass_(hours=1)

    number, unit = coming.id or 0, site.office.unit_id
    with pytest.raises(ConflictError), site.database.writing() as session:
        activations.withdraw(session, unit, number, clock(), minh.id or 0)

    assert in_use(site) == "Bản hai"
