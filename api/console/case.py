"""The page of one case and what staff do there."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, select

from api.cases import calendars, clock, handling, lookup, publication, states
from api.cases.deadlines import working_days_left
from api.cases.events import Deed, history
from api.cases.models import Audience, Case, CaseEvent, Kind
from api.cases.publication import PublicText
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import (
    ACTOR_LABELS,
    AUDIENCE_LABELS,
    CHANNEL_LABELS,
    EVENT_LABELS,
    KIND_LABELS,
)
from api.clock import local_date
from api.console.session import Me
from api.errors import NotFoundError, PeopleError
from api.files.models import Attachment
from api.files.store import Upload, of_case
from api.people.models import Citizen, Staff, Viewing
from api.web.pages import render
from api.web.site import Here, Site, Token

router = APIRouter(include_in_schema=False)

Version = Annotated[int, Form(ge=1, le=2**31 - 1)]
Text = Annotated[str, Form(max_length=200_000)]  # the domain refuses sooner, with a sentence


@router.get("/can-bo/ho-so/{code}")
def case(request: Request, here: Here, me: Me, code: str) -> HTMLResponse:
    """Show a case with its sender; that this member saw it is written down."""
    with here.database.writing() as session:
        found = lookup.by_code(session, code)
        seen = Viewing(staff_id=me.id or 0, case_id=found.id or 0, at=here.clock())
        session.add(seen)
    return _page(request, here, me, code)


@router.post("/can-bo/ho-so/{code}/tiep-nhan")
def accept(request: Request, here: Here, me: Me, code: str, version: Version) -> Response:
    """Take a case into work."""

    def move(session: Session, found: Case) -> None:
        handling.accept(session, here.office, found, Deed(me, here.clock(), version))

    return _moved(request, here, me, code, move)


@router.post("/can-bo/ho-so/{code}/phan-loai")
def reclassify(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    kind: Annotated[Kind, Form()],
) -> Response:
    """Give a case another kind."""

    def move(session: Session, found: Case) -> None:
        handling.reclassify(session, here.office, found, Deed(me, here.clock(), version), kind)

    return _moved(request, here, me, code, move)


@router.post("/can-bo/ho-so/{code}/ghi-chu")
def note(request: Request, here: Here, me: Me, code: str, text: Text = "") -> Response:
    """Add an internal note."""

    def move(session: Session, found: Case) -> None:
        handling.note(session, found, me, text, here.clock())

    return _moved(request, here, me, code, move, typed={"note": text})


@router.post("/can-bo/ho-so/{code}/tra-loi")
def answer(
    request: Request,
    here: Here,
    me: Me,
    code: str,
    version: Version,
    text: Text = "",
    tep: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Answer a case, with a picture or paper as proof if there is one."""
    proof = Upload(tep.filename or "tep", tep.file.read()) if tep and tep.filename else None

    def move(session: Session, found: Case) -> None:
        files = []
        if proof:
            kept = here.files.keep(session, proof, here.clock())
            kept.case_id, kept.staff_id = found.id, me.id
            files.append(kept)
        deed = Deed(me, here.clock(), version)
        handling.answer(session, here.office, found, deed, text, proofs=files)

    return _moved(request, here, me, code, move, typed={"answer": text})


