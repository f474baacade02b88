"""Asking Telegram for updates: the offset moves only behind what was committed."""

import asyncio

import pytest
from telegram.error import Conflict

from api.web.site import Site
from bot.inbox import Inbox
from bot.telegram.poll import Poller
from tests.bot.conftest import LAN_CHAT, TU_CHAT, Commits, Wire, sqlite_only
from tests.bot.people import Person, cases, updates
from tests.doubles.telegram import TelegramDouble

pytestmark = sqlite_only


@pytest.fixture
def poller(wire: Wire, inbox: Inbox) -> Poller:
    """A poller that does not wait for updates."""
    return Poller(wire.channel.bot, inbox, wait=0)


def heard(site: Site) -> list[str]:
    with site.database.reading() as session:
        return [update.text for update in updates(session)]


def offsets(telegram: TelegramDouble) -> list[int]:
    """Return the offset of every poll; 0 where none was given."""
    polls = [call for call in telegram.calls if call.method == "getUpdates"]
    return [int(call.params.get("offset") or 0) for call in polls]


def test_updates_are_handled_in_order_and_confirmed_by_the_next_poll(
    wire: Wire, poller: Poller, telegram: TelegramDouble, site: Site
) -> None:
    for text in ("một", "hai", "ba"):
        last = telegram.say(LAN_CHAT, text)
    assert wire.run(poller.step()) == 3
    assert heard(site) == ["một", "hai", "ba"]
    assert telegram.pending() == 3
    assert wire.run(poller.step()) == 0
    assert telegram.pending() == 0
    assert offsets(telegram) == [0, last.update_id + 1]


def test_an_update_that_could_not_be_committed_is_fetched_again(
    wire: Wire, poller: Poller, telegram: TelegramDouble, commits: Commits, site: Site
) -> None:
    telegram.say(LAN_CHAT, "xin chào")
    commits.failing = 2
    with pytest.raises(OSError, match="no space left"):
        wire.run(poller.step())
    assert heard(site) == []
    wire.run(poller.step())
    assert heard(site) == ["xin chào"]
    assert offsets(telegram) == [0, 0]


def test_what_was_committed_before_a_failure_is_not_fetched_again(
    wire: Wire, poller: Poller, telegram: TelegramDouble, inbox: Inbox, site: Site
) -> None:
    first = telegram.say(LAN_CHAT, "một")
    wire.run(poller.step())
    telegram.say(LAN_CHAT, "hai")
    site.database.close()
    wire.run(poller.step())
    assert offsets(telegram) == [0, first.update_id + 1]
    assert heard(site) == ["một", "hai"]


def test_a_new_poller_that_gets_the_same_updates_handles_none_twice(
    wire: Wire, telegram: TelegramDouble, inbox: Inbox, site: Site
) -> None:
    Person(inbox, str(LAN_CHAT)).writes_up_to_sending()
    telegram.say(LAN_CHAT, "gửi")
    for _ in range(2):
        assert wire.poll(inbox) == 1
    with site.database.reading() as session:
        assert len(cases(session)) == 1


def test_a_message_in_a_group_is_passed_over_for_good(
    wire: Wire, poller: Poller, telegram: TelegramDouble, site: Site
) -> None:
    telegram.say(-100_500, "xin chào")
    wire.run(poller.step())
    wire.run(poller.step())
    assert telegram.pending() == 0
    assert heard(site) == []


def test_a_tap_is_answered_after_it_was_handled(
    wire: Wire, poller: Poller, telegram: TelegramDouble, inbox: Inbox
) -> None:
    Person(inbox, str(LAN_CHAT)).says("menu")
    wire.deliver_all()
    (menu,) = telegram.sent(LAN_CHAT)
    telegram.tap(LAN_CHAT, menu.message_id, menu.buttons()["Hỏi thủ tục"])
    wire.run(poller.step())
    assert len(telegram.answers) == 1
    wire.deliver_all()
    assert telegram.sent(LAN_CHAT)[-1].text.startswith("Bạn muốn hỏi thủ tục nào?")


def test_a_tap_too_old_to_be_answered_is_handled_all_the_same(
    wire: Wire, poller: Poller, telegram: TelegramDouble, inbox: Inbox
) -> None:
    lan = Person(inbox, str(LAN_CHAT))
    lan.says("menu")
    wire.deliver_all()
    telegram.age_queries()
    telegram.tap(LAN_CHAT, telegram.sent(LAN_CHAT)[0].message_id, "menu:ask")
    wire.run(poller.step())
    assert lan.hears().startswith("Bạn muốn hỏi thủ tục nào?")
    wire.run(poller.step())
    assert telegram.pending() == 0


def test_a_deep_link_shows_the_procedure(
    wire: Wire, poller: Poller, telegram: TelegramDouble
) -> None:
    telegram.say(LAN_CHAT, "/start procedure_1_001193")
    wire.run(poller.step())
    wire.deliver_all()
    assert "(mã 1.001193)" in telegram.sent(LAN_CHAT)[-1].text


def test_a_second_poller_is_reported_as_a_conflict(
    wire: Wire, poller: Poller, telegram: TelegramDouble
) -> None:
    wire.run(wire.channel.bot.set_webhook("http://127.0.0.1:9/"))
    with pytest.raises(Conflict):
        wire.run(poller.step())


def test_polling_goes_on_after_telegram_and_the_database_failed(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, commits: Commits, site: Site
) -> None:
    telegram.fault("getUpdates", 502)
    telegram.say(TU_CHAT, "xin chào")
    commits.failing = 2

    async def polls() -> None:
        running = asyncio.create_task(Poller(wire.channel.bot, inbox, wait=1).run())
        confirmed = asyncio.to_thread(telegram.wait_for, lambda: telegram.pending() == 0, 20)
        await asyncio.wait({running, asyncio.create_task(confirmed)}, return_when="FIRST_COMPLETED")
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    wire.run(polls())
    assert heard(site) == ["xin chào"]
