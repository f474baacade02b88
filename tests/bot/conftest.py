"""The inbox of a small installation, the people who write to it, and the Telegram double."""

import asyncio
import io
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import event
from structlog.testing import capture_logs

from api.catalogue.desk import CatalogueDesk
from api.web.site import Site
from bot.deliverer import Deliverer
from bot.inbox import Inbox
from bot.media import MediaFetcher
from bot.service import Service
from bot.telegram.link import channel_of
from bot.telegram.poll import Poller
from bot.telegram.send import TelegramChannel
from tests.bot.people import Person
from tests.conftest import MONDAY_MORNING, FrozenClock
from tests.doubles.server import serve
from tests.doubles.telegram import TOKEN, TelegramDouble

SECRET = "bi_mat-1"
LAN_CHAT, TU_CHAT = 1001, 1002

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of what is in front of the database; what is in it is tested on both."""


@pytest.fixture(scope="session")
def indexed() -> CatalogueDesk:
    """The small catalogue, indexed once: in every fresh database it is activation 1 of unit 1."""
    return CatalogueDesk(1, clock=FrozenClock(MONDAY_MORNING + timedelta(days=365)))


@pytest.fixture
def site(site: Site, indexed: CatalogueDesk) -> Site:
    """The installation of all tests, with the catalogue already indexed."""
    return replace(site, catalogue=indexed)


@pytest.fixture
def inbox(service: Service) -> Inbox:
    """Where all channels hand in what people sent."""
    return service.inbox


@pytest.fixture
def lan(inbox: Inbox) -> Person:
    """Chị Lan."""
    return Person(inbox)


@pytest.fixture
def tu(inbox: Inbox) -> Person:
    """Bác Tư."""
    return Person(inbox, "tu")


def picture(side: int = 8, kind: str = "PNG") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), "#0b5c4a").save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="session")
def double_host() -> Iterator[tuple[TelegramDouble, str]]:
    """The Telegram double and its address."""
    double = TelegramDouble()
    with serve(double) as url:
        yield double, url


@pytest.fixture
def telegram(double_host: tuple[TelegramDouble, str]) -> Iterator[TelegramDouble]:
    """The double, empty, where chị Lan and bác Tư have opened the conversation."""
    double = double_host[0]
    double.reset()
    double.open_chat(LAN_CHAT, "chị Lan")
    double.open_chat(TU_CHAT, "bác Tư")
    yield double
    double.reset()


@dataclass
class Wire:
    """One bot on the double in one event loop."""

    site: Site
    channel: TelegramChannel
    run: Callable[[Coroutine[Any, Any, Any]], Any]

    def deliver(self) -> int:
        """One step of a new deliverer; returns how many messages were tried."""
        return int(self.run(self.deliverer().step()))

    def deliverer(self) -> Deliverer:
        """Whoever delivers over this bot."""
        site = self.site
        return Deliverer(site.database, self.channel, site.files, site.clock)

    def deliver_all(self) -> None:
        """Deliver until nothing is due."""
        while self.deliver():
            pass

    def poll(self, inbox: Inbox) -> int:
        """Fetch updates once with a new poller; returns how many came."""
        return int(self.run(Poller(self.channel.bot, inbox, wait=0).step()))

    def fetch(self) -> int:
        """One step of the fetcher; returns how many files were tried."""
        site = self.site
        fetcher = MediaFetcher(site.database, self.channel, site.files, site.clock)
        return int(self.run(fetcher.step()))


@pytest.fixture
def chat_lan(inbox: Inbox) -> Person:
    """Chị Lan in her Telegram chat, where the double can be looked at."""
    return Person(inbox, str(LAN_CHAT))


@pytest.fixture
def chat_tu(inbox: Inbox) -> Person:
    """Bác Tư in his Telegram chat."""
    return Person(inbox, str(TU_CHAT))


@pytest.fixture
def telegram_site(site: Site, double_host: tuple[TelegramDouble, str]) -> Site:
    """The installation with a bot that talks to the double."""
    return with_bot(site, double_host[1])


def with_bot(site: Site, url: str, **more: object) -> Site:
    """Give an installation a bot on the double at this address."""
    known = {
        "telegram_token": TOKEN,
        "telegram_base_url": f"{url}/bot",
        "telegram_file_url": f"{url}/file/bot",
        "telegram_secret": SECRET,
    }
    settings = type(site.settings).model_validate({**site.settings.model_dump(), **known, **more})
    return replace(site, settings=settings)


@pytest.fixture
def wire(telegram_site: Site) -> Iterator[Wire]:
    """The bot of the installation, in an event loop of its own."""
    channel = channel_of(telegram_site.settings)
    assert channel is not None
    with asyncio.Runner() as runner:
        yield Wire(telegram_site, channel, runner.run)
        runner.run(_close(channel))


async def _close(channel: TelegramChannel) -> None:
    async with channel.opened():
        pass


class Commits:
    """Lets the next commits of a database fail, as a full disk would."""

    def __init__(self) -> None:
        self.failing = 0

    def __call__(self, _connection: object) -> None:
        if self.failing:
            self.failing -= 1
            raise OSError("no space left on device")


@pytest.fixture
def commits(site: Site) -> Iterator[Commits]:
    """The commits of the installation's database."""
    told = Commits()
    event.listen(site.database.engine, "commit", told)
    yield told
    event.remove(site.database.engine, "commit", told)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[dict[str, Any]]]:
    """What was logged, instead of on the screen."""
    with capture_logs() as entries:
        yield entries
