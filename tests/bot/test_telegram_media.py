"""Files that people send over Telegram: fetched behind the words, kept with the case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from api.files.models import Attachment
from api.web.site import Site
from bot.channel import RetryLaterError
from bot.inbox import Inbox
from bot.media import MediaFetcher
from tests.bot.conftest import LAN_CHAT, Wire, picture, sqlite_only
from tests.bot.people import Person, cases
from tests.bot.talk import LAMP
from tests.conftest import FrozenClock
from tests.doubles.telegram import TelegramDouble

pytestmark = sqlite_only

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def files(site: Site) -> list[Attachment]:
    with site.database.reading() as session:
        return list(session.exec(select(Attachment).order_by(col(Attachment.id))))


def test_a_photo_is_known_at_once_and_fetched_after_the_commit(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site
) -> None:
    telegram.send_photo(LAN_CHAT, picture(), caption=LAMP)
    wire.poll(inbox)
    (waiting,) = files(site)
    assert (waiting.stored, waiting.case_id) == ("", None)
    assert wire.fetch() == 1
    (kept,) = files(site)
    assert (kept.media_type, kept.error) == ("image/jpeg", "")
    assert site.files.path(kept).read_bytes().startswith(b"\xff\xd8")
    assert wire.fetch() == 0


def test_a_photo_belongs_to_the_case_whenever_it_is_fetched(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site, chat_lan: Person
) -> None:
    chat_lan.writes_up_to_sending()
    telegram.send_photo(LAN_CHAT, picture())
    wire.poll(inbox)
    chat_lan.taps("feedback:send")
    wire.fetch()
    with site.database.reading() as session:
        (case,) = cases(session)
    (kept,) = files(site)
    assert kept.case_id == case.id
    assert kept.stored


def test_a_document_is_fetched_with_its_name(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site
) -> None:
    telegram.send_document(LAN_CHAT, PDF, "đơn của tôi.pdf")
    wire.poll(inbox)
    wire.fetch()
    (kept,) = files(site)
    assert (kept.name, kept.media_type) == ("đơn của tôi.pdf", "application/pdf")
    assert site.files.path(kept).read_bytes() == PDF


def test_an_album_is_kept_whole(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site, chat_lan: Person
) -> None:
    chat_lan.says(LAMP)
    for _ in range(3):
        telegram.send_photo(LAN_CHAT, picture(), media_group_id="album-1")
    wire.poll(inbox)
    wire.fetch()
    assert [bool(kept.stored) for kept in files(site)] == [True] * 3
    assert "Đã nhận 3 tệp." in chat_lan.hears()


@pytest.mark.parametrize("method", ["getFile", "file"])
def test_a_photo_that_cannot_be_fetched_now_is_fetched_later(
    wire: Wire,
    inbox: Inbox,
    telegram: TelegramDouble,
    site: Site,
    clock: FrozenClock,
    method: str,
) -> None:
    telegram.send_photo(LAN_CHAT, picture())
    wire.poll(inbox)
    telegram.fault(method, 500)
    assert wire.fetch() == 1
    assert wire.fetch() == 0
    clock.pass_(hours=1)
    wire.fetch()
    (kept,) = files(site)
    assert kept.stored


def test_a_photo_that_is_gone_for_good_is_marked_after_some_tries(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site, clock: FrozenClock
) -> None:
    telegram.send_photo(LAN_CHAT, picture())
    wire.poll(inbox)
    telegram.fault("getFile", 500, times=100)
    tries = 0
    while wire.fetch():
        tries += 1
        clock.pass_(days=1)
    assert 3 <= tries <= 10
    (lost,) = files(site)
    assert lost.error.startswith("Chưa kết nối được Telegram")


def test_the_words_are_answered_although_the_photo_cannot_be_fetched(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, chat_lan: Person
) -> None:
    telegram.send_photo(LAN_CHAT, picture(), caption=LAMP)
    telegram.fault("getFile", 500, times=100)
    wire.poll(inbox)
    wire.fetch()
    wire.deliver_all()
    assert "“Phản ánh hiện trường”" in telegram.sent(LAN_CHAT)[-1].text


@pytest.mark.parametrize(("size", "limit"), [(21 * 2**20, 20), (11 * 2**20, 10)])
def test_a_file_over_a_limit_is_answered_with_a_sentence_and_not_fetched(
    wire: Wire, telegram: TelegramDouble, site: Site, chat_lan: Person, size: int, limit: int
) -> None:
    chat_lan.says(LAMP)
    telegram.send_document(LAN_CHAT, PDF, "bản đồ.pdf", size=size)
    wire.poll(chat_lan.inbox)
    assert f"“bản đồ.pdf” lớn hơn {limit} MB" in chat_lan.hears()
    assert wire.fetch() == 0
    assert files(site) == []


def test_the_sender_is_told_of_a_file_that_turns_out_to_be_unusable(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site, chat_lan: Person
) -> None:
    chat_lan.says(LAMP)
    telegram.send_document(LAN_CHAT, b"MZ" + b"\0" * 300, "anh.jpg", "image/jpeg")
    wire.poll(inbox)
    wire.fetch()
    assert "“anh.jpg”" in chat_lan.hears()
    assert files(site)[0].error


class SlowChannel:
    """A channel on which something else happens while a file is being fetched."""

    name = "telegram"

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._meanwhile = meanwhile

    async def fetch(self, _handle: str) -> bytes:
        self._meanwhile()
        return picture()


def test_a_photo_fetched_while_its_case_is_opened_stays_with_the_case(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site, chat_lan: Person
) -> None:
    chat_lan.writes_up_to_sending()
    telegram.send_photo(LAN_CHAT, picture())
    wire.poll(inbox)
    channel = SlowChannel(lambda: chat_lan.taps("feedback:send"))
    wire.run(MediaFetcher(site.database, channel, site.files, site.clock).step())
    with site.database.reading() as session:
        (case,) = cases(session)
    (kept,) = files(site)
    assert (kept.case_id, bool(kept.stored)) == (case.id, True)


def test_two_fetchers_at_once_do_not_fetch_a_photo_twice(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site
) -> None:
    telegram.send_photo(LAN_CHAT, picture())
    wire.poll(inbox)
    seen: list[int] = []

    class Other(SlowChannel):
        async def fetch(self, handle: str) -> bytes:
            other = MediaFetcher(site.database, self, site.files, site.clock)
            seen.append(await other.step())
            return await super().fetch(handle)

    wire.run(MediaFetcher(site.database, Other(lambda: None), site.files, site.clock).step())
    assert seen == [0]


def test_a_fetcher_that_died_leaves_its_photo_to_the_next(
    wire: Wire, inbox: Inbox, telegram: TelegramDouble, site: Site, clock: FrozenClock
) -> None:
    telegram.send_photo(LAN_CHAT, picture())
    wire.poll(inbox)

    def dies() -> None:
        raise RetryLaterError("mất điện", timedelta(0))

    wire.run(MediaFetcher(site.database, SlowChannel(dies), site.files, site.clock).step())
    clock.pass_(hours=1)
    assert wire.fetch() == 1
    assert files(site)[0].stored
