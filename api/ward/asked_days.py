"""Which dates people mean by "mai", "thứ Bảy", "tuần sau", "2/9". Pure: a day in, days out."""

from datetime import date, timedelta

from knowledge.ward_questions import AskedDay, WardQuestion

_MOST = 3
_AHEAD = {AskedDay.TODAY: 0, AskedDay.TOMORROW: 1, AskedDay.AFTER_TOMORROW: 2}
_WEEKDAYS = {
    AskedDay.MONDAY: (0,),
    AskedDay.TUESDAY: (1,),
    AskedDay.WEDNESDAY: (2,),
    AskedDay.THURSDAY: (3,),
    AskedDay.FRIDAY: (4,),
    AskedDay.SATURDAY: (5,),
    AskedDay.SUNDAY: (6,),
    AskedDay.WEEKEND: (5, 6),
}


def dates_asked(question: WardQuestion, today: date) -> list[date]:
    """Return the dates a question names, in order; a weekday is the next one, today included."""
    later = AskedDay.NEXT_WEEK in question.days
    found = {date_ for typed in question.dates if (date_ := _typed(typed, today))}
    for day in question.days:
        if day in _AHEAD:
            found.add(today + timedelta(days=_AHEAD[day]))
        found.update(_weekday(number, today, later=later) for number in _WEEKDAYS.get(day, ()))
    return sorted(found)[:_MOST]


def _weekday(number: int, today: date, *, later: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    if later:
        return monday + timedelta(days=7 + number)
    return today + timedelta(days=(number - today.weekday()) % 7)


def _typed(typed: tuple[int, int, int | None], today: date) -> date | None:
    """Return the next such date; one that no calendar has is not meant as a date."""
    day, month, year = typed
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
