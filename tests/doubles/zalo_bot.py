"""A stand-in for the Zalo Bot Platform that speaks HTTP: one-object polls, 408, webhook secret."""

import contextlib
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple, TypeVar

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

__all__ = ["HANG", "TOKEN", "ZaloBotDouble"]

Json = dict[str, Any]
T = TypeVar("T")
TOKEN = "12345689:abc-xyz"
HANG = 0
SECRET_HEADER = "X-Bot-Api-Secret-Token"
LONGEST_TEXT = 2000


class Call(NamedTuple):
    """A request: method, parameters, the HTTP status answered."""

    method: str
    params: Json
    status: int


@dataclass(frozen=True)
class Sent:
    """A message of the bot: its number, its text or caption, the address of its picture."""

    message_id: str
    text: str
    photo: str = ""


@dataclass(eq=False)
class Ledger:
    """All that ``reset`` forgets."""

    queue: list[Json] = field(default_factory=list)
    sent: dict[str, list[Sent]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    faults: list[list[Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    webhook: str = ""
    secret: str = ""
    polls: int = 0


class ZaloBotDouble:
    """An ASGI app with one bot; ``poll_seconds`` is the longest that a poll waits."""

    def __init__(self, token: str = TOKEN, *, poll_seconds: float = 0.05) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.ledger = Ledger()
        self.url = ""
        self._token = token
        self._poll_seconds = poll_seconds
        self._closed = False
        self._numbers = count(1)
        self._thread: threading.Thread | None = None
        self._app = Starlette(
            routes=[
                Route("/media/{number}", self._media, methods=["GET"]),
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            ],
            lifespan=self._lifespan,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI entry."""
        await self._app(scope, receive, send)

    def close(self) -> None:
        """End polls, hanging answers and the delivery of updates."""
        with self.lock:
            self._closed = True
            self.lock.notify_all()
        if self._thread is not None:
            self._thread.join(10)
            self._thread = None

    def say(self, chat: str, text: str, name: str = "chị Lan") -> Json:
        """Somebody writes to the bot."""
        return self._queue(chat, "message.text.received", {"text": text}, name)

    def send_photo(self, chat: str, content: bytes, caption: str = "") -> Json:
        """Somebody sends a picture; its address is one of the double."""
        number = self._number("media")
        with self.lock:
            self.ledger.media[number] = content
        body = {"photo_url": f"{self.url}/media/{number}", "caption": caption}
        return self._queue(chat, "message.image.received", body)

    def send_voice(self, chat: str, content: bytes) -> Json:
        """Somebody records their voice."""
        number = self._number("media")
        with self.lock:
            self.ledger.media[number] = content
        body = {"voice_url": f"{self.url}/media/{number}"}
        return self._queue(chat, "message.voice.received", body)

    def event(self, chat: str, name: str, *, is_bot: bool = False, **body: Any) -> Json:
        """Any update."""
        return self._queue(chat, name, body, is_bot=is_bot)

    def repeat(self, update: Json) -> None:
        """Hand an update out once more."""
        with self.lock:
            self.ledger.queue.append(update)
            self.lock.notify_all()

    def fault(self, method: str, status: int, times: int = 1) -> None:
        """The next calls of the method get this HTTP status; 0 never answers."""
        with self.lock:
            self.ledger.faults.append([method, status, times])

    def reset(self) -> None:
        """Forget everything, as a new double, but never use an id twice."""
        with self.lock:
            self.ledger = Ledger()
            self.lock.notify_all()

    def sent(self, chat: str) -> list[Sent]:
        """The bot's messages to somebody, oldest first."""
        with self.lock:
            return list(self.ledger.sent.get(chat, []))

    def called(self, method: str) -> list[Call]:
        """Every answered request of a method."""
        with self.lock:
            return [call for call in self.ledger.calls if call.method == method]

    def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """The predicate's first true value; raises ``TimeoutError`` after ``timeout`` seconds."""
        with self.lock:
            seen = self.lock.wait_for(predicate, timeout)
            if not seen:
                done = [f"{call.method} {call.status}" for call in self.ledger.calls]
                raise TimeoutError(f"not seen in {timeout} s; calls: {done}")
            return seen

    def _number(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):06x}"

    def _queue(
        self, chat: str, name: str, body: Json, who: str = "chị Lan", *, is_bot: bool = False
    ) -> Json:
        person = {"id": chat, "display_name": who, "is_bot": is_bot}
        place = {"id": chat, "chat_type": "PRIVATE"}
        about = {"message_id": self._number("in"), "date": int(time.time() * 1000)}
        update = {"event_name": name, "message": {"from": person, "chat": place, **about, **body}}
        self.repeat(update)
        return update

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        self._closed = False
        self._thread = threading.Thread(target=self._post_all, name="zalo-bot", daemon=True)
        self._thread.start()
        yield
        await run_in_threadpool(self.close)

    async def _media(self, request: Request) -> Response:
        content = self.ledger.media.get(request.path_params["number"])
        return Response(content or b"", 200 if content is not None else 404)

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _answer(401, _refusal(401, "Unauthorized"))
        params = dict(request.query_params) | json.loads(await request.body() or b"{}")
        method = request.path_params["method"]
        return _answer(*await run_in_threadpool(self._run, method, params))

    def _run(self, method: str, params: Json) -> tuple[int, Json]:
        with self.lock:
            ledger = self.ledger
            status = self._take_fault(method)
            if status == HANG:
                self.lock.wait_for(lambda: self._closed or self.ledger is not ledger)
            known = {"sendMessage": self._send, "sendPhoto": self._send, "getUpdates": self._poll}
            known |= {"setWebhook": self._hook, "deleteWebhook": self._unhook}
            known |= {"getMe": self._me, "getWebhookInfo": self._info}
            if status is not None:
                body = _refusal(status or 504, "fault of the test double")
            elif method not in known:
                status, body = 404, _refusal(404, "Not Found")
            else:
                status, body = known[method](params)
            ledger.calls.append(Call(method, params, status))
            self.lock.notify_all()
            return status or 504, body

    def _take_fault(self, method: str) -> int | None:
        for fault in self.ledger.faults:
            if fault[0] == method and fault[2] > 0:
                fault[2] -= 1
                return int(fault[1])
        return None

    def _me(self, _params: Json) -> tuple[int, Json]:
        me = {"id": "1459232241454765289", "account_name": "bot.phuong", "can_join_groups": False}
        return 200, {"ok": True, "result": me}

    def _send(self, params: Json) -> tuple[int, Json]:
        text = str(params.get("text") or params.get("caption") or "")
        photo = str(params.get("photo") or "")
        if not (text or photo) or len(text) > LONGEST_TEXT or not params.get("chat_id"):
            return 400, _refusal(400, "Bad Request: text is invalid")
        sent = Sent(self._number("out"), text, photo)
        self.ledger.sent.setdefault(str(params["chat_id"]), []).append(sent)
        return 200, {"ok": True, "result": {"message_id": sent.message_id, "date": 1749632637199}}

    def _poll(self, params: Json) -> tuple[int, Json]:
        """One object; what was handed out is gone, for there is no offset."""
        ledger = self.ledger
        if ledger.webhook:
            return 400, _refusal(400, "Bad Request: webhook is set")
        ledger.polls += 1
        self.lock.notify_all()
        wait = min(float(params.get("timeout", 30)), self._poll_seconds)
        self.lock.wait_for(lambda: self._closed or self.ledger is not ledger or ledger.queue, wait)
        if not ledger.queue:
            return 408, {"ok": False, "description": "Request timeout", "error_code": 408}
        return 200, {"ok": True, "result": ledger.queue.pop(0)}

    def _hook(self, params: Json) -> tuple[int, Json]:
        if len(str(params.get("secret_token", ""))) < 8:
            return 400, _refusal(400, "Bad Request: secret_token is too short")
        self.ledger.webhook, self.ledger.secret = params["url"], params["secret_token"]
        return 200, {"ok": True, "result": {"url": params["url"], "updated_at": 1}}

    def _unhook(self, _params: Json) -> tuple[int, Json]:
        self.ledger.webhook = ""
        return 200, {"ok": True, "result": {"url": "", "updated_at": 1}}

    def _info(self, _params: Json) -> tuple[int, Json]:
        if not self.ledger.webhook:
            return 404, _refusal(404, "Not Found: webhook is not set")
        return 200, {"ok": True, "result": {"url": self.ledger.webhook, "updated_at": 1}}

    def _post_all(self) -> None:
        """Post waiting updates to the webhook, each until it is taken."""
        with httpx.Client(timeout=5, trust_env=False) as client:
            while True:
                with self.lock:
                    self.lock.wait_for(
                        lambda: self._closed or (self.ledger.webhook and self.ledger.queue)
                    )
                    if self._closed:
                        return
                    ledger, update = self.ledger, self.ledger.queue[0]
                self._post(client, ledger, update)

    def _post(self, client: httpx.Client, ledger: Ledger, update: Json) -> None:
        body = {"ok": True, "result": update}
        try:
            answer = client.post(ledger.webhook, json=body, headers={SECRET_HEADER: ledger.secret})
            status = answer.status_code
        except httpx.HTTPError:
            status = 0
        with self.lock:
            ledger.statuses.append(status)
            if status == 200 and update in ledger.queue:
                ledger.queue.remove(update)
            self.lock.notify_all()
            if status != 200:
                self.lock.wait_for(lambda: self._closed, 0.01)


def _refusal(status: int, description: str) -> Json:
    return {"ok": False, "error_code": status, "description": description}


def _answer(status: int, body: Json) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")
