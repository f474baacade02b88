"""What people ask about the form itself while they fill it in: how long, who sees the name."""

from functools import cache

from bot.dialogue.model import Desk
from bot.dialogue.texts import frequent
from knowledge.text import fold, syllables

_LONGEST = 16  # words of a question about the form


def answer(text: str, desk: Desk) -> str:
    """Return what is to be said to a question about the form; empty where it is none."""
    words = [fold(word) for word in syllables(text)]
    if not 0 < len(words) <= _LONGEST:
        return ""
    said = f" {' '.join(words)} "
    found = next((reply for asks, reply in _known() if any(ask in said for ask in asks)), "")
    return found.format(ward=desk.ward.name, phone=desk.ward.phone)


@cache
def _known() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the ways of asking, folded and between blanks, with their answers."""
    return tuple((tuple(f" {fold(ask)} " for ask in asks), reply) for asks, reply in frequent())
