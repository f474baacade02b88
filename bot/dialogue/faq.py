"""What people ask about the form itself while they fill it in: how long, who sees the name."""

from functools import cache

from bot.dialogue.model import Desk
from bot.dialogue.texts import frequent
from knowledge.text import fold, syllables

_AROUND = 4  # words that may stand around a question: more of them tell a story


def answer(text: str, desk: Desk) -> str:
    """Return what is to be said to a question about the form; empty where it is none."""
    words = [fold(word) for word in syllables(text)]
    said = f" {' '.join(words)} "
    for asks, reply in _known():
        if any(ask in said and len(words) <= len(ask.split()) + _AROUND for ask in asks):
            return reply.format(ward=desk.ward.name)
    return ""


@cache
def _known() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the ways of asking, folded and between blanks, with their answers."""
    return tuple((tuple(f" {fold(ask)} " for ask in asks), reply) for asks, reply in frequent())
