"""The clock of one case for the staff: every day, every step, putting off, urging, late notes."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.cases import calendars, clock, extension, progress, reminders, steps, urgency, visibility
from api.cases.deadlines import working_days_left
from api.cases.events import Deed, history
from api.cases.models import Audience, Case
from api.cases.office import Office
from api.cases.policies import STEP_LABELS
from api.cases.states import OPEN_STATES, RUNNING_STATES, STATE_LABELS
from api.cases.steps import StepDue
from api.clock import local_date
from api.console.session import Me
from api.errors import NotFoundError, PeopleError
from api.people.models import Role, Staff
from api.web.pages import render
from api.web.site import Here, RowId, Site

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=20_000)]
Version = Annotated[int, Form(ge=1, le=2**31 - 1)]


@router.get("/can-bo/ho-so/{code}/han")
def case_clock(request: Request, here: Here, me: Me, code: str) -> HTMLResponse:
    """Show how the due day of a case came about."""
    return _page(request, here, me, code)


@router.post("/can-bo/ho-so/{code}/gia-han")
def extend(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    until: Annotated[str, Form(max_length=10)] = "",
    reason: Text = "",
) -> Response:
    """Put the answer off."""

    def act(session: Session, case: Case) -> None:
        deed = Deed(me, here.clock(), version)
        extension.extend(session, here.office, case, deed, _day(until), reason)

    return _done(request, here, me, code, act)


@router.post("/can-bo/ho-so/{code}/don-doc")
def urge(request: Request, here: Here, me: Me, code: str, text: Text = "") -> Response:
    """Urge those who handle a case."""

    def act(session: Session, case: Case) -> None:
        reminders.urge(session, here.office, case, me, text, here.clock())

    return _done(request, here, me, code, act)


@router.post("/can-bo/ho-so/{code}/thu-tien-do/{note_id}")
def send_note(
    request: Request, here: Here, me: Me, code: str, note_id: RowId, text: Text = ""
) -> Response:
    """Send the apology or the progress note."""

    def act(session: Session, case: Case) -> None:
        row = progress.of_id(session, case, note_id)
        progress.send(session, here.office, row, text, me, here.clock())

    return _done(request, here, me, code, act)


@router.post("/can-bo/ho-so/{code}/thu-tien-do/{note_id}/bo")
def drop_note(request: Request, here: Here, me: Me, code: str, note_id: RowId) -> Response:
    """Decide not to send a note."""

    def act(session: Session, case: Case) -> None:
        progress.drop(session, progress.of_id(session, case, note_id), me, here.clock())

    return _done(request, here, me, code, act)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeopleError("Ngày chưa đúng.", "Anh/chị chọn ngày trong ô lịch.") from None


def _done(request: Request, here: Site, me: Staff, code: str, act: Any) -> Response:
    """Act in one transaction; what is refused is told on the page."""
    try:
        with here.database.writing() as session:
            act(session, visibility.case_for(session, me, code))
    except NotFoundError:
        raise
    except PeopleError as error:
        return _page(request, here, me, code, error=error)
    return RedirectResponse(f"/can-bo/ho-so/{code}/han", status_code=303)


def _page(
    request: Request, here: Site, me: Staff, code: str, *, error: PeopleError | None = None
) -> HTMLResponse:
    today = local_date(here.clock())
    with here.database.reading() as session:
        case = visibility.case_for(session, me, code)
        context = {
            **_clocks(session, here.office, case, today),
            "steps": _steps(session, here, case, today),
            "notes": progress.waiting(session, case),
            "may_extend": me.role.includes(Role.LEADER),
            "extension": extension.of(session, case),
            "extended": extension.happened(session, case),
            "latest": extension.latest(session, here.office, case),
        }
    return render(
        request,
        here,
        "console/clock.html",
        section="ho-so",
        staff=me,
        http_status=error.status if error else 200,
        error=f"{error.sentence} {error.next_step}" if error else "",
        case=case,
        state_label=STATE_LABELS[case.state],
        is_open=case.state in OPEN_STATES,
        **context,
    )


def _clocks(session: Session, office: Office, case: Case, today: date) -> dict[str, Any]:
    """Say where both clocks stand: since the sending, and since it last began anew."""
    found = clock.count(session, office, case)
    calendar = calendars.current(session, office.unit_id)
    sent = local_date(case.received_at)
    return {
        "due": found,
        "late": clock.is_late(case, today),
        "since_sent": -working_days_left(today, sent, calendar),
        "since_zero": -working_days_left(today, found.zero, calendar),
        "days_left": working_days_left(today, case.due_on, calendar),
        "trace": clock.trace(session, office, case, today),
    }


def _steps(session: Session, here: Site, case: Case, today: date) -> list[dict[str, Any]]:
    calendar = calendars.current(session, here.office.unit_id)
    events = history(session, case, Audience.INTERNAL)
    rules = here.office.rules.of(case.rules)
    rows = [_step(row, today) for row in steps.of(case, events, calendar, rules)]
    urgent = urgency.limit(session, here.office, case, calendar)
    if urgent:
        late = case.state in RUNNING_STATES and here.clock() > urgent.until
        rows.insert(
            0, {"label": "Việc gấp, theo giờ làm việc", "until": urgent.until, "late": late}
        )
    return rows


def _step(row: StepDue, today: date) -> dict[str, Any]:
    if row.done_on:
        state = "Xong, trễ" if row.late(today) else "Xong"
    elif row.late(today):
        state = "Trễ"
    else:
        state = "Còn hạn" if today <= row.due_on else "Đã qua"
    return {
        "label": STEP_LABELS[row.step],
        "due_on": row.due_on,
        "legal_on": row.legal_on,
        "done_on": row.done_on,
        "state": state,
        "late": row.late(today),
    }
