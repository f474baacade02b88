"""Sending through the Zalo Bot Platform: words alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from api.chats.models import Chat
from api.ward import cards
from api.web.site import Site
from bot.channel import Pace, Piece, RetryLaterError, UndeliverableError
from bot.dialogue.texts import say
from bot.download import download
from bot.zalo_bot.client import BotClient, BotError
from bot.zalo_bot.receive import CHANNEL

_TIMEOUT = 20.0  # seconds


class ZaloBotChannel:
    """The channel of one bot."""

    name = CHANNEL
    longest_text = 2000  # characters
    most_buttons = 0
    numbered = True

    def __init__(self, site: Site, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self._site = site
        self._http = httpx.AsyncClient(timeout=_TIMEOUT)
        settings = site.settings
        token = settings.zalo_bot_token.get_secret_value()
        self.client = BotClient(self._http, settings.zalo_bot_base_url, token)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["ZaloBotChannel"]:
        """Close the connections at the end."""
        try:
            yield self
        finally:
            await self._http.aclose()

    async def send(self, chat: Chat, piece: Piece) -> str:
        """Send one message; of a file only its name, for bots may send none."""
        text = piece.text
        if piece.file:
            with self._site.database.reading() as session:
                phone = cards.contact(session, self._site.office).phone
            text = say("file_not_sent", name=piece.file.name, phone=phone)
        try:
            sent = await self.client.call("sendMessage", chat_id=chat.key, text=text)
        except BotError as error:
            raise _translated(error) from error
        return str(sent.get("message_id", ""))[:100] if isinstance(sent, dict) else ""

    async def fetch(self, handle: str) -> bytes:
        """Download a file by its address at one of Zalo's hosts."""
        hosts = [host.strip() for host in self._site.settings.zalo_media_hosts.split(",")]
        return await download(self._http, handle, hosts, self._site.files.limit)


def _translated(error: BotError) -> RetryLaterError | UndeliverableError:
    """Tell what may go later from what never will; 403 is the platform's own "server error"."""
    if error.status == httpx.codes.BAD_REQUEST:
        return UndeliverableError(str(error))
    if error.status in {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.UPGRADE_REQUIRED}:
        return RetryLaterError(str(error), timedelta(minutes=5))
    if error.status == httpx.codes.UNAUTHORIZED:
        return RetryLaterError("Mã Zalo Bot không còn đúng.", timedelta(minutes=10))
    return RetryLaterError(str(error))
