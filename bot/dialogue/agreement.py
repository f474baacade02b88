"""A yes or a no to what the last buttons ask, said in words."""

from bot.dialogue.model import Draft
from bot.dialogue.supplying import ANOTHER, GIVEN
from bot.dialogue.texts import means

_SURE = "/sure"


def agreed(draft: Draft, text: str) -> str:
    """Return the action of the button that a yes or a no chooses; empty where none does."""
    actions = [action for _, action in draft.options]
    for pick in (_of_a_withdrawal, _of_a_note, _of_a_supplement, _of_twins):
        action = pick(actions, text)
        if action:
            return action
    return ""


def _of_a_withdrawal(actions: list[str], text: str) -> str:
    sure = _first(actions, "withdraw:")
    if not sure.endswith(_SURE):
        return ""
    if means(text, "yes", "withdraw"):
        return sure
    return _first(actions, "status:") if means(text, "no", "enough", "keep") else ""


def _of_a_note(actions: list[str], text: str) -> str:
    note = _first(actions, "note:")
    if not note:
        return ""
    if means(text, "yes", "add"):
        return note
    return _first(actions, "status:") if means(text, "no", "see") else ""


def _of_a_supplement(actions: list[str], text: str) -> str:
    given = _first(actions, "supply:")
    if not given.endswith(f"/{GIVEN}"):
        return ""
    if means(text, "yes", "send"):
        return given
    another = given.removesuffix(GIVEN) + ANOTHER
    return another if means(text, "no", "different", "reject") else ""


def _of_twins(actions: list[str], text: str) -> str:
    new = _first(actions, "feedback:unlike")
    if not new:
        return ""
    if means(text, "no", "different", "send"):
        return new
    joins = [action for action in actions if action.startswith("feedback:join-")]
    return joins[0] if len(joins) == 1 and means(text, "yes", "same") else ""


def _first(actions: list[str], beginning: str) -> str:
    return next((action for action in actions if action.startswith(beginning)), "")
