"""One Telegram double, one real bot and one webhook receiver for the tests in this folder."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.request import HTTPXRequest

from .server import serve
from .telegram import TOKEN, TelegramDouble

T = TypeVar("T")
Ask = Callable[[Callable[[Bot], Coroutine[Any, Any, T]]], T]


class Receiver:
    """A webhook: notes each update, answers the ``statuses`` in turn, then 200."""

    def __init__(self) -> None:
        self.url = ""
        self.gate = threading.Event()
        self.clear()

    def clear(self) -> None:
        """Forgets what came; open and answering 200."""
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.gate.set()

    def app(self) -> Starlette:
        """The app to serve; every path is the webhook."""
        return Starlette(routes=[Route("/hook", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await run_in_threadpool(self.gate.wait, 5)
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture(scope="session")
def host() -> Iterator[tuple[TelegramDouble, str]]:
    """The double and its base URL."""
    double = TelegramDouble()
    with serve(double) as url:
        yield double, url


@pytest.fixture
def telegram(host: tuple[TelegramDouble, str]) -> TelegramDouble:
    """The double, empty."""
    host[0].reset()
    return host[0]


@pytest.fixture(scope="session")
def base(host: tuple[TelegramDouble, str]) -> str:
    """``http://127.0.0.1:port/bot<token>``."""
    return f"{host[1]}/bot{TOKEN}"


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """A plain client, for what the bot library would not send."""
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def ask(host: tuple[TelegramDouble, str]) -> Iterator[Ask[Any]]:
    """Runs ``lambda bot: bot.get_me()`` and the like on a real bot, in one event loop."""
    url = host[1]
    with asyncio.Runner() as runner:
        bot = Bot(
            TOKEN,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=HTTPXRequest(connection_pool_size=8),
            get_updates_request=HTTPXRequest(connection_pool_size=8),
        )
        runner.run(bot.initialize())
        yield lambda what: runner.run(what(bot))
        runner.run(bot.shutdown())


@pytest.fixture(scope="session")
def hook() -> Iterator[Receiver]:
    """The served receiver."""
    receiver = Receiver()
    with serve(receiver.app()) as url:
        receiver.url = f"{url}/hook"
        yield receiver


@pytest.fixture
def receiver(hook: Receiver, telegram: TelegramDouble) -> Iterator[Receiver]:
    """The receiver, empty; afterwards the double posts nothing more."""
    hook.clear()
    yield hook
    hook.gate.set()
    telegram.reset()
