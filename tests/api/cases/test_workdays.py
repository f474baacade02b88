"""Which days the office works, by the public calendar, the known swaps and its own days."""

from datetime import date, timedelta

import pytest

from api.cases.workdays import DayKind, Override, WorkCalendar, weekday_name

PUBLIC = WorkCalendar()
TET_2026 = [date(2026, 2, 16) + timedelta(days=n) for n in range(5)]


@pytest.mark.parametrize("day", TET_2026)
def test_tet_2026_is_a_holiday_from_the_sixteenth_to_the_twentieth(day: date) -> None:
    assert PUBLIC.mark(day).kind is DayKind.HOLIDAY


@pytest.mark.parametrize("day", [date(2026, 2, 13), date(2026, 2, 23)])
def test_the_days_around_tet_2026_are_worked(day: date) -> None:
    assert PUBLIC.mark(day).kind is DayKind.WORK


def test_a_holiday_says_which_one_it_is() -> None:
    assert PUBLIC.mark(date(2026, 2, 17)).reason == "nghỉ lễ: Tết Nguyên Đán"


def test_the_second_of_january_2026_is_off_by_the_swap() -> None:
    mark = PUBLIC.mark(date(2026, 1, 2))

    assert (mark.works, mark.kind) == (False, DayKind.OFF)
    assert "hoán đổi" in mark.reason


def test_saturday_the_tenth_of_january_2026_is_worked_for_it() -> None:
    mark = PUBLIC.mark(date(2026, 1, 10))

    assert (mark.works, mark.kind) == (True, DayKind.EXTRA)
    assert "02/01/2026" in mark.reason


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)])
def test_a_saturday_of_the_public_swaps_is_worked(day: date) -> None:
    assert day.weekday() == 5
    assert PUBLIC.mark(day).kind is DayKind.EXTRA


@pytest.mark.parametrize("day", [date(2024, 4, 29), date(2025, 5, 2), date(2026, 8, 31)])
def test_the_day_given_for_a_worked_saturday_is_off(day: date) -> None:
    assert not PUBLIC.works(day)


def test_an_ordinary_saturday_is_off_and_named() -> None:
    mark = PUBLIC.mark(date(2026, 11, 21))

    assert (mark.kind, mark.reason) == (DayKind.WEEKEND, "thứ Bảy")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 16), False),  # an ordinary Monday
        (date(2026, 11, 21), True),  # an ordinary Saturday
        (date(2026, 2, 17), True),  # the first day of Tết
        (date(2026, 1, 2), True),  # off by the swap
        (date(2026, 1, 10), False),  # worked by the swap
        (date(2026, 8, 22), False),  # worked by the public calendar
    ],
)
def test_a_day_set_by_the_office_wins_over_everything(day: date, works: bool) -> None:
    assert PUBLIC.works(day) is not works

    mark = WorkCalendar({day: Override(works, "theo thông báo của phường")}).mark(day)

    assert mark.works is works
    assert mark.reason == "theo thông báo của phường"


def test_a_day_set_by_the_office_changes_no_other_day() -> None:
    own = WorkCalendar({date(2026, 11, 18): Override(works=False, reason="mất điện")})
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [d for d in year if own.works(d) != PUBLIC.works(d)] == [date(2026, 11, 18)]


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 16), date(2026, 11, 17)),
        (date(2026, 11, 20), date(2026, 11, 23)),  # over a weekend
        (date(2026, 2, 13), date(2026, 2, 23)),  # over Tết
        (date(2026, 8, 21), date(2026, 8, 22)),  # onto a Saturday that is worked
    ],
)
def test_the_next_working_day_comes_after_the_day_itself(day: date, following: date) -> None:
    assert PUBLIC.next_working_day(day) == following


def test_the_search_for_a_working_day_ends_in_a_calendar_without_any() -> None:
    first = date(2026, 1, 1)
    closed = {first + timedelta(days=n): Override(works=False, reason="đóng") for n in range(800)}

    with pytest.raises(ValueError, match="no working day"):
        WorkCalendar(closed).next_working_day(first)


def test_the_days_of_a_week_have_their_vietnamese_names() -> None:
    monday = date(2026, 11, 16)

    names = [weekday_name(monday + timedelta(days=n)) for n in range(7)]

    assert names == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
