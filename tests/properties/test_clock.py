"""What holds of every due day, whatever the receipt, the calendar and the setting."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from api.cases.deadlines import AfterHours, ClockRules, answer_due, due, working_days_left
from api.cases.hours import USUAL
from api.cases.models import Kind
from api.cases.pauses import Course, Given, Promise, Restart, Span, Why
from api.cases.policies import policy_for
from api.cases.workdays import Override, WorkCalendar
from api.clock import local_date

modest = settings(deadline=None, derandomize=True, max_examples=120)

RECEIPTS = st.timedeltas(timedelta(0), timedelta(days=1400)).map(
    lambda since: datetime(2024, 1, 1, tzinfo=UTC) + since
)
KINDS = st.sampled_from(Kind)
RULES = st.builds(
    ClockRules, st.sampled_from(AfterHours), st.sampled_from([USUAL, USUAL.morning()])
)


@st.composite
def a_receipt_and_its_calendar(draw: st.DrawFn) -> tuple[datetime, WorkCalendar]:
    """Draw a receipt and a calendar with days set by the office around it."""
    received = draw(RECEIPTS)
    day = local_date(received)
    distances = st.dictionaries(st.integers(-10, 60), st.booleans(), max_size=12)
    own = {
        day + timedelta(days=distance): Override(works, "theo thông báo")
        for distance, works in draw(distances).items()
    }
    return received, WorkCalendar(own)


@modest
@given(a_receipt_and_its_calendar(), st.timedeltas(timedelta(0), timedelta(days=20)), KINDS, RULES)
def test_who_writes_later_is_never_due_earlier(
    drawn: tuple[datetime, WorkCalendar], later: timedelta, kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn

    first = answer_due(received, kind, calendar, rules).on
    second = answer_due(received + later, kind, calendar, rules).on

    assert first <= second


@modest
@given(a_receipt_and_its_calendar(), KINDS, RULES)
def test_counting_again_gives_the_same_due_day_and_trace(
    drawn: tuple[datetime, WorkCalendar], kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn
    copied = WorkCalendar(dict(calendar.overrides), version=7)

    assert answer_due(received, kind, calendar, rules) == answer_due(received, kind, copied, rules)


@modest
@given(a_receipt_and_its_calendar(), KINDS, RULES)
def test_the_counted_days_are_just_the_limit_and_all_are_worked(
    drawn: tuple[datetime, WorkCalendar], kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn

    due = answer_due(received, kind, calendar, rules)

    counted = [day for day in due.trace if day.counted]
    assert [day.number for day in counted] == list(range(1, due.policy.answer + 1))
    assert all(calendar.works(day.on) for day in counted)
    assert counted[-1].on == due.on == due.trace[-1].on


@modest
@given(a_receipt_and_its_calendar(), KINDS, RULES)
def test_every_day_from_the_receipt_to_the_due_day_is_explained_once(
    drawn: tuple[datetime, WorkCalendar], kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn

    trace = answer_due(received, kind, calendar, rules).trace

    first = local_date(received)
    assert [day.on for day in trace] == [first + timedelta(days=n) for n in range(len(trace))]
    assert all(day.reason for day in trace)


@modest
@given(a_receipt_and_its_calendar(), KINDS, RULES)
def test_no_worked_day_behind_day_zero_is_left_out(
    drawn: tuple[datetime, WorkCalendar], kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn

    trace = answer_due(received, kind, calendar, rules).trace

    zero = next(place for place, day in enumerate(trace) if "ngày 0" in day.reason)
    assert all(day.counted == calendar.works(day.on) for day in trace[zero + 1 :])
    assert not any(day.counted for day in trace[: zero + 1])


@modest
@given(a_receipt_and_its_calendar(), st.integers(0, 40), KINDS, RULES)
def test_one_more_day_off_never_makes_a_case_due_earlier(
    drawn: tuple[datetime, WorkCalendar], distance: int, kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn
    day = local_date(received) + timedelta(days=distance)
    closed = WorkCalendar({**calendar.overrides, day: Override(works=False, reason="nghỉ")})

    before = answer_due(received, kind, calendar, rules).on

    assert answer_due(received, kind, closed, rules).on >= before


@modest
@given(a_receipt_and_its_calendar(), st.integers(1, 30), st.booleans(), KINDS, RULES)
def test_a_day_outside_the_clock_changes_nothing(
    drawn: tuple[datetime, WorkCalendar],
    distance: int,
    works: bool,
    kind: Kind,
    rules: ClockRules,
) -> None:
    received, calendar = drawn
    due = answer_due(received, kind, calendar, rules)
    outside = {
        local_date(received) - timedelta(days=distance): Override(works, "trước"),
        due.on + timedelta(days=distance): Override(works, "sau"),
    }

    changed = WorkCalendar({**calendar.overrides, **outside})

    assert answer_due(received, kind, changed, rules) == due


@modest
@given(a_receipt_and_its_calendar(), KINDS)
def test_on_the_day_of_receipt_the_whole_limit_is_left(
    drawn: tuple[datetime, WorkCalendar], kind: Kind
) -> None:
    received, calendar = drawn

    due = answer_due(received, kind, calendar)

    assert working_days_left(local_date(received), due.on, calendar) == due.policy.answer


@modest
@given(a_receipt_and_its_calendar(), st.integers(0, 60))
def test_days_left_and_days_late_are_mirror_images(
    drawn: tuple[datetime, WorkCalendar], distance: int
) -> None:
    received, calendar = drawn
    first = local_date(received)
    last = first + timedelta(days=distance)

    left = working_days_left(first, last, calendar)

    assert left >= 0
    assert working_days_left(last, first, calendar) == -left


@modest
@given(a_receipt_and_its_calendar(), st.integers(0, 12), st.integers(0, 25), KINDS, RULES)
def test_a_pause_of_k_counted_days_moves_the_due_day_by_exactly_k(
    drawn: tuple[datetime, WorkCalendar], after: int, length: int, kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn
    policy = policy_for(kind, local_date(received))
    plain = due(received, policy, calendar, rules)
    began = min(plain.zero + timedelta(days=after), plain.on - timedelta(days=1))
    last = began + timedelta(days=length)
    counted = working_days_left(began, last, calendar)  # working days that the pause takes out

    paused = due(received, policy, calendar, rules, Course((Span(Why.SUPPLEMENT, began, last),)))

    assert working_days_left(plain.on, paused.on, calendar) == counted
    assert calendar.works(paused.on)


@modest
@given(a_receipt_and_its_calendar(), st.integers(1, 40), st.integers(0, 30), KINDS)
def test_a_promised_day_is_never_due_earlier_and_moves_with_a_pause(
    drawn: tuple[datetime, WorkCalendar], later: int, length: int, kind: Kind
) -> None:
    received, calendar = drawn
    policy = policy_for(kind, local_date(received))
    made_on = local_date(received)
    promised = Promise(made_on, made_on + timedelta(days=later), Given.EXTENSION)
    kept = due(received, policy, calendar, course=Course(promises=(promised,)))
    span = Span(Why.TRANSFER, made_on, made_on + timedelta(days=length))
    counted = working_days_left(made_on, span.last or made_on, calendar)

    paused = due(received, policy, calendar, course=Course((span,), promises=(promised,)))

    assert kept.on >= max(promised.due_on, kept.index_on)
    assert calendar.works(kept.on)
    assert working_days_left(kept.on, paused.on, calendar) == counted


@modest
@given(a_receipt_and_its_calendar(), st.timedeltas(timedelta(0), timedelta(days=90)), KINDS, RULES)
def test_a_restart_counts_as_a_receipt_on_its_own_day(
    drawn: tuple[datetime, WorkCalendar], later: timedelta, kind: Kind, rules: ClockRules
) -> None:
    received, calendar = drawn
    policy = policy_for(kind, local_date(received))
    again = Restart(received + later, "mở lại")

    found = due(received, policy, calendar, rules, Course(restart=again))

    assert found.on == due(received + later, policy, calendar, rules).on
    assert found.since_sent_on == due(received, policy, calendar, rules).on
