"""The Zalo Bot double behaves as the platform does."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .server import serve
from .zalo_bot import TOKEN, ZaloBotDouble

LAN = "6ede9afa66b88fe6d6a9"


@pytest.fixture(scope="module")
def bot_host() -> Iterator[tuple[ZaloBotDouble, str]]:
    double = ZaloBotDouble()
    with serve(double) as url:
        double.url = url
        yield double, url


@pytest.fixture
def zalo(bot_host: tuple[ZaloBotDouble, str]) -> ZaloBotDouble:
    bot_host[0].reset()
    return bot_host[0]


@pytest.fixture
def client(bot_host: tuple[ZaloBotDouble, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{bot_host[1]}/bot{TOKEN}", trust_env=False) as opened:
        yield opened


def ask(client: httpx.Client, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/{method}", json=params)
    return answer.status_code, dict(answer.json())


def test_an_idle_poll_ends_with_408(client: httpx.Client, zalo: ZaloBotDouble) -> None:
    status, body = ask(client, "getUpdates", timeout=0)
    assert (status, body["ok"]) == (408, False)


def test_a_poll_gives_one_object_and_forgets_it(client: httpx.Client, zalo: ZaloBotDouble) -> None:
    zalo.say(LAN, "một")
    zalo.say(LAN, "hai")
    texts = [ask(client, "getUpdates", timeout=0)[1]["result"]["message"]["text"] for _ in "12"]
    assert texts == ["một", "hai"]
    assert ask(client, "getUpdates", timeout=0)[0] == 408


def test_a_poll_is_refused_while_a_webhook_is_set(
    client: httpx.Client, zalo: ZaloBotDouble
) -> None:
    assert ask(client, "getWebhookInfo")[0] == 404
    ask(client, "setWebhook", url="http://127.0.0.1:9/hook", secret_token="bi-mat-123")
    assert ask(client, "getUpdates")[0] == 400
    assert ask(client, "getWebhookInfo")[1]["result"]["url"] == "http://127.0.0.1:9/hook"
    ask(client, "deleteWebhook")
    assert ask(client, "getUpdates", timeout=0)[0] == 408


def test_texts_over_2000_characters_and_short_secrets_are_refused(
    client: httpx.Client, zalo: ZaloBotDouble
) -> None:
    assert ask(client, "sendMessage", chat_id=LAN, text="a" * 2001)[0] == 400
    assert ask(client, "sendMessage", chat_id=LAN, text="a" * 2000)[0] == 200
    assert len(zalo.sent(LAN)) == 1
    assert ask(client, "setWebhook", url="http://127.0.0.1:9/", secret_token="ngan")[0] == 400


def test_a_wrong_token_an_unknown_method_and_a_fault_are_errors(
    client: httpx.Client, zalo: ZaloBotDouble, bot_host: tuple[ZaloBotDouble, str]
) -> None:
    assert httpx.post(f"{bot_host[1]}/botwrong/getMe", json={}).status_code == 401
    assert ask(client, "editMessageText")[0] == 404
    zalo.fault("sendMessage", 429)
    assert ask(client, "sendMessage", chat_id=LAN, text="a")[0] == 429
    assert ask(client, "getMe")[1]["result"]["can_join_groups"] is False


def test_the_webhook_gets_the_secret_and_repetitions(
    client: httpx.Client, zalo: ZaloBotDouble
) -> None:
    heard: list[tuple[str, str]] = []

    async def take(request: Request) -> Response:
        update = (await request.json())["result"]
        heard.append((request.headers["x-bot-api-secret-token"], update["message"]["text"]))
        return Response(status_code=500 if len(heard) == 1 else 200)

    with serve(Starlette(routes=[Route("/hook", take, methods=["POST"])])) as url:
        ask(client, "setWebhook", url=f"{url}/hook", secret_token="bi-mat-123")
        zalo.say(LAN, "một")
        zalo.wait_for(lambda: not zalo.ledger.queue)
        zalo.reset()
    assert heard == [("bi-mat-123", "một")] * 2
