"""Tables of catalogue releases."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant


class CatalogueRelease(SQLModel, table=True):
    """One import of a published catalogue; the one activated last is in use."""

    __tablename__ = "catalogue_release"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)
    source: str = Field(max_length=300)
    published_on: date | None = None
    sample: bool = False
    imported_at: datetime = instant()
    activated_at: datetime | None = instant(default=None)
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)


class CatalogueProcedure(SQLModel, table=True):
    """One procedure of a release, as validated facts."""

    __tablename__ = "catalogue_procedure"
    __table_args__ = (sa.UniqueConstraint("release_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="catalogue_release.id", index=True)
    position: int
    code: str = Field(max_length=40)
    facts: dict[str, Any] = Field(sa_type=sa.JSON)
