"""A stand-in for the Zalo Official Account API (OAuth v4, OpenAPI v3, ZBS) that speaks HTTP.

Serve a ``ZaloOaDouble`` with ``server.serve``; its address stands for all three hosts of Zalo.
"""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .platform import Platform
from .zalo_oa_methods import Methods
from .zalo_oa_people import Controls, Sightings
from .zalo_oa_state import HANG, ApiError, Call, Fault, Json, World
from .zalo_oa_webhook import Deliverer

__all__ = ["APP_ID", "APP_SECRET", "HANG", "OA_SECRET", "ZaloOaDouble"]

APP_ID = "360846524940903967"
APP_SECRET = "app-secret-of-the-test-double"
OA_SECRET = "oa-secret-of-the-test-double"
TOKEN_PATH = "/v4/oa/access_token"
_SHUT = ("/v3.0/oa/message/transaction", "/v3.0/oa/message/promotion")


class ZaloOaDouble(Platform, Controls, Sightings):
    """An ASGI app with one account. ``webhook_timeout`` and ``backoff`` in seconds."""

    def __init__(self, *, webhook_timeout: float = 2.0, backoff: float = 0.01) -> None:
        self.world = World(APP_ID, APP_SECRET, OA_SECRET)
        self._methods = Methods(self.world)
        self._deliverer = Deliverer(self.world, self.signed, webhook_timeout, backoff)
        self._app = Starlette(
            routes=[
                Route("/media/{number}", self._media, methods=["GET"]),
                Route("/{path:path}", self._call, methods=["GET", "POST"]),
            ],
            lifespan=self._lifespan,
        )

    async def _media(self, request: Request) -> Response:
        content = self.world.ledger.media.get(request.path_params["number"])
        fault = self.world.take_fault("/media")
        if fault or content is None:
            return Response(status_code=fault.status if fault else 404)
        return Response(content, media_type="application/octet-stream")

    async def _call(self, request: Request) -> Response:
        params = await _params(request)
        path = "/" + request.path_params["path"]
        headers = dict(request.headers)
        status, body = await run_in_threadpool(self._answer, path, headers, params)
        return Response(json.dumps(body), status, media_type="application/json")

    def _answer(self, path: str, headers: dict[str, str], params: Json) -> tuple[int, Json]:
        """Do the work unless a fault forbids it, log the call, give HTTP status and body."""
        with self.world.lock:
            ledger = self.world.ledger
            fault = self.world.take_fault(path)
            body: Json = {}
            if fault is None or fault.after_effect:
                body = self._perform(path, headers, params)
            if fault is not None:
                body = {"error": fault.code, "message": "fault of the test double"}
            known = {key: value for key, value in params.items() if not isinstance(value, bytes)}
            ledger.calls.append(Call(path, known, int(body.get("error", 0))))
            self.world.lock.notify_all()
            if _hangs(fault):
                self.world.lock.wait_for(
                    lambda: self.world.closed or self.world.ledger is not ledger
                )
            return (fault.status or 504) if fault else 200, body

    def _perform(self, path: str, headers: dict[str, str], params: Json) -> Json:
        try:
            if path == TOKEN_PATH:
                return self._methods.token(headers.get("secret_key", ""), params)
            self._methods.check_access(headers.get("access_token", ""))
            return {"data": self._run(path, params), "error": 0, "message": "Success"}
        except ApiError as error:
            body = {"error": error.code, "message": error.message}
            return {**body, "error_name": error.name} if error.name else body

    def _run(self, path: str, params: Json) -> Json:
        if path in _SHUT:
            raise ApiError(-240, "This API has been shut down")
        if path.startswith("/v2.0/oa/upload/"):
            name, content = params["name"], params["content"]
            return self._methods.upload(path.rsplit("/", 1)[-1], content, name)
        plain = {
            "/v3.0/oa/message/cs": self._methods.consult,
            "/v3.0/oa/message/template": self._methods.template,
            "/message/template": self._methods.template_by_phone,
            "/v3.0/oa/user/detail": self._methods.user_detail,
        }
        if path == "/v2.0/oa/getoa":
            return self._methods.account()
        if path not in plain:
            raise ApiError(-200, "API is not found")
        return plain[path](params)


def _hangs(fault: Fault | None) -> bool:
    return fault is not None and fault.status == HANG


async def _params(request: Request) -> Json:
    """The parameters of a request: JSON body, form, upload, or the JSON in ``?data=``."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        body: Any = json.loads(await request.body() or b"{}")
        return dict(body)
    if request.method == "GET":
        return dict(json.loads(request.query_params.get("data", "{}")))
    params: Json = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                params |= {"name": value.filename or "", "content": await value.read()}
            else:
                params[name] = value
    return params
