"""The catalogue in use, indexed in memory and renewed when another release is activated."""

from collections.abc import Callable
from functools import partial
from threading import Lock, Thread

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from api import clock as clocks
from api.catalogue import abolitions, activations, releases
from api.catalogue.models import CatalogueActivation, CatalogueReplacement
from api.clock import Clock
from knowledge.catalogue import Catalogue, Release
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon

log = structlog.get_logger(__name__)

_NOTHING = Catalogue(Release(name="", source=""), ())

Key = tuple[int | None, int | None]
"""The activation in force and the newest decision on a replacement."""

Start = Callable[[Callable[[], None]], None]
"""Starts the building of an index beside the answering, and returns at once."""


def in_thread(build: Callable[[], None]) -> None:
    """Build in a thread of its own."""
    Thread(target=build, name="pakn-catalogue", daemon=True).start()


class CatalogueDesk:
    """Gives the clerk who knows the active release.

    What is in force is looked up at each call (one indexed query), so that several instances
    switch together; the index is built once per activation. With `start`, the clerk of the release
    before goes on answering while the next one is built: a citizen never waits for an index, and
    for these seconds nothing is said that was not true a moment ago. Without it the caller builds.
    """

    def __init__(
        self,
        unit_id: int,
        lexicon: Lexicon | None = None,
        *,
        clock: Clock = clocks.now,
        start: Start | None = None,
    ) -> None:
        self._unit_id = unit_id
        self._lexicon = lexicon or Lexicon.shipped()
        self._clock = clock
        self._start = start
        self._first = Lock()
        self._building = Lock()
        self._held: tuple[Key, Clerk] = ((None, None), Clerk(_NOTHING, self._lexicon))

    def clerk(self, session: Session) -> Clerk:
        """Return the clerk of the release in use."""
        key = self._key(session)
        if self._held[0] == key:
            return self._held[1]
        if self._start is None or self._held[0][0] is None:
            with self._first:
                if self._held[0] != key:
                    self._held = (key, self._clerk(session))
        elif self._building.acquire(blocking=False):
            reading = session.get_bind().engine.execution_options(immediate=False)
            self._start(partial(self._renew, reading, key))
        return self._held[1]

    def _key(self, session: Session) -> Key:
        activation = (
            select(CatalogueActivation.id)
            .where(
                CatalogueActivation.unit_id == self._unit_id,
                col(CatalogueActivation.from_at) <= self._clock(),
                col(CatalogueActivation.withdrawn_at).is_(None),
            )
            .order_by(col(CatalogueActivation.from_at).desc(), col(CatalogueActivation.id).desc())
            .limit(1)
        )
        decision = select(sa.func.max(CatalogueReplacement.id)).where(
            CatalogueReplacement.unit_id == self._unit_id
        )
        found = session.exec(
            sa.select(activation.scalar_subquery(), decision.scalar_subquery())  # type: ignore[call-overload]
        ).one()
        return (found[0], found[1])

    def _renew(self, engine: sa.Engine, key: Key) -> None:
        """Build the next clerk; where that fails, the next question tries again."""
        try:
            with Session(engine) as session:
                self._held = (key, self._clerk(session))
        except Exception:
            log.exception("catalogue not renewed", activation=key[0])
        finally:
            self._building.release()

    def _clerk(self, session: Session) -> Clerk:
        now = self._clock()
        row = activations.active(session, self._unit_id, now)
        catalogue = releases.load(session, row) if row else _NOTHING
        gone = abolitions.abolished(session, self._unit_id, catalogue, now)
        return Clerk(catalogue, self._lexicon, gone)
