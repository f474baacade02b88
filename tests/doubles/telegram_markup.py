"""Checks of ``reply_markup`` the way Telegram refuses a wrong one."""

from collections.abc import Iterator
from typing import Any

from .telegram_shapes import Json, bad

CALLBACK_BYTES = 64
INLINE_BUTTONS = 100
_ACTIONS = ("callback_data", "url", "web_app", "switch_inline_query", "copy_text", "login_url")


def checked_markup(markup: Any, chat_type: str) -> Json | None:
    """The markup as an object, or None when there is none; raises ``ApiError`` if it is wrong."""
    if markup in (None, ""):
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    elif "keyboard" in markup:
        _check_reply(markup["keyboard"], chat_type)
    elif not (markup.get("remove_keyboard") or markup.get("force_reply")):
        return None
    return markup


def callback_data(markup: Json | None) -> set[str]:
    """Every ``callback_data`` an inline keyboard offers."""
    rows = (markup or {}).get("inline_keyboard", [])
    return {b["callback_data"] for row in rows for b in row if "callback_data" in b}


def _buttons(rows: Any) -> Iterator[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse keyboard button: Field must be of type Array")
    for row in rows:
        yield from row


def _check_inline(rows: Any) -> None:
    buttons = list(_buttons(rows))
    if len(buttons) > INLINE_BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        if not isinstance(button, dict):
            raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
        _check_inline_button(button)


def _check_inline_button(button: Json) -> None:
    if not button.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be a non-empty String')
    if not any(action in button for action in _ACTIONS):
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def _check_reply(rows: Any, chat_type: str) -> None:
    for button in _buttons(rows):
        asked: Json = {"text": button} if isinstance(button, str) else button
        if not asked.get("text"):
            raise bad("keyboard button text must be non-empty")
        if chat_type == "private":
            continue
        if asked.get("request_contact"):
            raise bad("phone number can be requested in private chats only")
        if asked.get("request_location"):
            raise bad("location can be requested in private chats only")
