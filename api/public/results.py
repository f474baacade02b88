"""What was raised and what was done: the public results, and the status of one case."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from sqlmodel import Session, select

from api.cases import calendars, clock, codes, followers, lookup, publication
from api.cases.deadlines import working_days_left
from api.cases.events import history
from api.cases.models import Audience, Case, Kind, State
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import EVENT_LABELS, KIND_LABELS
from api.clock import local_date
from api.errors import NotFoundError
from api.files.models import Attachment
from api.public.views import card_view
from api.web.pages import render
from api.web.site import Here, Site, Token

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Query(max_length=200)]
PageNumber = Annotated[int, Query(ge=1, le=10_000, alias="trang")]
KINDS = [{"key": kind.value, "label": label} for kind, label in KIND_LABELS.items()]


@router.get("/ket-qua")
def results(
    request: Request,
    here: Here,
    q: Words = "",
    kind: Annotated[str, Query(alias="loai", max_length=40)] = "",
    page: PageNumber = 1,
) -> HTMLResponse:
    """List public results, newest first."""
    chosen = Kind(kind) if kind in set(Kind) else None
    with here.database.reading() as session:
        found = lookup.results(session, here.office.unit_id, q, chosen, page)
        cards = [card_view(*row) for row in found.rows]
    return render(
        request,
        here,
        "public/results.html",
        section="ket-qua",
        query=q,
        kind=kind,
        kinds=KINDS,
        results=cards,
        page=page,
        pages=found.pages,
        total=found.total,
    )


@router.get("/ket-qua/{code}")
def result(request: Request, here: Here, code: str) -> HTMLResponse:
    """Show one public result."""
    with here.database.reading() as session:
        public, case, answer = lookup.result(session, code)
        shown = {
            **card_view(public, case, answer),
            "content": public.content,
            "answer": public.answer,
            "unit_name": here.office.name,
            "published_on": local_date(public.published_at),
            "attachments": [_file(f) for f in publication.public_files(session, case)],
            "steps": [
                {"label": EVENT_LABELS[e.name], "on": local_date(e.at)}
                for e in history(session, case, Audience.PUBLIC)
            ],
        }
    return render(request, here, "public/result.html", section="ket-qua", result=shown)


@router.get("/tra-cuu")
def status(
    request: Request,
    here: Here,
    code: Annotated[str, Query(alias="ma", max_length=200)] = "",
    given: Annotated[bool, Query(alias="da-bo-sung")] = False,
) -> HTMLResponse:
    """Show where a case stands to whoever has its code; nothing personal is shown."""
    shown: dict[str, Any] | None = None
    error = None
    if code.strip():
        try:
            with here.database.reading() as session:
                shown = status_view(here, session, lookup.by_code(session, code))
        except NotFoundError as missing:
            error = not_found(here, missing)
    return render(
        request,
        here,
        "public/status.html",
        section="tra-cuu",
        code=code,
        error=error,
        status=shown,
        given=given,
    )


@router.get("/tep/{token}")
def file(here: Here, token: Token) -> FileResponse:
    """Give an attachment that an officer made public."""
    with here.database.reading() as session:
        row = session.exec(select(Attachment).where(Attachment.token == token)).first()
    if not row or not row.public:
        raise NotFoundError("Không tìm thấy tệp này.", "Bạn quay lại trang kết quả.")
    return FileResponse(
        here.files.path(row), media_type=row.media_type, filename=f"tep-{row.id}{_ending(row)}"
    )


def _ending(row: Attachment) -> str:
    return "." + row.stored.rsplit(".", 1)[-1]


def _file(row: Attachment) -> dict[str, Any]:
    picture = row.media_type.startswith("image/")
    name = "Ảnh kèm theo" if picture else "Tệp kèm theo"  # the sender's file name may tell who
    return {"url": f"/tep/{row.token}", "name": name, "is_image": picture}


def status_view(here: Site, session: Session, asked_for: Case) -> dict[str, Any]:
    """Return what everyone with the code of a case may know of it."""
    standing = followers.stands_for(session, asked_for)
    return {
        **_status(here, session, standing),
        "code": asked_for.code,
        "received_at": asked_for.received_at,
        "merged_into": standing.code if standing is not asked_for else "",
    }


def not_found(here: Site, error: NotFoundError) -> str:
    """Return the sentence for a code of no case, with an example of one."""
    example = codes.example(here.office.prefix, local_date(here.clock()).year)
    return f"{error.sentence} {error.next_step} Mã có dạng {example}."


def _status(here: Site, session: Session, case: Case) -> dict[str, Any]:
    today = local_date(here.clock())
    is_open = case.state in OPEN_STATES
    calendar = calendars.current(session, here.office.unit_id)
    counted_from = case.paused_on or today
    days_left = working_days_left(counted_from, case.due_on, calendar) if is_open else None
    seen = history(session, case, Audience.PUBLIC)
    return {
        "code": case.code,
        "kind_label": KIND_LABELS[case.kind],
        "state_label": STATE_LABELS[case.state],
        "sentence": _SENTENCES[case.state],
        "received_at": case.received_at,
        "due_on": case.due_on if is_open else None,
        "late": is_open and clock.is_late(case, today),
        "paused": is_open and case.paused_on is not None,
        "days_left": days_left,
        "steps": _steps(case, seen, _withheld_at(session, case)),
        "result_url": f"/ket-qua/{case.code}" if case.state is State.PUBLISHED else None,
    }


_SENTENCES = {
    State.RECEIVED: "Hồ sơ đã đến nơi. Cán bộ sẽ xem nội dung và tiếp nhận.",
    State.IN_PROGRESS: "Hồ sơ đang được xử lý. Có câu trả lời, người gửi được nhắn ngay.",
    State.SUPPLEMENT: "Cán bộ đã nhắn hỏi thêm người gửi. Hạn tạm dừng trong lúc chờ trả lời.",
    State.TRANSFERRED: "Việc đã chuyển đến cơ quan có thẩm quyền. Có kết quả, người gửi được nhắn.",
    State.DRAFTED: "Câu trả lời đã soạn xong, đang chờ lãnh đạo duyệt.",
    State.REFUSED: "Hồ sơ không được tiếp nhận. Lý do và nơi cần đến đã gửi cho người gửi.",
    State.WITHDRAWN: "Người gửi đã rút, cơ quan dừng xử lý.",
    State.MERGED: "Hồ sơ được giải quyết chung với một hồ sơ cùng việc.",
    State.ANSWERED: "Đã có câu trả lời và đã nhắn cho người gửi.",
    State.PUBLISHED: "Kết quả đã được công khai để mọi người cùng xem.",
    State.WITHHELD: "Câu trả lời đã gửi riêng cho người gửi.",
}


def _withheld_at(session: Session, case: Case) -> datetime | None:
    """Return when it was decided that the result stays unpublished; who and why stay inside."""
    events = history(session, case, Audience.INTERNAL)
    return next((e.at for e in reversed(events) if e.name == "withhold"), None)


_ENDED = (State.REFUSED, State.WITHDRAWN)
_REPLIED = (State.ANSWERED, State.PUBLISHED, State.WITHHELD)


def _steps(case: Case, seen: Any, withheld_at: datetime | None) -> list[dict[str, Any]]:
    """Return the stations of a case with the time each was reached."""
    at = {event.name: event.at for event in seen}
    replied = at.get("answer") or at.get("approve")
    stations = [("Đã nhận", at.get("received"), True)]
    if case.state in _ENDED:
        ended = at.get("refuse") if case.state is State.REFUSED else at.get("withdraw")
        stations.append((STATE_LABELS[case.state], ended, True))
    else:
        taken = case.state is not State.RECEIVED
        stations.append(("Đang xử lý", at.get("accept"), taken))
        stations.append(("Đã trả lời", replied, case.state in _REPLIED))
        if case.state is State.WITHHELD:
            stations.append(("Không công khai", withheld_at, True))
        else:
            published = case.state is State.PUBLISHED
            stations.append(("Công khai kết quả", at.get("publish"), published))
    last = max(n for n, station in enumerate(stations) if station[2])
    return [
        {"label": label, "done": done, "current": n == last, "at": when, "note": ""}
        for n, (label, when, done) in enumerate(stations)
    ]
