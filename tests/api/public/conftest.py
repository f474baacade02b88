"""A browser of chị Lan, and anh Minh who answers her."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.people.models import Staff
from api.web.site import Site
from bot.service import Service
from tests.api.web.visits import joins, visiting


@pytest.fixture
def lan(service: Service) -> Iterator[TestClient]:
    """Chị Lan's browser; nobody is signed in there."""
    with visiting(service.app) as browser:
        yield browser


@pytest.fixture
def minh(site: Site) -> Staff:
    """Anh Minh, officer of the ward."""
    return joins(site, "minh", "Trần Văn Minh")
