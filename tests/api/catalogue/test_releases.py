"""Releases of the catalogue in the database: kept, activated, listed, loaded."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from api.catalogue import activations, releases
from api.catalogue.activations import Order
from api.catalogue.desk import CatalogueDesk
from api.catalogue.models import CatalogueProcedure, CatalogueRelease
from api.errors import NotFoundError
from api.people.models import Unit
from api.web.site import Site
from knowledge.catalogue import Catalogue, Problem, Release
from knowledge.findings import findings
from knowledge.procedure import Procedure
from tests.conftest import FrozenClock, small_catalogue

BIRTH = Procedure(code="1.001193", name="Đăng ký khai sinh")
MARRIAGE = Procedure(code="1.000894", name="Đăng ký kết hôn")
NEWER = Catalogue(Release("Quyết định 12", "tệp của tỉnh", date(2026, 11, 1)), (MARRIAGE, BIRTH))


def store(site: Site, catalogue: Catalogue = NEWER) -> CatalogueRelease:
    """Keep a release."""
    with site.database.writing() as session:
        return releases.store(session, site.office.unit_id, catalogue, site.clock())


def activate(site: Site, row: CatalogueRelease) -> None:
    """Put a release into use."""
    with site.database.writing() as session:
        activations.activate(session, site.office.unit_id, row.id or 0, site.clock())


def active(site: Site) -> CatalogueRelease:
    """Return the release in use."""
    with site.database.reading() as session:
        row = activations.active(session, site.office.unit_id, site.clock())
    assert row is not None
    return row


def test_a_release_that_is_only_kept_is_not_in_use(site: Site) -> None:
    before = active(site)

    row = store(site)

    assert active(site).id == before.id
    assert active(site).id != row.id


def test_a_kept_release_says_where_it_comes_from_and_when_it_came(site: Site) -> None:
    row = store(site)

    assert (row.name, row.source) == ("Quyết định 12", "tệp của tỉnh")
    assert (row.published_on, row.sample) == (date(2026, 11, 1), False)
    assert row.imported_at == site.clock()


def test_problems_of_the_reader_and_findings_are_kept_beside_a_release(site: Site) -> None:
    broken = Problem(row=7, field="mã", sentence="Dòng 7 không có mã.")
    expected = [broken, *findings(NEWER.procedures, {MARRIAGE.code: 3})]
    assert len(expected) > 1

    row = store(site, replace(NEWER, problems=(broken,), rows={MARRIAGE.code: 3}))

    with site.database.reading() as session:
        kept = session.get_one(CatalogueRelease, row.id).problems
    assert kept == [asdict(problem) for problem in expected]


def test_an_activated_release_is_in_use(site: Site, clock: FrozenClock) -> None:
    row = store(site)
    clock.pass_(minutes=1)

    activate(site, row)

    assert active(site).id == row.id


def test_a_release_that_does_not_exist_cannot_be_activated(site: Site) -> None:
    before = active(site)

    with pytest.raises(NotFoundError) as refused, site.database.writing() as session:
        activations.activate(session, site.office.unit_id, 999, site.clock())

    assert refused.value.next_step
    assert active(site).id == before.id


def test_a_release_of_another_office_cannot_be_activated(site: Site) -> None:
    with site.database.writing() as session:
        other = Unit(prefix="XB", name="Xã Bên")
        session.add(other)
        session.flush()
        row = releases.store(session, other.id or 0, NEWER, site.clock())

    with pytest.raises(NotFoundError):
        activate(site, row)


def test_an_office_without_an_activated_release_has_none_in_use(site: Site) -> None:
    with site.database.reading() as session:
        assert activations.active(session, 999, site.clock()) is None


@pytest.mark.parametrize("catalogue", [small_catalogue(), NEWER], ids=["small", "newer"])
def test_what_is_loaded_equals_what_was_stored(site: Site, catalogue: Catalogue) -> None:
    row = store(site, catalogue)

    with site.database.reading() as session:
        loaded = releases.load(session, session.get_one(CatalogueRelease, row.id))

    assert loaded.release == catalogue.release
    assert loaded.procedures == catalogue.procedures


def test_releases_are_listed_newest_first_with_their_size(site: Site) -> None:
    row = store(site)
    empty = store(site, Catalogue(Release("Trống", "không có gì"), ()))

    with site.database.reading() as session:
        listed = releases.listed(session, site.office.unit_id)

    assert [(one.id, number) for one, number in listed] == [
        (empty.id, 0),
        (row.id, 2),
        (active(site).id, len(small_catalogue())),
    ]


def test_the_desk_gives_the_release_in_use_as_soon_as_it_changes(
    site: Site, clock: FrozenClock
) -> None:
    with site.database.reading() as session:
        assert len(site.catalogue.clerk(session).catalogue) == len(small_catalogue())
    clock.pass_(minutes=1)

    activate(site, store(site))

    with site.database.reading() as session:
        catalogue = site.catalogue.clerk(session).catalogue
    assert catalogue.release.name == "Quyết định 12"
    assert catalogue.procedures == NEWER.procedures


def test_the_desk_indexes_a_release_only_once(site: Site) -> None:
    with site.database.reading() as session:
        assert site.catalogue.clerk(session) is site.catalogue.clerk(session)


def test_the_desk_of_an_office_without_a_release_knows_nothing(site: Site) -> None:
    desk = CatalogueDesk(unit_id=999, clock=site.clock)

    with site.database.reading() as session:
        assert len(desk.clerk(session).catalogue) == 0


def test_the_old_release_answers_while_the_new_one_is_indexed(
    site: Site, clock: FrozenClock
) -> None:
    waiting: list[Callable[[], None]] = []
    desk = CatalogueDesk(site.office.unit_id, clock=clock, start=waiting.append)
    with site.database.reading() as session:
        before = desk.clerk(session)
    clock.pass_(minutes=1)
    activate(site, store(site))

    with site.database.reading() as session:
        assert desk.clerk(session) is before
        assert desk.clerk(session) is before
    assert len(waiting) == 1  # two questions, one index

    waiting[0]()

    with site.database.reading() as session:
        assert desk.clerk(session).catalogue.release.name == "Quyết định 12"


def test_an_index_that_cannot_be_built_leaves_the_old_release_and_is_tried_again(
    site: Site, clock: FrozenClock
) -> None:
    waiting: list[Callable[[], None]] = []
    desk = CatalogueDesk(site.office.unit_id, clock=clock, start=waiting.append)
    with site.database.writing() as session:
        before = desk.clerk(session)
        clock.pass_(minutes=1)
        bad = releases.store(session, site.office.unit_id, NEWER, clock())
        for row in session.exec(
            select(CatalogueProcedure).where(col(CatalogueProcedure.release_id) == bad.id)
        ):
            row.facts = {"fees": "?"}
        activations.activate(session, site.office.unit_id, bad.id or 0, clock())

    for attempt in range(2):
        with site.database.reading() as session:
            assert desk.clerk(session) is before
        waiting[attempt]()

    assert len(waiting) == 2


def test_two_instances_switch_at_the_moment_that_was_set(site: Site, clock: FrozenClock) -> None:
    desks = [CatalogueDesk(site.office.unit_id, clock=clock) for _ in range(2)]
    row = store(site)
    with site.database.writing() as session:
        order = Order(moment=clock() + timedelta(hours=3))
        activations.activate(session, site.office.unit_id, row.id or 0, clock(), order)

    def names() -> list[str]:
        with site.database.reading() as session:
            return [desk.clerk(session).catalogue.release.name for desk in desks]

    assert names() == ["Danh mục mẫu"] * 2
    clock.pass_(hours=2, minutes=59)
    assert names() == ["Danh mục mẫu"] * 2
    clock.pass_(minutes=1)
    assert names() == ["Quyết định 12"] * 2
