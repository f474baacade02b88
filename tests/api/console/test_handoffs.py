"""Words that people asked the office to keep: seen by those named, and never left unseen."""

import pytest
from starlette.testclient import TestClient

from api.cases import handoffs
from api.cases.handoff_models import Matter
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.cases.cast import chat_of
from tests.api.web.reading import Page
from tests.api.web.visits import joins, sign_in

WORDS = "Ông X ở phòng Y nhận tiền của dân ba lần."


@pytest.fixture
def kept(site: Site) -> int:
    """A denunciation that chị Lan asked to be written down."""
    chat = chat_of(site)
    with site.database.writing() as session:
        record = handoffs.keep_words(
            session, site.office, chat, Matter.DENUNCIATION, WORDS, site.clock()
        )
    return record.id or 0


def name(site: Site, member: Staff) -> None:
    with site.database.writing() as session:
        session.get_one(Staff, member.id).denunciations = True


def test_whoever_is_named_is_told_until_somebody_has_opened_it(
    desk: TestClient, site: Site, minh: Staff, kept: int
) -> None:
    name(site, minh)
    assert "1 lời khiếu nại, tố cáo, khẩn cấp chưa ai mở" in Page(desk.get("/can-bo").text).main

    assert WORDS in Page(desk.get(f"/can-bo/huong-dan/{kept}").text).main

    assert "chưa ai mở" not in Page(desk.get("/can-bo").text).main


def test_whoever_is_not_named_learns_nothing_of_it(desk: TestClient, kept: int) -> None:
    assert "tố cáo" not in Page(desk.get("/can-bo").text).main
    assert desk.get(f"/can-bo/huong-dan/{kept}").status_code == 404


@pytest.mark.usefixtures("kept")
def test_a_leader_is_warned_while_nobody_is_named(
    stranger: TestClient, site: Site, minh: Staff
) -> None:
    sign_in(stranger, site, joins(site, "hoa", "Phạm Thị Hoa", Role.LEADER))
    assert "chưa ai được giao xem" in Page(stranger.get("/can-bo").text).main

    name(site, minh)

    assert "chưa ai được giao xem" not in Page(stranger.get("/can-bo").text).main
