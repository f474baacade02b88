"""Releases kept in the database: stored with their problems, listed, loaded."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.catalogue.models import CatalogueProcedure, CatalogueRelease
from api.errors import NotFoundError
from knowledge.catalogue import Catalogue, Release
from knowledge.findings import findings
from knowledge.procedure import Procedure


def store(session: Session, unit_id: int, catalogue: Catalogue, at: datetime) -> CatalogueRelease:
    """Keep a release without activating it, with its problems and findings beside it."""
    problems = [*catalogue.problems, *findings(catalogue.procedures, catalogue.rows)]
    row = CatalogueRelease(
        unit_id=unit_id,
        name=catalogue.release.name,
        source=catalogue.release.source,
        published_on=catalogue.release.published_on,
        sample=catalogue.release.sample,
        imported_at=at,
        problems=[asdict(problem) for problem in problems],
    )
    session.add(row)
    session.flush()
    session.add_all(
        CatalogueProcedure(
            release_id=row.id or 0,
            position=position,
            code=procedure.code,
            facts=procedure.model_dump(mode="json", exclude_defaults=True),
        )
        for position, procedure in enumerate(catalogue.procedures)
    )
    session.flush()
    return row


def kept(session: Session, unit_id: int, release_id: int) -> CatalogueRelease:
    """Return a release of the office; raises NotFoundError where there is none of that number."""
    row = session.get(CatalogueRelease, release_id)
    if not row or row.unit_id != unit_id:
        raise NotFoundError("Không tìm thấy bản danh mục này.", "Bạn tải lại trang Danh mục.")
    return row


def load(session: Session, row: CatalogueRelease) -> Catalogue:
    """Return a kept release as a catalogue."""
    rows = session.exec(
        select(CatalogueProcedure.facts)
        .where(CatalogueProcedure.release_id == row.id)
        .order_by(col(CatalogueProcedure.position))
    ).all()
    return Catalogue(release_of(row), tuple(Procedure.model_validate(facts) for facts in rows))


def release_of(row: CatalogueRelease) -> Release:
    """Return where a kept release comes from."""
    return Release(row.name, row.source, row.published_on, row.sample)


def codes(session: Session, row: CatalogueRelease) -> frozenset[str]:
    """Return the codes of the procedures of a release."""
    query = select(CatalogueProcedure.code).where(CatalogueProcedure.release_id == row.id)
    return frozenset(session.exec(query))


def listed(session: Session, unit_id: int) -> Sequence[tuple[CatalogueRelease, int]]:
    """Return all releases with their number of procedures, the newest first."""
    query = (
        select(CatalogueRelease, sa.func.count(col(CatalogueProcedure.id)))
        .join(
            CatalogueProcedure,
            col(CatalogueProcedure.release_id) == col(CatalogueRelease.id),
            isouter=True,
        )
        .where(CatalogueRelease.unit_id == unit_id)
        .group_by(col(CatalogueRelease.id))
        .order_by(col(CatalogueRelease.id).desc())
    )
    return [(row, number) for row, number in session.exec(query)]
