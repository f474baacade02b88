"""Bot API methods that write to a chat."""

from collections.abc import Callable
from typing import Any

from .telegram_markup import checked_markup
from .telegram_params import degrees, flag, integer, structure
from .telegram_shapes import (
    CAPTION_UNITS,
    PHOTO_BYTES,
    TEXT_UNITS,
    UPLOAD_BYTES,
    ApiError,
    Json,
    Upload,
    bad,
    document_body,
    file_part,
    location_body,
    photo_body,
    text_body,
    utf16_units,
)
from .telegram_state import Answer, Stored, World

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


class MessageMethods:
    """sendX, editX, answerCallbackQuery."""

    def __init__(self, world: World) -> None:
        self.world = world

    def listed(self) -> list[tuple[str, Callable[[Json], Any]]]:
        """Method names with what they run."""
        return [
            ("sendMessage", self._send_message),
            ("sendPhoto", self._send_photo),
            ("sendDocument", self._send_document),
            ("sendLocation", self._send_location),
            ("sendChatAction", self._send_action),
            ("editMessageText", self._edit_text),
            ("editMessageReplyMarkup", self._edit_markup),
            ("answerCallbackQuery", self._answer_query),
        ]

    def _send_message(self, params: Json) -> Json:
        chat = self._writable_chat(params)
        return self._send(chat, params, text_body(self._text(params)))

    def _send_photo(self, params: Json) -> Json:
        chat = self._writable_chat(params)
        part, _ = self._file(params, "photo", ".jpg")
        return self._send(chat, params, {**photo_body(part, part), **self._caption(params)})

    def _send_document(self, params: Json) -> Json:
        chat = self._writable_chat(params)
        part, upload = self._file(params, "document", "")
        body = document_body(part, upload.file_name, upload.mime_type)
        return self._send(chat, params, {**body, **self._caption(params)})

    def _send_location(self, params: Json) -> Json:
        chat = self._writable_chat(params)
        place = location_body(degrees(params, "latitude", 90), degrees(params, "longitude", 180))
        return self._send(chat, params, place)

    def _send_action(self, params: Json) -> bool:
        chat = self._writable_chat(params)
        action = str(params.get("action"))
        if action not in CHAT_ACTIONS:
            raise bad("wrong parameter action in request")
        self.world.ledger.actions.append((chat["id"], action))
        return True

    def _edit_text(self, params: Json) -> Json:
        stored = self._editable(params)
        if "text" not in stored.raw:
            raise bad("there is no text in the message to edit")
        body = text_body(self._text(params))
        markup = self._inline(params, stored)
        self._refuse_same(stored, body["text"], markup)
        stored.raw.pop("entities", None)
        stored.raw.update(body, edit_date=self.world.now())
        stored.show(markup)
        return stored.raw

    def _edit_markup(self, params: Json) -> Json:
        stored = self._editable(params)
        markup = self._inline(params, stored)
        self._refuse_same(stored, stored.raw.get("text"), markup)
        stored.raw["edit_date"] = self.world.now()
        stored.show(markup)
        return stored.raw

    def _answer_query(self, params: Json) -> bool:
        ledger = self.world.ledger
        query_id = str(params.get("callback_query_id"))
        if ledger.queries_too_old or query_id not in ledger.queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        text = str(params.get("text") or "")
        if len(text) > 200:
            raise bad("MESSAGE_TOO_LONG")
        ledger.answers.append(Answer(query_id, text, flag(params, "show_alert")))
        return True

    def _send(self, chat: Json, params: Json, body: Json) -> Json:
        markup = checked_markup(structure(params, "reply_markup"), chat["type"])
        reply = self._reply(chat, params)
        return self.world.store(chat, self.world.bot, {**body, **reply}, markup).raw

    def _reply(self, chat: Json, params: Json) -> Json:
        asked = structure(params, "reply_parameters")
        if not asked:
            return {}
        found = self.world.ledger.messages.get((chat["id"], integer(asked, "message_id", 0)))
        if found is None and not asked.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        if found is None:
            return {}
        first = {k: v for k, v in found.raw.items() if k != "reply_to_message"}
        return {"reply_to_message": first}

    def _chat(self, params: Json) -> Json:
        if params.get("chat_id") in (None, ""):
            raise bad("chat_id is empty")
        chat = self.world.ledger.chats.get(integer(params, "chat_id", 0))
        if chat is None:
            raise bad("chat not found")
        return chat

    def _writable_chat(self, params: Json) -> Json:
        chat = self._chat(params)
        if chat["id"] not in self.world.ledger.gone:
            return chat
        kind = chat["type"]
        lost = "blocked by the user" if kind == "private" else f"kicked from the {kind} chat"
        raise ApiError(403, f"Forbidden: bot was {lost}")

    def _editable(self, params: Json) -> Stored:
        chat = self._writable_chat(params)
        stored = self.world.ledger.messages.get((chat["id"], integer(params, "message_id", 0)))
        if stored is None:
            raise bad("message to edit not found")
        plain = stored.markup is None or "inline_keyboard" in stored.markup
        if not stored.from_bot or not plain:
            raise bad("message can't be edited")
        return stored

    @staticmethod
    def _inline(params: Json, stored: Stored) -> Json | None:
        chat_type = stored.raw["chat"]["type"]
        markup = checked_markup(structure(params, "reply_markup"), chat_type)
        if markup is not None and "inline_keyboard" not in markup:
            raise bad("inline keyboard expected")
        return markup

    @staticmethod
    def _refuse_same(stored: Stored, text: str | None, markup: Json | None) -> None:
        if text == stored.raw.get("text") and markup == stored.raw.get("reply_markup"):
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )

    def _text(self, params: Json) -> str:
        text = self._plain(params, "text")
        if not text:
            raise bad("message text is empty")
        if utf16_units(text) > TEXT_UNITS:
            raise bad("message is too long")
        return text

    def _caption(self, params: Json) -> Json:
        caption = self._plain(params, "caption")
        if utf16_units(caption) > CAPTION_UNITS:
            raise bad("message caption is too long")
        return {"caption": caption} if caption else {}

    @staticmethod
    def _plain(params: Json, name: str) -> str:
        if params.get("parse_mode"):
            raise bad("parse_mode is not covered by the test double")
        return str(params.get(name) or "").strip()

    def _file(self, params: Json, kind: str, suffix: str) -> tuple[Json, Upload]:
        """A file sent along, by ``attach://`` name, by URL (not fetched) or by a known id."""
        given = params.get(kind)
        if isinstance(given, str) and given.startswith("attach://"):
            given = params.get(given.removeprefix("attach://"))
        if given in (None, ""):
            raise bad(f"there is no {kind} in the request")
        known = self.world.ledger.files.get(given) if isinstance(given, str) else None
        if known is not None:
            name = known.path.rpartition("/")[2]
            return file_part(given, known.size), Upload(name, b"", "application/octet-stream")
        upload = given if isinstance(given, Upload) else self._remote(str(given))
        self._check_size(len(upload.content), kind)
        return self.world.keep_file(f"{kind}s", upload.content, suffix), upload

    @staticmethod
    def _remote(address: str) -> Upload:
        if not address.startswith(("http://", "https://")):
            raise bad("wrong remote file identifier specified: Wrong string length")
        return Upload(address.rpartition("/")[2], b"", "application/octet-stream")

    @staticmethod
    def _check_size(size: int, kind: str) -> None:
        if size > UPLOAD_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo" and size > PHOTO_BYTES:
            raise bad(
                f"file of size {size} bytes is too big for a photo; "
                f"the maximum size is {PHOTO_BYTES} bytes"
            )
