"""The address that Zalo calls; it waits two seconds for the answer."""

import json

import structlog
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from api.settings import Settings
from bot.inbox import Inbox
from bot.zalo_oa.receive import read_event
from bot.zalo_oa.signature import HEADER, is_signed

log = structlog.get_logger(__name__)

PATH = "/zalo/oa/webhook"
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError)


def add_to(routes: APIRouter, inbox: Inbox, settings: Settings) -> None:
    """Add the route. Without the account's secret nothing is taken, but Zalo is told 200:

    its console shows the secret only after it has reached the address.
    """
    secret = settings.zalo_oa_secret.get_secret_value()

    @routes.post(PATH)
    async def receive(request: Request) -> JSONResponse:
        raw = await request.body()
        if not secret:
            log.warning("zalo event dropped: PAKN_ZALO_OA_SECRET is not set")
            return JSONResponse({"ok": True})
        try:
            if not is_signed(raw, request.headers.get(HEADER, ""), settings.zalo_oa_app_id, secret):
                return JSONResponse({"ok": False}, status_code=403)
            arrival = read_event(json.loads(raw))
        except _MALFORMED:
            return JSONResponse({"ok": False}, status_code=400)
        if arrival:
            await run_in_threadpool(inbox.receive, arrival)
        return JSONResponse({"ok": True})
