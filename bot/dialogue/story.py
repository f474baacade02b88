"""A matter that a long message tells beside its question: it is offered to be sent, not lost."""

import re
from dataclasses import replace

from bot.dialogue.feedback import KIND_OF
from bot.dialogue.model import Desk, Reply, Turn
from bot.dialogue.texts import label, say
from knowledge.triage import Triage

_LONG, _LEAST = 20, 6  # words of a message that may tell a matter too, and of that matter
_CERTAIN = 0.9
_PARTS = re.compile(r"[?.!;,\n]+")


def offer(answered: Turn, text: str, desk: Desk) -> Turn:
    """Return an answer with the offer to send what the message tells besides, if it does."""
    if len(text.split()) < _LONG:
        return answered
    parts = [part.strip() for part in _PARTS.split(text) if len(part.split()) >= _LEAST]
    told = ", ".join(part for part in parts if _tells(desk.triage(part)))
    if not told:
        return answered
    buttons = ((label("as_feedback"), "feedback:pending"),)
    offered = Reply(say("also_told", ward=desk.ward.name), buttons)
    kept = answered.draft.model_copy(update={"pending": told})
    return replace(answered, draft=kept, replies=(*answered.replies, offered))


def _tells(found: Triage) -> bool:
    return found.label in KIND_OF and found.score >= _CERTAIN
