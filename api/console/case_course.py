"""What else happens to a case: more from the sender, other agencies, twins, ends, notes."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import PlainTextResponse, Response
from sqlmodel import Session

from api.cases import (
    approval,
    followers,
    handling,
    lookup,
    reopening,
    restriction,
    supplement,
    transfer,
    urgency,
    visibility,
    withdrawal,
)
from api.cases.events import Deed
from api.cases.models import Case
from api.cases.office import Office
from api.console.case import Short, Text, Version, acted
from api.console.session import Me
from api.errors import NotFoundError, PeopleError
from api.web.site import Here

router = APIRouter(include_in_schema=False, prefix="/can-bo/ho-so/{code}")

WORDED: dict[str, Callable[[Session, Office, Case, Deed, str], object]] = {
    "yeu-cau-bo-sung": supplement.ask,
    "nhan-bo-sung": supplement.give,
    "nhan-lai": transfer.take_back,
    "tra-lai": approval.send_back,
    "rut": withdrawal.withdraw,
    "mo-lai": reopening.reopen,
    "tach": followers.split,
    "bo-gop": followers.unmerge,
    "danh-dau-gap": urgency.mark,
    "bo-dau-gap": urgency.unmark,
    "bo-han-che": restriction.lift,
}
"""The deeds that need nothing but words, by the last part of their address."""


@router.post("/buoc/{deed_name}")
def worded_deed(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    deed_name: str,
    version: Version,
    text: Text = "",
) -> Response:
    """Do what needs nothing but words."""
    if deed_name not in WORDED:
        raise NotFoundError("Không có việc này.", "Anh/chị quay lại hồ sơ.")

    def act(session: Session, case: Case, deed: Deed) -> None:
        WORDED[deed_name](session, here.office, case, deed, text)

    return acted(request, here, me, code, version, act, {"reason": text})


@router.post("/chuyen-di")
def transfer_out(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    authority: Short = "",
    text: Text = "",
) -> Response:
    """Send a case to another agency."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        transfer.send_out(session, here.office, case, deed, authority, text)

    return acted(request, here, me, code, version, act, {"reason": text})


@router.get("/phieu-chuyen")
def letter(here: Here, me: Me, code: str) -> PlainTextResponse:
    """Give the letter of the newest transfer, to be printed or edited."""
    with here.database.reading() as session:
        case = visibility.case_for(session, me, code)
        text = transfer.letter(session, here.office, case)
    name = f"phieu-chuyen-{case.code}.txt"
    return PlainTextResponse(text, headers={"Content-Disposition": f'inline; filename="{name}"'})


@router.post("/chuyen-den")
def transfer_in(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    external_code: Short = "",
    on: Short = "",
) -> Response:
    """Note that another system sent the case here."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        transfer.came_in(session, here.office, case, deed, external_code, _day(on))

    return acted(request, here, me, code, version, act)


@router.post("/gop")
def merge(
    request: Request, here: Here, me: Me, code: str, version: Version, other: Short = ""
) -> Response:
    """Merge a case into its twin."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        try:
            twin = lookup.by_code(session, other)
        except NotFoundError as missing:
            raise PeopleError(missing.sentence, "Anh/chị kiểm tra lại mã hồ sơ kia.") from None
        visibility.check(session, me, twin)
        followers.merge(session, here.office, case, deed, twin)

    return acted(request, here, me, code, version, act)


@router.post("/ghi-chu")
def note(request: Request, here: Here, me: Me, code: str, text: Text = "") -> Response:
    """Add an internal note."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        handling.note(session, case, me, text, deed.at)

    return acted(request, here, me, code, 0, act, {"note": text})


@router.post("/dinh-chinh")
def correct(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    number: Annotated[int, Form(ge=1, le=10_000)],
    text: Text = "",
) -> Response:
    """Say what is wrong with a line of the history."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        handling.correct(session, case, deed, number, text)

    return acted(request, here, me, code, version, act, {"note": text})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeopleError("Ngày chưa đúng.", "Anh/chị chọn lại ngày.") from None
