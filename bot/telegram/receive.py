"""Reading Telegram updates (https://core.telegram.org/bots/api#update)."""

from typing import Any

from telegram import ChatMemberUpdated, Message, Update

from bot.arrival import Arrival, RemoteFile
from bot.dialogue.texts import say
from knowledge.text import nfc

CHANNEL = "telegram"
MOST_BYTES = 20 * 2**20  # what the Bot API lets a bot download
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]


def read_update(raw: dict[str, Any]) -> Arrival | None:
    """Return what an update says; None for updates that ask for nothing.

    raw is the decoded JSON of one update. Raises KeyError or TypeError where it is none.
    """
    update = Update.de_json(raw, bot=None)
    if update.callback_query:
        return _tap(update, raw)
    if update.my_chat_member:
        return _membership(update.update_id, update.my_chat_member, raw)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type != "private":
        return _in_a_group(update.update_id, message, raw) if update.message else None
    return _message(update.update_id, message, raw, edited=update.message is None)


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


def _membership(update_id: int, change: ChatMemberUpdated, raw: dict[str, Any]) -> Arrival | None:
    """Who blocks the bot "kicks" it out of the private chat."""
    if change.chat.type != "private":
        return None
    left = change.new_chat_member.status in {"kicked", "left"}
    chat_key = str(change.chat.id)
    return Arrival(CHANNEL, str(update_id), chat_key, raw=raw, left=left)


def _in_a_group(update_id: int, message: Message, raw: dict[str, Any]) -> Arrival | None:
    """What is said to us in a group is answered with the way to us; the rest is not ours."""
    entities = message.entities or message.caption_entities
    spoken_to = any(entity.type in {"bot_command", "mention"} for entity in entities)
    if not spoken_to:
        return None
    kept = {"update_id": update_id}  # what people say among themselves is not ours to keep
    chat_key = str(message.chat.id)
    return Arrival(CHANNEL, str(update_id), chat_key, raw=kept, notice=say("group"))


def _message(
    update_id: int, message: Message, raw: dict[str, Any], *, edited: bool = False
) -> Arrival:
    files = [] if edited else _files(message)  # a change of the words brings no new file
    too_big = [f for f in files if f.size > MOST_BYTES]
    refused = ""
    if too_big:
        refused = say("file_too_big", name=too_big[0].name, limit=MOST_BYTES // 2**20)
    return Arrival(
        channel=CHANNEL,
        key=str(update_id),
        chat_key=str(message.chat.id),
        text=nfc(_words(message)),
        action="" if edited else _deep_link(message),
        raw=raw,
        remotes=tuple(f for f in files if f.size <= MOST_BYTES),
        refused=refused,
        message_key=str(message.message_id),
        position=message.message_id,
        gathers=not edited,
        album=bool(message.media_group_id) and not edited,
        edited=edited,
    )


def _words(message: Message) -> str:
    if message.contact:
        return message.contact.phone_number
    if message.location:
        place = message.location
        return f"Vị trí: {place.latitude:.6f}, {place.longitude:.6f}"
    return message.text or message.caption or ""


def _deep_link(message: Message) -> str:
    """Return the action of "/start payload", where "_" stands for what a link may not hold.

    Payloads are procedure_1_001193, feedback, case_TK267KQ2MXC, and any action as topic_rest.
    """
    command, _, payload = (message.text or "").partition(" ")
    if command != "/start" or not payload:
        return ""
    topic, _, rest = payload.partition("_")
    if topic == "procedure":
        return f"procedure:{rest.replace('_', '.')}"
    if topic == "case":
        return f"status:{rest}"
    return f"{topic}:{rest}" if rest else f"menu:{topic}"


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
