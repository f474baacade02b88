"""A matter that a long message tells beside its question: it is offered to be sent, not lost."""

import re
from dataclasses import replace

from bot.dialogue.model import Desk, Reply, Turn
from bot.dialogue.telling import KIND_OF
from bot.dialogue.texts import label, say
from knowledge.decide import Decision
from knowledge.triage import Label, Triage

_LONG, _LEAST = 9, 4  # words of a message that may tell a matter too, and of that matter
_SURE = 0.75  # that a part asks, where another part tells
_CERTAIN = 0.9
_PARTS = re.compile(r"[?.!;,\n]+|\s(?:với lại|còn nữa|à mà|ngoài ra|cho hỏi luôn|sẵn cho hỏi)\s")


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


def question_beside(text: str, desk: Desk) -> tuple[str, str] | None:
    """Return the question in a message that tells a matter, and the rest; None where none asks."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    asking = [part for part in parts if len(part.split()) >= _LEAST and _asks(part, desk)]
    told = ", ".join(part for part in parts if part not in asking)
    if not asking or len(told.split()) < _LEAST or desk.triage(told).label not in KIND_OF:
        return None
    return asking[0], told


def _asks(part: str, desk: Desk) -> bool:
    found = desk.triage(part)
    if found.label is not Label.PROCEDURE_QUESTION or found.score < _SURE:
        return False
    finding = desk.ask(part)
    return finding.decision is Decision.ANSWER and bool(finding.aspects)


def _tells(found: Triage) -> bool:
    return found.label in KIND_OF and found.score >= _CERTAIN
