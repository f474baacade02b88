"""The working calendar of the office: the year at a glance, and days set by hand."""

import calendar as months
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.cases import calendar_changes, calendars
from api.cases.calendars import Entry
from api.cases.clock_models import DayChange
from api.cases.workdays import DayKind, WorkCalendar
from api.clock import local_date
from api.console.session import Me
from api.errors import PeopleError
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, Site

router = APIRouter(include_in_schema=False)

_STATES = {
    DayKind.WORK: "work",
    DayKind.WEEKEND: "weekend",
    DayKind.HOLIDAY: "holiday",
    DayKind.OFF: "off",
    DayKind.EXTRA: "extra",
    DayKind.HALF: "half",
}
FIRST, LAST = 2020, 2100
Year = Annotated[int | None, Query(ge=FIRST, le=LAST, alias="nam")]


@router.get("/can-bo/lich")
def calendar(request: Request, here: Here, me: Me, year: Year = None) -> HTMLResponse:
    """Show a year."""
    return _page(request, here, me, year or local_date(here.clock()).year)


@router.post("/can-bo/lich")
def set_day(
    request: Request,
    here: Here,
    me: Me,
    on: Annotated[str, Form(max_length=10)] = "",
    kind: Annotated[str, Form(max_length=10)] = "",
    reason: Annotated[str, Form(max_length=200)] = "",
    source: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Set a day off or worked; open cases move with it."""
    try:
        entry = _entry(on, kind, reason, source)
        with here.database.writing() as session:
            calendar_changes.set_day(session, here.office, entry, me, here.clock())
    except PeopleError as error:
        year = local_date(here.clock()).year
        return _page(request, here, me, year, error=f"{error.sentence} {error.next_step}")
    return RedirectResponse(f"/can-bo/lich?nam={entry.on.year}", status_code=303)


def _entry(on: str, kind: str, reason: str, source: str) -> Entry:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise PeopleError("Ngày chưa đúng.", "Bạn chọn ngày trong ô lịch.") from None
    if not FIRST <= day.year <= LAST:
        raise PeopleError("Ngày chưa đúng.", f"Bạn chọn ngày từ năm {FIRST} đến năm {LAST}.")
    if kind not in {"off", "work"} or not reason.strip():
        raise PeopleError("Cần chọn nghỉ hay làm việc và ghi lý do.", "Bạn điền đủ các ô.")
    return Entry(
        day, DayChange.WORK if kind == "work" else DayChange.OFF, reason.strip(), source.strip()
    )


def _page(request: Request, here: Site, me: Staff, year: int, *, error: str = "") -> HTMLResponse:
    with here.database.reading() as session:
        known = calendars.current(session, here.office.unit_id)
        days = _set_days(session, here, year)
    return render(
        request,
        here,
        "console/calendar.html",
        section="lich",
        staff=me,
        http_status=400 if error else 200,
        year=year,
        years=[y for y in (year - 1, year + 1) if FIRST <= y <= LAST],
        days=days,
        months=[_month(known, year, month) for month in range(1, 13)],
        error=error,
    )


def _set_days(session: Session, here: Site, year: int) -> list[dict[str, Any]]:
    return [
        {
            "on": row.on_date,
            "kind": row.kind.value,
            "reason": row.reason,
            "source": row.source,
        }
        for row in calendars.standing(session, here.office.unit_id)
        if row.on_date.year == year
    ]


def _month(known: WorkCalendar, year: int, month: int) -> list[list[dict[str, Any]]]:
    weeks = months.Calendar().monthdatescalendar(year, month)
    return [[_day(known, day, month) for day in week] for week in weeks]


def _day(known: WorkCalendar, day: date, month: int) -> dict[str, Any]:
    mark = known.mark(day)
    return {
        "on": day,
        "state": _STATES[mark.kind],
        "reason": mark.reason,
        "in_month": day.month == month,
    }
