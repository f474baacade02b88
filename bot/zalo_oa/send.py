"""Sending through Zalo OA: consult messages, pictures, documents, else a template or a wait."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import structlog

from api.cases.models import Case
from api.chats.models import Chat
from api.ward import cards
from api.web.site import Site
from bot.channel import (
    HeldError,
    Pace,
    Piece,
    RetryLaterError,
    SentFile,
    UndeliverableError,
)
from bot.dialogue.texts import say
from bot.download import download
from bot.zalo_oa import buttons, pictures, template
from bot.zalo_oa.card import phone_card
from bot.zalo_oa.client import CONSULT, TEMPLATE, OaClient
from bot.zalo_oa.errors import Trouble, UnreachableError, ZaloError
from bot.zalo_oa.tokens import CHANNEL, BeingRenewedError, TokenKeeper, UnlinkedError
from bot.zalo_oa.window import Window, window_of

log = structlog.get_logger(__name__)

_MOST_DOCUMENT_BYTES = 5 * 2**20
_DOCUMENTS = {".pdf", ".docx"}
_TIMEOUT = 20.0  # seconds
_SILENT = "Người dân chưa nhắn lại trong thời hạn Zalo cho gửi; cần gọi điện."
_ANNOUNCED = "Đã báo bằng mẫu tin ZBS; nội dung được gửi khi người dân nhắn lại."


class ZaloOaChannel:
    """The channel of one Official Account."""

    name = CHANNEL
    longest_text = 2000  # characters; longer texts are refused with -210
    most_buttons = buttons.MOST
    numbered = True  # some Zalo apps, on computers above all, show no buttons

    def __init__(self, site: Site, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self._site = site
        self._http = httpx.AsyncClient(timeout=_TIMEOUT)
        self.tokens = TokenKeeper(site.database, site.settings, site.clock, self._http)
        self.client = OaClient(self._http, site.settings.zalo_oa_base_url, self.tokens)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["ZaloOaChannel"]:
        """Close the connections at the end."""
        try:
            yield self
        finally:
            await self._http.aclose()

    async def send(self, chat: Chat, piece: Piece) -> str:
        """Send one message, or one file, while the person's window is open.

        Afterwards a template tells of the case once, where the office has one, and the message
        is held until the person writes.
        """
        window = window_of(chat.last_in_at, self._site.clock())
        paid = self._site.settings.zalo_oa_paid_replies
        try:
            if window is Window.CLOSED or (window is Window.PAID and not paid):
                raise await self._held(chat, piece)
            return await self._consult(chat, piece)
        except ZaloError as error:
            raise _translated(error) from error
        except UnreachableError as error:
            raise RetryLaterError(f"Chưa kết nối được Zalo: {error}") from error
        except UnlinkedError as error:
            raise RetryLaterError(
                "Zalo OA cần được liên kết lại.", timedelta(minutes=10)
            ) from error
        except BeingRenewedError as error:
            raise RetryLaterError("Đang làm mới mã truy cập Zalo.", timedelta(seconds=5)) from error

    async def fetch(self, handle: str) -> bytes:
        """Download a file by its address at one of Zalo's hosts."""
        settings = self._site.settings
        hosts = [host.strip() for host in settings.zalo_media_hosts.split(",")]
        return await download(self._http, handle, hosts, self._site.files.limit)

    async def _consult(self, chat: Chat, piece: Piece) -> str:
        message = await self._file(piece.file) if piece.file else _words(piece)
        card = phone_card(self._site.settings) if piece.asks_phone else None
        try:
            if card and (number := await self._with_card(chat, message, card)):
                return number
            return await self._said(chat, message)
        except ZaloError as error:
            if error.trouble is not Trouble.WINDOW:
                raise
        raise await self._held(chat, piece)

    async def _with_card(self, chat: Chat, message: dict[str, Any], card: dict[str, Any]) -> str:
        """Say words with a card; empty where Zalo does not take the card: the words must go."""
        try:
            return await self._said(chat, {**message, "attachment": card})
        except ZaloError as error:
            if error.trouble is not Trouble.PAYLOAD:
                raise
            log.warning("card for a phone number refused", code=error.code)
            return ""

    async def _said(self, chat: Chat, message: dict[str, Any]) -> str:
        body = {"recipient": {"user_id": chat.key}, "message": message}
        return _number(await self.client.post(CONSULT, body))

    async def _held(self, chat: Chat, piece: Piece) -> HeldError:
        """Tell of the case by template where that is possible and new; say why the rest waits."""
        settings = self._site.settings
        if piece.announced:
            return HeldError(_ANNOUNCED)
        if not settings.zalo_oa_template_id or piece.case_id is None:
            return HeldError(_SILENT)
        with self._site.database.reading() as session:
            case = session.get(Case, piece.case_id)
            phone = cards.contact(session, self._site.office).phone
        if case is None:
            return HeldError(_SILENT)
        try:
            sent = await self.client.post(TEMPLATE, template.body(settings, phone, chat.key, case))
        except ZaloError as error:
            if error.trouble in {Trouble.TOKEN, Trouble.BUSY}:
                raise
            return HeldError(f"{_SILENT} ({error})")
        return HeldError(_ANNOUNCED, _number(sent))

    def _phone(self) -> str:
        with self._site.database.reading() as session:
            return cards.contact(session, self._site.office).phone

    async def _file(self, file: SentFile) -> dict[str, Any]:
        """Upload a file and return the message that carries it, else words that name it."""
        content, ending = file.path.read_bytes(), file.path.suffix
        if file.media_type.startswith("image/"):
            data = await self.client.upload("image", f"anh{ending}", pictures.fitted(content))
            element = {"media_type": "image", "attachment_id": data["attachment_id"]}
            payload = {"template_type": "media", "elements": [element]}
            return {"attachment": {"type": "template", "payload": payload}}
        if ending not in _DOCUMENTS or len(content) > _MOST_DOCUMENT_BYTES:
            phone = self._phone()
            return {"text": say("file_not_sent", name=file.name, phone=phone)}
        data = await self.client.upload("file", f"{file.path.stem}{ending}", content)
        token = data.get("token") or data.get("attachment_id")
        return {"attachment": {"type": "file", "payload": {"token": token}}}


def _words(piece: Piece) -> dict[str, Any]:
    message: dict[str, Any] = {"text": piece.text}
    if piece.buttons:
        message["attachment"] = buttons.template(piece.buttons)
    return message


def _number(data: dict[str, Any]) -> str:
    return str(data.get("message_id", ""))[:100]


def _translated(error: ZaloError) -> RetryLaterError | UndeliverableError:
    """Tell what may go later from what never will."""
    trouble = error.trouble
    if trouble is Trouble.BUSY:
        return RetryLaterError(str(error))
    if trouble is Trouble.TOKEN:
        return RetryLaterError(str(error), timedelta(minutes=1))
    if trouble in {Trouble.QUOTA, Trouble.SETUP}:
        return RetryLaterError(str(error), timedelta(minutes=30))
    if trouble is Trouble.RECIPIENT:
        return UndeliverableError(f"Người nhận không nhận tin của OA. {error}", blocked=True)
    return UndeliverableError(str(error))
