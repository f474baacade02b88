"""Chị Lan on Zalo Bot."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.web.site import Site
from bot.zalo_bot.webhook import PATH, SECRET_HEADER
from tests.bot.channel_contract.side import PushedSide, Update
from tests.bot.zalo.conftest import BOT_SECRET, with_zalo_bot
from tests.doubles.server import serve
from tests.doubles.zalo_bot import ZaloBotDouble

LAN = "6ede9afa66b88fe6d6a9"


@pytest.fixture(scope="session")
def zalo_bot_host() -> Iterator[tuple[ZaloBotDouble, str]]:
    """The double and its address."""
    double = ZaloBotDouble()
    with serve(double) as url:
        double.url = url
        yield double, url


class ZaloBotSide(PushedSide):
    """Updates are those of the double, posted to the webhook by the test itself."""

    name = "zalo_bot"
    tells_of_leaving = False

    def __init__(
        self, site: Site, run: Callable[[Any], Any], double: ZaloBotDouble, url: str
    ) -> None:
        self.double = double
        double.reset()
        super().__init__(with_zalo_bot(site, url, zalo_bot_mode="webhook"), run)

    def text(self, words: str) -> Update:
        return self._update(self.double.say(LAN, words))

    def press(self, label: str) -> Update:
        """Type the number that stands before the entry."""
        (line,) = [row for row in self.arrived[-1].splitlines() if row.endswith(f". {label}")]
        return self.text(line.split(".")[0])

    def picture(self, content: bytes, caption: str = "") -> Update:
        return self._update(self.double.send_photo(LAN, content, caption))

    def hand(self, update: Update) -> int:
        return self.client.post(PATH, json=update.body, headers=update.headers).status_code

    @property
    def arrived(self) -> list[str]:
        return [message.text for message in self.double.sent(LAN)]

    def block(self) -> None:
        raise NotImplementedError("the platform does not tell who has left")

    def busy(self, seconds: int) -> None:
        self.double.fault("sendMessage", 429)

    def _update(self, update: dict[str, Any]) -> Update:
        return Update(update, {SECRET_HEADER: BOT_SECRET})
