"""The working calendar: the year, changes shown before they are made, its versions."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.cases import calendar_changes, calendar_years, calendars
from api.cases.calendar_changes import Shift
from api.cases.calendars import Entry
from api.cases.clock_models import CalendarChange, DayChange
from api.cases.wording import DAY_CHANGE_LABELS
from api.clock import local_date
from api.console.session import Me
from api.console.year import FIRST, LAST, year_of
from api.errors import PeopleError
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, Site

router = APIRouter(include_in_schema=False)

Year = Annotated[int | None, Query(ge=FIRST, le=LAST, alias="nam")]
Number = Annotated[int | None, Query(ge=1, le=2**31 - 1, alias="ban")]
Moved = Annotated[int | None, Query(ge=0, le=2**31 - 1, alias="doi-han")]
Short = Annotated[str, Form(max_length=300)]
_MOST_SHOWN = 200


@router.get("/can-bo/lich")
def calendar(
    request: Request,
    here: Here,
    me: Me,
    year: Year = None,
    version: Number = None,
    moved: Moved = None,
) -> HTMLResponse:
    """Show a year, as it stands or as it stood at a version; moved is what was just saved."""
    wanted = year or local_date(here.clock()).year
    return _page(request, here, me, wanted, version=version, moved=moved)


@router.post("/can-bo/lich/xem-truoc")
def preview(
    request: Request,
    here: Here,
    me: Me,
    on: Short = "",
    kind: Short = "",
    reason: Short = "",
    source: Short = "",
    hours: Short = "",
) -> Response:
    """Show which open cases a change would move; nothing is saved."""
    try:
        entry = _entry(on, kind, reason, source, hours)
        with here.database.reading() as session:
            shifts = calendar_changes.preview(session, here.office, [entry], here.clock())
            seen = calendars.version(session, here.office.unit_id)
            rows = [_shift(shift) for shift in shifts[:_MOST_SHOWN]]
    except PeopleError as error:
        return _refused(request, here, me, error, typed=_typed(on, kind, reason, source, hours))
    return render(
        request,
        here,
        "console/calendar_preview.html",
        section="lich",
        staff=me,
        entry=entry,
        what=DAY_CHANGE_LABELS[entry.kind],
        shifts=rows,
        total=len(shifts),
        seen=seen,
    )


@router.post("/can-bo/lich")
def change(
    request: Request,
    here: Here,
    me: Me,
    on: Short = "",
    kind: Short = "",
    reason: Short = "",
    source: Short = "",
    hours: Short = "",
    seen: Annotated[int | None, Form(ge=0, le=2**31 - 1)] = None,
) -> Response:
    """Save a line of the calendar; open cases move with it."""
    try:
        entry = _entry(on, kind, reason, source, hours)
        with here.database.writing() as session:
            moved = calendar_changes.change(session, here.office, [entry], me, here.clock(), seen)
    except PeopleError as error:
        return _refused(request, here, me, error, typed=_typed(on, kind, reason, source, hours))
    return RedirectResponse(
        f"/can-bo/lich?nam={entry.on.year}&doi-han={len(moved)}", status_code=303
    )


@router.post("/can-bo/lich/xac-nhan")
def confirm(
    request: Request,
    here: Here,
    me: Me,
    year: Annotated[int, Form(ge=FIRST, le=LAST)],
    source: Short = "",
) -> Response:
    """Confirm the calendar of a year against the official notice."""
    try:
        with here.database.writing() as session:
            calendar_years.confirm(session, here.office, year, source, me, here.clock())
    except PeopleError as error:
        return _refused(request, here, me, error, year=year)
    return RedirectResponse(f"/can-bo/lich?nam={year}", status_code=303)


def _entry(on: str, kind: str, reason: str, source: str, hours: str) -> Entry:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise PeopleError("Ngày chưa đúng.", "Bạn chọn ngày trong ô lịch.") from None
    if not FIRST <= day.year <= LAST:
        raise PeopleError("Ngày chưa đúng.", f"Bạn chọn ngày từ năm {FIRST} đến năm {LAST}.")
    if kind not in set(DayChange) or not reason.strip():
        raise PeopleError("Cần chọn nghỉ hay làm việc và ghi lý do.", "Bạn điền đủ các ô.")
    return Entry(day, DayChange(kind), reason.strip()[:200], source.strip(), hours.strip()[:60])


def _typed(on: str, kind: str, reason: str, source: str, hours: str) -> dict[str, str]:
    """Return a form as it was sent, to be shown again."""
    return {"on": on, "kind": kind, "reason": reason, "source": source, "hours": hours}


def _refused(  # a refused form has this many parts
    request: Request,
    here: Site,
    me: Staff,
    error: PeopleError,
    *,
    year: int | None = None,
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    shown = year or local_date(here.clock()).year
    return _page(request, here, me, shown, error=error, typed=typed)


def _page(
    request: Request,
    here: Site,
    me: Staff,
    year: int,
    *,
    version: int | None = None,
    error: PeopleError | None = None,
    typed: dict[str, str] | None = None,
    moved: int | None = None,
) -> HTMLResponse:
    unit = here.office.unit_id
    today = local_date(here.clock())
    with here.database.reading() as session:
        known = calendars.current(session, unit, version)
        confirmed = calendar_years.confirmation(session, unit, year)
        context = {
            "days": [
                _line(row) for row in calendars.standing(session, unit) if row.on_date.year == year
            ],
            "versions": _versions(session, unit),
            "confirmed": confirmed,
            "confirmed_by": _name(session, confirmed.staff_id) if confirmed else "",
            "warnings": [
                calendar_years.sentence(one)
                for one in calendar_years.unconfirmed(session, unit, today)
            ],
        }
    return render(
        request,
        here,
        "console/calendar.html",
        section="lich",
        staff=me,
        http_status=error.status if error else 200,
        year=year,
        years=[y for y in (year - 1, year + 1) if FIRST <= y <= LAST],
        months=year_of(known, year),
        version=version,
        kinds=[(kind.value, DAY_CHANGE_LABELS[kind]) for kind in _OFFERED],
        usual=here.office.rules.hours,
        error=f"{error.sentence} {error.next_step}" if error else "",
        typed=typed or _typed("", "", "", "", ""),
        moved=moved,
        may_change=me.role.includes(calendars.LEAST),
        **context,
    )


_OFFERED = tuple(kind for kind in DayChange if kind is not DayChange.CLEARED)


def _line(row: CalendarChange) -> dict[str, Any]:
    return {
        "on": row.on_date,
        "label": DAY_CHANGE_LABELS[row.kind],
        "hours": row.hours,
        "reason": row.reason,
        "source": row.source,
        "version": row.version,
    }


def _versions(session: Session, unit_id: int) -> list[dict[str, Any]]:
    """Return every change, newest first, with who made it."""
    rows = calendars.changes(session, unit_id)
    return [
        {**_line(row), "by": _name(session, row.staff_id), "at": row.entered_at}
        for row in reversed(rows)
    ]


def _shift(shift: Shift) -> dict[str, Any]:
    return {"code": shift.case.code, "before": shift.before, "after": shift.after}


def _name(session: Session, staff_id: int | None) -> str:
    member = session.get(Staff, staff_id) if staff_id else None
    return member.name if member else "Dòng lệnh"
