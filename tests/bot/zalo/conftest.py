"""The Zalo doubles, an installation linked to them, and people who write there."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.tokens.models import AccessToken
from api.web.site import Site
from bot.deliverer import Deliverer
from bot.inbox import Inbox
from bot.media import MediaFetcher
from bot.service import Service, build
from bot.zalo_bot.send import ZaloBotChannel
from bot.zalo_oa import tokens
from bot.zalo_oa.oauth import Pair
from bot.zalo_oa.send import ZaloOaChannel
from bot.zalo_oa.webhook import PATH
from tests.bot.people import Person
from tests.doubles import zalo_bot, zalo_oa
from tests.doubles.server import serve
from tests.doubles.zalo_bot import ZaloBotDouble
from tests.doubles.zalo_oa import ZaloOaDouble

LAN_ID, TU_ID = "246845883529197922", "8309393969855402319"
BOT_SECRET = "bi-mat-cua-bot"


@pytest.fixture(scope="session")
def oa_host() -> Iterator[tuple[ZaloOaDouble, str]]:
    """The double of the Official Account and its address."""
    double = ZaloOaDouble()
    with serve(double) as url:
        double.world.url = url
        yield double, url


@pytest.fixture
def zalo(oa_host: tuple[ZaloOaDouble, str]) -> Iterator[ZaloOaDouble]:
    """The double, empty, where chị Lan and bác Tư have written once."""
    double = oa_host[0]
    double.reset()
    double.meet(LAN_ID)
    double.meet(TU_ID, "bác Tư")
    yield double
    double.reset()


@pytest.fixture
def oa_site(site: Site, oa_host: tuple[ZaloOaDouble, str], zalo: ZaloOaDouble) -> Site:
    """The installation with an account that was linked just now."""
    opened = with_oa(site, oa_host[1])
    link_up(opened, zalo)
    return opened


def with_oa(site: Site, url: str, **more: object) -> Site:
    """Give an installation an account on the double at this address."""
    known = {
        "zalo_oa_app_id": zalo_oa.APP_ID,
        "zalo_oa_app_secret": zalo_oa.APP_SECRET,
        "zalo_oa_secret": zalo_oa.OA_SECRET,
        "zalo_oa_base_url": url,
        "zalo_oa_oauth_url": url,
        "zalo_media_hosts": "http://127.0.0.1",
        "worker": False,
    }
    return changed(site, **{**known, **more})


def changed(site: Site, **more: object) -> Site:
    """Return an installation with other settings."""
    settings = type(site.settings).model_validate({**site.settings.model_dump(), **more})
    return replace(site, settings=settings)


def link_up(site: Site, zalo: ZaloOaDouble) -> Pair:
    """Keep a fresh pair of tokens, as after the administrator's consent."""
    given = zalo.issue()
    life = timedelta(seconds=int(given["expires_in"]))
    pair = Pair(given["access_token"], given["refresh_token"], life)
    with site.database.writing() as session:
        tokens.link(session, pair, zalo.world.oa_id, None, site.clock())
    return pair


def kept_pair(site: Site) -> AccessToken:
    """Return the pair that the database holds."""
    with site.database.reading() as session:
        row = tokens.linked(session)
        session.expunge_all()
    assert row is not None
    return row


@pytest.fixture
def oa_service(oa_site: Site) -> Service:
    """The whole installation; nothing runs in the background."""
    return build(oa_site)


@dataclass
class Post:
    """Zalo at the door: posts events as it signs them."""

    client: TestClient
    zalo: ZaloOaDouble

    def __call__(self, event: dict[str, Any], secret: str = "") -> int:
        """Post an event; returns the HTTP status."""
        raw, headers = self.zalo.signed(event, secret)
        return self.client.post(PATH, content=raw, headers=headers).status_code


@pytest.fixture
def post(oa_service: Service, zalo: ZaloOaDouble) -> Post:
    """Whoever calls the webhook."""
    return Post(TestClient(oa_service.app, raise_server_exceptions=False), zalo)


@dataclass
class Wire:
    """One channel in an event loop of its own."""

    site: Site
    channel: Any
    run: Callable[[Coroutine[Any, Any, Any]], Any]

    def deliver(self) -> int:
        """One step of the deliverer; returns how many messages were tried."""
        site = self.site
        step = Deliverer(site.database, self.channel, site.files, site.clock).step()
        return int(self.run(step))

    def deliver_all(self) -> None:
        """Deliver until nothing is due."""
        while self.deliver():
            pass

    def fetch(self) -> int:
        """One step of the fetcher; returns how many files were tried."""
        site = self.site
        step = MediaFetcher(site.database, self.channel, site.files, site.clock).step()
        return int(self.run(step))


@pytest.fixture
def wire(oa_site: Site) -> Iterator[Wire]:
    """The account as messages go through it."""
    yield from wired(oa_site, ZaloOaChannel(oa_site))


def wired(site: Site, channel: Any) -> Iterator[Wire]:
    """Open a channel in a loop for as long as a test lasts."""
    with asyncio.Runner() as runner:
        yield Wire(site, channel, runner.run)
        runner.run(_close(channel))


async def _close(channel: Any) -> None:
    async with channel.opened():
        pass


@pytest.fixture
def lan(oa_service: Service) -> Person:
    """Chị Lan on Zalo OA."""
    return Person(oa_service.inbox, LAN_ID, "zalo_oa")


@pytest.fixture
def keeper(oa_site: Site) -> Iterator[tuple[tokens.TokenKeeper, Callable[..., Any]]]:
    """What renews the pair, and a way to run it."""
    with asyncio.Runner() as runner:
        http = httpx.AsyncClient()
        yield (
            tokens.TokenKeeper(oa_site.database, oa_site.settings, oa_site.clock, http),
            runner.run,
        )
        runner.run(http.aclose())


@pytest.fixture(scope="session")
def bot_host() -> Iterator[tuple[ZaloBotDouble, str]]:
    """The double of the Zalo Bot Platform and its address."""
    double = ZaloBotDouble()
    with serve(double) as url:
        double.url = url
        yield double, url


@pytest.fixture
def bot_double(bot_host: tuple[ZaloBotDouble, str]) -> Iterator[ZaloBotDouble]:
    """The double, empty."""
    bot_host[0].reset()
    yield bot_host[0]
    bot_host[0].reset()


@pytest.fixture
def bot_site(site: Site, bot_host: tuple[ZaloBotDouble, str], bot_double: ZaloBotDouble) -> Site:
    """The installation with a bot on the double."""
    return with_zalo_bot(site, bot_host[1])


def with_zalo_bot(site: Site, url: str, **more: object) -> Site:
    """Give an installation a bot on the double at this address."""
    known = {
        "zalo_bot_token": zalo_bot.TOKEN,
        "zalo_bot_secret": BOT_SECRET,
        "zalo_bot_base_url": f"{url}/bot",
        "zalo_media_hosts": "http://127.0.0.1",
        "worker": False,
    }
    return changed(site, **{**known, **more})


@pytest.fixture
def bot_inbox(bot_site: Site) -> Inbox:
    """Where the bot's updates go."""
    return build(bot_site).inbox


@pytest.fixture
def bot_wire(bot_site: Site) -> Iterator[Wire]:
    """The bot as messages go through it."""
    yield from wired(bot_site, ZaloBotChannel(bot_site))
