"""A citizen with a conversation and two officers at their desks."""

import pytest

from api.chats.models import Chat
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, chat_of


@pytest.fixture
def lan(site: Site) -> Chat:
    """Chị Lan's conversation on Telegram."""
    return chat_of(site, "lan")


@pytest.fixture
def minh(site: Site) -> Staff:
    """Anh Minh, officer of the ward."""
    return officer(site, "minh", "Trần Văn Minh")


@pytest.fixture
def hanh(site: Site) -> Staff:
    """Chị Hạnh, a second officer."""
    return officer(site, "hanh", "Lê Thị Hạnh")


@pytest.fixture
def hoas_desk(site: Site) -> StaffDesk:
    """Bà Hoa, leader of the ward, at work."""
    return StaffDesk(site, officer(site, "hoa", "Phạm Thị Hoa", Role.LEADER))


def officer(site: Site, username: str, name: str, role: Role = Role.OFFICER) -> Staff:
    """Add a member of staff. Nobody signs in here, so the slow hash of a password is left out."""
    with site.database.writing() as session:
        member = Staff(
            unit_id=site.office.unit_id,
            username=username,
            name=name,
            role=role,
            password_hash="-",
            created_at=site.clock(),
        )
        session.add(member)
    return member


@pytest.fixture
def minhs_desk(site: Site, minh: Staff) -> StaffDesk:
    """Anh Minh at work."""
    return StaffDesk(site, minh)


@pytest.fixture
def hanhs_desk(site: Site, hanh: Staff) -> StaffDesk:
    """Chị Hạnh at work."""
    return StaffDesk(site, hanh)
