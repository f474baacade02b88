"""A feedback that came by phone, on paper or by e-mail, entered by staff; and its receipt."""

from datetime import date, datetime, time
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.cases import intake, visibility
from api.cases.events import By
from api.cases.intake import ENTERED_CHANNELS, Feedback
from api.cases.models import Kind
from api.cases.wording import CHANNEL_LABELS, KIND_LABELS
from api.clock import VIETNAM, local_date
from api.console.case import Short, Text
from api.console.session import Me
from api.errors import PeopleError
from api.people.models import Citizen, Staff
from api.web.pages import render
from api.web.site import Here, Site

router = APIRouter(include_in_schema=False)

_NOON = time(12)


@router.get("/can-bo/nhap-ho-so")
def form(request: Request, here: Here, me: Me) -> HTMLResponse:
    """Show the form."""
    return _page(request, here, me, {})


@router.post("/can-bo/nhap-ho-so")
def enter(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    kind: Annotated[Kind, Form()],
    channel: Short = "",
    on: Short = "",
    content: Text = "",
    place: Short = "",
    name: Short = "",
    phone: Short = "",
    address: Annotated[str, Form(max_length=600)] = "",
) -> Response:
    """Open the case and show its receipt."""
    at = here.clock()
    feedback = Feedback(kind, content, name, phone, address, place)
    try:
        received = _instant(on, at)
        with here.database.writing() as session:
            case = intake.register(
                session, here.office, feedback, channel, received, by=By.staff(me), at=at
            )
    except PeopleError as error:
        typed = {"content": content, "place": place, "name": name, "phone": phone}
        more = {"address": address, "kind": kind.value, "channel": channel, "on": on}
        return _page(request, here, me, {**typed, **more}, error)
    return RedirectResponse(f"/can-bo/ho-so/{case.code}/giay-tiep-nhan", status_code=303)


@router.get("/can-bo/ho-so/{code}/giay-tiep-nhan")
def receipt(request: Request, here: Here, me: Me, code: str) -> HTMLResponse:
    """Show the receipt of a case, to be printed and handed to its sender."""
    with here.database.reading() as session:
        case = visibility.case_for(session, me, code)
        shown = {
            "code": case.code,
            "kind_label": KIND_LABELS[case.kind],
            "channel_label": CHANNEL_LABELS.get(case.channel, case.channel),
            "received_on": local_date(case.received_at),
            "due_on": case.due_on,
            "content": case.content,
            "citizen": session.get_one(Citizen, case.citizen_id),
            "link": f"{here.office.public_url}/tra-cuu?ma={case.code}",
        }
        return render(
            request, here, "console/receipt.html", section="ho-so", staff=me, receipt=shown
        )


def _instant(on: str, at: datetime) -> datetime:
    """Return now for today, else noon of the day: nobody notes the minute on paper."""
    try:
        day = date.fromisoformat(on) if on else local_date(at)
    except ValueError:
        raise PeopleError("Ngày nhận chưa đúng.", "Anh/chị chọn lại ngày.") from None
    return at if day == local_date(at) else datetime.combine(day, _NOON, VIETNAM)


def _page(
    request: Request,
    here: Site,
    me: Staff,
    typed: dict[str, str],
    error: PeopleError | None = None,
) -> HTMLResponse:
    names = ("content", "place", "name", "phone", "address", "kind", "channel", "on")
    return render(
        request,
        here,
        "console/enter.html",
        section="ho-so",
        staff=me,
        http_status=error.status if error else 200,
        error=f"{error.sentence} {error.next_step}" if error else "",
        typed={name: typed.get(name, "") for name in names},
        today=local_date(here.clock()).isoformat(),
        kinds=[{"key": k.value, "label": label} for k, label in KIND_LABELS.items()],
        channels=[{"key": key, "label": CHANNEL_LABELS[key]} for key in ENTERED_CHANNELS],
    )
