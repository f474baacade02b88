"""What people ask about the form while they fill it in, and about where a grievance belongs."""

from functools import cache

from api.cases.handoff_models import Matter
from bot.dialogue.model import Desk
from bot.dialogue.texts import frequent
from knowledge.text import fold, syllables

_AROUND = 4  # words that may stand around a question: more of them tell a story
_FORM = "faq"
_MATTERS = {Matter.DENUNCIATION: "faq_denunciation", Matter.COMPLAINT: "faq_complaint"}


def answer(text: str, desk: Desk, matter: Matter | None = None) -> str:
    """Return what is to be said to a question about the form, or about a matter; else ""."""
    topic = _MATTERS.get(matter, "") if matter else _FORM
    words = [fold(word) for word in syllables(text)]
    said = f" {' '.join(words)} "
    for asks, reply in _known(topic) if topic else ():
        if any(ask in said and len(words) <= len(ask.split()) + _AROUND for ask in asks):
            ward = desk.ward
            return reply.format(ward=ward.name, address=ward.address, phone=ward.phone)
    return ""


@cache
def _known(topic: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the ways of asking, folded and between blanks, with their answers."""
    return tuple(
        (tuple(f" {fold(ask)} " for ask in asks), reply) for asks, reply in frequent(topic)
    )
