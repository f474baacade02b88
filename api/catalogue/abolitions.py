"""Procedures that a release dropped: since when, and what took their place."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from sqlmodel import Session, col, select

from api.catalogue import activations, releases
from api.catalogue.models import (
    CatalogueActivation,
    CatalogueProcedure,
    CatalogueRelease,
    CatalogueReplacement,
)
from api.clock import local_date
from api.errors import NotFoundError, PeopleError
from knowledge.abolition import Abolition
from knowledge.catalogue import Catalogue
from knowledge.procedure import Procedure
from knowledge.release_diff import likely_replacements


def abolished(
    session: Session, unit_id: int, catalogue: Catalogue, at: datetime
) -> list[Abolition]:
    """Return what releases in force before had and the one in use has not.

    The day is the one on which the release without it was published, else put into use. What only
    the sample catalogue had was never in force.
    """
    dropped = _dropped(session, activations.in_force(session, unit_id, at), catalogue)
    decided = replacements(session, unit_id)
    likely = likely_replacements([p for p, _, _ in dropped], catalogue.procedures)
    found = []
    for procedure, since, source in dropped:
        decision = decided.get(procedure.code)
        found.append(
            Abolition(
                procedure=procedure,
                since=since,
                source=source,
                replacement=catalogue.by_code.get(decision) if decision else None,
                likely=likely.get(procedure.code),
                settled=decision is not None,
            )
        )
    return found


def _dropped(
    session: Session, line: list[CatalogueActivation], catalogue: Catalogue
) -> list[tuple[Procedure, date, str]]:
    """Return procedures no longer in force with the day and the source of their last release."""
    gone: dict[str, tuple[Procedure, date, str]] = {}
    for before, after in pairwise(line):
        old = session.get_one(CatalogueRelease, before.release_id)
        if old.sample:
            continue
        new = session.get_one(CatalogueRelease, after.release_id)
        since = new.published_on or local_date(after.from_at)
        kept = select(CatalogueProcedure.code).where(CatalogueProcedure.release_id == new.id)
        lost = session.exec(
            select(CatalogueProcedure.facts)
            .where(
                CatalogueProcedure.release_id == old.id,
                col(CatalogueProcedure.code).not_in(kept),
            )
            .order_by(col(CatalogueProcedure.position))
        )
        for facts in lost:
            procedure = Procedure.model_validate(facts)
            gone[procedure.code] = (procedure, since, new.name)
    return [one for code, one in gone.items() if code not in catalogue.by_code]


def replacements(session: Session, unit_id: int) -> Mapping[str, str]:
    """Return what staff decided by code: the code in its place, or "" for none."""
    rows = session.exec(
        select(CatalogueReplacement)
        .where(CatalogueReplacement.unit_id == unit_id)
        .order_by(col(CatalogueReplacement.id))
    )
    return {row.code: row.replaced_by for row in rows}


def decide(
    session: Session, row: CatalogueRelease, replacement: CatalogueReplacement
) -> CatalogueReplacement:
    """Keep what took the place of a procedure that a release does not have.

    Raises PeopleError where the release has the procedure still, NotFoundError where it does not
    have the one named as replacement.
    """
    codes = releases.codes(session, row)
    if replacement.code in codes:
        raise PeopleError("Thủ tục này vẫn còn trong bản danh mục.", "Anh/chị tải lại trang.")
    if replacement.replaced_by and replacement.replaced_by not in codes:
        raise NotFoundError(
            f"Bản danh mục này không có thủ tục mã {replacement.replaced_by[:40]}.",
            "Anh/chị kiểm tra lại mã thủ tục thay thế.",
        )
    session.add(replacement)
    session.flush()
    return replacement
