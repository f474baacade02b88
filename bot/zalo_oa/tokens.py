"""The pair of tokens: kept before it is used, renewed by one instance at a time."""

import asyncio
from datetime import datetime, timedelta

import httpx
import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from api.clock import Clock
from api.db import Database
from api.settings import Settings
from api.tokens.models import AccessToken
from bot.zalo_oa import oauth
from bot.zalo_oa.errors import Trouble, UnreachableError, ZaloError
from bot.zalo_oa.oauth import Pair

log = structlog.get_logger(__name__)

CHANNEL = "zalo_oa"
LEASE = timedelta(seconds=60)  # longer than any answer of Zalo's is waited for
RENEW_AT = 0.8  # of a token's life: 20 of its 25 hours
_LOOK_EVERY = 300.0  # seconds between looks at the age


class UnlinkedError(Exception):
    """There is no token that may be used: the administrator has to link the account."""


class BeingRenewedError(Exception):
    """Another instance is renewing the pair just now."""


def linked(session: Session) -> AccessToken | None:
    """Return the pair of the account, None before the first link."""
    return session.exec(select(AccessToken).where(AccessToken.channel == CHANNEL)).first()


def link(session: Session, pair: Pair, account: str, staff_id: int | None, at: datetime) -> None:
    """Keep the pair that an administrator's consent gave; an earlier one is replaced."""
    row = linked(session) or AccessToken(
        channel=CHANNEL, access="", refresh="", issued_at=at, expires_at=at, linked_at=at
    )
    row.account, row.staff_id, row.linked_at = account, staff_id, at
    for name, value in _values(pair, at).items():
        setattr(row, name, value)
    session.add(row)


class TokenKeeper:
    """Gives the access token. Every instance may have one; the database decides who renews."""

    def __init__(
        self, database: Database, settings: Settings, clock: Clock, http: httpx.AsyncClient
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._http = http

    async def access(self) -> str:
        """Return a token that is not known to be dead.

        Raises UnlinkedError, BeingRenewedError or UnreachableError.
        """
        row = self._row()
        if self._is_old(row):
            try:
                return await self.renew(row.access)
            except (BeingRenewedError, UnreachableError, UnlinkedError):
                if self._clock() >= row.expires_at:
                    raise
        return row.access

    async def renew(self, stale: str) -> str:
        """Replace the pair whose access token is stale; the new pair is committed before use.

        Where somebody else has replaced it meanwhile, theirs is given. A refusal is final:
        the refresh token is used up, and only a person can link the account again. Raises
        UnlinkedError, BeingRenewedError or UnreachableError.
        """
        row = self._row()
        if row.access != stale:
            return row.access
        if row.refused_at:
            raise UnlinkedError(row.error)
        if not self._claim(row):
            raise BeingRenewedError
        try:
            pair = await oauth.renew(self._settings, self._http, row.refresh)
        except ZaloError as error:
            return self._refused(row, error)
        except UnreachableError:
            self._update(row, renewing_until=None)
            raise
        self._update(row, **_values(pair, self._clock()))
        return pair.access

    async def keep_fresh(self) -> bool:
        """Renew the pair where it is old; tells whether it was. Never raises for Zalo's sake."""
        try:
            row = self._row()
            if not self._is_old(row) or row.refused_at:
                return False
            await self.renew(row.access)
        except (UnlinkedError, BeingRenewedError, UnreachableError) as error:
            log.warning("zalo token not renewed", error=type(error).__name__)
            return False
        return True

    async def run(self) -> None:
        """Keep the pair fresh until cancelled, also while nobody writes."""
        while True:
            try:
                await self.keep_fresh()
            except Exception:
                log.exception("zalo token not looked at")
            await asyncio.sleep(_LOOK_EVERY)

    def _row(self) -> AccessToken:
        with self._database.reading() as session:
            row = linked(session)
            session.expunge_all()
        if row is None:
            raise UnlinkedError("Chưa liên kết tài khoản Zalo OA.")
        return row

    def _is_old(self, row: AccessToken) -> bool:
        return self._clock() >= row.issued_at + RENEW_AT * (row.expires_at - row.issued_at)

    def _claim(self, row: AccessToken) -> bool:
        """Take the lease on renewing this very pair; one instance gets it."""
        at = self._clock()
        free = sa.or_(
            col(AccessToken.renewing_until).is_(None), col(AccessToken.renewing_until) <= at
        )
        return self._update(row, free, renewing_until=at + LEASE)

    def _refused(self, row: AccessToken, error: ZaloError) -> str:
        """Take a refusal as final, unless Zalo was only busy or somebody was faster."""
        if error.trouble is Trouble.BUSY:
            self._update(row, renewing_until=None)
            raise UnreachableError(str(error)) from error
        if self._update(row, renewing_until=None, refused_at=self._clock(), error=str(error)[:300]):
            log.error("zalo refuses the refresh token; link the account again", code=error.code)
            raise UnlinkedError(str(error)) from error
        return self._row().access

    def _update(self, row: AccessToken, *also: sa.ColumnElement[bool], **values: object) -> bool:
        """Change the row while it still holds the pair that was read."""
        with self._database.writing() as session:
            done = session.execute(
                sa.update(AccessToken)
                .where(col(AccessToken.id) == row.id, col(AccessToken.refresh) == row.refresh)
                .where(*also)
                .values(**values)
            )
        return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _values(pair: Pair, at: datetime) -> dict[str, object]:
    return {
        "access": pair.access,
        "refresh": pair.refresh,
        "issued_at": at,
        "expires_at": at + pair.life,
        "renewing_until": None,
        "refused_at": None,
        "error": "",
    }
