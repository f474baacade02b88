"""The clock of one case before the staff: both clocks, steps, putting off, urging, late notes."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from api.cases import progress, reminders
from api.cases.clock_models import StaffNotice
from api.cases.models import Kind
from api.outbox.models import OutboxMessage
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, accepts, case_of, joins, sends, sign_in
from tests.conftest import FrozenClock

pytestmark = ON_SQLITE


@pytest.fixture
def hoas_desk(stranger: TestClient, site: Site) -> TestClient:
    """Bà Hoa, leader of the ward, signed in."""
    sign_in(stranger, site, joins(site, "hoa", "Phạm Thị Hoa", Role.LEADER))
    return stranger


def said_to_citizens(site: Site) -> list[str]:
    with site.database.reading() as session:
        return [row.text for row in session.exec(select(OutboxMessage))]


def test_both_clocks_and_every_step_are_shown(
    stranger: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site)
    clock.pass_(days=4)
    sign_in(stranger, site, minh)

    page = Page(stranger.get(f"/can-bo/ho-so/{code}/han").text)

    assert "4 ngày làm việc, hạn thứ Ba, 08/12/2026" in page.main
    assert "Phân loại hoặc từ chối thứ Tư, 18/11/2026" in page.main
    assert "Trễ" in page.main
    assert "ngày nhận, không tính (ngày 0)" in page.main


def test_a_leader_puts_a_case_off(hoas_desk: TestClient, site: Site) -> None:
    code = sends(site)
    form = {"version": "1", "until": "2026-12-11", "reason": "Chờ vật tư."}

    page = Page(hoas_desk.post(f"/can-bo/ho-so/{code}/gia-han", data=form).text)

    assert "đến thứ Sáu, 11/12/2026: Chờ vật tư." in page.main
    assert "Bộ chỉ số vẫn tính theo thứ Ba, 08/12/2026" in page.main
    assert "xin lỗi" in said_to_citizens(site)[-1]


def test_an_officer_is_told_who_may_put_a_case_off(desk: TestClient, site: Site) -> None:
    code = sends(site)
    assert "Chỉ lãnh đạo" in Page(desk.get(f"/can-bo/ho-so/{code}/han").text).main

    form = {"version": "1", "until": "2026-12-11", "reason": "Chờ vật tư."}
    answer = desk.post(f"/can-bo/ho-so/{code}/gia-han", data=form)

    assert answer.status_code == 403
    assert "Chỉ lãnh đạo được gia hạn." in Page(answer.text).main


def test_a_day_that_is_none_is_told(hoas_desk: TestClient, site: Site) -> None:
    code = sends(site)
    form = {"version": "1", "until": "mai", "reason": "Chờ vật tư."}

    answer = hoas_desk.post(f"/can-bo/ho-so/{code}/gia-han", data=form)

    assert answer.status_code == 400
    assert "Ngày chưa đúng." in Page(answer.text).main


def test_urging_reaches_the_desk_of_the_officer(
    hoas_desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    accepts(site, minh, code)

    hoas_desk.post(f"/can-bo/ho-so/{code}/don-doc", data={"text": "Xong trong tuần."})
    sign_in(hoas_desk, site, minh)
    start = Page(hoas_desk.get("/can-bo").text)
    page = Page(hoas_desk.get("/can-bo/nhac-viec").text)

    assert "1 việc đang được nhắc" in start.main
    assert "Phạm Thị Hoa: Xong trong tuần." in page.main
    assert code in page.main


def test_what_was_seen_leaves_the_list(desk: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site)
    with site.database.writing() as session:
        urged = StaffNotice(
            staff_id=minh.id or 0,
            case_id=case_of(site, code).id or 0,
            rung=reminders.URGED,
            due_on=case_of(site, code).due_on,
            at=site.clock(),
        )
        session.add(urged)

    page = Page(desk.post("/can-bo/nhac-viec", data={"notice": str(urged.id)}).text)

    assert "Không có việc nào đang được nhắc." in page.main


def test_an_apology_is_sent_with_one_click_and_no_second_time(
    stranger: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site, kind=Kind.QUESTION)  # due Monday 23/11
    clock.pass_(days=10)
    sign_in(stranger, site, minh)
    with site.database.writing() as session:
        progress.draft(session, site.office, clock())
        [note] = progress.waiting(session, case_of(site, code))
    address = f"/can-bo/ho-so/{code}/thu-tien-do/{note.id}"
    assert (
        "Thư xin lỗi, báo tiến độ soạn sẵn"
        in Page(stranger.get(f"/can-bo/ho-so/{code}/han").text).main
    )

    stranger.post(address, data={"text": note.text})
    again = stranger.post(address, data={"text": note.text})

    assert again.status_code == 409
    assert len(said_to_citizens(site)) == 1


def test_a_draft_can_be_dropped(
    stranger: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site, kind=Kind.QUESTION)
    clock.pass_(days=10)
    sign_in(stranger, site, minh)
    with site.database.writing() as session:
        progress.draft(session, site.office, clock())
        [note] = progress.waiting(session, case_of(site, code))

    page = Page(stranger.post(f"/can-bo/ho-so/{code}/thu-tien-do/{note.id}/bo").text)

    assert "soạn sẵn" not in page.main
    assert said_to_citizens(site) == []


def test_where_no_hours_are_set_nothing_is_said_of_urgency(desk: TestClient, site: Site) -> None:
    code = sends(site, kind=Kind.INFRASTRUCTURE)

    page = Page(desk.get(f"/can-bo/ho-so/{code}").text)

    assert "gấp" not in page.main
