"""What every request can reach: settings, database, office, catalogue, files, clock."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request

from api.cases.office import Office
from api.catalogue.desk import CatalogueDesk
from api.clock import Clock
from api.db import Database
from api.files.store import FileStore
from api.settings import Settings


@dataclass(frozen=True)
class Site:
    """One installation in memory, made once at start-up."""

    settings: Settings
    database: Database
    office: Office
    catalogue: CatalogueDesk
    files: FileStore
    clock: Clock


def _site(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)  # noqa: S101  # create_app puts it there
    return site


Token = Annotated[str, Path(max_length=40, pattern=r"^[\w-]+$")]
"""The unguessable part of a file's address."""

RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""The number of a row, no larger than a database can hold."""

Here = Annotated[Site, Depends(_site)]
"""The dependency of every route."""
