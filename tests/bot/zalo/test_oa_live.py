"""The whole way of a message on Zalo OA over real HTTP, with the worker running."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.site import Site
from bot.service import Service, build
from bot.zalo_oa.webhook import PATH
from tests.bot.conftest import sqlite_only
from tests.bot.people import updates
from tests.bot.zalo.conftest import LAN_ID, TU_ID
from tests.doubles.server import serve
from tests.doubles.zalo_oa import ZaloOaDouble

pytestmark = sqlite_only


@dataclass
class Stumbling:
    """Our server behind a proxy that loses so many of its answers and says 502 instead."""

    app: ASGIApp
    losing: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def broken(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "status": 502}
            await send(message)

        lost = scope["type"] == "http" and self.losing > 0
        self.losing -= lost
        await self.app(scope, receive, broken if lost else send)


@pytest.fixture
def live(oa_site: Site, zalo: ZaloOaDouble) -> Iterator[tuple[Service, Stumbling]]:
    """The served installation with its worker; Zalo posts to it."""
    service = build(oa_site)
    proxy = Stumbling(service.app)
    with serve(proxy) as url:
        service.worker.start()
        zalo.hook(f"{url}{PATH}")
        yield service, proxy
        zalo.hook("")
        service.worker.stop()


def test_a_message_whose_receipt_was_lost_is_repeated_and_answered_once(
    live: tuple[Service, Stumbling], zalo: ZaloOaDouble
) -> None:
    service, proxy = live
    proxy.losing = 2
    zalo.say(LAN_ID, "xin chào")
    zalo.wait_for(lambda: zalo.pending() == 0, timeout=15)
    taken = [delivery.status == 200 for delivery in zalo.deliveries]
    assert taken[:2] == [False, False]
    assert taken[-1]
    zalo.say(TU_ID, "xin chào", "bác Tư")
    zalo.wait_for(lambda: zalo.sent(TU_ID), timeout=15)
    (welcome,) = zalo.sent(LAN_ID)
    assert welcome.text.startswith("Xin chào bạn!")
    with service.site.database.reading() as session:
        assert len(updates(session)) == 2


def test_a_forged_event_is_refused_over_the_wire(
    live: tuple[Service, Stumbling], zalo: ZaloOaDouble
) -> None:
    service, _ = live
    event = zalo.say(LAN_ID, "xin chào")
    zalo.wait_for(lambda: zalo.pending() == 0, timeout=15)
    zalo.forge({**event, "message": {"msg_id": "gia", "text": "tin giả"}})
    zalo.wait_for(lambda: zalo.pending() == 0, timeout=15)
    assert zalo.deliveries[-1].status == 403
    with service.site.database.reading() as session:
        assert [update.text for update in updates(session)] == ["xin chào"]
