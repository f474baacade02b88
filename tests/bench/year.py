"""A year of a busy ward through the rules themselves, then the sweeps over a full register.

`python -m tests.bench.year [--cases N] [--closed N] [--open N] [--postgresql]` prints figures
and what did not hold; the exit code is 1 where anything did not.
"""

import argparse
import heapq
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import structlog
from sqlmodel import col, select

from api.cases import clock as case_clock
from api.cases.models import Answer, Case, CaseEvent, State
from api.cases.moves import MOVES
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.clock import local_date
from api.jobs import timetable
from api.web.site import Site
from tests.api.cases.cast import set_day
from tests.bench import sweeps
from tests.bench.busy_ward import PATIENCE, BusyWard
from tests.bench.chaos import installation
from tests.conftest import FrozenClock

BEGINS = datetime(2025, 1, 1, 17, 6, tzinfo=UTC)  # 00:06 on 02/01/2025 in Viet Nam
DAYS = 364
MORNING = timedelta(hours=7, minutes=25)  # from midnight's jobs to those of the morning
CHANGES = (
    (70, date(2025, 3, 28), False),
    (220, date(2025, 8, 23), True),
)
"""On which day of the year which day was set off or worked."""


@dataclass
class Year:
    """What a year came to."""

    cases: int = 0
    moves: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    moving_seconds: float = 0.0
    jobs: int = 0
    job_seconds: float = 0.0
    longest_job: float = 0.0
    due_moved: int = 0
    by_state: Counter[State] = field(default_factory=Counter)
    answered: int = 0
    answered_late: int = 0
    open_late: int = 0
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the figures in words."""
        done, refused = sum(self.moves.values()), sum(self.refused.values())
        rate = done / self.moving_seconds
        held = (
            "mọi hồ sơ mở có bộ phận và hạn; diễn biến dựng lại đúng bước; tính lại hạn không đổi"
        )
        return [
            f"{self.cases} hồ sơ, {done} bước trong {self.moving_seconds:.0f} s: {rate:.0f} bước/s",
            f"{refused} bước bị từ chối đúng luật",
            f"{self.jobs} lượt việc theo giờ trong {self.job_seconds:.1f} s",
            f"một lần nhìn lịch việc lâu nhất {self.longest_job * 1000:.0f} ms",
            f"hai lần đổi lịch dời {self.due_moved} hạn",
            ", ".join(f"{STATE_LABELS[s]} {n}" for s, n in self.by_state.most_common()),
            f"trả lời trễ {self.answered_late}/{self.answered}, đang trễ {self.open_late}",
            "bước: " + ", ".join(f"{name} {n}" for name, n in self.moves.most_common()),
            "; ".join(self.wrong[:20]) or held,
        ]


def run(site: Site, clock: FrozenClock, cases: int, seed: int = 1) -> Year:
    """Let a year go by on a migrated database whose clock is given."""
    clock.at = BEGINS
    chance = random.Random(seed)  # noqa: S311  # a year that can be repeated
    ward = BusyWard(site, clock, chance)
    ward.settle(citizens=max(20, cases // 2))
    year = Year(cases=cases, moves=ward.moves, refused=ward.refused)
    agenda: list[tuple[datetime, int, Case | None]] = [
        (BEGINS + timedelta(days=chance.uniform(0, DAYS)), -number, None)
        for number in range(1, cases + 1)
    ]
    heapq.heapify(agenda)
    for day in range(DAYS + 1):
        _jobs_and_calendar(ward, year, day)
        until = BEGINS + timedelta(days=day + 1)
        begun = time.perf_counter()
        while agenda and agenda[0][0] < until:
            clock.at, _, case = heapq.heappop(agenda)
            moved = ward.proceed(case) if case else ward.somebody_writes()
            if moved and moved.state in PATIENCE:
                entry = (ward.next_instant(moved.state), moved.id or 0, moved)
                heapq.heappush(agenda, entry)
        year.moving_seconds += time.perf_counter() - begun
    _look_back(site, year, local_date(clock.at))
    return year


def _jobs_and_calendar(ward: BusyWard, year: Year, day: int) -> None:
    midnight = BEGINS + timedelta(days=day)
    for at in (midnight, midnight + MORNING):
        ward.clock.at = at
        year.longest_job = max(year.longest_job, _timed(year, lambda: timetable.step(ward.site)))
    for when, on, works in CHANGES:
        if when == day:
            year.due_moved += set_day(ward.site, on, works)
            ward.look_at_the_calendar()


def _timed(year: Year, job: Callable[[], int]) -> float:
    begun = time.perf_counter()
    year.jobs += job()
    spent = time.perf_counter() - begun
    year.job_seconds += spent
    return spent


def _look_back(site: Site, year: Year, today: date) -> None:
    with site.database.reading() as session:
        for case in session.exec(select(Case)):
            year.by_state[case.state] += 1
            year.wrong += _wrong(site, case)
            year.open_late += case.state in OPEN_STATES and case_clock.is_late(case, today)
        replies = select(Answer, Case).join(Case, col(Case.id) == col(Answer.case_id))
        for reply, case in session.exec(replies):
            year.answered += 1
            year.answered_late += reply.answered_on > case.due_on


def _wrong(site: Site, case: Case) -> list[str]:
    """Return what does not hold for a case."""
    with site.database.reading() as session:
        events = session.exec(
            select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.number))
        ).all()
        found = [] if replayed(events) == case.state else [f"{case.code}: lịch sử khác bước"]
        if [event.number for event in events] != list(range(1, len(events) + 1)):
            found.append(f"{case.code}: diễn biến có chỗ trống")
        if case.state not in OPEN_STATES:
            return found
        if case.department_id is None:
            found.append(f"{case.code}: không có bộ phận")
        due = case_clock.count(session, site.office, case)
        kept = (case.due_on, case.index_due_on, case.paused_on)
        if kept != (due.on, due.index_on, due.paused_on):
            found.append(f"{case.code}: {kept} tính lại thành {due.on}")
    return found


def replayed(events: Sequence[CaseEvent]) -> State:
    """Return the state that a history leads to."""
    state = State.RECEIVED
    for event in events:
        move = MOVES.get(event.name)
        state = (move.target if move else None) or state
    return state


def main() -> None:
    """Run and print."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench.year")
    reader.add_argument("--cases", type=int, default=5_000)
    reader.add_argument("--closed", type=int, default=1_000_000)
    reader.add_argument("--open", type=int, default=10_000)
    reader.add_argument("--postgresql", action="store_true")
    wanted = reader.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with installation(wanted.postgresql) as opened:
        clock = FrozenClock()
        office = replace(opened.office, cases_per_day=1_000)
        site = replace(opened, clock=clock, office=office)
        year = run(site, clock, wanted.cases)
        print("\n".join(year.lines()), flush=True)
        if wanted.closed:
            print("\n".join(sweeps.measure(site, clock, wanted.closed, wanted.open)))
    sys.exit(1 if year.wrong else 0)


if __name__ == "__main__":
    main()
