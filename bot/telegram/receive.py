"""Reading Telegram updates (https://core.telegram.org/bots/api#update)."""

from typing import Any

from telegram import Message, Update

from bot.arrival import Arrival, RemoteFile
from bot.dialogue.texts import say
from knowledge.text import nfc

CHANNEL = "telegram"
MOST_BYTES = 20 * 2**20  # what the Bot API lets a bot download
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]


def read_update(raw: dict[str, Any]) -> Arrival | None:
    """Return what a private chat's update says; None for updates that ask for nothing.

    raw is the decoded JSON of one update. Raises KeyError or TypeError where it is none.
    """
    update = Update.de_json(raw, bot=None)
    if update.callback_query:
        return _tap(update, raw)
    message = update.message
    if message is None or message.chat.type != "private":
        return None
    return _message(update.update_id, message, raw)


def _tap(update: Update, raw: dict[str, Any]) -> Arrival | None:
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type != "private":
        return None
    return Arrival(
        channel=CHANNEL,
        key=str(update.update_id),
        chat_key=str(query.message.chat.id),
        action=query.data or "",
        raw=raw,
    )


def _message(update_id: int, message: Message, raw: dict[str, Any]) -> Arrival:
    files = _files(message)
    too_big = [f for f in files if f.size > MOST_BYTES]
    refused = ""
    if too_big:
        refused = say("file_too_big", name=too_big[0].name, limit=MOST_BYTES // 2**20)
    return Arrival(
        channel=CHANNEL,
        key=str(update_id),
        chat_key=str(message.chat.id),
        text=nfc(_words(message)),
        action=_deep_link(message),
        raw=raw,
        remotes=tuple(f for f in files if f.size <= MOST_BYTES),
        refused=refused,
    )


def _words(message: Message) -> str:
    if message.contact:
        return message.contact.phone_number
    if message.location:
        place = message.location
        return f"Vị trí: {place.latitude:.6f}, {place.longitude:.6f}"
    return message.text or message.caption or ""


def _deep_link(message: Message) -> str:
    """Return the action of "/start payload", where "_" stands for what a link may not hold."""
    command, _, payload = (message.text or "").partition(" ")
    if command != "/start" or not payload:
        return ""
    topic, _, rest = payload.partition("_")
    return f"{topic}:{rest.replace('_', '.') if topic == 'procedure' else rest}"


def _files(message: Message) -> list[RemoteFile]:
    found: list[RemoteFile] = []
    if message.photo:
        best = message.photo[-1]
        found.append(RemoteFile(best.file_id, "anh.jpg", best.file_size or 0))
    for item, name in (
        (message.document, "tep"),
        (message.video, "video.mp4"),
        (message.voice, "ghi-am.ogg"),
        (message.audio, "am-thanh"),
    ):
        if item:
            own = getattr(item, "file_name", None)
            found.append(RemoteFile(item.file_id, own or name, item.file_size or 0))
    return found
