"""Answering a case: draft, approve, send, judge, make public or not."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from sqlmodel import Session

from api.cases import approval, handling, publication, verdict
from api.cases.events import Deed
from api.cases.models import Case, Verdict
from api.cases.publication import PublicText
from api.console.case import Text, Version, acted
from api.console.session import Me
from api.files.models import Attachment
from api.files.store import Upload
from api.web.site import Here, Site

router = APIRouter(include_in_schema=False, prefix="/can-bo/ho-so/{code}")

Found = Annotated[Verdict | None, Form()]
Proof = Annotated[UploadFile | None, File()]


@router.post("/tra-loi")
def answer(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    text: Text = "",
    found: Found = None,
    tep: Proof = None,
) -> Response:
    """Answer a case, with a picture or paper as proof if there is one."""
    upload = _upload(tep)

    def act(session: Session, case: Case, deed: Deed) -> None:
        proofs = _kept(here, session, case, deed, upload)
        handling.answer(session, here.office, case, deed, text, proofs=proofs, verdict=found)

    return acted(request, here, me, code, version, act, {"answer": text})


@router.post("/trinh-duyet")
def draft(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    text: Text = "",
    found: Found = None,
) -> Response:
    """Put an answer before the leader."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        approval.draft(session, here.office, case, deed, text, found)

    return acted(request, here, me, code, version, act, {"draft": text})


@router.post("/duyet")
def approve(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    text: Text = "",
    tep: Proof = None,
) -> Response:
    """Approve a draft and send it."""
    upload = _upload(tep)

    def act(session: Session, case: Case, deed: Deed) -> None:
        proofs = _kept(here, session, case, deed, upload)
        approval.approve(session, here.office, case, deed, text, proofs)

    return acted(request, here, me, code, version, act, {"draft": text})


@router.post("/ket-luan")
def judge(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    found: Annotated[Verdict, Form()],
) -> Response:
    """Note what the check of a feedback found."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        verdict.judge(session, here.office, case, deed, found)

    return acted(request, here, me, code, version, act)


@router.post("/cong-khai")
def publish(  # the form has this many fields
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    title: Text = "",
    content: Text = "",
    answer: Text = "",
    show_attachment: Annotated[list[int], Form()] = [],  # noqa: B006  # read only
) -> Response:
    """Make the result public."""
    text, chosen = PublicText(title, content, answer), tuple(show_attachment)

    def act(session: Session, case: Case, deed: Deed) -> None:
        publication.publish(session, here.office, case, deed, text, attachments=chosen)

    return acted(request, here, me, code, version, act, {"public": text})


@router.post("/khong-cong-khai")
def withhold(
    request: Request, here: Here, me: Me, code: str, version: Version, reason: Text = ""
) -> Response:
    """Decide not to make the result public."""

    def act(session: Session, case: Case, deed: Deed) -> None:
        publication.withhold(session, here.office, case, deed, reason)

    return acted(request, here, me, code, version, act, {"reason": reason})


def _upload(given: UploadFile | None) -> Upload | None:
    return Upload(given.filename or "tep", given.file.read()) if given and given.filename else None


def _kept(
    here: Site, session: Session, case: Case, deed: Deed, upload: Upload | None
) -> list[Attachment]:
    if not upload:
        return []
    kept = here.files.keep(session, upload, deed.at)
    kept.case_id, kept.staff_id = case.id, deed.staff.id
    return [kept]
