"""What became of a case, adding words to it, and the public results."""

from api.cases.codes import find_code
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import KIND_LABELS, date_words, time_words
from bot.dialogue.model import AddNote, CaseStatus, Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import label, menu_buttons, next_step, say

_WORDS_OF_A_NOTE = 4  # beyond the code itself
_MOST_OFFERED = 5


def ask_code(draft: Draft, desk: Desk) -> Turn:
    """Ask for a code, offering the cases sent from this conversation."""
    kept = draft.model_copy(update={"step": Step.CODE}) if not draft.is_writing else draft
    own = desk.own_cases()[:_MOST_OFFERED]
    if own:
        buttons = tuple((f"{c.code} · {STATE_LABELS[c.state]}", f"status:{c.code}") for c in own)
        return Turn(kept, (Reply(say("status_mine"), buttons),))
    return Turn(kept, (Reply(say("status_prompt", example=desk.ward.code_example)),))


def code_given(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take what was typed where a code was asked for."""
    code = find_code(text)
    idle = draft.model_copy(update={"step": Step.IDLE})
    if code:
        return _status(idle, code, desk)
    buttons = tuple(menu_buttons())
    return Turn(draft, (Reply(say("status_unknown"), buttons),))


def looks_like_a_code(text: str) -> bool:
    """Tell whether a text is short and holds a figure: a code, or one typed wrongly."""
    return len(text.split()) <= _WORDS_OF_A_NOTE and any(c.isdigit() for c in text)


def about_code(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take free text that holds a code: the status, or an offer to add the words to the case."""
    code = find_code(text)
    if not code:
        return None
    if len(text.split()) <= _WORDS_OF_A_NOTE:
        return _status(draft, code, desk)
    buttons = (
        (label("add_note"), f"note:{code}"),
        (label("see_status"), f"status:{code}"),
    )
    kept = draft.model_copy(update={"pending": text})
    return Turn(kept, (Reply(say("note_offer", code=code), buttons),))


def act(draft: Draft, topic: str, code: str, desk: Desk) -> Turn:
    """Follow the button of a case."""
    if topic == "status":
        return _status(draft, code, desk)
    if code not in {c.code for c in desk.own_cases()} or not draft.pending:
        return Turn(draft, (Reply(say("note_refused", phone=desk.ward.phone)),))
    kept = draft.model_copy(update={"pending": ""})
    return Turn(kept, (Reply(say("note_added", code=code)),), (AddNote(code, draft.pending),))


def results(draft: Draft, desk: Desk) -> Turn:
    """Name the newest public results."""
    link = say("results_link", link=f"{desk.ward.url}/ket-qua")
    headlines = desk.headlines()
    if not headlines:
        return Turn(draft, (Reply(f"{say('results_none')}\n\n{link}"),))
    lines = [f"• {h.title} ({h.code})" for h in headlines]
    return Turn(draft, (Reply("\n".join([say("results"), *lines, "", link])),))


def _status(draft: Draft, code: str, desk: Desk) -> Turn:
    status = desk.status(code)
    idle = draft if draft.is_writing else draft.model_copy(update={"step": Step.IDLE})
    if status is None:
        return Turn(idle, (Reply(say("status_unknown")),))
    return Turn(idle, (Reply(_words(status, desk)),))


def _words(status: CaseStatus, desk: Desk) -> str:
    link = f"{desk.ward.url}/ket-qua/{status.code}"
    due = f"Hạn trả lời: {date_words(status.due_on)}" if status.state in OPEN_STATES else ""
    text = say(
        "status",
        code=status.code,
        kind=KIND_LABELS[status.kind],
        state=STATE_LABELS[status.state],
        received=time_words(status.received_at),
        due=due,
        next=next_step(status.state.value, link=link),
    )
    return text.replace("\n\n", "\n")
