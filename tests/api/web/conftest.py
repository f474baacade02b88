"""A browser of chị Lan at the installation of the small ward."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.service import Service
from tests.api.web.visits import visiting


@pytest.fixture
def lan(service: Service) -> Iterator[TestClient]:
    """Chị Lan's browser; nobody is signed in there."""
    with visiting(service.app) as browser:
        yield browser
