"""Zalo OA as the rest of the bot knows it."""

from typing import Any

from fastapi import APIRouter

from api.web.site import Site
from bot.arrival import Arrival
from bot.inbox import Inbox
from bot.link import Checkup, Link
from bot.zalo_oa import console, webhook
from bot.zalo_oa.check import check
from bot.zalo_oa.receive import read_event
from bot.zalo_oa.send import ZaloOaChannel
from bot.zalo_oa.tokens import CHANNEL


def link(site: Site) -> Link | None:
    """Return the channel of the settings, or None where Zalo OA is off."""
    if not site.settings.zalo_oa_app_id:
        return None
    channel = ZaloOaChannel(site)

    def router(inbox: Inbox) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        webhook.add_to(routes, inbox, site.settings)
        console.add_to(routes)
        return routes

    async def keep_fresh(_inbox: Inbox) -> None:
        await channel.tokens.run()

    async def look() -> Checkup:
        return await check(site)

    return Link(
        name=CHANNEL,
        read=_read,
        channel=channel,
        router=router,
        webhook=webhook.PATH,
        tasks=(keep_fresh,),
        check=look,
        opened=channel.opened,
    )


def _read(raw: dict[str, Any], _key: str) -> Arrival | None:
    return read_event(raw)
