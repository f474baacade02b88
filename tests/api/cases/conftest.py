"""A citizen with a conversation and two officers at their desks."""

import pytest

from api.chats.models import Chat
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, chat_of


@pytest.fixture
def lan(site: Site) -> Chat:
    """Chị Lan's conversation on Telegram."""
    return chat_of(site, "lan")


@pytest.fixture
def minhs_desk(site: Site, minh: Staff) -> StaffDesk:
    """Anh Minh at work."""
    return StaffDesk(site, minh)


@pytest.fixture
def hanhs_desk(site: Site, hanh: Staff) -> StaffDesk:
    """Chị Hạnh at work."""
    return StaffDesk(site, hanh)
