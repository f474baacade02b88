"""Status and public results for programs."""

from datetime import datetime

from starlette.testclient import TestClient

from api.cases.models import Kind, State
from api.cases.states import STATE_LABELS
from api.cases.wording import KIND_LABELS
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk
from tests.api.web.visits import (
    LAMP,
    LAN,
    MENDED,
    ON_SQLITE,
    accepts,
    answers,
    case_of,
    lives,
    publishes,
    sends,
    shows,
)
from tests.conftest import FrozenClock


def status(browser: TestClient, code: str) -> dict[str, object]:
    return browser.get(f"/api/v1/cases/{code}").json()


def results(browser: TestClient, **query: object) -> dict[str, object]:
    return browser.get("/api/v1/results", params=query).json()


def codes(page: dict[str, object]) -> list[str]:
    return [result["code"] for result in page["results"]]


def test_a_case_is_told_by_its_code_without_anything_personal(lan: TestClient, site: Site) -> None:
    code = sends(site, f"{LAMP} Tôi là {LAN['name']}.")

    assert status(lan, code) == {
        "code": code,
        "kind": "infrastructure",
        "kind_label": "Phản ánh hiện trường",
        "state": "received",
        "state_label": "Chờ tiếp nhận",
        "received_at": "2026-11-16T02:00:00Z",
        "due_on": "2026-12-08",
        "paused_on": None,
        "overdue": False,
        "merged_into": None,
    }


def test_a_case_whose_clock_waits_says_since_when(lan: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site)
    StaffDesk(site, minh).ask_supplement(case_of(site, code))

    assert status(lan, code)["paused_on"] == "2026-11-16"


def test_a_code_may_be_written_as_people_write_it(lan: TestClient, site: Site) -> None:
    code = sends(site)
    assert status(lan, code.replace("-", "").lower())["code"] == code


@ON_SQLITE
def test_each_state_has_its_key_and_its_label(lan: TestClient, site: Site, minh: Staff) -> None:
    told = {state: status(lan, code) for state, code in lives(site, minh).items()}

    assert set(told) == {"received", "in_progress", "answered", "published", "withheld"}
    for state, case in told.items():
        assert (case["state"], case["state_label"]) == (state, STATE_LABELS[State(state)])


@ON_SQLITE
def test_a_case_is_overdue_only_while_it_is_open(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site)
    accepts(site, minh, code)
    told = [status(lan, code)["overdue"]]
    clock.pass_(days=22)  # the day itself
    told.append(status(lan, code)["overdue"])
    clock.pass_(days=1)
    told.append(status(lan, code)["overdue"])
    answers(site, minh, code)
    told.append(status(lan, code)["overdue"])
    assert told == [False, False, True, False]


@ON_SQLITE
def test_a_code_of_no_case_is_not_found(lan: TestClient) -> None:
    for code in ("TK-26-AAAAAA-A", "khai-sinh"):
        answer = lan.get(f"/api/v1/cases/{code}")
        assert answer.status_code == 404
        assert answer.json()["error"] == "Không tìm thấy hồ sơ với mã này."
        assert answer.json()["next_step"]


def test_a_public_result_is_told_whole(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends(site)
    clock.pass_(days=2)
    answers(site, minh, code)
    shown = shows(site, minh, "Rác tràn ra vỉa hè trước cổng chợ.")

    page = results(lan)

    assert (page["total"], page["page"], page["pages"]) == (1, 1, 1)
    assert page["results"] == [
        {
            "code": shown,
            "kind": "infrastructure",
            "kind_label": KIND_LABELS[Kind.INFRASTRUCTURE],
            "title": "Rác tràn ra vỉa hè trước cổng chợ.",
            "content": "Rác tràn ra vỉa hè trước cổng chợ.",
            "answer": MENDED,
            "received_on": "2026-11-18",
            "due_on": "2026-12-10",
            "answered_on": "2026-11-18",
            "on_time": True,
            "published_at": "2026-11-18T02:00:00Z",
        }
    ]
    assert datetime.fromisoformat(page["results"][0]["published_at"]) == site.clock()


@ON_SQLITE
def test_a_result_that_came_late_says_so(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    late = sends(site)
    clock.pass_(days=23)
    answers(site, minh, late)
    publishes(site, minh, late)
    assert results(lan)["results"][0]["on_time"] is False


def test_results_are_searched_without_marks_and_by_kind(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    lamp = shows(site, minh)
    bench = shows(site, minh, "Đề nghị lắp ghế đá.", kind=Kind.RECOMMENDATION)

    assert codes(results(lan, q="den duong")) == [lamp]
    assert codes(results(lan, kind="recommendation")) == [bench]
    assert results(lan, q="con meo bay")["total"] == 0


@ON_SQLITE
def test_a_long_list_is_told_by_twenty(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    for number in range(21):
        shows(site, minh, f"Đèn đường ngõ {number} hỏng.")
        clock.pass_(minutes=1)

    first, second, beyond = (results(lan, page=number) for number in (1, 2, 3))

    assert [len(page["results"]) for page in (first, second, beyond)] == [20, 1, 0]
    assert {page["total"] for page in (first, second, beyond)} == {21}
    assert first["pages"] == 2
    assert not set(codes(first)) & set(codes(second))


@ON_SQLITE
def test_a_kind_that_does_not_exist_is_refused_in_json(lan: TestClient) -> None:
    answer = lan.get("/api/v1/results?kind=tin-don")
    assert answer.status_code == 422
    assert answer.json()["error"] == "Có ô chưa đúng dạng: kind."
