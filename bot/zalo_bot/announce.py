"""Telling the Zalo Bot Platform, at every start, how updates reach us."""

import structlog

from api.settings import Settings
from bot.backoff import Backoff
from bot.zalo_bot import webhook
from bot.zalo_bot.client import BotClient, BotError

log = structlog.get_logger(__name__)

_LONGEST_PAUSE = 300.0  # seconds: the platform counts calls of this kind


async def announce(client: BotClient, settings: Settings) -> None:
    """Set the webhook or take it down; tried until the platform has taken it."""
    backoff = Backoff(_LONGEST_PAUSE)
    while True:
        try:
            if settings.zalo_bot_mode == "webhook":
                secret = settings.zalo_bot_secret.get_secret_value()
                address = f"{settings.public_url}{webhook.PATH}"
                await client.call("setWebhook", url=address, secret_token=secret)
            else:
                await client.call("deleteWebhook")
        except BotError as error:
            log.warning("zalo bot not reached", status=error.status, pause=backoff.seconds)
            await backoff.wait()
        else:
            return
