"""Office hours with the break at noon, and limits counted in them."""

from datetime import date, datetime, timedelta

import pytest

from api.cases.hours import USUAL, OfficeHours, due_in_hours
from api.cases.workdays import Half, Override, WorkCalendar
from api.clock import VIETNAM

PUBLIC = WorkCalendar()
FRIDAY = 13  # of November 2026


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026, Vietnamese wall time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (at(FRIDAY, 7, 30), at(FRIDAY, 11, 30)),  # ends with the morning
        (at(FRIDAY, 6), at(FRIDAY, 11, 30)),  # before opening
        (at(FRIDAY, 9), at(FRIDAY, 15)),  # over the break
        (at(FRIDAY, 12), at(16, 8)),  # at noon: half an hour is left for Monday
        (at(FRIDAY, 16, 30), at(16, 11)),  # over the weekend
        (at(FRIDAY, 22), at(16, 11, 30)),
        (at(14, 9), at(16, 11, 30)),  # a Saturday
        (at(23, 16), at(25, 10, 30)),  # 24/11 is a holiday
    ],
)
def test_four_working_hours_leave_out_noon_nights_and_days_off(
    received: datetime, due: datetime
) -> None:
    assert due_in_hours(received, timedelta(hours=4), PUBLIC, USUAL) == due


def test_a_half_day_has_half_the_hours() -> None:
    own = WorkCalendar({date(2026, 11, 13): Override(True, "họp", Half.MORNING)})

    assert due_in_hours(at(FRIDAY, 9), timedelta(hours=4), own, USUAL) == at(16, 9)


def test_hours_of_the_calendar_hold_from_their_day_on() -> None:
    summer = OfficeHours.parsed("07:00-11:00,13:00-16:00")
    own = WorkCalendar(hours=((date(2026, 11, 16), summer),))

    assert own.hours_on(date(2026, 11, 13), USUAL) == USUAL
    assert own.hours_on(date(2026, 11, 16), USUAL) == summer
    assert own.hours_on(date(2026, 11, 15), USUAL) is None


def test_hours_are_read_as_they_are_written() -> None:
    assert str(OfficeHours.parsed("7:30-11:30, 13:30-17:00")) == "07:30-11:30,13:30-17:00"
    assert USUAL.closing.isoformat() == "17:00:00"


@pytest.mark.parametrize("text", ["", "07:30", "11:30-07:30", "07:30-11:30,11:00-17:00", "a-b"])
def test_hours_that_do_not_follow_one_another_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the words are those of the library too
        OfficeHours.parsed(text)


def test_a_count_of_hours_ends_where_nobody_works() -> None:
    closed = {date(2026, 11, 13) + timedelta(days=n): Override(False, "đóng") for n in range(400)}

    with pytest.raises(ValueError, match="no working hour"):
        due_in_hours(at(FRIDAY, 9), timedelta(hours=4), WorkCalendar(closed), USUAL)
