"""The table of access tokens."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from api.db import instant


class AccessToken(SQLModel, table=True):
    """The pair of tokens of one channel, whose refresh token is good for one use.

    renewing_until is the lease of the instance that is renewing the pair; refused_at is when the
    platform refused the refresh token, so that a person has to link the account again.
    """

    __tablename__ = "access_token"

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20, unique=True)
    account: str = Field(default="", max_length=100)
    access: str = Field(repr=False)
    refresh: str = Field(repr=False)
    issued_at: datetime = instant()
    expires_at: datetime = instant()
    renewing_until: datetime | None = instant(default=None)
    refused_at: datetime | None = instant(default=None)
    error: str = Field(default="", max_length=300)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    linked_at: datetime = instant()
