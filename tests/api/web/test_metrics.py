"""Figures for machines."""

from prometheus_client.parser import text_string_to_metric_families
from sqlmodel import select
from starlette.testclient import TestClient

from api.chats.models import Chat
from api.chats.states import channel_state
from api.outbox.queue import enqueue
from api.people.models import Staff
from api.web.site import Site
from tests.api.web.visits import LAN, lives, sends
from tests.conftest import FrozenClock


def figures(browser: TestClient) -> dict[str, float]:
    """Every figure by its name and state."""
    text = browser.get("/metrics").text
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_supervisor_reads_that_all_is_well(lan: TestClient) -> None:
    answer = lan.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_cases_are_counted_by_state(lan: TestClient, site: Site, minh: Staff) -> None:
    lives(site, minh)
    sends(site, "Cống trước nhà văn hóa tắc.")

    counted = {name: n for name, n in figures(lan).items() if name.startswith("pakn_ca")}
    assert counted == {
        "pakn_cases received": 2,
        "pakn_cases in_progress": 1,
        "pakn_cases answered": 1,
        "pakn_cases published": 1,
        "pakn_cases withheld": 1,
        "pakn_cases_overdue": 0,
        "pakn_calendar_unconfirmed": 1,
    }


def test_open_cases_past_their_day_are_counted(
    lan: TestClient, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    lives(site, minh)
    clock.pass_(days=60)
    assert figures(lan)["pakn_cases_overdue"] == 2  # what was answered is late no more


def test_figures_for_machines_hold_nothing_personal(lan: TestClient, site: Site) -> None:
    sends(site)
    assert LAN["name"] not in lan.get("/metrics").text


def test_each_channel_tells_what_waits_and_what_failed(lan: TestClient, site: Site) -> None:
    sends(site)
    with site.database.writing() as session:
        enqueue(session, session.exec(select(Chat)).one().id or 0, "Xin chào.", site.clock())
    found = figures(lan)
    assert found["pakn_channel_waiting web"] == 1
    assert found["pakn_channel_failed_updates web"] == 0
    assert "pakn_channel_last_out_timestamp_seconds web" not in found


def test_the_supervisor_reads_how_each_channel_does(lan: TestClient, site: Site) -> None:
    with site.database.writing() as session:
        channel_state(session, "web").findings = ["Có điều cần xem."]
    answer = lan.get("/healthz/ready").json()
    assert answer["status"] == "degraded"
    assert [(row["name"], row["ok"]) for row in answer["channels"]] == [("web", False)]
