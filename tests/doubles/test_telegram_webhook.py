"""Updates of the double by webhook, with its failures."""

from typing import Any

import httpx
import pytest
from telegram.error import BadRequest

from .conftest import Ask, Receiver
from .server import serve
from .telegram import TOKEN, TelegramDouble

LAN = 1001
TU = 1002


def _texts(receiver: Receiver) -> list[str]:
    return [update["message"]["text"] for update in receiver.updates]


def test_the_webhook_gets_updates_in_order_with_the_secret(
    ask: Ask[Any], telegram: TelegramDouble, receiver: Receiver
) -> None:
    telegram.say(LAN, "một")
    assert ask(lambda bot: bot.set_webhook(receiver.url, secret_token="s_1-A"))
    for text in ("hai", "ba"):
        telegram.say(TU, text)
    telegram.wait_for(lambda: telegram.pending() == 0)
    assert _texts(receiver) == ["một", "hai", "ba"]
    assert set(receiver.secrets) == {"s_1-A"}


def test_the_webhook_gets_an_update_again_until_it_takes_it(
    ask: Ask[Any], telegram: TelegramDouble, receiver: Receiver
) -> None:
    receiver.statuses = [500, 403]
    telegram.hold()
    ask(lambda bot: bot.set_webhook(receiver.url))
    telegram.say(LAN, "một")
    telegram.say(LAN, "hai")
    telegram.release()
    telegram.wait_for(lambda: telegram.pending() == 0)
    assert _texts(receiver) == ["một", "một", "một", "hai"]
    assert [d.status for d in telegram.deliveries] == [500, 403, 200, 200]
    assert receiver.secrets == [None] * 4
    info = ask(lambda bot: bot.get_webhook_info())
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
    assert info.last_error_date is not None


def test_webhook_info_counts_what_waits(
    ask: Ask[Any], telegram: TelegramDouble, receiver: Receiver
) -> None:
    assert ask(lambda bot: bot.get_webhook_info()).url == ""
    telegram.hold()
    ask(lambda bot: bot.set_webhook(receiver.url, allowed_updates=["message"], max_connections=2))
    telegram.say(LAN, "một")
    info = ask(lambda bot: bot.get_webhook_info())
    assert (info.url, info.pending_update_count, info.max_connections) == (receiver.url, 1, 2)
    assert (info.allowed_updates, info.last_error_message) == (("message",), None)
    with pytest.raises(TimeoutError):
        telegram.wait_for(lambda: telegram.deliveries, 0.05)
    ask(lambda bot: bot.delete_webhook(drop_pending_updates=True))
    assert telegram.pending() == 0


def test_a_webhook_that_is_slow_is_tried_again(receiver: Receiver, http: httpx.Client) -> None:
    hasty = TelegramDouble(webhook_timeout=0.1)
    with serve(hasty) as url:
        receiver.gate.clear()
        hasty.say(LAN, "một")
        http.post(f"{url}/bot{TOKEN}/setWebhook", data={"url": receiver.url})
        hasty.wait_for(lambda: hasty.deliveries)
        info = http.get(f"{url}/bot{TOKEN}/getWebhookInfo").json()["result"]
        assert info["last_error_message"] == "Read timeout expired"
        receiver.gate.set()
        hasty.wait_for(lambda: hasty.pending() == 0)
        assert hasty.deliveries[-1].status == 200


def test_a_webhook_that_is_away_counts_as_refused(ask: Ask[Any], telegram: TelegramDouble) -> None:
    ask(lambda bot: bot.set_webhook("http://127.0.0.1:9/hook"))
    telegram.say(LAN, "một")
    telegram.wait_for(lambda: telegram.deliveries)
    assert ask(lambda bot: bot.get_webhook_info()).last_error_message == "Connection refused"
    assert telegram.pending() == 1


def test_a_repeated_update_reaches_the_webhook_twice(
    ask: Ask[Any], telegram: TelegramDouble, receiver: Receiver
) -> None:
    ask(lambda bot: bot.set_webhook(receiver.url))
    number = telegram.say(LAN, "một").update_id
    telegram.repeat(number)
    telegram.wait_for(lambda: telegram.pending() == 0)
    assert [u["update_id"] for u in receiver.updates] == [number, number]


def test_a_webhook_needs_an_address_and_a_plain_secret(ask: Ask[Any]) -> None:
    with pytest.raises(BadRequest, match="unallowed characters"):
        ask(lambda bot: bot.set_webhook("http://127.0.0.1:9/", secret_token="bí mật"))
    with pytest.raises(BadRequest, match="Bad webhook"):
        ask(lambda bot: bot.set_webhook("ftp://127.0.0.1/"))
