"""The server that runs a double."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from .server import serve
from .telegram import TOKEN, TelegramDouble


def test_the_server_ends_at_once_although_a_poll_is_open() -> None:
    double = TelegramDouble()
    with ThreadPoolExecutor() as pool:
        with serve(double) as url:
            address = f"{url}/bot{TOKEN}/getUpdates?timeout=50"
            answer = pool.submit(httpx.get, address, timeout=30)
            double.wait_for(lambda: double.world.ledger.polls)
        assert answer.result(10).json() == {"ok": True, "result": []}
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_an_app_that_cannot_start_is_an_error() -> None:
    async def broken(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    with pytest.raises(RuntimeError, match="did not start"), serve(broken):
        pass
    with serve(Starlette()) as url:
        assert httpx.get(url).status_code == 404
