"""The table of the ward's card: every version is kept, the newest is in use."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant


class WardCardVersion(SQLModel, table=True):
    """The whole card as somebody left it; going back is one more version."""

    __tablename__ = "ward_card_version"
    __table_args__ = (sa.UniqueConstraint("unit_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    number: int
    facts: dict[str, Any] = Field(sa_type=sa.JSON)
    staff_id: int = Field(foreign_key="staff.id")
    saved_at: datetime = instant()
    restores: int | None = None  # the number of the version that this one brought back
