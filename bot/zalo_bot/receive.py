"""Reading updates of the Zalo Bot Platform (https://bot.zapps.me/docs)."""

from typing import Any

from bot.arrival import Arrival, RemoteFile
from knowledge.text import nfc

CHANNEL = "zalo_bot"
_LONGEST_ADDRESS = 2000  # of a file, as the table keeps it
_KNOWN = frozenset(
    f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "unsupported")
)


def read_update(raw: dict[str, Any]) -> Arrival | None:
    """Return what somebody sent to the bot alone; None for groups, bots and unknown events.

    raw is one update, bare or wrapped in {"ok", "result"}. Raises KeyError, TypeError or
    AttributeError where it is none.
    """
    update = raw.get("result", raw)
    if update["event_name"] not in _KNOWN:
        return None
    message = update["message"]
    if message["from"].get("is_bot") or message["chat"].get("chat_type", "PRIVATE") != "PRIVATE":
        return None
    words = nfc(str(message.get("text") or message.get("caption") or ""))
    is_start = words.split()[:1] == ["/start"]
    return Arrival(
        channel=CHANNEL,
        key=str(message["message_id"])[:100],
        chat_key=str(message["chat"]["id"]),
        text="" if is_start else words,
        action="menu:start" if is_start else "",
        raw=raw,
        remotes=tuple(_files(message)),
        message_key=str(message["message_id"])[:100],
        position=int(message.get("date") or 0),
        gathers=not is_start,
    )


def _files(message: dict[str, Any]) -> list[RemoteFile]:
    found = (
        (message.get("photo_url") or message.get("photo"), "anh.jpg"),
        (message.get("voice_url"), "ghi-am.aac"),
    )
    return [
        RemoteFile(address, name)
        for address, name in found
        if isinstance(address, str) and 0 < len(address) <= _LONGEST_ADDRESS
    ]
