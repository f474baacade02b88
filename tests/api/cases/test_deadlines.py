"""When an answer is due, and the trace that shows why."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from api.cases import policies
from api.cases.deadlines import AfterHours, ClockRules, answer_due, working_days_left
from api.cases.hours import OfficeHours
from api.cases.models import Kind
from api.cases.policies import Limit, Policy, Step, policy_for
from api.cases.workdays import Override, WorkCalendar
from api.clock import VIETNAM

PUBLIC = WorkCalendar()
SAME_DAY = ClockRules(AfterHours.SAME_DAY)
NEXT_DAY = ClockRules(AfterHours.NEXT_WORKING_DAY)
BEFORE_TET = datetime(2026, 2, 13, 16, 45, tzinfo=VIETNAM)


def at(day: date, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """Return an instant of Vietnamese wall time."""
    return datetime.combine(day, time(hour, minute, second), VIETNAM)


def due_of_question(received: datetime, rules: ClockRules) -> date:
    """Return the due day under a limit of five working days."""
    return answer_due(received, Kind.QUESTION, PUBLIC, rules).on


def test_conduct_received_on_the_last_friday_before_tet_is_due_four_weeks_later() -> None:
    assert answer_due(BEFORE_TET, Kind.CONDUCT, PUBLIC).on == date(2026, 3, 13)


def test_the_day_of_receipt_is_day_zero_and_not_counted() -> None:
    first, second = answer_due(BEFORE_TET, Kind.CONDUCT, PUBLIC).trace[:2]

    assert (first.on, first.counted, first.number) == (date(2026, 2, 13), False, None)
    assert "ngày 0" in first.reason
    assert second.on == date(2026, 2, 14)


def test_the_trace_explains_every_day_up_to_the_due_day() -> None:
    due = answer_due(BEFORE_TET, Kind.CONDUCT, PUBLIC)

    days = [day.on for day in due.trace]
    assert days == [date(2026, 2, 13) + timedelta(days=n) for n in range(29)]
    assert days[-1] == due.on
    assert all(day.reason for day in due.trace)


def test_the_numbers_of_the_trace_run_from_one_to_the_limit() -> None:
    trace = answer_due(BEFORE_TET, Kind.CONDUCT, PUBLIC).trace

    assert [day.number for day in trace if day.counted] == list(range(1, 16))
    assert {day.number for day in trace if not day.counted} == {None}


def test_a_day_of_tet_stands_in_the_trace_with_the_name_of_the_holiday() -> None:
    trace = answer_due(BEFORE_TET, Kind.CONDUCT, PUBLIC).trace

    tet = next(day for day in trace if day.on == date(2026, 2, 17))
    assert (tet.counted, tet.reason) == (False, "nghỉ lễ: Tết Nguyên Đán")


def test_a_day_off_of_the_office_moves_the_due_day_and_gives_its_reason() -> None:
    own = WorkCalendar({date(2026, 2, 24): Override(works=False, reason="diễn tập")})

    due = answer_due(BEFORE_TET, Kind.CONDUCT, own)

    assert due.on == date(2026, 3, 16)
    assert next(day for day in due.trace if day.on == date(2026, 2, 24)).reason == "diễn tập"


def test_the_day_of_receipt_is_the_day_in_viet_nam() -> None:
    half_past_midnight = datetime(2026, 11, 16, 17, 30, tzinfo=UTC)  # Tuesday 0:30 in Viet Nam

    trace = answer_due(half_past_midnight, Kind.QUESTION, PUBLIC).trace

    assert trace[0].on == date(2026, 11, 17)


FRIDAY, SATURDAY, MONDAY = date(2026, 11, 13), date(2026, 11, 14), date(2026, 11, 16)
HOLIDAY = date(2026, 9, 2)  # Quốc khánh, a Wednesday
NEXT_FRIDAY, NEXT_MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("received", "same_day", "next_day"),
    [
        (at(FRIDAY, 16, 59), NEXT_FRIDAY, NEXT_FRIDAY),
        (at(FRIDAY, 17, 0), NEXT_FRIDAY, NEXT_FRIDAY),  # closing time itself is in time
        (at(FRIDAY, 17, 0, 1), NEXT_FRIDAY, NEXT_MONDAY),
        (at(FRIDAY, 23, 59), NEXT_FRIDAY, NEXT_MONDAY),
        (at(SATURDAY, 10), NEXT_FRIDAY, NEXT_MONDAY),
        (at(MONDAY, 5), NEXT_MONDAY, NEXT_MONDAY),  # before opening is still that day
        (at(HOLIDAY, 10), date(2026, 9, 9), date(2026, 9, 10)),
    ],
)
def test_a_receipt_outside_office_hours_starts_as_the_setting_says(
    received: datetime, same_day: date, next_day: date
) -> None:
    assert due_of_question(received, SAME_DAY) == same_day
    assert due_of_question(received, NEXT_DAY) == next_day


def test_another_closing_time_is_taken_from_the_rules() -> None:
    early = ClockRules(AfterHours.NEXT_WORKING_DAY, OfficeHours.parsed("07:30-11:30"))

    assert due_of_question(at(FRIDAY, 12), early) == NEXT_MONDAY


def test_days_before_a_later_start_are_in_the_trace_and_not_counted() -> None:
    trace = answer_due(at(FRIDAY, 18), Kind.QUESTION, PUBLIC, NEXT_DAY).trace

    assert [day.on for day in trace[:4]] == [FRIDAY + timedelta(days=n) for n in range(4)]
    assert {day.reason for day in trace[:3]} == {"nhận ngoài giờ làm việc, chưa bắt đầu tính"}
    assert [day.number for day in trace if day.counted] == [1, 2, 3, 4, 5]


def test_a_later_day_zero_is_not_called_the_day_of_receipt() -> None:
    trace = answer_due(at(FRIDAY, 18), Kind.QUESTION, PUBLIC, NEXT_DAY).trace

    zero = trace[3]
    assert zero.on == MONDAY
    assert "ngày 0" in zero.reason
    assert not zero.reason.startswith("ngày nhận,")


@pytest.mark.parametrize(
    ("kind", "name", "limit"),
    [
        (Kind.CONDUCT, "766-2022", 15),
        (Kind.REGULATION, "766-2022", 15),
        (Kind.RECOMMENDATION, "766-2022", 15),
        (Kind.INFRASTRUCTURE, "hien-truong-mac-dinh", 15),
        (Kind.QUESTION, "hoi-dap-mac-dinh", 5),
    ],
)
def test_every_kind_has_a_policy_with_its_source(kind: Kind, name: str, limit: int) -> None:
    policy = policy_for(kind, date(2026, 11, 16))

    assert (policy.name, policy.answer) == (name, limit)
    assert policy.source


def test_a_policy_is_in_force_from_its_first_day() -> None:
    assert policy_for(Kind.CONDUCT, date(2022, 6, 23)).name == "766-2022"


def test_no_policy_is_made_up_for_a_day_before_the_first() -> None:
    with pytest.raises(LookupError, match="conduct"):
        policy_for(Kind.CONDUCT, date(2022, 6, 22))


@pytest.mark.parametrize(
    ("received", "name"),
    [(date(2026, 12, 31), "cu"), (date(2027, 1, 1), "moi"), (date(2027, 6, 1), "moi")],
)
def test_a_case_keeps_the_policy_in_force_on_its_day_of_receipt(
    monkeypatch: pytest.MonkeyPatch, received: date, name: str
) -> None:
    old, new = (
        Policy(called, since, (Kind.CONDUCT,), {Step.ANSWER: Limit(15, "nguồn")})
        for called, since in (("cu", date(2022, 6, 23)), ("moi", date(2027, 1, 1)))
    )
    monkeypatch.setattr(policies, "policies", lambda: (new, old))

    assert policy_for(Kind.CONDUCT, received).name == name


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 16), 5),
        (date(2026, 11, 20), 1),
        (date(2026, 11, 21), 1),  # the Saturday in between
        (date(2026, 11, 23), 0),  # the due day itself
        (date(2026, 11, 25), -1),  # 24/11 is a holiday
        (date(2026, 11, 30), -4),
    ],
)
def test_working_days_left_count_down_to_the_due_day_and_on_below_zero(
    today: date, left: int
) -> None:
    assert working_days_left(today, date(2026, 11, 23), PUBLIC) == left


def test_counting_ends_in_a_calendar_without_working_days() -> None:
    closed = {
        date(2026, 2, 14) + timedelta(days=n): Override(works=False, reason="đóng")
        for n in range(800)
    }

    with pytest.raises(ValueError, match="no working day"):
        answer_due(BEFORE_TET, Kind.CONDUCT, WorkCalendar(closed))


# An independent reference: the days written down by hand from the yearly notices of the Government
# (2024, 2025, 2026) and, where no notice is known yet, from Bộ luật Lao động 2019, Điều 112.
OFF_BY_HAND = {
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11",
    2028: "03/01 24/01 25/01 26/01 27/01 28/01",  # as far as receipts of 2027 reach
}
WORKED_BY_HAND = {date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}


def days_off() -> set[date]:
    """Return the hand-written days off."""
    return {
        date(year, int(day[3:]), int(day[:2]))
        for year, days in OFF_BY_HAND.items()
        for day in days.split()
    }


def slow_works(day: date, off: set[date]) -> bool:
    """Tell whether a day is worked, in the plainest way."""
    return day in WORKED_BY_HAND or (day.weekday() < 5 and day not in off)


def slow_due(zero: date, limit: int, off: set[date]) -> date:
    """Step through the days and count those that are worked."""
    day = zero
    while limit > 0:
        day = day + timedelta(days=1)
        if slow_works(day, off):
            limit -= 1
    return day


MINUTES = [(6, 0), (9, 0), (11, 30), (12, 30), (17, 0), (17, 1), (23, 59)]
"""Before opening, at work, at noon, in the break, at closing, after closing, before midnight."""


@pytest.mark.parametrize("kind", [Kind.CONDUCT, Kind.QUESTION])
@pytest.mark.parametrize("rules", [SAME_DAY, NEXT_DAY], ids=["same_day", "next_working_day"])
def test_every_receipt_of_four_years_is_due_as_a_slow_count_by_hand_says(
    kind: Kind, rules: ClockRules
) -> None:
    off = days_off()
    limit = 5 if kind is Kind.QUESTION else 15
    different = []
    for number in range((date(2028, 1, 1) - date(2024, 1, 1)).days):
        day = date(2024, 1, 1) + timedelta(days=number)
        for hour, minute in MINUTES if number % 3 == 0 or limit == 5 else [(10, 0)]:
            zero = day
            closed = (hour, minute) > (17, 0) or not slow_works(day, off)
            if rules is NEXT_DAY and closed:
                zero += timedelta(days=1)
                while not slow_works(zero, off):
                    zero += timedelta(days=1)
            counted = answer_due(at(day, hour, minute), kind, PUBLIC, rules).on
            if counted != slow_due(zero, limit, off):
                different.append((day, hour, counted, slow_due(zero, limit, off)))

    assert different == []


@pytest.mark.parametrize(
    ("worked", "off"),
    [
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 1, 10), date(2026, 1, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
    ],
)
def test_the_published_swaps_are_known(worked: date, off: date) -> None:
    assert PUBLIC.works(worked)
    assert not PUBLIC.works(off)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2023, 12, 29), date(2024, 1, 8)),  # over the New Year
        (date(2024, 2, 7), date(2024, 2, 21)),  # Tết Giáp Thìn 8–14/2
        (date(2025, 1, 24), date(2025, 2, 7)),  # Tết Ất Tỵ 27/1–31/1
        (date(2025, 12, 31), date(2026, 1, 9)),  # 1/1 and 2/1 are off
        (date(2026, 1, 5), date(2026, 1, 10)),  # a Saturday that is worked is the due day
        (date(2026, 2, 13), date(2026, 2, 27)),  # Tết Bính Ngọ 16–20/2
        (date(2026, 12, 31), date(2027, 1, 8)),
        (date(2027, 2, 3), date(2027, 2, 17)),  # Tết Đinh Mùi, as the library estimates it
    ],
)
def test_a_question_over_tet_or_the_turn_of_a_year(received: date, due: date) -> None:
    assert due_of_question(at(received), SAME_DAY) == due
