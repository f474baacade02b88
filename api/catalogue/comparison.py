"""What a kept release changes against another one."""

from typing import Any

from sqlmodel import Session, col, select

from api.catalogue.models import CatalogueProcedure, CatalogueRelease
from api.catalogue.releases import release_of
from knowledge.catalogue import Catalogue
from knowledge.procedure import Procedure
from knowledge.release_diff import ReleaseDiff, compare


def compare_kept(session: Session, old: CatalogueRelease, new: CatalogueRelease) -> ReleaseDiff:
    """Return what changes when the new release takes the place of the old.

    Records that are alike to the last sign are left out before anything is read closely: of
    thousands, two releases of one source differ in a few.
    """
    before, after = _facts(session, old), _facts(session, new)
    alike = {code for code, facts in after.items() if before.get(code) == facts}
    return compare(_differing(old, before, alike), _differing(new, after, alike))


def _facts(session: Session, row: CatalogueRelease) -> dict[str, dict[str, Any]]:
    query = (
        select(CatalogueProcedure.code, CatalogueProcedure.facts)
        .where(CatalogueProcedure.release_id == row.id)
        .order_by(col(CatalogueProcedure.position))
    )
    return {code: dict(facts) for code, facts in session.exec(query)}


def _differing(
    row: CatalogueRelease, facts: dict[str, dict[str, Any]], alike: set[str]
) -> Catalogue:
    read = (Procedure.model_validate(one) for code, one in facts.items() if code not in alike)
    return Catalogue(release_of(row), tuple(read))
