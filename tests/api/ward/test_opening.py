"""Whether the ward works on a day: its hours and the working calendar together."""

from datetime import UTC, date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from api.cases.workdays import Override, WorkCalendar
from api.ward.asked_days import dates_asked
from api.ward.card import Span, WardCard
from api.ward.opening import closed_for_today, next_opening, opening
from knowledge.ward_questions import AskedDay, Topic, WardQuestion

DAY = (Span(opens=time(7, 30), closes=time(11, 30)), Span(opens=time(13, 30), closes=time(17)))
CARD = WardCard(week=(*[DAY] * 5, DAY[:1], ()))  # also on Saturday morning
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 21), date(2026, 11, 22)
FEAST = date(2026, 9, 2)


def test_a_working_day_has_the_hours_of_the_card() -> None:
    found = opening(CARD, WorkCalendar(), MONDAY)
    assert (found.works, found.spans) == (True, DAY)


def test_a_weekend_is_open_only_where_the_card_gives_it_hours() -> None:
    assert opening(CARD, WorkCalendar(), SATURDAY).works
    assert not opening(CARD, WorkCalendar(), SUNDAY).works
    assert not opening(WardCard(), WorkCalendar(), SATURDAY).works


def test_a_holiday_closes_the_office_whatever_the_card_says() -> None:
    found = opening(CARD, WorkCalendar(), FEAST)
    assert not found.works
    assert "Quốc khánh" in found.reason


def test_a_day_off_and_a_day_worked_set_by_hand_win() -> None:
    calendar = WorkCalendar({MONDAY: Override(False, "mất điện"), SUNDAY: Override(True, "làm bù")})
    assert opening(CARD, calendar, MONDAY).reason == "mất điện"
    assert opening(CARD, calendar, SUNDAY).works


def test_a_weekday_without_hours_is_closed_but_an_unknown_week_is_not() -> None:
    closed = WardCard(week=((), *[DAY] * 4, (), ()))
    assert not opening(closed, WorkCalendar(), MONDAY).works
    assert opening(WardCard(), WorkCalendar(), MONDAY).works


def test_the_day_is_over_when_its_last_hour_has_passed() -> None:
    today = opening(CARD, WorkCalendar(), MONDAY)
    assert closed_for_today(today, datetime(2026, 11, 16, 10, 0, tzinfo=UTC))  # 17:00 there
    assert not closed_for_today(today, datetime(2026, 11, 16, 9, 59, tzinfo=UTC))


@settings(max_examples=40)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_next_opening_is_later_and_open(day: date) -> None:
    found = next_opening(CARD, WorkCalendar(), day)
    assert found is not None
    assert found.on > day
    assert found.works


@settings(max_examples=60)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(AskedDay))
def test_a_day_that_is_asked_for_is_never_in_the_past(today: date, asked: AskedDay) -> None:
    question = WardQuestion((Topic.HOURS,), (asked,))
    assert all(today <= day for day in dates_asked(question, today))


def test_dates_are_the_next_ones_and_impossible_ones_are_no_dates() -> None:
    question = WardQuestion((Topic.HOURS,), dates=((2, 9, None), (31, 2, None), (17, 11, 2026)))
    assert dates_asked(question, MONDAY) == [date(2026, 11, 17), date(2027, 9, 2)]
    next_week = WardQuestion((Topic.HOURS,), (AskedDay.MONDAY, AskedDay.NEXT_WEEK))
    assert dates_asked(next_week, MONDAY) == [date(2026, 11, 23)]
