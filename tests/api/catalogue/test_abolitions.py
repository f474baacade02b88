"""Procedures that a release dropped are told to be abolished, and never as in force."""

from datetime import date

import pytest

from api.catalogue import abolitions, activations, releases
from api.catalogue.activations import Order
from api.catalogue.models import CatalogueRelease, CatalogueReplacement
from api.errors import NotFoundError, PeopleError
from api.people.models import Staff
from api.web.site import Site
from knowledge.abolition import Abolition
from knowledge.catalogue import Catalogue, Release
from knowledge.clerk import Clerk
from knowledge.decide import Decision
from knowledge.procedure import Procedure
from tests.conftest import FrozenClock, small_catalogue

DUCKS = Procedure(code="3.000001", name="Cấp giấy phép chăn nuôi vịt chạy đồng", field="Chăn nuôi")
GEESE = Procedure(code="3.000002", name="Cấp giấy phép nuôi ngỗng trong vườn", field="Chăn nuôi")
FOWL = Procedure(
    code="3.000009", name="Cấp giấy phép chăn nuôi vịt chạy đồng và ngan", field="Chăn nuôi"
)
OFFICIAL = small_catalogue().procedures


def use(
    site: Site,
    name: str,
    *procedures: Procedure,
    published_on: date | None = None,
    sample: bool = False,
) -> CatalogueRelease:
    """Put a release of these procedures into use."""
    with site.database.writing() as session:
        release = Release(name, "Quyết định", published_on, sample)
        catalogue = Catalogue(release, procedures)
        row = releases.store(session, site.office.unit_id, catalogue, site.clock())
        activations.activate(session, site.office.unit_id, row.id or 0, site.clock())
        return row


def gone(site: Site) -> dict[str, Abolition]:
    """Return what is abolished, by code."""
    with site.database.reading() as session:
        unit, now = site.office.unit_id, site.clock()
        row = activations.active(session, unit, now)
        assert row is not None
        found = abolitions.abolished(session, unit, releases.load(session, row), now)
    return {one.procedure.code: one for one in found}


def clerk(site: Site) -> Clerk:
    """Return the clerk of the release in use."""
    with site.database.reading() as session:
        return site.catalogue.clerk(session)


def decide(site: Site, row: CatalogueRelease, code: str, replaced_by: str, who: Staff) -> None:
    """Say what takes the place of a procedure."""
    with site.database.writing() as session:
        decision = CatalogueReplacement(
            unit_id=site.office.unit_id,
            code=code,
            replaced_by=replaced_by,
            staff_id=who.id or 0,
            decided_at=site.clock(),
        )
        abolitions.decide(session, row, decision)


@pytest.fixture
def newer(site: Site, clock: FrozenClock) -> CatalogueRelease:
    """A release without the ducks, which the one before had."""
    use(site, "Bản một", *OFFICIAL, DUCKS, GEESE)
    clock.pass_(days=10)
    row = use(site, "Bản hai", *OFFICIAL, GEESE, FOWL, published_on=date(2026, 11, 20))
    clock.pass_(minutes=1)
    return row


def test_a_procedure_is_abolished_since_the_release_without_it_was_published(
    site: Site, newer: CatalogueRelease
) -> None:
    assert gone(site)["3.000001"].since == date(2026, 11, 20)
    assert list(gone(site)) == ["3.000001"]


def test_without_a_day_of_publication_the_day_of_activation_counts(
    site: Site, clock: FrozenClock
) -> None:
    use(site, "Bản một", *OFFICIAL, DUCKS)
    clock.pass_(days=2)
    use(site, "Bản hai", *OFFICIAL)
    assert gone(site)["3.000001"].since == date(2026, 11, 18)


def test_what_only_the_sample_had_is_not_called_abolished(site: Site) -> None:
    use(site, "Bản một", DUCKS)
    assert gone(site) == {}


def test_what_came_and_went_with_a_release_that_was_rolled_back_is_not_abolished(
    site: Site, clock: FrozenClock
) -> None:
    use(site, "Bản một", *OFFICIAL)
    clock.pass_(days=1)
    use(site, "Bản hai", *OFFICIAL, DUCKS)
    clock.pass_(days=1)
    with site.database.writing() as session:
        activations.roll_back(session, site.office.unit_id, clock(), Order(reason="nhầm tệp"))
    assert gone(site) == {}


def test_a_procedure_that_comes_back_is_in_force_again(
    site: Site, clock: FrozenClock, newer: CatalogueRelease
) -> None:
    use(site, "Bản ba", *OFFICIAL, DUCKS, GEESE, FOWL)
    assert gone(site) == {}
    card = clerk(site).card("3.000001")
    assert card is not None
    assert card.abolition is None


def test_asking_for_it_is_answered_with_the_abolition_and_a_guess(
    site: Site, newer: CatalogueRelease
) -> None:
    finding = clerk(site).ask("cấp giấy phép chăn nuôi vịt chạy đồng cần giấy tờ gì")
    assert finding.decision is Decision.ANSWER
    card = clerk(site).card(finding.candidates[0].procedure.code)
    assert card is not None
    assert card.abolition is not None
    assert card.sections == ()
    assert "đã bãi bỏ từ 20/11/2026" in card.abolition.notice
    assert card.abolition.advice.startswith("Có thể xem: Cấp giấy phép chăn nuôi vịt chạy đồng và")


def test_a_confirmed_replacement_is_named_as_such(
    site: Site, newer: CatalogueRelease, minh: Staff
) -> None:
    clerk(site)
    decide(site, newer, "3.000001", "3.000002", minh)

    card = clerk(site).card("3.000001")

    assert card is not None
    assert card.abolition is not None
    assert card.abolition.advice == f"Thay bằng: {GEESE.name} (mã 3.000002)."


def test_nothing_in_its_place_is_an_answer_too_and_the_last_decision_counts(
    site: Site, newer: CatalogueRelease, minh: Staff
) -> None:
    decide(site, newer, "3.000001", "3.000009", minh)
    decide(site, newer, "3.000001", "", minh)

    abolition = gone(site)["3.000001"]

    assert abolition.advice == "Không có thủ tục thay thế."
    assert abolition.successor is None


def test_a_replacement_must_be_in_the_release_and_the_abolished_must_not(
    site: Site, newer: CatalogueRelease, minh: Staff
) -> None:
    with pytest.raises(NotFoundError, match="không có thủ tục mã"):
        decide(site, newer, "3.000001", "9.999999", minh)
    with pytest.raises(PeopleError, match="vẫn còn"):
        decide(site, newer, "3.000002", "3.000009", minh)


def test_a_new_code_under_the_same_name_is_answered_as_in_force(
    site: Site, clock: FrozenClock
) -> None:
    use(site, "Bản một", *OFFICIAL, DUCKS)
    clock.pass_(days=1)
    again = DUCKS.model_copy(update={"code": "3.000077"})
    use(site, "Bản hai", *OFFICIAL, again)

    finding = clerk(site).ask("cấp giấy phép chăn nuôi vịt chạy đồng")

    assert "3.000001" not in {c.procedure.code for c in finding.candidates}
    assert finding.candidates[0].procedure.code == "3.000077"
    card = clerk(site).card("3.000001")
    assert card is not None
    assert card.abolition is not None
