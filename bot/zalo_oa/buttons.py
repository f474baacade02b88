"""Buttons of Zalo OA: pressing one sends its payload as an ordinary message."""

from collections.abc import Sequence
from typing import Any

MOST = 5
_MARK = "#pakn:"  # nobody begins a message like this by chance
_LONGEST_TITLE = 100


def template(buttons: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the attachment that shows buttons (label, action) below a text."""
    return {
        "type": "template",
        "payload": {
            "buttons": [
                {
                    "title": label[:_LONGEST_TITLE],
                    "type": "oa.query.hide",
                    "payload": f"{_MARK}{action}",
                }
                for label, action in buttons
            ]
        },
    }


def action_of(text: str) -> str:
    """Return the action of a pressed button; empty for words."""
    return text.removeprefix(_MARK).strip() if text.startswith(_MARK) else ""
