"""How long the jobs and the list of the console take over a register of a million cases.

The cases are copies of those that a simulated year left behind, so their dates, states and
histories are likely ones.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import calendar_changes, calendars, lookup, progress, reminders, visibility
from api.cases.lookup import CaseFilter, View
from api.cases.models import Case, State
from api.cases.states import OPEN_STATES
from api.clock import local_date
from api.console.cases import COUNTED, UNCOUNTED
from api.jobs import timetable
from api.people.models import Role, Staff
from api.web.site import Site
from tests.conftest import FrozenClock

_AT_A_TIME = 50_000
_SPARE = "TẬP"  # begins the codes of copies; no real one holds these letters
_SPREAD = {
    "owner_id": "(SELECT min(s.id) FROM staff s WHERE s.role = 'officer') + id % 20",
    "department_id": "(SELECT min(d.id) FROM department d) + id % 4",
}
"""What copies do not share with their originals."""
_DAYS = "(id * 7) % 25 - 6"
_DUE = {"sqlite": f"date(due_on, ({_DAYS}) || ' days')", "postgresql": f"due_on + ({_DAYS})"}
"""The due day of a copy by the dialect of the database: otherwise all would be due on one day."""


def measure(site: Site, clock: FrozenClock, closed: int, open_: int) -> list[str]:
    """Fill the register of a site, and return a line for each thing measured."""
    begun = time.perf_counter()
    fill(site, closed, open_)
    lines = [f"sổ: {closed} hồ sơ đã xong, {open_} đang mở, chép trong {_since(begun):.0f} s"]
    clock.at += timedelta(days=1)
    with site.database.reading() as session:
        while not calendars.current(session, site.office.unit_id).works(local_date(clock.at)):
            clock.at += timedelta(days=1)
    return lines + _jobs(site, clock) + _lists(site, clock)


def fill(site: Site, closed: int, open_: int) -> None:
    """Copy closed and open cases, and the histories of the open ones, until there are so many."""
    names = ", ".join(f"'{state}'" for state in OPEN_STATES)
    for wanted, which, whole in (
        (closed, f"NOT IN ({names})", False),
        (open_, f"IN ({names})", True),
    ):
        while (left := _missing(site, which, wanted)) > 0:
            with site.database.writing() as session:
                _copy(session, which, min(left, _AT_A_TIME), whole)
    with site.database.writing() as session:
        session.execute(sa.text("ANALYZE"))


def _missing(site: Site, which: str, wanted: int) -> int:
    with site.database.reading() as session:
        query = sa.text(f"SELECT count(*) FROM feedback_case WHERE state {which}")
        return wanted - int(session.execute(query).scalar_one())


def _copy(session: Session, which: str, most: int, histories: bool) -> None:
    """Copy the first cases: a copy has the number of its original plus the highest one so far.

    Raises NoResultFound where there is none to copy: the year was too small.
    """
    some = sa.text(f"SELECT id FROM feedback_case WHERE state {which} LIMIT 1")
    session.execute(some).scalar_one()
    highest = int(session.execute(sa.text("SELECT max(id) FROM feedback_case")).scalar_one())
    originals = f"SELECT id FROM feedback_case WHERE state {which} ORDER BY id LIMIT {most}"
    due_on = _DUE[session.get_bind().dialect.name]
    code = f"'{_SPARE}-' || (id + {highest})"
    own = {"id": f"id + {highest}", "code": code, "due_on": due_on, **_SPREAD}
    _insert(session, Case.__table__, own, f"id IN ({originals})")  # type: ignore[attr-defined]
    if histories:
        lasting = "number, name, at, actor, staff_id, audience, note, data"
        session.execute(
            sa.text(
                f"INSERT INTO case_event (case_id, {lasting}) SELECT case_id + {highest}, {lasting}"
                f" FROM case_event WHERE case_id IN ({originals})"
            )
        )


def _insert(session: Session, table: sa.Table, own: dict[str, str], where: str) -> None:
    columns = [column.name for column in table.columns]
    taken = ", ".join(own.get(name, name) for name in columns)
    names = ", ".join(columns)
    session.execute(
        sa.text(
            f"INSERT INTO {table.name} ({names}) SELECT {taken} FROM {table.name} WHERE {where}"
        )
    )


def _jobs(site: Site, clock: FrozenClock) -> list[str]:
    office, at = site.office, clock.at
    ladder = timetable.ladder(site.settings)
    jobs: tuple[tuple[str, Callable[[Session], int]], ...] = (
        ("nhắc việc, lần đầu trong ngày", lambda s: reminders.remind(s, office, ladder, at)),
        ("nhắc việc, không còn gì mới", lambda s: reminders.remind(s, office, ladder, at)),
        ("thư xin lỗi, lần đầu", lambda s: progress.draft(s, office, at)),
        ("thư xin lỗi, không còn gì mới", lambda s: progress.draft(s, office, at)),
        ("lịch không đổi", lambda s: calendar_changes.recount(s, office, at)),
    )
    lines = []
    for label, job in jobs:
        begun = time.perf_counter()
        with site.database.writing() as session:
            made = job(session)
        lines.append(f"{label}: {_since(begun):.2f} s ({made} việc)")
    clock.at += timedelta(days=7)
    begun = time.perf_counter()
    done = timetable.step(site)
    return [*lines, f"cả lịch việc, bảy ngày sau: {_since(begun):.2f} s ({done} việc)"]


def _lists(site: Site, clock: FrozenClock) -> list[str]:
    today = local_date(clock.at)
    unit = site.office.unit_id
    with site.database.reading() as session:
        officer = session.exec(
            select(Staff).where(Staff.role == Role.OFFICER, col(Staff.department_id).is_not(None))
        ).all()[-1]
        leader = session.exec(select(Staff).where(Staff.role == Role.LEADER)).first()
    filters = {
        "hồ sơ đang mở": CaseFilter(),
        "của tôi": CaseFilter(view=View.MINE),
        "trễ hạn": CaseFilter(view=View.LATE, today=today),
        "đã công khai": CaseFilter(state=State.PUBLISHED),
        "tìm chữ": CaseFilter(query="đèn đường bạch đằng"),
    }
    lines = []
    for member in (officer, leader or officer):
        with site.database.reading() as session:
            seen = visibility.condition(session, member)
            for label, wanted in filters.items():
                begun = time.perf_counter()
                found = lookup.staff_list(session, unit, wanted, 1, member=member, seen=seen)
                lines.append(f"{member.role}, {label}: {_ms(begun)} ({found.total} hồ sơ)")
            begun = time.perf_counter()
            lookup.counts_by_state(session, unit, COUNTED, seen)
            lookup.states_found(session, unit, UNCOUNTED, seen)
            lines.append(f"{member.role}, số hồ sơ từng bước: {_ms(begun)}")
            begun = time.perf_counter()
            lookup.overdue(session, unit, today)
            lines.append(f"{member.role}, số hồ sơ trễ: {_ms(begun)}")
    return lines


def _since(begun: float) -> float:
    return time.perf_counter() - begun


def _ms(begun: float) -> str:
    return f"{_since(begun) * 1000:.0f} ms"
