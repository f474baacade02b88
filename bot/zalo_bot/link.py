"""Zalo Bot as the rest of the bot knows it."""

from typing import Any

from api.web.site import Site
from bot.arrival import Arrival
from bot.inbox import Inbox
from bot.link import Checkup, Link, Task
from bot.zalo_bot import webhook
from bot.zalo_bot.announce import announce
from bot.zalo_bot.check import check
from bot.zalo_bot.poll import Poller
from bot.zalo_bot.receive import CHANNEL, read_update
from bot.zalo_bot.send import ZaloBotChannel


def link(site: Site) -> Link | None:
    """Return the channel of the settings, or None where Zalo Bot is off."""
    settings = site.settings
    if not settings.zalo_bot_token.get_secret_value():
        return None
    channel = ZaloBotChannel(site)

    async def tell(_inbox: Inbox) -> None:
        await announce(channel.client, settings)

    async def poll(inbox: Inbox) -> None:
        await Poller(channel.client, inbox).run()

    async def look() -> Checkup:
        return await check(settings)

    hooked = settings.zalo_bot_mode == "webhook"
    secret = settings.zalo_bot_secret.get_secret_value()
    tasks: tuple[Task, ...] = (tell,) if hooked else (tell, poll)
    return Link(
        name=CHANNEL,
        read=_read,
        channel=channel,
        router=(lambda inbox: webhook.router(inbox, secret)) if hooked else None,
        webhook=webhook.PATH,
        tasks=tasks,
        check=look,
        opened=channel.opened,
    )


def _read(raw: dict[str, Any], _key: str) -> Arrival | None:
    return read_update(raw)
