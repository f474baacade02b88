"""Pages and forms of the web chat."""

import secrets
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, select

from api.cases.models import Case
from api.errors import NotFoundError
from api.files.models import Attachment
from api.files.store import Upload, clean_name
from api.web.pages import render
from api.web.site import Here, Site, Token
from api.web.throttle import Throttle
from bot.arrival import Arrival
from bot.inbox import Inbox
from bot.webchat import transcript
from bot.webchat.mode import PATH, Mode, Visit, Visiting
from bot.webchat.transcript import CHANNEL

_OPENINGS = {"phan-anh": "menu:feedback", "tra-cuu": "menu:status", "can-bo": "menu:officer"}


_looking = APIRouter()


def router(inbox: Inbox, per_minute: int) -> APIRouter:
    """Return the routes; a conversation may send so many messages a minute."""
    routes = APIRouter(include_in_schema=False)
    throttle = Throttle(per_minute)

    @routes.get(PATH)
    def page(  # an address has this many parts
        request: Request,
        here: Here,
        visit: Visiting,
        opening: Annotated[str, Query(alias="bat-dau", max_length=40)] = "",
        code: Annotated[str, Query(alias="thu-tuc", max_length=40)] = "",
        size: Annotated[str, Query(alias="co-chu", max_length=10)] = "",
    ) -> Response:
        token = request.cookies.get(visit.cookie, "")
        if not token:
            return _begin(request, here, visit)
        action = _OPENINGS.get(opening) or (f"procedure:{code}" if code else "")
        if action or not _exists(here, token):
            inbox.receive(_arrival(token, action=action or "menu:start"))
            return RedirectResponse(f"{visit.address()}#cuoi", status_code=303)
        return _page(request, here, visit, token, size)

    @routes.post(f"{PATH}/tin")
    def say(  # a form has this many fields
        request: Request,
        here: Here,
        visit: Visiting,
        text: Annotated[str, Form(max_length=200_000)] = "",
        action: Annotated[str, Form(max_length=200)] = "",
        form: Annotated[str, Form(alias="khoa", max_length=60)] = "",
        tep: Annotated[list[UploadFile], File()] = [],  # noqa: B006  # read only
    ) -> Response:
        token = request.cookies.get(visit.cookie) or secrets.token_urlsafe(24)
        before = transcript.cursor(here, key_of(token))
        throttle.take(key_of(token), here.clock())
        uploads = [Upload(clean_name(f.filename), f.file.read()) for f in tep if f.filename]
        arrival = _arrival(token, text=text, action=action, uploads=tuple(uploads), form=form)
        if text.strip() or action or uploads:
            inbox.receive(arrival)
        if request.headers.get("hx-request"):
            response: Response = _new(request, here, visit, token, before, sent=True)
        else:
            response = RedirectResponse(f"{visit.address()}#cuoi", status_code=303)
        visit.keep(response, visit.cookie, token)
        return response

    routes.include_router(_looking)
    return routes


@_looking.get(f"{PATH}/tin-moi")
def news(
    request: Request,
    here: Here,
    visit: Visiting,
    after: Annotated[str, Query(alias="sau", pattern=r"^\d{1,15}\.\d{1,15}$")] = "0.0",
) -> Response:
    """Give what was said since a cursor."""
    token = request.cookies.get(visit.cookie, "")
    response = _new(request, here, visit, token, after)
    if token and visit.mode is Mode.KIOSK:  # kept as long as the page is open, no longer
        visit.keep(response, visit.cookie, token)
    return response


@_looking.get(f"{PATH}/tep/{{file_token}}")
def file(request: Request, here: Here, visit: Visiting, file_token: Token) -> FileResponse:
    """Give a file of this conversation."""
    key = key_of(request.cookies.get(visit.cookie, ""))
    with here.database.reading() as session:
        row = _own_file(session, key, file_token)
    if row is None:
        raise NotFoundError("Không tìm thấy tệp này.", "Bạn mở lại cuộc trò chuyện.")
    return FileResponse(here.files.path(row), media_type=row.media_type, filename=row.name)


