"""Who is signed in; the login and logout pages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.errors import SignedOutError, TooManyError
from api.people import staff as accounts
from api.people.models import Staff, StaffSession
from api.web.pages import render
from api.web.site import Here, Site
from api.web.throttle import Throttle, address_of

router = APIRouter(include_in_schema=False)

COOKIE = "pakn_staff"
TRIES_PER_MINUTE = 10


def _signed_in(request: Request, here: Here) -> tuple[Staff, StaffSession]:
    """Return who asks; raises SignedOutError, which leads to the login page."""
    token = request.cookies.get(COOKIE, "")
    at = here.clock()
    with here.database.reading() as session:
        found = accounts.signed_in(session, token, at) if token else None
        session.expunge_all()
    if not found:
        raise SignedOutError("Phiên làm việc đã kết thúc.", "Bạn đăng nhập lại.")
    if accounts.needs_mark(found[1], at):
        with here.database.writing() as session:
            session.merge(found[1]).seen_at = at
    return found


def member_of(request: Request, here: Site) -> Staff | None:
    """Return who asks, None where nobody is signed in; for pages that need no session."""
    token = request.cookies.get(COOKIE, "")
    with here.database.reading() as session:
        found = accounts.signed_in(session, token, here.clock()) if token else None
        session.expunge_all()
    return found[0] if found else None


Who = Annotated[tuple[Staff, StaffSession], Depends(_signed_in)]


def _member(who: Who) -> Staff:
    return who[0]


Me = Annotated[Staff, Depends(_member)]
"""The member of staff who asks."""


@router.get("/can-bo/dang-nhap")
def login_page(request: Request, here: Here) -> HTMLResponse:
    """Show the login form."""
    return render(request, here, "console/login.html", error=None, username="")


@router.post("/can-bo/dang-nhap")
def login(
    request: Request,
    here: Here,
    username: Annotated[str, Form(max_length=60)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Sign in; too many tries from one address or for one account have to wait."""
    at = here.clock()
    try:
        tries: Throttle = request.app.state.tries
        tries.take(f"address {address_of(request)}", at)
        tries.take(f"account {username.strip().lower()}", at)
        with here.database.writing() as session:
            agent = request.headers.get("user-agent", "")
            token = accounts.sign_in(
                session, username, password, agent, at, here.settings.session_hours
            )
    except (SignedOutError, TooManyError) as error:
        return render(
            request,
            here,
            "console/login.html",
            http_status=error.status,
            error=f"{error.sentence} {error.next_step}",
            username=username,
        )
    response = RedirectResponse("/can-bo", status_code=303)
    _set_cookie(response, here, token)
    return response


@router.post("/can-bo/dang-xuat")
def logout(here: Here, who: Who) -> Response:
    """End this session."""
    member, held = who
    with here.database.writing() as session:
        accounts.revoke(session, member, held.id or 0, here.clock())
    response = RedirectResponse("/can-bo/dang-nhap", status_code=303)
    response.delete_cookie(COOKIE, path="/can-bo")
    return response


def _set_cookie(response: Response, here: Site, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=here.settings.session_hours * 3600,
        path="/can-bo",
        httponly=True,
        samesite="lax",
        secure=here.settings.secure_cookies,
    )
