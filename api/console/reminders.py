"""What a member of staff was reminded of, until they put it away."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from api.cases import reminders, urgency
from api.cases.clock_models import StaffNotice
from api.cases.models import Case
from api.cases.wording import KIND_LABELS
from api.console.session import Me
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here

router = APIRouter(include_in_schema=False)

_URGENT: dict[str, str] = {
    urgency.Rung.MARKED: "Việc gấp, xử lý ngay",
    urgency.Rung.HALF: "Việc gấp, đã qua nửa thời gian",
    urgency.Rung.LATE: "Việc gấp, đã quá giờ",
}


@router.get("/can-bo/nhac-viec")
def waiting(request: Request, here: Here, me: Me) -> HTMLResponse:
    """List what waits for this member of staff."""
    with here.database.reading() as session:
        rows = [_view(session, notice, case) for notice, case in reminders.waiting_for(session, me)]
    return render(request, here, "console/reminders.html", section="nhac-viec", staff=me, rows=rows)


@router.post("/can-bo/nhac-viec")
def put_away(
    here: Here,
    me: Me,
    notice: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None,
) -> RedirectResponse:
    """Put one reminder away, or all."""
    with here.database.writing() as session:
        reminders.put_away(session, me, notice, here.clock())
    return RedirectResponse("/can-bo/nhac-viec", status_code=303)


def _view(session: Session, notice: StaffNotice, case: Case) -> dict[str, Any]:
    urged_by = session.get(Staff, notice.urged_by_id) if notice.urged_by_id else None
    return {
        "id": notice.id,
        "code": case.code,
        "kind_label": KIND_LABELS[case.kind],
        "at": notice.at,
        "due_on": notice.due_on,
        "what": _words(notice.rung),
        "late": notice.rung.startswith("late-") or notice.rung == urgency.Rung.LATE,
        "urged_by": urged_by.name if urged_by else "",
        "note": notice.note,
    }


def _words(rung: str) -> str:
    if rung in _URGENT:
        return _URGENT[rung]
    kind, _, days = rung.partition("-")
    if kind == "before":
        return f"Còn {days} ngày làm việc"
    if kind == "late":
        return f"Trễ từ {days} ngày làm việc"
    return "Được đôn đốc" if kind == reminders.URGED else "Đến hạn hôm nay"
