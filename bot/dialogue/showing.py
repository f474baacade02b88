"""Showing a procedure: its card, one part, the papers of one case."""

from dataclasses import replace

from bot.dialogue.cards import card_buttons, case_card, chat_card, has_case
from bot.dialogue.model import ChooseProcedure, CountAnswer, Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import label, say
from knowledge.aspects import Aspect


def show(draft: Draft, code: str, desk: Desk) -> Turn:
    """Show a chosen procedure, with the parts that the waiting question asked for."""
    asked = desk.aspects_of(draft.pending) if draft.pending else ()
    shown = card(draft, code, asked, desk)
    known = bool(draft.pending) and shown.draft.topic == code
    return replace(shown, effects=(ChooseProcedure(draft.pending, code),) if known else ())


def show_part(draft: Draft, code: str, aspect: str, desk: Desk) -> Turn:
    """Show one part of a procedure after its button; an unknown part shows the summary."""
    if "." in aspect:
        return _case(draft, code, aspect, desk)
    part, _, first = aspect.partition("+")
    known = [Aspect(part)] if part in set(Aspect) else []
    return card(draft, code, known, desk, int(first) if first.isdecimal() else 0)


def _case(draft: Draft, code: str, aspect: str, desk: Desk) -> Turn:
    """Show the papers of one case; an unknown one shows the whole part."""
    part, _, number = aspect.partition(".")
    found = desk.card(code, (Aspect.DOCUMENTS,))
    if found is None or not number.isdecimal() or not has_case(found, int(number)):
        return show_part(draft, code, part, desk)
    text = case_card(found, int(number), f"{desk.ward.url}/thu-tuc/{code}")
    others = ((label("other_cases"), f"aspect:{code}/{Aspect.DOCUMENTS}"),)
    kept = draft.model_copy(update={"topic": code, "pending": "", "step": Step.IDLE})
    return Turn(kept, (Reply(text, others),))


def card(
    draft: Draft,
    code: str,
    asked: tuple[Aspect, ...] | list[Aspect],
    desk: Desk,
    first_case: int = 0,
) -> Turn:
    """Show a procedure with the parts that were asked for; it is what is talked about from now."""
    found = desk.card(code, tuple(asked))
    if found is None:
        gone = draft.model_copy(update={"topic": "", "pending": ""})
        return Turn(gone, (Reply(say("card_gone")),))
    page = f"{desk.ward.url}/thu-tuc/{code}"
    buttons = card_buttons(found, first_case)
    answered = draft.answered if code == draft.topic else ""
    kept = draft.model_copy(
        update={"topic": code, "pending": "", "answered": answered, "step": Step.IDLE}
    )
    return Turn(kept, (Reply(chat_card(found, page, desk.ward_notes(code)), tuple(buttons)),))


def parts(draft: Draft, asked: tuple[Aspect, ...], text: str, desk: Desk) -> Turn:
    """Show parts of the procedure talked about; an officer is offered where none is published."""
    shown = card(draft, draft.topic, asked, desk)
    found = desk.card(draft.topic, asked)
    if found is None or any(s.published for s in found.sections if s.key in asked):
        return shown
    last = shown.replies[-1]
    buttons = (*last.buttons, (label("to_officer"), "officer:ask"))
    kept = shown.draft.model_copy(update={"pending": text})
    words = f"{last.text}\n\n{say('part_unpublished')}"
    return Turn(kept, (*shown.replies[:-1], Reply(words, buttons)))


def still(draft: Draft, text: str, desk: Desk) -> Turn:
    """Say that what was told more stays with the procedure talked about, and offer its parts."""
    found = desk.card(draft.topic)
    if found is None:
        return card(draft, draft.topic, (), desk)
    buttons = (*card_buttons(found), (label("to_officer"), "officer:ask"))
    kept = draft.model_copy(update={"pending": text})
    return answered(Turn(kept, (Reply(say("still_same", name=found.name), buttons),)), text)


def answer(
    draft: Draft, code: str, asked: tuple[Aspect, ...] | list[Aspect], text: str, desk: Desk
) -> Turn:
    """Show a procedure as the answer to a text, with the parts that were asked for."""
    return answered(card(draft, code, asked, desk), text, code)


def answered(shown: Turn, text: str, *codes: str) -> Turn:
    """Count an answer, and let the person say that it is not what they meant."""
    last = shown.replies[-1]
    doubt = (label("unhelpful"), "unhelpful:last")
    replies = (*shown.replies[:-1], Reply(last.text, (*last.buttons, doubt)))
    draft = shown.draft.model_copy(update={"answered": text})
    return Turn(draft, replies, tuple(CountAnswer(code) for code in sorted(codes)))
