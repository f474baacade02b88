"""A stand-in for api.telegram.org that speaks HTTP.

Serve a ``TelegramDouble`` with ``server.serve`` and point the bot at ``<url>/bot`` (base URL) and
``<url>/file/bot`` (base file URL). Tests act through ``Controls`` and look through ``Sightings``.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .platform import Platform
from .telegram_controls import Controls
from .telegram_methods import Methods
from .telegram_params import read_params
from .telegram_shapes import ApiError, Json, error_body
from .telegram_sightings import Sightings
from .telegram_state import DOWNLOAD, HANG, Call, World
from .telegram_webhook import Deliverer

__all__ = ["HANG", "TOKEN", "TelegramDouble"]

TOKEN = "7000000001:token-of-the-test-double"


class TelegramDouble(Platform, Controls, Sightings):
    """An ASGI app with one bot. ``backoff`` and ``webhook_timeout`` in seconds."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "tro_ly_phuong_bot",
        backoff: float = 0.01,
        webhook_timeout: float = 5.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.world = World(token, username, clock)
        self._methods = Methods(self.world)
        self.methods = frozenset(self._methods.names.values())
        self._deliverer = Deliverer(self.world, backoff, webhook_timeout)
        self._app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
            ],
            lifespan=self._lifespan,
        )

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != self.token:
            return _json(401, error_body(ApiError(401, "Unauthorized")))
        asked = request.path_params["method"]
        method = self._methods.names.get(asked.lower(), asked)
        try:
            params = await read_params(request)
        except ApiError as error:
            return _json(error.status, error_body(error))
        status, body = await run_in_threadpool(self._answer, method, params, self._perform)
        return Response(body, status, media_type="application/json")

    async def _download(self, request: Request) -> Response:
        if request.path_params["token"] != self.token:
            return _json(401, error_body(ApiError(401, "Unauthorized")))
        params = {"path": request.path_params["path"]}
        status, body = await run_in_threadpool(self._answer, DOWNLOAD, params, self._fetch)
        kind = "application/octet-stream" if status == 200 else "application/json"
        return Response(body, status, media_type=kind)

    def _answer(
        self, method: str, params: Json, work: Callable[[str, Json], tuple[int, bytes]]
    ) -> tuple[int, bytes]:
        """Does the work unless a fault forbids it, logs the call, gives status and body."""
        with self.world.lock:
            fault = self.world.take_fault(method)
            status, body = 500, b""
            if fault is None or fault.after_effect:
                status, body = work(method, params)
            if fault is not None:
                status, body = fault.status, _dump(error_body(fault.error()))
            ledger = self.world.ledger
            ledger.calls.append(Call(method, params, status))
            self.world.lock.notify_all()
            if status == HANG:
                self.world.lock.wait_for(
                    lambda: self.world.closed or self.world.ledger is not ledger
                )
                return 504, b"{}"
            return status, body

    def _perform(self, method: str, params: Json) -> tuple[int, bytes]:
        if method not in self.methods:
            return 404, _dump(error_body(ApiError(404, "Not Found: method not found")))
        try:
            result = self._methods.run(method, params)
        except ApiError as error:
            return error.status, _dump(error_body(error))
        return 200, _dump({"ok": True, "result": result})

    def _fetch(self, _method: str, params: Json) -> tuple[int, bytes]:
        for kept in self.world.ledger.files.values():
            if kept.path == params["path"]:
                return 200, kept.content
        return 404, _dump(error_body(ApiError(404, "Not Found")))


def _dump(body: Any) -> bytes:
    return json.dumps(body).encode()


def _json(status: int, body: Json) -> Response:
    return Response(_dump(body), status, media_type="application/json")
