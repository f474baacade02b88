"""The catalogue in use, indexed in memory and renewed when another release is activated."""

from threading import Lock

from sqlmodel import Session

from api.catalogue import releases
from knowledge.catalogue import Catalogue, Release
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon

_NOTHING = Catalogue(Release(name="", source=""), ())


class CatalogueDesk:
    """Gives the clerk who knows the active release.

    The active release is looked up at each call (one indexed row), so that several instances
    switch together; the index is built once per release.
    """

    def __init__(self, unit_id: int, lexicon: Lexicon | None = None) -> None:
        self._unit_id = unit_id
        self._lexicon = lexicon or Lexicon.shipped()
        self._lock = Lock()
        self._held: tuple[int | None, Clerk] = (None, Clerk(_NOTHING, self._lexicon))

    def clerk(self, session: Session) -> Clerk:
        """Return the clerk of the release in use."""
        row = releases.active(session, self._unit_id)
        key = row.id if row else None
        if self._held[0] != key and row:
            with self._lock:
                if self._held[0] != key:
                    self._held = (key, Clerk(releases.load(session, row), self._lexicon))
        return self._held[1]
