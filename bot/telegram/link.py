"""Telegram as the rest of the bot knows it."""

from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from api.settings import Settings
from api.web.site import Site
from bot.arrival import Arrival
from bot.channel import Pace
from bot.inbox import Inbox
from bot.link import Link, Task
from bot.telegram import webhook
from bot.telegram.announce import announce
from bot.telegram.check import check
from bot.telegram.poll import Poller
from bot.telegram.receive import CHANNEL, read_update
from bot.telegram.send import TelegramChannel


def link(site: Site) -> Link | None:
    """Return the channel of the settings, or None where Telegram is off."""
    settings = site.settings
    channel = channel_of(settings)
    if channel is None:
        return None

    async def tell(_inbox: Inbox) -> None:
        await announce(channel.bot, settings)

    async def poll(inbox: Inbox) -> None:
        await Poller(channel.bot, inbox).run()

    hooked = settings.telegram_mode == "webhook"
    secret = settings.telegram_secret.get_secret_value()
    tasks: tuple[Task, ...] = (tell,) if hooked else (tell, poll)
    return Link(
        name=CHANNEL,
        read=_read,
        channel=channel,
        router=(lambda inbox: webhook.router(inbox, secret)) if hooked else None,
        webhook=webhook.PATH,
        tasks=tasks,
        check=lambda: check(channel.bot, settings),
        opened=channel.opened,
    )


def channel_of(settings: Settings) -> TelegramChannel | None:
    """Return what messages are sent through, or None without a token."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    requests = (
        # more connections than the lanes of the worker use together, or waiting for one fails
        HTTPXRequest(connection_pool_size=80, read_timeout=20, connect_timeout=10, pool_timeout=20),
        HTTPXRequest(connection_pool_size=1, read_timeout=40),
    )
    bot = Bot(
        token,
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_file_url,
        request=requests[0],
        get_updates_request=requests[1],
    )
    pace = Pace(settings.telegram_per_second, settings.telegram_chat_per_minute)
    return TelegramChannel(bot, requests, pace)


def _read(raw: dict[str, Any], _key: str) -> Arrival | None:
    return read_update(raw)
