"""A year of the working calendar as weeks of marked days, for the page."""

import calendar as months
from datetime import date
from typing import Any

from api.cases.workdays import WorkCalendar

FIRST, LAST = 2020, 2100


def year_of(known: WorkCalendar, year: int) -> list[list[list[dict[str, Any]]]]:
    """Return twelve months of weeks of days, each with its state and reason."""
    return [_month(known, year, month) for month in range(1, 13)]


def _month(known: WorkCalendar, year: int, month: int) -> list[list[dict[str, Any]]]:
    weeks = months.Calendar().monthdatescalendar(year, month)
    return [[_day(known, day, month) for day in week] for week in weeks]


def _day(known: WorkCalendar, day: date, month: int) -> dict[str, Any]:
    mark = known.mark(day)
    return {
        "on": day,
        "state": mark.kind.value,
        "reason": mark.reason,
        "in_month": day.month == month,
    }
