"""Mending one thing of what is about to be sent: a name, a number, a place, the kind."""

import re

from bot.dialogue import contact, form
from bot.dialogue.contact import phone_in
from bot.dialogue.model import Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import begins, fix_label, label, say
from knowledge.text import squeeze

_SHORT = 12  # words of a message that is about one number
_SIGNS = " .,:;!"
_ENDS = (r"\s+mới đúng", r",?\s+chứ không phải", r",?\s+không phải", r"\s+(?:cơ|nhé|ạ|nha)$")
_FREE = {Step.PLACE: "place", Step.CONTENT: "content"}
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
    """Take "sai số điện thoại", "tên là …", a number as something to be mended.

    None where the words are more of the story.
    """
    words = squeeze(text)
    if phone_in(words) and len(words.split()) <= _SHORT:
        return _taken(draft, Step.PHONE, words, desk)
    rest = begins(words, "fix")
    if rest is not None and not rest.strip(_SIGNS):
        return offer(draft, desk)
    named = _named(words if rest is None else rest)
    asked = any(action.startswith("feedback:fix-") for _, action in draft.options)
    if named is None:
        return None
    step, following = named
    plain = begins(following, "wrong")
    told = words.removesuffix(following).rstrip().endswith(":")
    said = told or begins(following, "is") is not None
    if rest is None and plain is None and not said and not (asked and not following):
        return None
    return _taken(draft, step, _value(following if plain is None else plain), desk)


def _named(words: str) -> tuple[Step, str] | None:
    """Return the field that a text begins with, and what follows; the longest name counts."""
    every = ((step, begins(words, step)) for step in (*_FIELDS, Step.CONTENT))
    found = [(step, rest) for step, rest in every if rest is not None]
    return min(found, key=lambda named: len(named[1]), default=None)


def _value(following: str) -> str:
    """Return the new value that is said behind a field, without the words around it."""
    value = following.strip(_SIGNS)
    while (shorter := begins(value, "is")) is not None:
        value = shorter.strip(_SIGNS)
    for end in _ENDS:
        value = re.split(end, value, maxsplit=1, flags=re.IGNORECASE)[0]
    return value.strip(_SIGNS)


def _taken(draft: Draft, step: Step, value: str, desk: Desk) -> Turn:
    """Take a new value where it was said with the words and is a good one, else ask for it."""
    mending = _mending(draft, step)
    if step is Step.KIND:
        kind = form.kind_named(value)
        chosen = mending.model_copy(update={"kind": kind})
        return form.forward(chosen, step, desk) if kind else form.ask_kind(mending)
    if value and step in contact.STEPS:
        answered = contact.hear(mending, value, desk)
        if not answered.wrong:
            return form.forward(answered.draft, step, desk)
    if len(value.split()) > 1 and step in _FREE:
        return form.forward(mending.model_copy(update={_FREE[step]: value}), step, desk)
    return form.ask(mending, desk)


def _mending(draft: Draft, step: Step) -> Draft:
    return draft.model_copy(update={"step": step, "editing": True})