def _begin(request: Request, here: Site, visit: Visit) -> Response:
    """Give a browser its conversation, then come back to the same address."""
    if "moi" in request.query_params:
        return render(
            request,
            here,
            "error.html",
            http_status=400,
            status=400,
            back="/",
            sentence="Trình duyệt đang chặn cookie nên chưa mở được cuộc trò chuyện.",
            next_step="Bạn cho phép cookie của trang này, hoặc gọi số ở cuối trang.",
        )
    target = str(request.url.include_query_params(moi="1"))
    response = RedirectResponse(target, status_code=303)
    visit.keep(response, visit.cookie, secrets.token_urlsafe(24))
    return response


def key_of(token: str) -> str:
    """The conversation is known by a hash: whoever reads the database cannot take it over."""
    return sha256(token.encode()).hexdigest()


def _arrival(
    token: str,
    *,
    text: str = "",
    action: str = "",
    uploads: tuple[Upload, ...] = (),
    form: str = "",
) -> Arrival:
    return Arrival(
        channel=CHANNEL,
        key=_update_key(token, form, text, action, uploads),
        chat_key=key_of(token),
        text=text,
        action=action,
        raw={"chat": key_of(token), "text": text, "action": action},
        uploads=uploads,
    )


def _update_key(token: str, form: str, text: str, action: str, uploads: tuple[Upload, ...]) -> str:
    """Return the key of what a form sends: the same twice is one message, a double click.

    Other words from the same form, as after going back in the browser, are another message.
    """
    if not form:
        return secrets.token_hex(16)
    parts = [token, form, text, action]
    parts += [part for file in uploads for part in (file.name, sha256(file.content).hexdigest())]
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def read_update(raw: dict[str, str], key: str) -> Arrival:
    """Return a kept message as an arrival again, for the staff to retry."""
    return Arrival(
        channel=CHANNEL,
        key=key,
        chat_key=raw["chat"],
        text=raw["text"],
        action=raw["action"],
        raw=dict(raw),
    )


def _exists(here: Site, token: str) -> bool:
    with here.database.reading() as session:
        return transcript.chat_of(session, key_of(token)) is not None


def _page(request: Request, here: Site, visit: Visit, token: str, size: str) -> Response:
    messages, last = transcript.messages(here, key_of(token))
    remembered = request.cookies.get(visit.size_cookie) == "lon"
    response = render(
        request,
        here,
        "chat.html",
        messages=messages,
        last_id=last,
        draft_hint="",
        visit=visit,
        form_key=secrets.token_urlsafe(9),
        large=size == "lon" or (size != "thuong" and remembered),
    )
    if size:
        visit.keep(response, visit.size_cookie, size)
    if visit.mode is Mode.KIOSK:
        visit.keep(response, visit.cookie, token)
    return response


def _new(  # a part of the page has this many sides
    request: Request, here: Site, visit: Visit, token: str, after: str, *, sent: bool = False
) -> HTMLResponse:
    messages, last = transcript.messages(here, key_of(token), after)
    return render(
        request,
        here,
        "chat/_messages.html",
        messages=messages,
        last_id=last,
        visit=visit,
        form_key=secrets.token_urlsafe(9),
        sent=sent,
    )


def _own_file(session: Session, chat_key: str, token: str) -> Attachment | None:
    """Return a file of this conversation, or a proof attached to one of its cases."""
    chat = transcript.chat_of(session, chat_key)
    row = session.exec(select(Attachment).where(Attachment.token == token)).first()
    if not chat or not row:
        return None
    case = session.get(Case, row.case_id) if row.case_id else None
    mine = row.chat_id == chat.id or (case is not None and case.chat_id == chat.id)
    return row if mine else None
