"""Telling Telegram, at every start, how updates reach us and what the bot is for."""

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from api.settings import Settings
from bot.backoff import Backoff
from bot.dialogue.texts import commands, say
from bot.telegram import webhook
from bot.telegram.receive import ALLOWED

log = structlog.get_logger(__name__)


async def announce(bot: Bot, settings: Settings) -> None:
    """Say how updates come, name the commands and the bot; tried until Telegram has taken it."""
    backoff = Backoff()
    while True:
        try:
            await _introduce(bot, settings)
        except TelegramError as error:
            log.warning("telegram not reached", error=type(error).__name__, pause=backoff.seconds)
            await backoff.wait()
        else:
            return


async def _introduce(bot: Bot, settings: Settings) -> None:
    if settings.telegram_mode == "webhook":
        await bot.set_webhook(
            f"{settings.public_url}{webhook.PATH}",
            secret_token=settings.telegram_secret.get_secret_value(),
            allowed_updates=ALLOWED,
        )
    else:
        await bot.delete_webhook()
    await bot.set_my_commands([BotCommand(name, words) for name, words in commands()])
    await bot.set_my_description(say("bot_description", ward=settings.ward_name)[:512])
    await bot.set_my_short_description(say("bot_about", ward=settings.ward_name)[:120])
