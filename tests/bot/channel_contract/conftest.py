"""The channels under the suite: a new one adds its adapter to SIDES, or to PUSHED where we push."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.web.site import Site
from tests.bot.channel_contract.side import PushedSide, Side
from tests.bot.channel_contract.telegram import TelegramSide
from tests.bot.channel_contract.web import WebSide
from tests.bot.channel_contract.zalo_bot import ZaloBotSide, zalo_bot_host
from tests.bot.channel_contract.zalo_oa import ZaloOaSide, zalo_oa_host
from tests.doubles.telegram import TelegramDouble

__all__ = ["zalo_bot_host", "zalo_oa_host"]  # fixtures

Run = Callable[[Any], Any]
Make = Callable[[pytest.FixtureRequest, Site, Run], PushedSide]


def telegram_side(request: pytest.FixtureRequest, site: Site, run: Run) -> PushedSide:
    """Chị Lan on the Telegram double."""
    request.getfixturevalue("telegram")
    double, url = request.getfixturevalue("double_host")
    assert isinstance(double, TelegramDouble)
    return TelegramSide(site, run, double, url)


def zalo_oa_side(request: pytest.FixtureRequest, site: Site, run: Run) -> PushedSide:
    """Chị Lan on the double of Zalo OA."""
    return ZaloOaSide(site, run, *request.getfixturevalue("zalo_oa_host"))


def zalo_bot_side(request: pytest.FixtureRequest, site: Site, run: Run) -> PushedSide:
    """Chị Lan on the double of Zalo Bot."""
    return ZaloBotSide(site, run, *request.getfixturevalue("zalo_bot_host"))


PUSHED: dict[str, Make] = {
    "telegram": telegram_side,
    "zalo_oa": zalo_oa_side,
    "zalo_bot": zalo_bot_side,
}
SIDES = [*PUSHED, "web"]


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The suite is about what is in front of the database."""
    return str(request.getfixturevalue("sqlite_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Any, tmp_path: Any) -> str:
    """A fresh migrated SQLite database."""
    path = tmp_path / "pakn.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def run() -> Iterator[Run]:
    """One event loop for the connections of a channel."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(params=SIDES)
def side(request: pytest.FixtureRequest, site: Site, run: Run) -> Iterator[Side]:
    """Chị Lan on each channel in turn."""
    if request.param in PUSHED:
        pushed = PUSHED[request.param](request, site, run)
        yield pushed
        pushed.close()
    else:
        yield WebSide(site)


@pytest.fixture(params=list(PUSHED))
def pushed(request: pytest.FixtureRequest, site: Site, run: Run) -> Iterator[PushedSide]:
    """Chị Lan on each channel that we push to."""
    made = PUSHED[request.param](request, site, run)
    yield made
    made.close()
