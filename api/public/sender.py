"""What the sender of a case may know and do on the page, without the chat it was sent from."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api.cases import followers, sender_access, supplement
from api.cases.events import CitizenDeed
from api.cases.models import Case, State
from api.clock import local_date
from api.errors import ForbiddenError, PeopleError
from api.public.results import status_view
from api.web.pages import render
from api.web.site import Here, Site
from api.web.throttle import GuessLimit, address_of

router = APIRouter(include_in_schema=False)

Code = Annotated[str, Form(alias="ma", max_length=200)]
Figures = Annotated[str, Form(alias="so", max_length=30)]

_WRONG = (
    "Mã hồ sơ hoặc số điện thoại chưa đúng.",
    "Bạn xem lại mã và 4 số cuối của số điện thoại đã ghi khi gửi.",
)


_SENTENCES = {
    State.IN_PROGRESS: "Hồ sơ đang được xử lý. Có câu trả lời, chúng tôi báo bạn ngay.",
    State.SUPPLEMENT: "Cán bộ đang chờ bạn trả lời. Hạn tạm dừng trong lúc chờ.",
    State.TRANSFERRED: "Việc đã chuyển đến cơ quan có thẩm quyền. Có kết quả, chúng tôi báo bạn.",
    State.REFUSED: "Hồ sơ không được tiếp nhận, lý do ở dưới đây.",
    State.WITHDRAWN: "Hồ sơ đã dừng theo yêu cầu của bạn. Việc vẫn còn thì bạn gửi phản ánh mới.",
    State.ANSWERED: "Đã có câu trả lời, bạn đọc dưới đây.",
    State.WITHHELD: "Câu trả lời chỉ gửi riêng cho bạn, không đăng công khai.",
}
"""What the sender is told instead of the sentence for everyone."""


@router.post("/tra-cuu/chi-tiet")
def details(request: Request, here: Here, code: Code = "", figures: Figures = "") -> Response:
    """Show what the sender may know to whoever has the code and knows the phone."""
    case, error = _proved(request, here, code, figures)
    if case is None:
        return _refusal(request, here, code, error)
    return _page(request, here, case, figures)


@router.post("/tra-cuu/bo-sung")
def addition(
    request: Request,
    here: Here,
    code: Code = "",
    figures: Figures = "",
    words: Annotated[str, Form(alias="noi-dung", max_length=20_000)] = "",
) -> Response:
    """Take what the sender was asked for."""
    case, error = _proved(request, here, code, figures)
    if case is None:
        return _refusal(request, here, code, error)
    try:
        with here.database.writing() as session:
            own = session.get_one(Case, case.id)
            deed = CitizenDeed(here.clock(), own.version)
            supplement.give(session, here.office, own, deed, words)
    except PeopleError as refused:
        return _page(request, here, case, figures, words=words, error=refused)
    query = urlencode({"ma": case.code, "da-bo-sung": "1"})
    return RedirectResponse(f"/tra-cuu?{query}", status_code=303)


def _proved(
    request: Request, here: Site, code: str, figures: str
) -> tuple[Case | None, PeopleError]:
    """Return the case that code and figures open; else None and why, in the same words."""
    guesses: GuessLimit = request.app.state.guesses
    address, at = address_of(request), here.clock()
    if guesses.spent(address, at):
        return None, sender_access.too_many()
    try:
        with here.database.writing() as session:
            case = sender_access.prove(session, code, figures, at)
    except PeopleError as error:
        return None, error
    if case is None:
        guesses.add(address, at)
    return case, ForbiddenError(*_WRONG)


def _refusal(request: Request, here: Site, code: str, error: PeopleError) -> Response:
    return render(
        request,
        here,
        "public/sender.html",
        section="tra-cuu",
        http_status=error.status,
        code=code,
        error=f"{error.sentence} {error.next_step}",
        details=None,
    )


def _page(
    request: Request,
    here: Site,
    case: Case,
    figures: str,
    *,
    words: str = "",
    error: PeopleError | None = None,
) -> Response:
    with here.database.reading() as session:
        own = session.get_one(Case, case.id)
        shown = {**status_view(here, session, own), **_details(here, session, own)}
    return render(
        request,
        here,
        "public/sender.html",
        section="tra-cuu",
        http_status=error.status if error else 200,
        code=case.code,
        figures=figures,
        words=words,
        error=f"{error.sentence} {error.next_step}".strip() if error else "",
        details=shown,
    )


def _details(here: Site, session: Session, case: Case) -> dict[str, object]:
    known = sender_access.view(session, here.office, case, local_date(here.clock()))
    return {
        "answer": known.answer,
        "answered_at": known.answered_at,
        "asked": known.asked,
        "refused": known.refused,
        "own_sentence": _SENTENCES.get(followers.stands_for(session, case).state),
        "trace": [{"number": day.number, "on": day.on, "why": day.reason} for day in known.trace],
    }
