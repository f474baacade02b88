"""What is said in the middle of a form and is no answer to it: questions and calls for help."""

from bot.dialogue import asking, faq, form, handoff, tracking
from bot.dialogue.model import Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import means, say
from knowledge.decide import Decision
from knowledge.text import fold
from knowledge.triage import Label

_SURE = 0.9  # that a message is a question
_ALARM = 0.5
_LONGEST = 15  # words of a question in the middle of a form
COMMANDS = ("menu", "cancel", "back", "skip", "yes", "no")
_ENDS_OF_QUESTIONS = frozenset(
    ("khong", "ko", "k", "hong", "chua", "gi", "dau", "nao", "sao", "may")
)
"""Words, without marks, that end a question which has no mark."""


def answer(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Answer a question put in the middle of a form, then come back to the form."""
    if draft.step is Step.CONTENT and (draft.content or draft.editing):
        return None
    about_form = faq.answer(text, desk)
    if about_form:
        return form.told(draft, about_form, desk)
    asked = text.strip().endswith("?")
    seems = asked or fold(text).strip(" .").rsplit(" ", 1)[-1] in _ENDS_OF_QUESTIONS
    told = desk.about_ward(text) if seems else ""
    if told:
        return form.beside(draft, Turn(draft, (Reply(told),)), desk)
    if not asked:
        return _asked_instead(draft, text, desk)
    if desk.triage(text).label is not Label.PROCEDURE_QUESTION:
        return None
    enough = {Decision.ANSWER, Decision.CLARIFY} if draft.step is Step.KIND else {Decision.ANSWER}
    if desk.ask(text).decision not in enough:
        return None
    return form.beside(draft, asking.answer(draft, text, desk), desk)


def _asked_instead(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Answer what is plainly a question though no mark ends it."""
    if len(text.split()) > _LONGEST:
        return None
    found = desk.triage(text)
    sure = found.label is Label.PROCEDURE_QUESTION and found.score >= _SURE
    if not sure or desk.ask(text).decision is not Decision.ANSWER:
        return None
    return form.beside(draft, asking.answer(draft, text, desk), desk)


def awaited(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take the words that a case or a record waits for; a question is no such words."""
    asks = text.rstrip().endswith("?") and draft.step is not Step.PROVE
    if asks and len(text.split()) <= _LONGEST:
        answered = faq.answer(text, desk) or desk.about_ward(text)
        replies: tuple[Reply, ...] = (Reply(answered),) if answered else ()
        if not answered and desk.ask(text).decision is Decision.ANSWER:
            replies = asking.answer(draft, text, desk).replies
        return Turn(draft, (*replies, Reply(say("still_waiting"))))
    if draft.step is Step.HANDED:
        return handoff.keep(draft, text, desk)
    return tracking.hear(draft, text, desk)


def in_danger(text: str, desk: Desk) -> bool:
    """Tell whether words in the middle of a form are a call for help; a plain yes or no is none."""
    if means(text, *COMMANDS):
        return False
    found = desk.triage(text)
    return found.label is Label.EMERGENCY and found.score >= _ALARM
