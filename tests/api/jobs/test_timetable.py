"""The timetable: each job once a slot, however many instances look."""

from datetime import UTC, datetime, time

import pytest
from sqlmodel import select

from api.jobs import timetable
from api.jobs.models import TimetableSlot
from api.jobs.timetable import JOBS, Job
from api.settings import Settings
from api.web.site import Site
from tests.api.cases.cast import race
from tests.conftest import FrozenClock

DAILY = {job.name for job in JOBS if job.every is None}


def slots(site: Site) -> list[tuple[str, str]]:
    """Return the slots that were done."""
    with site.database.reading() as session:
        rows = session.exec(select(TimetableSlot).order_by(TimetableSlot.name))
        return [(row.name, row.slot) for row in rows]


def test_each_job_is_done_once_a_day(site: Site, clock: FrozenClock) -> None:
    assert timetable.step(site) == len(JOBS)
    assert timetable.step(site) == 0

    clock.pass_(days=1)

    assert timetable.step(site) == len(JOBS)
    assert {slot for name, slot in slots(site) if name in DAILY} == {"2026-11-16", "2026-11-17"}


def test_what_is_done_every_few_minutes_is_done_once_in_each_span(
    site: Site, clock: FrozenClock
) -> None:
    timetable.step(site)
    clock.pass_(minutes=9)
    assert timetable.step(site) == 0

    clock.pass_(minutes=1)

    assert timetable.step(site) == 1
    urgent = [slot for name, slot in slots(site) if name == "urgent"]
    assert sorted(urgent) == ["2026-11-16T09:00", "2026-11-16T09:10"]


def test_a_job_waits_for_its_time_of_day(site: Site, clock: FrozenClock) -> None:
    clock.at = datetime(2026, 11, 16, 0, 29, tzinfo=UTC)  # 7:29 in Viet Nam
    timetable.step(site)
    assert "reminders" not in {name for name, _ in slots(site)}

    clock.pass_(minutes=1)

    assert timetable.step(site) == 3
    assert ("reminders", "2026-11-16") in slots(site)


def test_a_job_that_fails_leaves_no_row_and_is_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("no light")

    monkeypatch.setattr(timetable, "JOBS", (Job("lamp", time(0), fail),))
    with pytest.raises(RuntimeError):
        timetable.step(site)
    assert slots(site) == []

    monkeypatch.setattr(timetable, "JOBS", (Job("lamp", time(0), lambda *_: 1),))
    assert timetable.step(site) == 1


def test_of_two_instances_one_does_the_job(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def work(*_: object) -> int:
        done.append("once")
        return 1

    monkeypatch.setattr(timetable, "JOBS", (Job("lamp", time(0), work),))

    outcomes = race(*[lambda: timetable.step(site)] * 3)

    assert sorted(outcomes) == [0, 0, 1]  # type: ignore[type-var]
    assert done == ["once"]


def test_old_rows_are_forgotten(site: Site, clock: FrozenClock) -> None:
    timetable.step(site)
    clock.pass_(days=91)

    timetable.step(site)

    assert {slot[:10] for _, slot in slots(site)} == {"2027-02-15"}


def test_the_ladder_is_that_of_the_settings() -> None:
    made = timetable.ladder(Settings(remind_before="7,3,1", remind_late="2"))

    assert (made.before, made.late) == ((7, 3, 1), (2,))
