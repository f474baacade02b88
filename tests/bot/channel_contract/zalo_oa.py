"""Chị Lan on Zalo OA."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.web.site import Site
from bot.zalo_oa.webhook import PATH
from tests.bot.channel_contract.side import PushedSide, Update
from tests.bot.zalo.conftest import LAN_ID, link_up, with_oa
from tests.doubles.server import serve
from tests.doubles.zalo_oa import ZaloOaDouble


@pytest.fixture(scope="session")
def zalo_oa_host() -> Iterator[tuple[ZaloOaDouble, str]]:
    """The double and its address."""
    double = ZaloOaDouble()
    with serve(double) as url:
        double.world.url = url
        yield double, url


class ZaloOaSide(PushedSide):
    """Events are those of the double, signed, posted to the webhook by the test itself."""

    name = "zalo_oa"

    def __init__(
        self, site: Site, run: Callable[[Any], Any], double: ZaloOaDouble, url: str
    ) -> None:
        self.double = double
        double.reset()
        double.meet(LAN_ID)
        linked = with_oa(site, url)
        link_up(linked, double)
        super().__init__(linked, run)

    def text(self, words: str) -> Update:
        return self._update(self.double.say(LAN_ID, words))

    def press(self, label: str) -> Update:
        return self._update(self.double.tap(LAN_ID, label))

    def picture(self, content: bytes, caption: str = "") -> Update:
        more = {"caption": caption} if caption else {}
        return self._update(self.double.send_media(LAN_ID, "image", content, **more))

    def hand(self, update: Update) -> int:
        return self.client.post(PATH, content=update.body, headers=update.headers).status_code

    @property
    def arrived(self) -> list[str]:
        return [message.text for message in self.double.sent(LAN_ID)]

    def block(self) -> None:
        self.double.block(LAN_ID)

    def busy(self, seconds: int) -> None:
        """Zalo names no time: it says -32, and we back off."""
        self.double.fault("/message/cs", -32)

    def _update(self, event: dict[str, Any]) -> Update:
        return Update(*self.double.signed(event))
