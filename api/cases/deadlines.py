"""Due dates. Pure: a receipt, a policy and a calendar in; a date and a trace of every day out.

Day of receipt is day zero and days are compared, not instants (Bộ luật Dân sự 2015, Điều 147;
Bộ chỉ số 766, chỉ số 5.2: "ngày ≤ ngày gửi + N ngày làm việc").
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from api.cases.models import Kind
from api.cases.workdays import WorkCalendar
from api.clock import local, local_date


class AfterHours(StrEnum):
    """What a receipt outside office hours does. The law is silent (facts: safer is same_day)."""

    SAME_DAY = "same_day"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True)
class Policy:
    """Working days allowed for one set of kinds, in force from a day, with its source."""

    name: str
    effective_from: date
    kinds: tuple[Kind, ...]
    answer: int
    publish: int
    source: str


@dataclass(frozen=True)
class ClockRules:
    """How receipts outside office hours are taken; closing is Vietnamese wall time."""

    after_hours: AfterHours = AfterHours.SAME_DAY
    closing: time = time(17, 0)


@dataclass(frozen=True)
class TracedDay:
    """One day of the clock: whether it counted, its number if so, and why."""

    on: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True)
class Due:
    """The last day of a limit, how it came about, and under which policy."""

    on: date
    trace: tuple[TracedDay, ...]
    policy: Policy


@cache
def policies() -> tuple[Policy, ...]:
    """Return all policies, in the order of the file."""
    raw = tomllib.loads(files("api.cases").joinpath("policies.toml").read_text(encoding="utf-8"))
    return tuple(
        Policy(**{**row, "kinds": tuple(Kind(kind) for kind in row["kinds"])})
        for row in raw["policy"]
    )


def policy_for(kind: Kind, received: date) -> Policy:
    """Return the policy of a kind in force on the day of receipt.

    Raises LookupError where none was in force yet.
    """
    fitting = [p for p in policies() if kind in p.kinds and p.effective_from <= received]
    if not fitting:
        raise LookupError(f"no policy for {kind} on {received}")
    return max(fitting, key=lambda p: p.effective_from)


def answer_due(
    received: datetime, kind: Kind, calendar: WorkCalendar, rules: ClockRules | None = None
) -> Due:
    """Return when the answer to a case received at an instant is due, with the trace."""
    rules = rules or ClockRules()
    policy = policy_for(kind, local_date(received))
    waiting = _days_not_started(received, calendar, rules)
    zero = waiting[-1].on + timedelta(days=1) if waiting else local_date(received)
    counted = count_working_days(zero, policy.answer, calendar)
    if waiting:
        begun = TracedDay(zero, False, None, "bắt đầu tính, chưa đếm (ngày 0)")
        counted = (begun, *counted[1:])
    return Due(counted[-1].on, (*waiting, *counted), policy)


def count_working_days(zero: date, limit: int, calendar: WorkCalendar) -> tuple[TracedDay, ...]:
    """Return every day from day zero to the day on which `limit` working days have passed.

    limit is at least 1. Raises ValueError where the calendar has no working day for a year.
    """
    trace = [TracedDay(zero, False, None, "ngày nhận, không tính (ngày 0)")]
    number = 0
    day = zero
    last_worked = zero
    while number < limit:
        day += timedelta(days=1)
        mark = calendar.mark(day)
        if mark.works:
            number += 1
            last_worked = day
        elif (day - last_worked).days > _LONGEST_PAUSE:
            raise ValueError(f"no working day within a year after {last_worked}")
        trace.append(TracedDay(day, mark.works, number if mark.works else None, mark.reason))
    return tuple(trace)


_LONGEST_PAUSE = 366


def _days_not_started(
    received: datetime, calendar: WorkCalendar, rules: ClockRules
) -> list[TracedDay]:
    """Return the days before day zero where receipts outside office hours start later."""
    day = local_date(received)
    late = local(received).time() > rules.closing
    if rules.after_hours is AfterHours.SAME_DAY or (calendar.works(day) and not late):
        return []
    start = calendar.next_working_day(day)
    reason = "nhận ngoài giờ làm việc, chưa bắt đầu tính"
    span = (start - day).days
    return [TracedDay(day + timedelta(days=n), False, None, reason) for n in range(span)]


def working_days_left(today: date, due_on: date, calendar: WorkCalendar) -> int:
    """Return working days from today to the due day; negative is the number of days late."""
    step = 1 if due_on >= today else -1
    first, last = (today, due_on) if step > 0 else (due_on, today)
    span = ((first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return step * sum(1 for day in span if calendar.works(day))
