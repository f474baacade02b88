"""Taking a case: accept, classify, refuse, give to somebody."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from api.cases import assignment, classification, handling, refusal
from api.cases.assignment import Assignee
from api.cases.classification import Classification
from api.cases.events import Deed
from api.cases.models import Case, Competence, Kind
from api.console.case import Short, Text, Version, acted
from api.console.session import Me
from api.web.site import Here

router = APIRouter(include_in_schema=False, prefix="/can-bo/ho-so/{code}")

Row = Annotated[int, Form(ge=0, le=2**31 - 1)]


@router.post("/tiep-nhan")
def accept(request: Request, here: Here, me: Me, code: str, version: Version) -> Response:
    """Take a case into work."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        handling.accept(session, here.office, case, deed)

    return acted(request, here, me, code, version, act)


@router.post("/phan-loai")
def classify(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    kind: Annotated[Kind, Form()],
    field: Short = "",
    procedure: Short = "",
    competence: Annotated[Competence | None, Form()] = None,
    authority: Short = "",
) -> Response:
    """Say what a case is about."""
    chosen = Classification(kind, field, procedure, competence, authority)

    def act(session: Session, case: Case, deed: Deed) -> None:
        classification.classify(session, here.office, case, deed, chosen)

    return acted(request, here, me, code, version, act)


@router.post("/khong-tiep-nhan")
def refuse(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    ground: Short = "",
    text: Text = "",
) -> Response:
    """Refuse a case on a ground of the list."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        refusal.refuse(session, here.office, case, deed, ground, text)

    return acted(request, here, me, code, version, act, {"reason": text})


@router.post("/giao")
def assign(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    department: Row = 0,
    owner: Row = 0,
    leader: Row = 0,
    product: Short = "",
) -> Response:
    """Give a case to a department and an officer."""
    to = Assignee(department, owner or None, leader or None, product)

    def act(session: Session, case: Case, deed: Deed) -> None:
        assignment.assign(session, here.office, case, deed, to)

    return acted(request, here, me, code, version, act)
