"""Two officers before their browsers, and one browser that nobody is signed in at."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.people.models import Staff
from api.web.site import Site
from bot.service import Service
from tests.api.web.visits import joins, sign_in, visiting


@pytest.fixture
def minh(site: Site) -> Staff:
    """Anh Minh, officer of the ward."""
    return joins(site, "minh", "Trần Văn Minh")


@pytest.fixture
def hanh(site: Site) -> Staff:
    """Chị Hạnh, a second officer."""
    return joins(site, "hanh", "Lê Thị Hạnh")


@pytest.fixture
def stranger(service: Service) -> Iterator[TestClient]:
    """A browser that nobody is signed in at."""
    with visiting(service.app) as browser:
        yield browser


@pytest.fixture
def desk(stranger: TestClient, site: Site, minh: Staff) -> TestClient:
    """Anh Minh's browser, signed in."""
    sign_in(stranger, site, minh)
    return stranger


@pytest.fixture
def second_desk(service: Service, site: Site, hanh: Staff) -> Iterator[TestClient]:
    """Chị Hạnh's browser, signed in."""
    with visiting(service.app) as browser:
        sign_in(browser, site, hanh)
        yield browser
