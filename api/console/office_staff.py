"""Accounts and departments of the office, for its administrator."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.console.case import Short
from api.console.session import Me
from api.errors import ForbiddenError, PeopleError
from api.people import departments
from api.people import staff as accounts
from api.people.models import Role, Staff
from api.people.staff import NewMember, Standing
from api.web.pages import ROLE_LABELS, render
from api.web.site import Here, RowId, Site

router = APIRouter(include_in_schema=False)

Number = Annotated[int, Form(ge=0, le=2**31 - 1)]
Tick = Annotated[bool, Form()]


@router.get("/can-bo/nhan-su")
def members(request: Request, here: Here, me: Me) -> HTMLResponse:
    """List accounts and departments."""
    return _page(request, here, me)


@router.post("/can-bo/nhan-su")
def add(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    username: Short = "",
    name: Short = "",
    password: Short = "",
    role: Annotated[Role, Form()] = Role.OFFICER,
    department: Number = 0,
    denunciations: Tick = False,
) -> Response:
    """Add an account."""

    def act(session: Session) -> None:
        new = NewMember(username, name, password, role)
        made = accounts.create(session, here.office.unit_id, new, here.clock())
        accounts.place(session, made, Standing(role, department or None, denunciations))

    return _acted(request, here, me, act)


@router.post("/can-bo/nhan-su/{number}")
def place(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    number: RowId,
    role: Annotated[Role, Form()],
    department: Number = 0,
    denunciations: Tick = False,
    active: Tick = False,
) -> Response:
    """Change what a member is and may do."""

    def act(session: Session) -> None:
        member = accounts.member(session, here.office.unit_id, number)
        standing = Standing(role, department or None, denunciations, active)
        if member.id == me.id and not (active and role is Role.ADMIN):
            raise PeopleError("Không tự bỏ quyền quản trị của mình.", "Nhờ quản trị khác đổi giúp.")
        accounts.place(session, member, standing)

    return _acted(request, here, me, act)


@router.post("/can-bo/bo-phan")
def add_department(request: Request, here: Here, me: Me, name: Short = "") -> Response:
    """Add a department."""

    def act(session: Session) -> None:
        departments.add(session, here.office.unit_id, name, here.clock())

    return _acted(request, here, me, act)


def _acted(request: Request, here: Site, me: Staff, act: accounts.Change) -> Response:
    _check(me)
    try:
        with here.database.writing() as session:
            act(session)
    except PeopleError as error:
        return _page(request, here, me, error)
    return RedirectResponse("/can-bo/nhan-su", status_code=303)


def _check(me: Staff) -> None:
    if not me.role.includes(Role.ADMIN):
        raise ForbiddenError("Mục này chỉ dành cho quản trị.", "Anh/chị liên hệ quản trị.")


def _page(
    request: Request, here: Site, me: Staff, error: PeopleError | None = None
) -> HTMLResponse:
    _check(me)
    with here.database.reading() as session:
        return render(
            request,
            here,
            "console/office_staff.html",
            section="tai-khoan",
            staff=me,
            http_status=error.status if error else 200,
            error=f"{error.sentence} {error.next_step}" if error else "",
            members=accounts.members(session, here.office.unit_id),
            departments=departments.every(session, here.office.unit_id),
            roles=[{"key": role.value, "label": label} for role, label in ROLE_LABELS.items()],
        )
