"""The address that Telegram calls."""

import hmac
import json

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from bot.inbox import Inbox
from bot.telegram.receive import read_update

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header


def router(inbox: Inbox, secret: str) -> APIRouter:
    """Return the route; secret is compared in constant time before anything is read."""
    routes = APIRouter(include_in_schema=False)

    @routes.post(PATH)
    async def receive(request: Request) -> JSONResponse:
        given = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return JSONResponse({"ok": False}, status_code=403)
        try:
            raw = json.loads(await request.body())
            arrival = read_update(raw)
        except (ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({"ok": False}, status_code=400)
        if arrival is None:
            return JSONResponse({"ok": True})
        await run_in_threadpool(inbox.receive, arrival)
        tap = raw.get("callback_query")
        if tap:  # answered in the reply itself: one request less
            return JSONResponse({"method": "answerCallbackQuery", "callback_query_id": tap["id"]})
        return JSONResponse({"ok": True})

    return routes
