"""The catalogue in use, indexed in memory and renewed when another release is activated."""

from threading import Lock

from sqlmodel import Session

from api.catalogue import releases
from api.learning import rulings
from knowledge.catalogue import Catalogue, Release
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon

_NOTHING = Catalogue(Release(name="", source=""), ())


class CatalogueDesk:
    """Gives the clerk who knows the active release and what staff taught.

    The active release and the version of what is taught are looked up at each call (two indexed
    rows), so that several instances switch together. The index is built once per release; what
    is taught is added to it without reading the catalogue again.
    """

    def __init__(self, unit_id: int, lexicon: Lexicon | None = None) -> None:
        self._unit_id = unit_id
        self._lexicon = lexicon or Lexicon.shipped()
        self._lock = Lock()
        self._plain: tuple[int | None, Clerk] = (None, Clerk(_NOTHING, self._lexicon))
        self._held: tuple[tuple[int | None, int], Clerk] = ((None, 0), self._plain[1])

    def clerk(self, session: Session) -> Clerk:
        """Return the clerk of the release in use."""
        row = releases.active(session, self._unit_id)
        key = (row.id if row else None, rulings.version(session, self._unit_id))
        if self._held[0] != key and row:
            with self._lock:
                if self._plain[0] != row.id:
                    self._plain = (row.id, Clerk(releases.load(session, row), self._lexicon))
                if self._held[0] != key:
                    asks = rulings.taught(session, self._unit_id)
                    self._held = (key, self._plain[1].with_taught(asks))
        return self._held[1]
