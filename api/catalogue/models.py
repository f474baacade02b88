"""Tables of catalogue releases."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant


class CatalogueRelease(SQLModel, table=True):
    """One import of a published catalogue; which one is in use is told by the activations."""

    __tablename__ = "catalogue_release"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)
    source: str = Field(max_length=300)
    published_on: date | None = None
    sample: bool = False
    imported_at: datetime = instant()
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


class CatalogueActivation(SQLModel, table=True):
    """That a release is in use from a moment on: who ordered it, when, and why.

    A return to a release that was in use before carries its reason. One whose moment has not come
    may be withdrawn.
    """

    __tablename__ = "catalogue_activation"
    __table_args__ = (
        sa.Index("ix_catalogue_activation_unit_id_from_at_id", "unit_id", "from_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    release_id: int = Field(foreign_key="catalogue_release.id", index=True)
    from_at: datetime = instant()
    ordered_at: datetime = instant()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    reason: str = Field(default="", max_length=500)
    withdrawn_at: datetime | None = instant(default=None)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="staff.id")


class CatalogueReplacement(SQLModel, table=True):
    """What staff say took the place of an abolished procedure; the newest row of a code counts."""

    __tablename__ = "catalogue_replacement"
    __table_args__ = (sa.Index("ix_catalogue_replacement_unit_id_id", "unit_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    code: str = Field(max_length=40)
    replaced_by: str = Field(default="", max_length=40)  # empty: nothing took its place
    staff_id: int = Field(foreign_key="staff.id")
    decided_at: datetime = instant()
