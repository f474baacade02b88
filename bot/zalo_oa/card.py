"""The card with which Zalo asks a person to share name, phone and address by one press."""

from typing import Any

from api.settings import Settings
from bot.dialogue.texts import say

_LONGEST_TITLE, _LONGEST_SUBTITLE = 100, 500


def phone_card(settings: Settings) -> dict[str, Any] | None:
    """Return the attachment, or None where Zalo could not load its picture: it wants https.

    Of what comes back (user_submit_info) only the phone number is kept.
    """
    if not settings.public_url.startswith("https://"):
        return None
    element = {
        "title": settings.ward_name[:_LONGEST_TITLE],
        "subtitle": say("phone_card")[:_LONGEST_SUBTITLE],
        "image_url": f"{settings.public_url}/static/the-lien-he.png",
    }
    return {
        "type": "template",
        "payload": {"template_type": "request_user_info", "elements": [element]},
    }
