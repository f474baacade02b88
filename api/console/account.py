"""A member's own account: password and sessions."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.console.session import Who
from api.errors import PeopleError
from api.people import staff as accounts
from api.people.models import Role
from api.web.pages import render
from api.web.site import Here, RowId, Site

router = APIRouter(include_in_schema=False)


@router.get("/can-bo/tai-khoan")
def account(request: Request, here: Here, who: Who, saved: bool = False) -> HTMLResponse:
    """Show sessions and the password form."""
    return _page(request, here, who, saved=saved)


@router.post("/can-bo/tai-khoan/mat-khau")
def password(
    request: Request,
    here: Here,
    who: Who,
    current: Annotated[str, Form(max_length=200)] = "",
    new: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Change the password; every other session ends."""
    member, held = who
    try:
        with here.database.writing() as session:
            accounts.change_password(session, member, held, current, new, here.clock())
    except PeopleError as error:
        return _page(request, here, who, error=f"{error.sentence} {error.next_step}")
    return RedirectResponse("/can-bo/tai-khoan?saved=true", status_code=303)


@router.post("/can-bo/tai-khoan/phien/{session_id}/thu-hoi")
def revoke(here: Here, who: Who, session_id: RowId) -> Response:
    """End one of the member's sessions."""
    with here.database.writing() as session:
        accounts.revoke(session, who[0], session_id, here.clock())
    return RedirectResponse("/can-bo/tai-khoan", status_code=303)


def _page(
    request: Request, here: Site, who: Who, *, error: str = "", saved: bool = False
) -> HTMLResponse:
    member, held = who
    with here.database.reading() as session:
        live = [
            {
                "id": one.id,
                "created_at": one.created_at,
                "seen_at": one.seen_at,
                "agent": one.agent,
                "current": one.id == held.id,
            }
            for one in accounts.sessions(session, member, here.clock())
        ]
    return render(
        request,
        here,
        "console/account.html",
        section="tai-khoan",
        staff=member,
        http_status=400 if error else 200,
        username=member.username,
        may_manage=member.role.includes(Role.ADMIN),
        sessions=live,
        error=error,
        saved=saved,
    )
