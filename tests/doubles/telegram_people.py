"""The people of the Telegram double: they write, tap, edit and block."""

import copy
from typing import NamedTuple

from .telegram_shapes import (
    CAPTION_UNITS,
    MINUTE_PHOTO,
    TEXT_UNITS,
    Json,
    contact_body,
    document_body,
    location_body,
    member_change,
    photo_body,
    text_body,
    utf16_units,
    voice_body,
)
from .telegram_state import World

NAME = "chị Lan"


class Injected(NamedTuple):
    """What a control caused: the update, and the message it is about."""

    update_id: int
    message_id: int


class People:
    """Methods that any thread may call. A negative ``chat_id`` is a group, ``-100…`` a supergroup.

    In a group the writer's id is ``user_id``, or one id per ``name``.
    """

    world: World

    def open_chat(self, chat_id: int, name: str = NAME, chat_type: str | None = None) -> None:
        """Makes the chat known without an update, so that the bot may write first."""
        with self.world.lock:
            self._chat(chat_id, name, chat_type)

    def say(
        self,
        chat_id: int,
        text: str,
        name: str = NAME,
        *,
        chat_type: str | None = None,
        user_id: int | None = None,
    ) -> Injected:
        """A text message, at most 4096 UTF-16 units as in a real client."""
        if not 1 <= utf16_units(text) <= TEXT_UNITS:
            raise ValueError("a person's message has 1 to 4096 units")
        return self._write(chat_id, text_body(text), name, chat_type, user_id)

    def send_photo(
        self,
        chat_id: int,
        content: bytes,
        caption: str | None = None,
        media_group_id: str | None = None,
        *,
        name: str = NAME,
        size: int | None = None,
    ) -> Injected:
        """A photo: the largest size (last) holds ``content``; ``size`` claims more bytes."""
        with self.world.lock:
            small = self.world.keep_file("photos", MINUTE_PHOTO, ".jpg")
            large = self.world.keep_file("photos", content, ".jpg", size)
            body = photo_body(small, large) | _extras(caption, media_group_id)
            return self._write(chat_id, body, name)

    def send_document(
        self,
        chat_id: int,
        content: bytes,
        file_name: str = "don.pdf",
        mime_type: str = "application/pdf",
        caption: str | None = None,
        media_group_id: str | None = None,
        *,
        name: str = NAME,
        size: int | None = None,
    ) -> Injected:
        """A file; ``size`` claims more bytes than ``content`` has."""
        suffix = "." + file_name.rpartition(".")[2] if "." in file_name else ""
        with self.world.lock:
            part = self.world.keep_file("documents", content, suffix, size)
            body = document_body(part, file_name, mime_type)
            return self._write(chat_id, body | _extras(caption, media_group_id), name)

    def send_voice(
        self, chat_id: int, content: bytes, seconds: int = 3, *, name: str = NAME
    ) -> Injected:
        """A voice message."""
        with self.world.lock:
            part = self.world.keep_file("voice", content, ".oga")
            return self._write(chat_id, voice_body(part, seconds), name)

    def send_location(
        self,
        chat_id: int,
        latitude: float,
        longitude: float,
        accuracy: float | None = None,
        *,
        name: str = NAME,
    ) -> Injected:
        """A place in degrees, accuracy in metres."""
        return self._write(chat_id, location_body(latitude, longitude, accuracy), name)

    def send_contact(
        self, chat_id: int, phone: str, name: str = NAME, *, of: str | None = None
    ) -> Injected:
        """The writer's own card, with their user id, or the card ``of`` somebody else, without."""
        with self.world.lock:
            writer = self.world.writer(self._chat(chat_id, name, None), name, None)
            card = contact_body(phone, of or name, None if of else writer["id"])
            return self._write(chat_id, card, name)

    def edit(self, chat_id: int, message_id: int, text: str) -> Injected:
        """The writer changes their message (or its caption): an ``edited_message`` update."""
        with self.world.lock:
            stored = self.world.ledger.messages[chat_id, message_id]
            if stored.from_bot:
                raise ValueError("a person cannot edit the bot's message")
            stored.raw.pop("entities", None)
            stored.raw |= text_body(text) if stored.kind == "text" else {"caption": text}
            stored.raw["edit_date"] = self.world.now()
            return Injected(self.world.push("edited_message", stored.raw), message_id)

    def tap(
        self,
        chat_id: int,
        message_id: int,
        data: str,
        name: str | None = None,
        *,
        user_id: int | None = None,
        forged: bool = False,
    ) -> Injected:
        """A press on a button the message has or had; ``forged`` allows data it never offered."""
        with self.world.lock:
            stored = self.world.ledger.messages[chat_id, message_id]
            if data not in stored.offered and not forged:
                raise ValueError(f"no button with {data!r}: {sorted(stored.offered)}")
            chat = self.world.ledger.chats[chat_id]
            query_id = str(self.world.new_id())
            self.world.ledger.queries.add(query_id)
            query: Json = {
                "id": query_id,
                "from": self.world.writer(chat, name or chat.get("first_name", NAME), user_id),
                "message": stored.raw,
                "chat_instance": f"{chat_id}0001",
                "data": data,
            }
            return Injected(self.world.push("callback_query", query), message_id)

    def block(self, chat_id: int) -> int:
        """The person blocks the bot (or the group removes it); the update id."""
        return self._leave(chat_id, gone=True)

    def unblock(self, chat_id: int) -> int:
        """The bot is let in again; the update id."""
        return self._leave(chat_id, gone=False)

    def _chat(self, chat_id: int, name: str, chat_type: str | None) -> Json:
        kind = "private" if chat_id > 0 else "group"
        if str(chat_id).startswith("-100"):
            kind = "supergroup"
        kind = chat_type or kind
        title = name if kind == "private" else f"Nhóm {abs(chat_id)}"
        return self.world.know_chat(chat_id, title, kind)

    def _write(
        self,
        chat_id: int,
        body: Json,
        name: str,
        chat_type: str | None = None,
        user_id: int | None = None,
    ) -> Injected:
        with self.world.lock:
            chat = self._chat(chat_id, name, chat_type)
            if chat_id in self.world.ledger.gone:
                raise ValueError("unblock the bot first")
            writer = self.world.writer(chat, name, user_id)
            raw = self.world.store(chat, writer, copy.deepcopy(body), None).raw
            return Injected(self.world.push("message", raw), raw["message_id"])

    def _leave(self, chat_id: int, *, gone: bool) -> int:
        with self.world.lock:
            ledger = self.world.ledger
            chat = ledger.chats[chat_id]
            writer = self.world.writer(chat, chat.get("first_name", NAME), None)
            ledger.gone = ledger.gone | {chat_id} if gone else ledger.gone - {chat_id}
            status = "kicked" if gone else "member"
            change = member_change(chat, writer, self.world.bot, status, self.world.now())
            return self.world.push("my_chat_member", change)


def _extras(caption: str | None, media_group_id: str | None) -> Json:
    if caption is not None and utf16_units(caption) > CAPTION_UNITS:
        raise ValueError("a caption has at most 1024 units")
    given = {"caption": caption, "media_group_id": media_group_id}
    return {name: value for name, value in given.items() if value}
