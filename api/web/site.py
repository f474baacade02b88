"""What every request can reach: settings, database, office, catalogue, files, clock."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

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


Here = Annotated[Site, Depends(_site)]
"""The dependency of every route."""
