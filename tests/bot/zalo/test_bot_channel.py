"""The Zalo Bot Platform: the same dialogue as numbered text, by webhook and by polls."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.web.site import Site
from bot.channel import Piece, SentFile
from bot.inbox import Inbox
from bot.service import Service, build
from bot.zalo_bot.check import check
from bot.zalo_bot.client import BotError
from bot.zalo_bot.poll import Poller
from bot.zalo_bot.receive import read_update
from bot.zalo_bot.webhook import PATH, SECRET_HEADER
from tests.bot.conftest import Commits, picture, sqlite_only
from tests.bot.people import Person, updates
from tests.bot.zalo.conftest import BOT_SECRET, Wire, changed
from tests.conftest import FrozenClock
from tests.doubles.server import serve
from tests.doubles.zalo_bot import ZaloBotDouble

LAN = "6ede9afa66b88fe6d6a9"


@pytest.fixture
def poller(bot_wire: Wire, bot_inbox: Inbox) -> Poller:
    """What asks the double for updates."""
    return Poller(bot_wire.channel.client, bot_inbox, wait=0)


def texts(double: ZaloBotDouble) -> list[str]:
    return [message.text for message in double.sent(LAN)]


def kept(site: Site) -> list[str]:
    with site.database.reading() as session:
        return [update.text for update in updates(session)]


@sqlite_only
def test_a_menu_is_numbered_text_and_a_number_picks(
    bot_double: ZaloBotDouble, bot_wire: Wire, poller: Poller
) -> None:
    bot_double.say(LAN, "/start")
    bot_double.say(LAN, "3")
    for _ in range(2):
        assert bot_wire.run(poller.step()) == 1
    assert bot_wire.run(poller.step()) == 0
    bot_wire.deliver_all()
    welcome, asked = texts(bot_double)
    assert "3. Tra cứu tình trạng" in welcome
    assert "mã" in asked.lower()


@sqlite_only
def test_an_update_handed_out_twice_is_answered_once(
    bot_double: ZaloBotDouble, bot_wire: Wire, poller: Poller
) -> None:
    bot_double.repeat(bot_double.say(LAN, "xin chào"))
    for _ in range(2):
        bot_wire.run(poller.step())
    bot_wire.deliver_all()
    assert len(texts(bot_double)) == 1


@sqlite_only
def test_an_update_that_could_not_be_kept_stays_in_hand(
    bot_double: ZaloBotDouble, bot_site: Site, bot_wire: Wire, poller: Poller, commits: Commits
) -> None:
    bot_double.say(LAN, "xin chào")
    commits.failing = 2
    with pytest.raises(OSError, match="no space"):
        bot_wire.run(poller.step())
    assert kept(bot_site) == []
    bot_wire.run(poller.step())
    assert kept(bot_site) == ["xin chào"]


@sqlite_only
def test_a_refused_poll_is_an_error_and_408_is_none(
    bot_double: ZaloBotDouble, bot_wire: Wire, poller: Poller
) -> None:
    assert bot_wire.run(poller.step()) == 0
    bot_double.fault("getUpdates", 401)
    with pytest.raises(BotError, match="401"):
        bot_wire.run(poller.step())


@sqlite_only
def test_long_answers_are_split_at_2000_characters(
    bot_double: ZaloBotDouble, bot_wire: Wire, bot_inbox: Inbox
) -> None:
    lan = Person(bot_inbox, LAN, "zalo_bot")
    lan.says("xin chào")
    with bot_inbox.database.writing() as session:
        from api.outbox.queue import enqueue  # noqa: PLC0415

        chat_id = lan.chat(session).id or 0
        enqueue(session, chat_id, ("ổ gà " * 420).strip(), bot_inbox.clock())
    bot_wire.deliver_all()
    assert len(texts(bot_double)) == 3
    assert max(map(len, texts(bot_double))) <= 2000


@sqlite_only
def test_a_picture_is_fetched_and_a_file_of_ours_is_named(
    bot_double: ZaloBotDouble, bot_wire: Wire, bot_inbox: Inbox, poller: Poller, bot_site: Site
) -> None:
    bot_double.send_photo(LAN, picture(), "đèn hỏng")
    bot_wire.run(poller.step())
    assert kept(bot_site) == ["đèn hỏng"]
    assert bot_wire.fetch() == 1
    (stored,) = bot_site.files.folder.iterdir()
    lan = Person(bot_inbox, LAN, "zalo_bot")
    with bot_inbox.database.reading() as session:
        chat = lan.chat(session)
        session.expunge_all()
    proof = SentFile("da-sua.jpg", "image/jpeg", stored)
    bot_wire.run(bot_wire.channel.send(chat, Piece(file=proof)))
    assert "“da-sua.jpg”" in texts(bot_double)[-1]


@sqlite_only
def test_a_quota_and_a_server_error_are_waited_out(
    bot_double: ZaloBotDouble, bot_wire: Wire, bot_inbox: Inbox, clock: FrozenClock
) -> None:
    lan = Person(bot_inbox, LAN, "zalo_bot")
    lan.says("xin chào")
    for status in (429, 403, 401):
        bot_double.fault("sendMessage", status)
        bot_wire.deliver_all()
        assert texts(bot_double) == []
        assert lan.owed()[-1].failed_at is None
        clock.pass_(minutes=10)
    bot_wire.deliver_all()
    assert len(texts(bot_double)) == 1


def test_groups_bots_and_unknown_events_are_left_alone(bot_double: ZaloBotDouble) -> None:
    in_group = bot_double.say(LAN, "xin chào")
    in_group["message"]["chat"]["chat_type"] = "GROUP"
    assert read_update(in_group) is None
    assert read_update(bot_double.event(LAN, "message.text.received", is_bot=True)) is None
    assert read_update(bot_double.event(LAN, "message.reaction.received")) is None


def test_updates_are_read_bare_and_wrapped(bot_double: ZaloBotDouble) -> None:
    bare = bot_double.say(LAN, "xin chào")
    first, second = read_update(bare), read_update({"ok": True, "result": bare})
    assert first is not None
    assert second is not None
    assert (first.key, first.text) == (second.key, second.text)


@pytest.fixture
def hooked(bot_site: Site) -> Site:
    """The installation with its bot in webhook mode."""
    return changed(bot_site, zalo_bot_mode="webhook")


@sqlite_only
def test_only_the_right_secret_opens_the_webhook(hooked: Site, bot_double: ZaloBotDouble) -> None:
    client = TestClient(build(hooked).app, raise_server_exceptions=False)
    update = bot_double.say(LAN, "xin chào")
    for secret in ("", "doan mo", BOT_SECRET[:-1]):
        assert client.post(PATH, json=update, headers={SECRET_HEADER: secret}).status_code == 403
    assert kept(hooked) == []
    right = {SECRET_HEADER: BOT_SECRET}
    assert client.post(PATH, json=update, headers=right).status_code == 200
    assert client.post(PATH, content=b"{}", headers=right).status_code == 400
    assert kept(hooked) == ["xin chào"]


@sqlite_only
def test_a_webhook_without_a_long_secret_cannot_be_set_up(bot_site: Site) -> None:
    with pytest.raises(ValueError, match="PAKN_ZALO_BOT_SECRET"):
        changed(bot_site, zalo_bot_mode="webhook", zalo_bot_secret="ngan")


@pytest.fixture
def live(hooked: Site) -> Iterator[Service]:
    """The served installation with its worker."""
    service = build(hooked)
    with serve(service.app) as url:
        hooked.settings.base_url = url
        service.worker.start()
        yield service
        service.worker.stop()


@sqlite_only
def test_a_message_is_answered_over_the_wire(live: Service, bot_double: ZaloBotDouble) -> None:
    bot_double.wait_for(lambda: bot_double.ledger.webhook)
    bot_double.say(LAN, "xin chào")
    (welcome,) = bot_double.wait_for(lambda: bot_double.sent(LAN), timeout=10)
    assert welcome.text.startswith("Xin chào bạn!")


@sqlite_only
def test_a_forgotten_webhook_and_a_wrong_token_are_found(
    bot_site: Site, bot_double: ZaloBotDouble
) -> None:
    assert asyncio.run(check(bot_site.settings)).findings == ()
    bot_double.ledger.webhook = "https://cu.example/hook"
    (found,) = asyncio.run(check(bot_site.settings)).findings
    assert "https://cu.example/hook" in found
    wrong = changed(bot_site, zalo_bot_token="9:sai").settings
    assert asyncio.run(check(wrong)).findings == ("Mã Zalo Bot (PAKN_ZALO_BOT_TOKEN) không đúng.",)
