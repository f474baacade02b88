"""Sending what was written: open cases that may be the same are shown first."""

from api.cases.intake import Feedback
from api.cases.models import Kind
from bot.dialogue.model import Desk, Draft, JoinCase, OpenCase, Reply, Turn
from bot.dialogue.texts import label, say


def check_twins(draft: Draft, desk: Desk) -> Turn:
    """Show open cases that may be the same before another one is sent; once is enough."""
    return send(draft) if draft.lookalikes else show_twins(draft, desk)


def show_twins(draft: Draft, desk: Desk) -> Turn:
    """Show the open cases that may be the same; where there is none, the new one is sent."""
    found = desk.similar(draft.kind or Kind.CONDUCT, draft.content, draft.place)
    if not found:
        return send(draft)
    shown = [say("twin", code=one.code, text=one.text) for one in found]
    buttons = [(say("twin_join", code=one.code), f"feedback:join-{one.code}") for one in found]
    kept = draft.model_copy(update={"lookalikes": tuple(one.code for one in found)})
    text = "\n\n".join([say("twins"), *shown, say("twins_ask")])
    return Turn(kept, (Reply(text, (*buttons, (label("unlike"), "feedback:unlike"))),))


def send(draft: Draft) -> Turn:
    """Open the case."""
    return Turn(Draft(topic=draft.topic), (), (OpenCase(_feedback(draft)),))


def join(draft: Draft, code: str) -> Turn:
    """Join the open case of a code instead of opening another."""
    return Turn(Draft(topic=draft.topic), (), (JoinCase(code, _feedback(draft)),))


def _feedback(draft: Draft) -> Feedback:
    return Feedback(
        kind=draft.kind or Kind.CONDUCT,
        content=draft.content,
        name=draft.name,
        phone=draft.phone,
        address=draft.address,
        place=draft.place,
        procedure_code=draft.topic if draft.kind is Kind.QUESTION else "",
        remember=draft.remember,
        attachments=draft.files,
    )
