"""Checks before any route: body size, forged requests, and headers after it."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import parse_qs, urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ForbiddenError, TooLargeError

Next = Callable[[Request], Awaitable[Response]]

_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors "
)
SECURITY_HEADERS = {
    "Content-Security-Policy": f"{_POLICY}'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
}
_PERSONAL = (
    "/can-bo",
    "/tro-chuyen",
    "/tra-cuu/",
)  # what they show may not stay in a shared browser
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FROM_HERE = {"same-origin", "none"}


class HeaderGuard:
    """Adds the security headers to every response.

    Only the chat, opened for a frame, may be framed, and only by the portals of the setting.
    """

    def __init__(self, app: ASGIApp, embed_origins: Sequence[str] = ()) -> None:
        self._app = app
        self._framed = f"{_POLICY}{' '.join(embed_origins)}" if embed_origins else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if self._framed and _for_a_frame(scope):
                    headers.setdefault("Content-Security-Policy", self._framed)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(_PERSONAL):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _for_a_frame(scope: Scope) -> bool:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return str(scope["path"]).startswith("/tro-chuyen") and asked.get("nhung") == ["1"]


class BodyGuard:
    """Refuses bodies over a limit in bytes, also those that do not say how long they are."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            await self._refuse(scope, receive, send)
            return
        taken = 0
        started = False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise TooLargeError(*self._sentence())
            return message

        async def sent(message: Message) -> None:
            nonlocal started
            if taken <= self._limit:  # else: what the framework makes of the broken body
                started = True
                await send(message)

        try:
            await self._app(scope, counted, sent)
        except TooLargeError:
            if taken <= self._limit:
                raise
        if taken > self._limit and not started:
            await self._refuse(scope, receive, send)

    def _sentence(self) -> tuple[str, str]:
        limit = self._limit // 2**20
        return f"Nội dung gửi lên lớn hơn {limit} MB.", "Bạn gửi ít tệp hơn hoặc tệp nhỏ hơn."

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        first, then = self._sentence()
        response = Response(f"{first} {then}", status_code=413, media_type="text/plain")
        await response(scope, receive, send)


async def refuse_forged(request: Request) -> None:
    """Refuse a changing request that another site sent (Sec-Fetch-Site, else Origin).

    Browsers send one of the two; clients that send neither hold no cookies of a browser.
    Raises ForbiddenError.
    """
    if request.method in _SAFE:
        return
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None and fetched in _FROM_HERE:
        return
    origin = request.headers.get("origin")
    if fetched is None and (
        origin is None or urlsplit(origin).netloc == request.headers.get("host")
    ):
        return
    raise ForbiddenError(
        "Yêu cầu này đến từ một trang khác nên không được thực hiện.",
        "Bạn mở lại trang rồi thao tác lại.",
    )