@router.post("/can-bo/ho-so/{code}/cong-khai")
def publish(
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
    text = PublicText(title, content, answer)

    def move(session: Session, found: Case) -> None:
        deed = Deed(me, here.clock(), version)
        chosen = tuple(show_attachment)
        publication.publish(session, here.office, found, deed, text, attachments=chosen)

    return _moved(request, here, me, code, move, typed={"public": text})


@router.post("/can-bo/ho-so/{code}/khong-cong-khai")
def withhold(
    request: Request, here: Here, me: Me, code: str, version: Version, reason: Text = ""
) -> Response:
    """Decide not to make the result public."""

    def move(session: Session, found: Case) -> None:
        publication.withhold(session, here.office, found, Deed(me, here.clock(), version), reason)

    return _moved(request, here, me, code, move, typed={"reason": reason})


@router.get("/can-bo/tep/{token}")
def file(here: Here, me: Me, token: Token) -> FileResponse:
    """Give an attachment of a case to staff."""
    with here.database.reading() as session:
        row = session.exec(select(Attachment).where(Attachment.token == token)).first()
    if not row or not row.case_id:
        raise NotFoundError("Không tìm thấy tệp này.", "Bạn quay lại hồ sơ.")
    return FileResponse(here.files.path(row), media_type=row.media_type, filename=row.name)


def _moved(
    request: Request,
    here: Site,
    me: Staff,
    code: str,
    move: Any,
    *,
    typed: dict[str, Any] | None = None,
) -> Response:
    """Make a move in one transaction; what is refused is shown again with what was typed."""
    try:
        with here.database.writing() as session:
            move(session, lookup.by_code(session, code))
    except NotFoundError:
        raise
    except PeopleError as error:
        return _page(request, here, me, code, error=error, typed=typed)
    return RedirectResponse(f"/can-bo/ho-so/{code}", status_code=303)


def _page(
    request: Request,
    here: Site,
    me: Staff,
    code: str,
    *,
    error: PeopleError | None = None,
    typed: dict[str, Any] | None = None,
) -> HTMLResponse:
    kept = typed or {}
    with here.database.reading() as session:
        found = lookup.by_code(session, code)
        context = {
            "case": _view(here, session, found),
            "events": [_event(session, e) for e in history(session, found, Audience.INTERNAL)],
            "trace": _trace(here, session, found),
            "moves": states.allowed(found),
            "suggestion": kept.get("public") or publication.suggest(session, found),
            "typed": {name: kept.get(name, "") for name in ("answer", "note", "reason")},
        }
    return render(
        request,
        here,
        "console/case.html",
        section="ho-so",
        staff=me,
        http_status=error.status if error else 200,
        kinds=[{"key": k.value, "label": label} for k, label in KIND_LABELS.items()],
        error=f"{error.sentence} {error.next_step}" if error else "",
        **context,
    )


def _view(here: Site, session: Session, case: Case) -> dict[str, Any]:
    citizen = session.get(Citizen, case.citizen_id)
    answer = handling.answer_of(session, case)
    public = publication.publication_of(session, case)
    today = local_date(here.clock())
    is_open = case.state in OPEN_STATES
    calendar = calendars.current(session, here.office.unit_id)
    files = of_case(session, case.id)
    procedure = here.catalogue.clerk(session).catalogue.by_code.get(case.procedure_code)
    return {
        "code": case.code,
        "kind": case.kind.value,
        "kind_label": KIND_LABELS[case.kind],
        "state_key": case.state.value,
        "state_label": STATE_LABELS[case.state],
        "content": case.content,
        "place": case.place,
        "procedure": procedure,
        "citizen": citizen,
        "consent_note": "Người gửi đã đồng ý cho xử lý thông tin để giải quyết hồ sơ này.",
        "channel_label": CHANNEL_LABELS.get(case.channel, case.channel),
        "received_at": case.received_at,
        "due_on": case.due_on if is_open else None,
        "days_left": working_days_left(today, case.due_on, calendar) if is_open else None,
        "late": is_open and clock.is_late(case, today),
        "version": case.version,
        "attachments": [_file(row) for row in files if row.chat_id],
        "proofs": [_file(row) for row in files if not row.chat_id],
        "answer": answer
        and {
            "text": answer.text,
            "by": _name(session, answer.staff_id),
            "at": answer.answered_at,
        },
        "publication": public
        and {
            "title": public.title,
            "content": public.content,
            "answer": public.answer,
            "by": _name(session, public.staff_id),
            "at": public.published_at,
        },
    }


def _file(row: Attachment) -> dict[str, Any]:
    waiting = "" if row.stored else f" ({row.error or 'đang tải về'})"
    return {
        "id": row.id,
        "url": f"/can-bo/tep/{row.token}",
        "name": row.name + waiting,
        "is_image": bool(row.stored) and row.media_type.startswith("image/"),
    }


def _event(session: Session, event: CaseEvent) -> dict[str, Any]:
    who = _name(session, event.staff_id) if event.staff_id else ACTOR_LABELS[event.actor]
    return {
        "at": event.at,
        "who": who,
        "what": EVENT_LABELS.get(event.name, event.name),
        "note": event.note,
        "audience_label": AUDIENCE_LABELS[event.audience],
    }


def _trace(here: Site, session: Session, case: Case) -> list[dict[str, Any]]:
    days = clock.trace(session, here.office, case, local_date(here.clock()))
    return [
        {"on": day.on, "counted": day.counted, "n": day.number, "reason": day.reason}
        for day in days
    ]


def _name(session: Session, staff_id: int | None) -> str:
    member = session.get(Staff, staff_id) if staff_id else None
    return member.name if member else "Hệ thống"
