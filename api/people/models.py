"""Tables of units, staff and citizens."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import NO, instant, one_of


class Role(StrEnum):
    """What a member of staff may do; each role includes the ones before it."""

    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Tell whether whoever has this role may do what the other one may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


class Unit(SQLModel, table=True):
    """Đơn vị: the ward; one row an installation today, so that a province can follow."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    prefix: str = Field(max_length=4, unique=True)
    name: str = Field(max_length=200)


class Department(SQLModel, table=True):
    """Bộ phận, phòng of the ward; every ward has one that receives cases."""

    __tablename__ = "department"
    __table_args__ = (sa.UniqueConstraint("unit_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=120)
    reception: bool = False
    active: bool = True
    created_at: datetime = instant()


class Staff(SQLModel, table=True):
    """A member of staff; the password is kept as an argon2id hash only."""

    __tablename__ = "staff"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    username: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=120)
    role: Role = one_of(Role, default=Role.OFFICER)
    password_hash: str
    active: bool = True
    created_at: datetime = instant()
    department_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    # named by the head of the office to see denunciations
    denunciations: bool = Field(default=False, sa_column_kwargs=NO)


class StaffSession(SQLModel, table=True):
    """A signed-in browser; only the hash of its token is kept, and it can be revoked."""

    __tablename__ = "staff_session"

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    agent: str = Field(default="", max_length=200)
    created_at: datetime = instant()
    seen_at: datetime = instant()
    expires_at: datetime = instant()
    revoked_at: datetime | None = instant(default=None)


class Citizen(SQLModel, table=True):
    """The person behind cases. Contact is asked because Nghị định 20/2008, Điều 7 requires it."""

    __tablename__ = "citizen"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)
    phone: str = Field(default="", max_length=30)
    address: str = Field(default="", max_length=500)
    remembered: bool = False
    created_at: datetime = instant()


class Consent(SQLModel, table=True):
    """Proof of consent: which words, when, where (Luật 91/2025/QH15, Điều 9)."""

    __tablename__ = "consent"

    id: int | None = Field(default=None, primary_key=True)
    citizen_id: int = Field(foreign_key="citizen.id", index=True)
    version: str = Field(max_length=20)
    text_hash: str = Field(max_length=64)
    remember: bool
    channel: str = Field(max_length=20)
    given_at: datetime = instant()


class Viewing(SQLModel, table=True):
    """Who saw the personal data of which case, and when."""

    __tablename__ = "viewing"
    __table_args__ = (sa.Index("ix_viewing_case_id_staff_id", "case_id", "staff_id"),)

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    case_id: int = Field(foreign_key="feedback_case.id")
    at: datetime = instant()
