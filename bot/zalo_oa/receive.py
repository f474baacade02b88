"""Reading events of Zalo OA (https://developers.zalo.me/docs, Official Account, Webhook).

Only what a person did is read. The account's own messages come back as oa_send_*, and a phone's
receipt as user_received_message: whoever answered those would talk to itself.
"""

from typing import Any

from bot.arrival import Arrival, RemoteFile
from bot.zalo_oa.buttons import action_of
from bot.zalo_oa.tokens import CHANNEL
from knowledge.text import nfc

_LONGEST_ADDRESS = 2000  # of a file, as the table keeps it
_NAMES = {
    "image": "anh.jpg",
    "photo": "anh.jpg",
    "gif": "anh.gif",
    "audio": "ghi-am.m4a",
    "video": "video.mp4",
    "file": "tep",
}
_SAID = frozenset({"user_send_text", "user_send_link", "user_send_sticker", "user_send_location"})
_SENT = frozenset(f"user_send_{kind}" for kind in _NAMES)


def read_event(raw: dict[str, Any]) -> Arrival | None:
    """Return what a person did; None for events that ask for nothing, and for unknown ones.

    raw is the decoded JSON of one event. Raises KeyError, TypeError or AttributeError where it
    has not the shape of its name.
    """
    name = str(raw["event_name"])
    if name == "follow":
        return _arrival(raw, str(raw["follower"]["id"]), action="menu:start")
    if name == "user_submit_info":
        return _arrival(raw, str(raw["sender"]["id"]), text=_shared(raw["info"]))
    if name not in _SAID | _SENT or "id" not in raw.get("sender", {}):
        return None  # an anonymous visitor has no id of their own either
    return _message(raw, str(raw["sender"]["id"]))


def _message(raw: dict[str, Any], user: str) -> Arrival:
    message = raw["message"]
    parts = message.get("attachments") or []
    words = nfc(str(message.get("text") or ""))
    action = action_of(words)
    places = [_place(part.get("payload") or {}) for part in parts if part.get("type") == "location"]
    return _arrival(
        raw,
        user,
        text="" if action else "\n".join(filter(None, [*places, words])),
        action=action,
        remotes=tuple(file for part in parts if (file := _file(part))),
        message_key=str(message.get("msg_id") or ""),
        position=int(raw["timestamp"]),
        gathers=not action,
    )


def _arrival(raw: dict[str, Any], user: str, **more: Any) -> Arrival:
    number = raw.get("message", {}).get("msg_id")
    key = str(number or f"{raw['event_name']}:{raw['timestamp']}:{user}")
    return Arrival(channel=CHANNEL, key=key[:100], chat_key=user, raw=raw, **more)


def _file(part: dict[str, Any]) -> RemoteFile | None:
    kind, payload = str(part.get("type")), part.get("payload") or {}
    address = str(payload.get("url") or "")
    if kind not in _NAMES or not 0 < len(address) <= _LONGEST_ADDRESS:
        return None
    size = str(payload.get("size") or "")
    name = str(payload.get("name") or _NAMES[kind])
    return RemoteFile(address, name, int(size) if size.isdecimal() and len(size) < 10 else 0)


def _place(payload: dict[str, Any]) -> str:
    """Return a shared place as words; Zalo gives its coordinates as strings.

    A place that cannot be read is left out: the words beside it must not be lost.
    """
    try:
        at = payload["coordinates"]
        return f"Vị trí: {float(at['latitude']):.6f}, {float(at['longitude']):.6f}"
    except (KeyError, TypeError, ValueError):
        return ""


def _shared(info: dict[str, Any]) -> str:
    """Return the phone number that somebody shared: what the account asked for."""
    return str(info.get("phone") or "")
