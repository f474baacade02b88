"""Due dates. Pure: a receipt, a policy, a calendar and a course in; a date and every day out.

Day of receipt is day zero and days are compared, not instants (Bộ luật Dân sự 2015, Điều 147;
Bộ chỉ số 766, chỉ số 5.2: "ngày ≤ ngày gửi + N ngày làm việc").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from api.cases.hours import USUAL, OfficeHours
from api.cases.models import Kind
from api.cases.pauses import REASONS, Course, Given, Promise
from api.cases.policies import Policy, policy_for
from api.cases.workdays import WorkCalendar
from api.clock import local, local_date

_LONGEST_PAUSE = 366
_RECEIVED = "ngày nhận, không tính (ngày 0)"
_BEGUN = "bắt đầu tính, chưa đếm (ngày 0)"
_BEYOND = {
    Given.EXTENSION: " (gia hạn)",
    Given.CALENDAR: " (giữ hạn khi lịch thay đổi)",
    Given.MOVE: " (không để thành trễ khi đổi bước)",
}
_NOT_STARTED = "nhận ngoài giờ làm việc, chưa bắt đầu tính"


class AfterHours(StrEnum):
    """What a receipt outside office hours does. The law is silent (facts: safer is same_day)."""

    SAME_DAY = "same_day"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True)
class ClockRules:
    """How an office takes what the law leaves open; each default is the safer reading."""

    after_hours: AfterHours = AfterHours.SAME_DAY
    hours: OfficeHours = USUAL
    supplement_restarts: bool = False
    transfer_pauses: bool = True
    urgent: bool = False

    def kept(self) -> dict[str, str | bool]:
        """Return what stays with a case that is received under these rules."""
        return {
            "after_hours": self.after_hours.value,
            "hours": str(self.hours),
            "supplement_restarts": self.supplement_restarts,
            "transfer_pauses": self.transfer_pauses,
        }

    def of(self, kept: Mapping[str, Any] | None) -> "ClockRules":
        """Return the rules of a case: those it was received under; these where it kept none."""
        if not kept:
            return self
        return replace(
            self,
            after_hours=AfterHours(kept["after_hours"]),
            hours=OfficeHours.parsed(kept["hours"]),
            supplement_restarts=bool(kept["supplement_restarts"]),
            transfer_pauses=bool(kept["transfer_pauses"]),
        )


@dataclass(frozen=True)
class TracedDay:
    """One day of the clock: whether it counted, its number if so, and why."""

    on: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True)
class Due:
    """The last day of a limit, how it came about, and under which policy.

    index_on is the last day without an extension: the index knows none. since_sent_on is the
    last day on the clock that runs from the sending, whatever began anew since. paused_on is the
    day on which a pause that goes on began; on is then the earliest due day.
    """

    on: date
    trace: tuple[TracedDay, ...]
    policy: Policy
    index_on: date
    since_sent_on: date
    zero: date
    paused_on: date | None = None


@dataclass(frozen=True)
class _Run:
    """One run of the clock: its day zero, the words for it, and the days before it began."""

    zero: date
    reason: str
    waiting: tuple[TracedDay, ...] = field(default=())


def answer_due(
    received: datetime, kind: Kind, calendar: WorkCalendar, rules: ClockRules | None = None
) -> Due:
    """Return when the answer to a case received at an instant is due, with the trace."""
    return due(received, policy_for(kind, local_date(received)), calendar, rules)


def due(
    received: datetime,
    policy: Policy,
    calendar: WorkCalendar,
    rules: ClockRules | None = None,
    course: Course | None = None,
) -> Due:
    """Return when the answer is due under a policy, given what its history says of the clock."""
    rules, course = rules or ClockRules(), course or Course()
    sent = _run(received, _RECEIVED, calendar, rules)
    run = sent
    if course.restart:
        run = _run(course.restart.at, course.restart.reason, calendar, rules)
    counted = _last_day(run.zero, policy.answer, calendar, course)
    given = sorted((_carried(p, calendar, course), p.why) for p in course.promises)
    index_on = max([counted, *(day for day, why in given if why is Given.CALENDAR)])
    on = max([counted, *(day for day, _ in given)])
    ends = [(counted, ""), *((day, _BEYOND[why]) for day, why in given if day > counted)]
    return Due(
        on=on,
        trace=(*run.waiting, *_trace(run, ends, calendar, course)),
        policy=policy,
        index_on=index_on,
        since_sent_on=_last_day(sent.zero, policy.answer, calendar, course),
        zero=run.zero,
        paused_on=course.waiting.began if course.waiting else None,
    )


def day_zero(received: datetime, calendar: WorkCalendar, rules: ClockRules) -> date:
    """Return the day zero of a receipt under the rule for receipts outside office hours."""
    return _run(received, _RECEIVED, calendar, rules).zero


def last_day(zero: date, limit: int, calendar: WorkCalendar, course: Course | None = None) -> date:
    """Return the day on which `limit` working days have passed since day zero.

    limit is at least 1. Raises ValueError where the calendar has no working day for a year.
    """
    return _last_day(zero, limit, calendar, course or Course())


def working_days_left(today: date, due_on: date, calendar: WorkCalendar) -> int:
    """Return working days from today to the due day; negative is the number of days late."""
    step = 1 if due_on >= today else -1
    first, last = (today, due_on) if step > 0 else (due_on, today)
    span = ((first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return step * sum(1 for day in span if calendar.works(day))


def paused_days(due_: Due, course: Course, today: date) -> Due:
    """Show a pause that goes on: the days since it began, through today, and none after."""
    waiting = course.waiting
    if not waiting or waiting.began >= due_.on:
        return due_
    before = tuple(day for day in due_.trace if day.on <= waiting.began)
    span = range(1, (today - waiting.began).days + 1)
    days = (waiting.began + timedelta(days=n) for n in span)
    paused = tuple(TracedDay(day, False, None, REASONS[waiting.why]) for day in days)
    return replace(due_, trace=(*before, *paused))


def _last_day(zero: date, limit: int, calendar: WorkCalendar, course: Course) -> date:
    number, day, last_counted = 0, zero, zero
    while number < limit:
        day += timedelta(days=1)
        if course.pause_on(day):
            last_counted = day
        elif calendar.works(day):
            number += 1
            last_counted = day
        elif (day - last_counted).days > _LONGEST_PAUSE:
            raise ValueError(f"no working day within a year after {last_counted}")
    return day


def _carried(promise: Promise, calendar: WorkCalendar, course: Course) -> date:
    """Return a promised day, put off by the pauses since it was given and off days set on it."""
    target = promise.due_on
    if not calendar.works(target):
        target = calendar.next_working_day(target)
    left = working_days_left(promise.made_on, target, calendar)
    if left < 1:
        return target
    return _last_day(promise.made_on, left, calendar, course)


def _trace(
    run: _Run, ends: Sequence[tuple[date, str]], calendar: WorkCalendar, course: Course
) -> list[TracedDay]:
    """Return every day of a run.

    ends are the counted day and those given beyond it, in order, with what is said of their days.
    """
    days = [TracedDay(run.zero, False, None, run.reason)]
    on = ends[-1][0]
    number = 0
    for ahead in range(1, (on - run.zero).days + 1):
        day = run.zero + timedelta(days=ahead)
        pause, mark = course.pause_on(day), calendar.mark(day)
        if pause:
            days.append(TracedDay(day, False, None, REASONS[pause.why]))
            continue
        number += mark.works
        reason = mark.reason + next(words for end, words in ends if day <= end)
        days.append(TracedDay(day, mark.works, number if mark.works else None, reason))
    return days


def _run(begins: datetime, reason: str, calendar: WorkCalendar, rules: ClockRules) -> _Run:
    """Return the run that begins at an instant; outside office hours it may begin later."""
    day = local_date(begins)
    hours = calendar.hours_on(day, rules.hours)
    in_time = hours is not None and local(begins).time() <= hours.closing
    if rules.after_hours is AfterHours.SAME_DAY or in_time:
        return _Run(day, reason)
    start = calendar.next_working_day(day)
    span = range((start - day).days)
    waiting = (TracedDay(day + timedelta(days=n), False, None, _NOT_STARTED) for n in span)
    return _Run(start, _BEGUN, tuple(waiting))
