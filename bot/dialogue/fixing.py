"""Mending one thing of what is about to be sent: a name, a number, a place, the kind."""

from bot.dialogue import contact, form
from bot.dialogue.model import Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import begins, fix_label, label, say

_FIELDS = (Step.NAME, Step.PHONE, Step.ADDRESS, Step.PLACE, Step.KIND)


def offer(draft: Draft, desk: Desk) -> Turn:
    """Ask what is to be mended."""
    asked = {*contact.STEPS, *form.path(draft, desk)}
    fields = tuple((fix_label(s), f"feedback:fix-{s}") for s in _FIELDS if s in asked)
    back = (label("back_to_summary"), "feedback:resume")
    return Turn(draft, (Reply(say("fix_which"), (*fields, back)),))


def press(draft: Draft, wanted: str, desk: Desk) -> Turn | None:
    """Ask for one thing anew, by its button; None for what cannot be mended so."""
    step = next((step for step in _FIELDS if step == wanted), None)
    return form.ask(_mending(draft, step), desk) if step else None


def hear(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take "sai số điện thoại", "tên là …" or a bare number as something to be mended.

    None where the words are more of the story.
    """
    if not any(c.isalpha() for c in text):
        return _taken(draft, Step.PHONE, text, desk)
    rest = begins(text, "fix")
    for step in _FIELDS:
        following = begins(text if rest is None else rest, step.value)
        if following is None:
            continue
        value = begins(following, "is")
        wrong = rest is not None or begins(following, "wrong") is not None
        return _taken(draft, step, value or "", desk) if wrong or value else None
    return None


def _taken(draft: Draft, step: Step, value: str, desk: Desk) -> Turn:
    """Take a new value where it was said with the words and is a good one, else ask for it."""
    mending = _mending(draft, step)
    answered = contact.hear(mending, value, desk) if value and step in contact.STEPS else None
    if answered and not answered.wrong:
        return form.forward(answered.draft, step, desk)
    return form.ask(mending, desk)


def _mending(draft: Draft, step: Step) -> Draft:
    return draft.model_copy(update={"step": step, "editing": True})
