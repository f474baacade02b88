"""The background of a process: it starts, is woken, survives trouble, and leaves nothing behind."""

import threading
from collections.abc import Iterator

import pytest

from api.web.site import Site
from bot.service import Service, build
from tests.bot.conftest import LAN_CHAT, Commits, sqlite_only
from tests.bot.people import Person
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_state import Webhook

pytestmark = sqlite_only


def workers() -> list[str]:
    """Return the threads of the worker and those that its event loop starts."""
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith(("pakn", "asyncio_"))]


def settled(telegram: TelegramDouble) -> None:
    """Wait until the worker has told Telegram about itself and polls."""
    telegram.wait_for(
        lambda: (
            telegram.world.ledger.polls
            and [call for call in telegram.calls if call.method == "deleteWebhook"]
        )
    )


@pytest.fixture
def polling(telegram_site: Site, telegram: TelegramDouble) -> Iterator[Service]:
    """The installation with its worker running, which polls."""
    service = build(telegram_site)
    service.worker.start()
    settled(telegram)
    yield service
    service.worker.stop()


def test_a_message_is_polled_handled_and_answered(
    polling: Service, telegram: TelegramDouble
) -> None:
    telegram.say(LAN_CHAT, "đăng ký tạm trú mất bao lâu")
    (card,) = telegram.wait_for(lambda: telegram.sent(LAN_CHAT))
    assert "Thời hạn giải quyết:" in card.text


def test_a_webhook_of_an_earlier_life_is_taken_down(
    telegram_site: Site, telegram: TelegramDouble
) -> None:
    with telegram.world.lock:
        telegram.world.ledger.webhook = Webhook("http://127.0.0.1:9/cu")
    service = build(telegram_site)
    service.worker.start()
    telegram.say(LAN_CHAT, "xin chào")
    telegram.wait_for(lambda: telegram.sent(LAN_CHAT), timeout=10)
    service.worker.stop()
    assert telegram.world.ledger.webhook is None


def test_stopping_leaves_no_thread(polling: Service, telegram: TelegramDouble) -> None:
    telegram.say(LAN_CHAT, "xin chào")
    telegram.wait_for(lambda: telegram.sent(LAN_CHAT))
    assert "pakn-worker" in workers()
    polling.worker.stop()
    assert workers() == []


def test_stopping_twice_or_before_starting_does_no_harm(
    telegram_site: Site, telegram: TelegramDouble
) -> None:
    worker = build(telegram_site).worker
    worker.stop()
    worker.start()
    settled(telegram)
    worker.stop()
    worker.stop()
    assert workers() == []


def test_waking_is_harmless_at_any_time(telegram_site: Site, telegram: TelegramDouble) -> None:
    worker = build(telegram_site).worker
    worker.wake()
    worker.start()
    worker.wake()
    settled(telegram)
    worker.stop()
    worker.wake()


def test_without_a_channel_that_pushes_there_is_no_thread(service: Service) -> None:
    service.worker.start()
    assert workers() == []
    service.worker.stop()


def test_what_was_owed_while_the_worker_was_down_is_sent_when_it_starts(
    telegram_site: Site, telegram: TelegramDouble
) -> None:
    service = build(telegram_site)
    Person(service.inbox, str(LAN_CHAT)).says("xin chào")
    service.worker.start()
    telegram.wait_for(lambda: telegram.sent(LAN_CHAT))
    settled(telegram)
    service.worker.stop()


def test_trouble_with_the_database_stops_neither_polling_nor_sending(
    polling: Service, telegram: TelegramDouble, commits: Commits
) -> None:
    commits.failing = 3
    telegram.say(LAN_CHAT, "xin chào")
    telegram.wait_for(lambda: telegram.sent(LAN_CHAT), timeout=10)
    assert "pakn-worker" in workers()


def test_a_telegram_that_is_down_at_the_start_is_told_later(
    telegram_site: Site, telegram: TelegramDouble
) -> None:
    telegram.fault("deleteWebhook", 500)
    service = build(telegram_site)
    service.worker.start()
    told = telegram.wait_for(
        lambda: [c.status for c in telegram.calls if c.method == "deleteWebhook"][1:]
    )
    service.worker.stop()
    assert told == [200]
