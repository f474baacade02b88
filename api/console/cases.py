"""The list of cases for staff, nearest due date first."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from api.cases import calendars, clock, handoffs, lookup, reminders, urgency, visibility
from api.cases.deadlines import working_days_left
from api.cases.lookup import CaseFilter, View
from api.cases.models import Case, Kind, State
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import CHANNEL_LABELS, KIND_LABELS
from api.cases.workdays import WorkCalendar
from api.clock import local_date
from api.console.session import Me
from api.people.models import Citizen, Role
from api.web.pages import render
from api.web.site import Here, Site
from knowledge.text import shortened

router = APIRouter(include_in_schema=False)

SOON = 3  # working days
_EXCERPT = 140
COUNTED = (*OPEN_STATES, State.ANSWERED)  # what is left to do; the rest may be a million
UNCOUNTED = tuple(state for state in State if state not in COUNTED)
_ALWAYS_SHOWN = (State.RECEIVED, State.IN_PROGRESS, State.ANSWERED)
VIEW_LABELS = {
    View.MINE: "Của tôi",
    View.UNIT: "Bộ phận tôi",
    View.APPROVAL: "Chờ duyệt",
    View.LATE: "Trễ hạn",
    View.SOON: "Sắp đến hạn",
}


@router.get("/can-bo")
def cases(  # the list is asked for in this many ways
    request: Request,
    here: Here,
    me: Me,
    state: Annotated[str, Query(alias="trang-thai", max_length=40)] = "",
    kind: Annotated[str, Query(alias="loai", max_length=40)] = "",
    query: Annotated[str, Query(alias="q", max_length=200)] = "",
    view: Annotated[str, Query(alias="xem", max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=10_000, alias="trang")] = 1,
) -> HTMLResponse:
    """List the open cases, or those of one state, kind, slice or search."""
    today = local_date(here.clock())
    with here.database.reading() as session:
        calendar = calendars.current(session, here.office.unit_id)
        wanted = CaseFilter(
            state=State(state) if state in set(State) else None,
            kind=Kind(kind) if kind in set(Kind) else None,
            query=query,
            view=View(view) if view in set(View) else None,
            today=today,
            soon=_horizon(calendar, today),
        )
        seen = visibility.condition(session, me)
        found = lookup.staff_list(session, here.office.unit_id, wanted, page, member=me, seen=seen)
        rows = [_row(here, session, case, citizen, calendar) for case, citizen in found.rows]
        unit = here.office.unit_id
        counts = lookup.counts_by_state(session, unit, COUNTED, seen)
        shown = {*_ALWAYS_SHOWN, *counts, *lookup.states_found(session, unit, UNCOUNTED, seen)}
        summary = _summary(here, session, counts, today)
        reminded = len(reminders.waiting_for(session, me))
        unopened = handoffs.unopened(session, me)
        unnamed = me.role.includes(Role.LEADER) and handoffs.unread_by_all(session, unit)
    return render(
        request,
        here,
        "console/cases.html",
        section="ho-so",
        staff=me,
        cases=rows,
        filters={"state": state, "kind": kind, "query": query, "view": view},
        views=[{"key": key.value, "label": label} for key, label in VIEW_LABELS.items()],
        may_read_handoffs=handoffs.may_read_any(me),
        states=[
            {"key": s.value, "label": STATE_LABELS[s], "count": _counted(s, counts)}
            for s in State
            if s in shown
        ],
        kinds=[{"key": k.value, "label": label} for k, label in KIND_LABELS.items()],
        page=page,
        pages=found.pages,
        total=found.total,
        summary=summary,
        reminded=reminded,
        unopened=unopened,
        unnamed=unnamed,
    )


def _counted(state: State, counts: dict[State, int]) -> int | None:
    return counts.get(state, 0) if state in COUNTED else None


def _row(
    here: Site, session: Session, case: Case, citizen: Citizen, calendar: WorkCalendar
) -> dict[str, Any]:
    at = here.clock()
    today = local_date(at)
    hours = urgency.limit(session, here.office, case, calendar)
    text = " ".join(case.content.split())
    is_open = case.state in OPEN_STATES
    return {
        "code": case.code,
        "kind_label": KIND_LABELS[case.kind],
        "excerpt": shortened(text, _EXCERPT),
        "citizen_name": citizen.name,
        "channel_label": CHANNEL_LABELS.get(case.channel, case.channel),
        "received_at": case.received_at,
        "due_on": case.due_on if is_open else None,
        "days_left": working_days_left(today, case.due_on, calendar) if is_open else None,
        "late": is_open and clock.is_late(case, today),
        "rests": clock.rests(case),
        "state_key": case.state.value,
        "state_label": STATE_LABELS[case.state],
        "urgent": hours if is_open else None,
        "out_of_hours": is_open and hours is not None and at > hours.until,
        "unread_notes": 0,
    }


def _horizon(calendar: WorkCalendar, today: date) -> date:
    """Return the last day that counts as soon."""
    for _ in range(SOON):
        today = calendar.next_working_day(today)
    return today


def _summary(here: Site, session: Session, counts: dict[State, int], today: date) -> dict[str, int]:
    unit = here.office.unit_id
    horizon = _horizon(calendars.current(session, unit), today)
    late = lookup.overdue(session, unit, today)
    return {
        "open": sum(counts.get(state, 0) for state in OPEN_STATES),
        "due_soon": lookup.overdue(session, unit, horizon + timedelta(days=1)) - late,
        "late": late,
        "waiting_publication": counts.get(State.ANSWERED, 0),
    }
