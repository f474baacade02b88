"""Builders of the JSON objects of the Telegram Bot API, and the errors it answers with."""

import re
from typing import Any, NamedTuple

Json = dict[str, Any]

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
PHOTO_BYTES = 10 << 20
UPLOAD_BYTES = 50 << 20
DOWNLOAD_BYTES = 20 << 20

MINUTE_PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
"""A 1×1 PNG: what the smaller sizes of a photo hold."""

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?(?=\s|$)")


class ApiError(Exception):
    """An answer with ``ok: false``.

    ``status`` is both the HTTP status and ``error_code``; ``parameters`` goes out as it is.
    """

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class Upload(NamedTuple):
    """A file as it came in a multipart body."""

    file_name: str
    content: bytes
    mime_type: str


def bad(reason: str) -> ApiError:
    """400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def conflict(reason: str) -> ApiError:
    """409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {reason}")


def error_body(error: ApiError) -> Json:
    """``{ok, error_code, description[, parameters]}``."""
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    return body if error.parameters is None else {**body, "parameters": error.parameters}


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: an emoji outside the basic plane is 2."""
    return len(text.encode("utf-16-le")) // 2


def bot_user(token: str, username: str) -> Json:
    """The ``User`` of the bot; its id is the number before the colon of the token."""
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Trợ lý phường",
        "username": username,
    }


def person(user_id: int, name: str) -> Json:
    """A ``User`` who writes to the bot."""
    return {"id": user_id, "is_bot": False, "first_name": name, "language_code": "vi"}


def chat(chat_id: int, name: str, chat_type: str) -> Json:
    """A ``Chat``: a private one has the person's name, any other a title."""
    label = "first_name" if chat_type == "private" else "title"
    return {"id": chat_id, "type": chat_type, label: name}


def text_body(text: str) -> Json:
    """``text``, with a ``bot_command`` entity when it starts with a command."""
    found = _COMMAND.match(text)
    if found is None:
        return {"text": text}
    entity = {"type": "bot_command", "offset": 0, "length": utf16_units(found[0])}
    return {"text": text, "entities": [entity]}


def file_part(file_id: str, size: int) -> Json:
    """The fields every file object begins with; size in bytes."""
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size}


def photo_body(small: Json, large: Json) -> Json:
    """``photo``: sizes from small to large, as Telegram orders them."""
    sizes = [{**small, "width": 90, "height": 67}, {**large, "width": 1280, "height": 960}]
    return {"photo": sizes}


def document_body(part: Json, file_name: str, mime_type: str) -> Json:
    """``document`` with its name and type."""
    return {"document": {**part, "file_name": file_name, "mime_type": mime_type}}


def voice_body(part: Json, seconds: int) -> Json:
    """``voice``: Opus in Ogg, length in seconds."""
    return {"voice": {**part, "duration": seconds, "mime_type": "audio/ogg"}}


def location_body(latitude: float, longitude: float, accuracy: float | None = None) -> Json:
    """``location`` in degrees, accuracy in metres."""
    place: Json = {"latitude": latitude, "longitude": longitude}
    if accuracy is not None:
        place["horizontal_accuracy"] = accuracy
    return {"location": place}


def contact_body(phone: str, name: str, user_id: int | None) -> Json:
    """``contact``; ``user_id`` is there when the phone belongs to somebody on Telegram."""
    card: Json = {"phone_number": phone, "first_name": name}
    if user_id is not None:
        card["user_id"] = user_id
    return {"contact": card}


def member_change(chat_json: Json, user: Json, bot: Json, status: str, date: int) -> Json:
    """``my_chat_member``: ``status`` is the bot's new one, ``kicked`` or ``member``."""
    here: Json = {"user": bot, "status": "member"}
    gone: Json = {"user": bot, "status": "kicked", "until_date": 0}
    old, new = (here, gone) if status == "kicked" else (gone, here)
    return {
        "chat": chat_json,
        "from": user,
        "date": date,
        "old_chat_member": old,
        "new_chat_member": new,
    }
