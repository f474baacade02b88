"""Two officers at one case: the first is kept, the second is told."""

from starlette.testclient import TestClient

from api.cases.models import Kind, State
from api.people.models import Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import LAMP, MENDED, answers, case_of, sends


def test_the_slower_of_two_officers_is_told_who_was_faster(
    desk: TestClient, second_desk: TestClient, site: Site, hanh: Staff
) -> None:
    code = sends(site)
    seen = Page(desk.get(f"/can-bo/ho-so/{code}").text).values["version"]
    second_desk.post(f"/can-bo/ho-so/{code}/tiep-nhan", data={"version": seen})

    answer = desk.post(f"/can-bo/ho-so/{code}/phan-loai", data={"version": seen, "kind": "conduct"})

    page = Page(answer.text)
    assert answer.status_code == 409
    assert f"{hanh.name} vừa tiếp nhận hồ sơ này." in page.main
    assert "Anh/chị tải lại trang rồi làm tiếp." in page.main


def test_what_the_faster_officer_did_is_kept(
    desk: TestClient, second_desk: TestClient, site: Site
) -> None:
    code = sends(site)
    second_desk.post(f"/can-bo/ho-so/{code}/tiep-nhan", data={"version": 1})

    desk.post(f"/can-bo/ho-so/{code}/phan-loai", data={"version": 1, "kind": "conduct"})

    case = case_of(site, code)
    assert (case.state, case.kind, case.version) == (State.IN_PROGRESS, Kind.INFRASTRUCTURE, 2)


def test_a_second_answer_reaches_nobody(
    desk: TestClient, second_desk: TestClient, site: Site
) -> None:
    code = sends(site)
    second_desk.post(f"/can-bo/ho-so/{code}/tra-loi", data={"version": 1, "text": MENDED})

    answer = desk.post(
        f"/can-bo/ho-so/{code}/tra-loi", data={"version": 1, "text": "Chưa xử lý được."}
    )

    assert answer.status_code == 409
    page = Page(desk.get(f"/can-bo/ho-so/{code}").text)
    assert MENDED in page.main
    assert "Chưa xử lý được." not in page.main


def test_an_answer_that_came_too_late_stays_in_its_field(
    desk: TestClient, second_desk: TestClient, site: Site
) -> None:
    code = sends(site)
    second_desk.post(f"/can-bo/ho-so/{code}/ghi-chu", data={"text": "Đã gọi đội điện."})

    answer = desk.post(f"/can-bo/ho-so/{code}/tra-loi", data={"version": 1, "text": MENDED})

    page = Page(answer.text)
    assert answer.status_code == 409
    assert page.filled["tra-loi"] == MENDED
    assert page.values["version"] == "2"  # sent again, it goes through


def test_a_move_that_the_state_does_not_allow_names_the_state(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)
    version = case_of(site, code).version

    answer = desk.post(f"/can-bo/ho-so/{code}/tiep-nhan", data={"version": version})

    assert answer.status_code == 409
    assert (
        f"Hồ sơ {code} đang ở bước “Đã trả lời” nên không làm được bước “Tiếp nhận”." in answer.text
    )


def test_a_double_press_does_one_thing_once(desk: TestClient, site: Site) -> None:
    code = sends(site, LAMP)
    sent = {"version": 1, "text": MENDED}
    statuses = [
        desk.post(f"/can-bo/ho-so/{code}/tra-loi", data=sent, follow_redirects=False).status_code
        for _ in range(2)
    ]
    assert statuses == [303, 409]
