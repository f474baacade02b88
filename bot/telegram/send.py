"""Sending to Telegram with python-telegram-bot's Bot; its queues and handlers are not used."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest

from api.chats.models import Chat
from bot.channel import Pace, Piece, RetryLaterError, SentFile, UndeliverableError
from bot.telegram.receive import CHANNEL

_LONGEST_LABEL = 60
_MOST_CALLBACK_BYTES = 64


class TelegramChannel:
    """The channel of one bot."""

    name = CHANNEL
    longest_text = 4096  # https://core.telegram.org/bots/api#sendmessage
    most_buttons = 100
    numbered = False

    def __init__(
        self, bot: Bot, requests: Sequence[BaseRequest] = (), pace: Pace | None = None
    ) -> None:
        self.bot = bot
        self.pace = pace or Pace()
        self._requests = requests

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Bot]:
        """Give the bot and close its connections at the end.

        Bot.initialize() is not called: it asks Telegram who we are and fails where Telegram
        cannot be reached just then.
        """
        try:
            yield self.bot
        finally:
            for request in self._requests:
                await request.shutdown()

    async def send(self, chat: Chat, piece: Piece) -> str:
        """Send one message with its buttons below it, or one file."""
        to = int(chat.key)
        try:
            if piece.file:
                return str((await self._send_file(to, piece.file)).message_id)
            sent = await self.bot.send_message(to, piece.text, reply_markup=keyboard(piece.buttons))
        except TelegramError as error:
            raise _translated(error) from error
        return str(sent.message_id)

    async def _send_file(self, to: int, file: SentFile) -> Message:
        content = file.path.read_bytes()
        if file.media_type.startswith("image/"):
            return await self.bot.send_photo(to, content, filename=file.name)
        return await self.bot.send_document(to, content, filename=file.name)

    async def fetch(self, handle: str) -> bytes:
        """Download a file by its file_id; the address holds the token and is never kept."""
        try:
            file = await self.bot.get_file(handle)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise _translated(error) from error


def keyboard(buttons: Sequence[Sequence[str]]) -> InlineKeyboardMarkup | None:
    """Return buttons one below the other, so that long labels stay readable; None without any."""
    rows = [
        [InlineKeyboardButton(label[:_LONGEST_LABEL], callback_data=action)]
        for label, action in buttons
        if len(action.encode()) <= _MOST_CALLBACK_BYTES
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _translated(error: TelegramError) -> RetryLaterError | UndeliverableError:
    """Tell what may go later from what never will; the order matters, classes are nested."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return RetryLaterError("Telegram yêu cầu chờ", timedelta(seconds=seconds + 1))
    if isinstance(error, Forbidden):
        return UndeliverableError("Người nhận đã chặn hoặc rời cuộc trò chuyện.", blocked=True)
    if isinstance(error, BadRequest):
        return UndeliverableError(f"Telegram từ chối: {error.message}")
    if isinstance(error, InvalidToken):
        return RetryLaterError("Mã bot Telegram không còn đúng")
    if isinstance(error, TimedOut | NetworkError):
        return RetryLaterError(f"Chưa kết nối được Telegram: {type(error).__name__}")
    return RetryLaterError(f"Telegram báo lỗi: {error.message}")
