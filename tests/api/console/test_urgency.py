"""Marking a case as urgent before the staff, in a ward that has limits in hours."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.cases.models import Kind
from api.settings import Settings
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, sends
from tests.conftest import FrozenClock, make_settings

pytestmark = ON_SQLITE


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """A ward that counts hours for what is urgent."""
    return make_settings(database_url, tmp_path, urgent_hours=True)


def test_an_urgent_case_is_marked_shown_with_its_hour_and_reminded_of(
    desk: TestClient, site: Site, clock: FrozenClock
) -> None:
    code = sends(site, kind=Kind.INFRASTRUCTURE)
    form = {"version": "1", "text": "Cây đổ chắn lối xe cứu thương."}

    page = Page(desk.post(f"/can-bo/ho-so/{code}/buoc/danh-dau-gap", data=form).text)
    assert "Gấp, trước 15:00" in page.main
    assert "Gấp, trước 15:00" in Page(desk.get("/can-bo").text).main
    assert "Việc gấp, xử lý ngay" in Page(desk.get("/can-bo/nhac-viec").text).main

    clock.pass_(hours=7)
    assert "Quá giờ" in Page(desk.get(f"/can-bo/ho-so/{code}/han").text).main


def test_a_mark_is_taken_off_with_a_reason(desk: TestClient, site: Site) -> None:
    code = sends(site, kind=Kind.INFRASTRUCTURE)
    address = f"/can-bo/ho-so/{code}/buoc"
    desk.post(f"{address}/danh-dau-gap", data={"version": "1", "text": "Cây đổ."})

    form = {"version": "2", "text": "Đã dọn xong."}
    page = Page(desk.post(f"{address}/bo-dau-gap", data=form).text)

    assert "Gấp, trước" not in page.main
    assert "Đã dọn xong." in page.main


def test_a_mark_without_a_reason_is_refused_and_says_so(desk: TestClient, site: Site) -> None:
    code = sends(site, kind=Kind.INFRASTRUCTURE)

    form = {"version": "1", "text": " "}
    page = Page(desk.post(f"/can-bo/ho-so/{code}/buoc/danh-dau-gap", data=form).text)

    assert "Lý do gấp đang trống." in page.main
