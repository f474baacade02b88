"""What is wrong with the bot's connection, in words for the staff."""

import httpx

from api.settings import Settings
from bot.link import Checkup
from bot.zalo_bot import webhook
from bot.zalo_bot.client import BotClient, BotError

_TIMEOUT = 15.0  # seconds


async def check(settings: Settings) -> Checkup:
    """Ask the platform who we are and where it posts updates."""
    async with httpx.AsyncClient(timeout=_TIMEOUT) as http:
        token = settings.zalo_bot_token.get_secret_value()
        client = BotClient(http, settings.zalo_bot_base_url, token)
        try:
            await client.call("getMe")
            posted_to = await _webhook(client)
        except BotError as error:
            return Checkup((_words(error),))
    return Checkup(tuple(_findings(settings, posted_to)))


async def _webhook(client: BotClient) -> str:
    """Return where updates are posted; the platform answers 404 where none is set."""
    try:
        info = await client.call("getWebhookInfo")
    except BotError as error:
        if error.status == httpx.codes.NOT_FOUND:
            return ""
        raise
    return str(info.get("url") or "") if isinstance(info, dict) else ""


def _findings(settings: Settings, posted_to: str) -> list[str]:
    ours = f"{settings.public_url}{webhook.PATH}"
    if settings.zalo_bot_mode == "webhook" and posted_to != ours:
        return [f"Zalo Bot đang gửi tin tới “{posted_to or 'chưa đâu'}”, không phải {ours}."]
    if settings.zalo_bot_mode == "polling" and posted_to:
        return [f"Zalo Bot còn webhook {posted_to} nên không cho hỏi định kỳ."]
    return []


def _words(error: BotError) -> str:
    if error.status == httpx.codes.UNAUTHORIZED:
        return "Mã Zalo Bot (PAKN_ZALO_BOT_TOKEN) không đúng."
    return str(error)
