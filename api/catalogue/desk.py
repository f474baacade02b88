"""The catalogue in use, indexed in memory and renewed when another release is activated."""

from collections.abc import Callable
from functools import partial
from threading import Lock, Thread

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col

from api import clock as clocks
from api.catalogue import abolitions, activations, releases
from api.catalogue.models import CatalogueActivation, CatalogueReplacement
from api.clock import Clock
from api.learning import rulings
from api.learning.models import TeachingVersion
from knowledge.catalogue import Catalogue, Release
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon

log = structlog.get_logger(__name__)

_NOTHING = Catalogue(Release(name="", source=""), ())

Key = tuple[int | None, int | None]
"""The activation in force and the newest decision on a replacement."""

_IN_USE = sa.select(
    activations.NEWEST.with_only_columns(col(CatalogueActivation.id)).scalar_subquery(),
    sa.select(sa.func.max(CatalogueReplacement.id))
    .where(col(CatalogueReplacement.unit_id) == sa.bindparam("unit"))
    .scalar_subquery(),
    sa.select(col(TeachingVersion.version))
    .where(col(TeachingVersion.unit_id) == sa.bindparam("unit"))
    .scalar_subquery(),
)

Start = Callable[[Callable[[], None]], None]
"""Starts the building of an index beside the answering, and returns at once."""


def in_thread(build: Callable[[], None]) -> None:
    """Build in a thread of its own."""
    Thread(target=build, name="pakn-catalogue", daemon=True).start()


class CatalogueDesk:
    """Gives the clerk who knows the active release and what staff taught.

    What is in force and the version of what is taught are looked up at each call (one indexed
    query), so that several instances switch together. The index is built once per activation;
    what is taught is added to it without reading the catalogue again. With `start`, the clerk of
    the release before goes on answering while the next one is built: a citizen never waits for an
    index, and for these seconds nothing is said that was not true a moment ago. Without it the
    caller builds.
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
        self._lock = Lock()
        self._building = Lock()
        self._plain: tuple[Key, Clerk] = ((None, None), Clerk(_NOTHING, self._lexicon))
        self._held: tuple[tuple[Key, int], Clerk] = (((None, None), 0), self._plain[1])

    def clerk(self, session: Session) -> Clerk:
        """Return the clerk of the release in use."""
        key = self._in_use(session)
        (in_force, _), clerk = self._held
        if self._held[0] == key:
            return clerk
        if self._start is None or in_force == key[0] or in_force[0] is None:
            with self._lock:
                if self._held[0] != key:
                    self._held = (key, self._clerk(session, key[0]))
        elif self._building.acquire(blocking=False):
            reading = session.get_bind().engine.execution_options(immediate=False)
            self._start(partial(self._renew, reading, key))
        return self._held[1]

    def _in_use(self, session: Session) -> tuple[Key, int]:
        row = (
            session.connection()
            .execute(_IN_USE, {"unit": self._unit_id, "at": self._clock()})
            .one()
        )
        return (row[0], row[1]), row[2] or 0

    def _renew(self, engine: sa.Engine, key: tuple[Key, int]) -> None:
        """Build the next clerk; where that fails, the next question tries again."""
        try:
            with Session(engine) as session:
                self._held = (key, self._clerk(session, key[0]))
        except Exception:
            log.exception("catalogue not renewed", activation=key[0][0])
        finally:
            self._building.release()

    def _clerk(self, session: Session, in_force: Key) -> Clerk:
        if self._plain[0] != in_force:
            now = self._clock()
            row = activations.active(session, self._unit_id, now)
            catalogue = releases.load(session, row) if row else _NOTHING
            gone = abolitions.abolished(session, self._unit_id, catalogue, now)
            self._plain = (in_force, Clerk(catalogue, self._lexicon, gone))
        return self._plain[1].with_taught(rulings.taught(session, self._unit_id))
