"""What became of a case, adding words to it, and the public results."""

import re
from collections.abc import Callable

from api.cases.codes import find_code
from api.cases.moves import RUNNING_STATES, STATE_LABELS
from api.cases.wording import KIND_LABELS, date_words, time_words
from bot.dialogue.model import (
    AddNote,
    CaseStatus,
    Desk,
    Draft,
    Input,
    Prove,
    Rate,
    Reopen,
    Reply,
    Step,
    Supply,
    Turn,
    Withdraw,
)
from bot.dialogue.texts import label, means, menu_buttons, next_step, say
from knowledge.text import nfc

_WORDS_OF_A_NOTE = 4  # beyond the code itself
_MOST_OFFERED = 5
_DOSSIER = re.compile(r"[GH]\d{2}\.\d{2}(?:\.\d{2})?-\d{6}-\d{3,5}\b", re.IGNORECASE)
"""The code of a dossier of a procedure (Nghị định 61/2018/NĐ-CP): agency, day, number."""


def ask_code(draft: Draft, desk: Desk) -> Turn:
    """Ask for a code, offering the cases sent from this conversation."""
    kept = draft.model_copy(update={"step": Step.CODE}) if not draft.is_writing else draft
    own = desk.own_cases()[:_MOST_OFFERED]
    if own:
        buttons = tuple((f"{c.code} · {STATE_LABELS[c.state]}", f"status:{c.code}") for c in own)
        return Turn(kept, (Reply(say("status_mine"), buttons),))
    return Turn(
        kept, (Reply(say("status_prompt", example=desk.ward.code_example, phone=desk.ward.phone)),)
    )


def code_given(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take what was typed where a code was asked for."""
    code = find_code(text)
    idle = draft.model_copy(update={"step": Step.IDLE})
    if code:
        return _status(idle, code, desk)
    if _DOSSIER.match(text.strip()):
        return Turn(idle, (Reply(_dossier(desk)),))
    buttons = tuple(menu_buttons())
    return Turn(draft, (Reply(say("status_unknown"), buttons),))


def _dossier(desk: Desk) -> str:
    return say("dossier_code", phone=desk.ward.phone, example=desk.ward.code_example)


def looks_like_a_code(text: str) -> bool:
    """Tell whether a text is short and holds a figure: a code, or one typed wrongly."""
    return len(text.split()) <= _WORDS_OF_A_NOTE and any(c.isdigit() for c in text)


def mistyped(text: str, desk: Desk) -> bool:
    """Tell whether a text is nothing but what should have been a code of the ward."""
    typed = re.sub(r"[\s\-–]", "", text).upper()
    prefix = desk.ward.code_example.partition("-")[0]
    shaped = re.fullmatch(rf"{prefix}\d\d[A-Z0-9]{{4,10}}", typed)
    return bool(shaped) and not find_code(text)


def about_code(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take free text that holds a code: the status, or an offer to add the words to the case."""
    code = find_code(text)
    if not code:
        known = _DOSSIER.match(text.strip())
        return Turn(draft, (Reply(_dossier(desk)),)) if known else None
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
    if topic in _DEEDS:
        return _DEEDS[topic](draft, code, desk)
    if code not in {c.code for c in desk.own_cases()} or not draft.pending:
        return Turn(draft, (Reply(say("note_refused", phone=desk.ward.phone)),))
    kept = draft.model_copy(update={"pending": ""})
    return Turn(kept, (Reply(say("note_added", code=code)),), (AddNote(code, draft.pending),))


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take the words that a case waits for."""
    idle = draft.model_copy(update={"step": Step.IDLE, "about": "", "supplied": ()})
    if means(text, "back"):
        return _status(idle, draft.about, desk)
    code = find_code(text)
    if code and len(text.split()) <= _WORDS_OF_A_NOTE:  # somebody who asks, not who answers
        return _status(idle, code, desk)
    if draft.step in _AWAITED and not may(draft.about, _AWAITED[draft.step], desk):
        return _not_now(idle, draft.about, desk)
    if draft.step is Step.SUPPLY:
        return Turn(idle, (), (Supply(draft.about, text, draft.supplied),))
    if draft.step is Step.PROVE and not any(sign.isdigit() for sign in text):
        return _prove(idle, draft.about, desk)
    if draft.step is Step.PROVE:
        return Turn(idle, (), (Prove(draft.about, text),))
    return Turn(idle, (), (Reopen(draft.about, text),))


def receive_files(draft: Draft, given: Input, desk: Desk) -> Turn:
    """Keep files for the case that waits for more; a caption is the words that go with them."""
    files = (*draft.supplied, *given.files)[: desk.limits.files]
    kept = draft.model_copy(update={"supplied": files})
    words = nfc(given.text).strip()
    if words and not given.refused:
        return hear(kept, words, desk)
    if not files:
        return Turn(kept, (Reply(given.refused),))
    told = say("supply_files", count=len(files))
    buttons = ((label("supply"), f"supply:{draft.about}/sure"),)
    return Turn(kept, (Reply(f"{given.refused} {told}".strip(), buttons),))


def _supply(draft: Draft, code: str, desk: Desk) -> Turn:
    """Ask for what the office wants to know, or send the files that answer it."""
    code, _, sure = code.partition("/")
    status = _own(code, desk)
    if not status or "supplement_given" not in status.moves or draft.is_writing:
        return _not_now(draft, code, desk)
    if sure and draft.about == code and draft.supplied:
        return hear(draft, say("supply_files_only", count=len(draft.supplied)), desk)
    waiting = draft.model_copy(update={"step": Step.SUPPLY, "about": code, "supplied": ()})
    return Turn(waiting, (Reply(say("supply_prompt", code=code, asked=status.asked)),))


def _prove(draft: Draft, code: str, desk: Desk) -> Turn:
    """Ask for figures of the phone from somebody who sent a case elsewhere."""
    if desk.status(code) is None or draft.is_writing:
        return _not_now(draft, code, desk)
    waiting = draft.model_copy(update={"step": Step.PROVE, "about": code})
    return Turn(waiting, (Reply(say("prove_prompt", code=code)),))


def _reopen(draft: Draft, code: str, desk: Desk) -> Turn:
    """Ask why a case should be opened again."""
    if not may(code, "reopened", desk) or draft.is_writing:
        return _not_now(draft, code, desk)
    waiting = draft.model_copy(update={"step": Step.REOPEN, "about": code})
    return Turn(waiting, (Reply(say("reopen_prompt", code=code)),))


def _withdraw(draft: Draft, code: str, desk: Desk) -> Turn:
    """Ask once more before a case is taken back."""
    code, _, sure = code.partition("/")
    if not may(code, "withdraw", desk):
        return _not_now(draft, code, desk)
    if sure:
        return Turn(draft, (), (Withdraw(code),))
    buttons = ((label("withdraw"), f"withdraw:{code}/sure"), (label("keep"), f"status:{code}"))
    return Turn(draft, (Reply(say("withdraw_sure", code=code), buttons),))


def _rate(draft: Draft, code: str, desk: Desk) -> Turn:
    """Keep whether the person was content."""
    code, _, said = code.partition("/")
    status = _own(code, desk)
    if not status:
        return _not_now(draft, code, desk)
    if not status.may_rate:
        return Turn(draft, (Reply(say("rated_before")),))
    satisfied = said == "yes"
    told = say("rated_good") if satisfied else say("rated_bad", phone=desk.ward.phone)
    again = not satisfied and "reopened" in status.moves
    buttons = ((label("reopen"), f"reopen:{code}"),) if again else ()
    return Turn(draft, (Reply(told, buttons),), (Rate(code, satisfied),))


_DEEDS: dict[str, Callable[[Draft, str, Desk], Turn]] = {
    "supply": _supply,
    "prove": _prove,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "rate": _rate,
}


_AWAITED = {Step.SUPPLY: "supplement_given", Step.REOPEN: "reopened"}
"""The move that the words of a step are for; it may have become impossible meanwhile."""


TOPICS = frozenset({"status", "note", *_DEEDS})
"""What a button of a case begins with."""


def _own(code: str, desk: Desk) -> CaseStatus | None:
    return next((case for case in desk.own_cases() if case.code == code and case.own), None)


def may(code: str, move: str, desk: Desk) -> bool:
    """Tell whether the person may make a move with an own case now."""
    status = _own(code, desk)
    return status is not None and move in status.moves


def _not_now(draft: Draft, code: str, desk: Desk) -> Turn:
    return Turn(draft, (Reply(say("deed_not_now", code=code, phone=desk.ward.phone)),))


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
    return Turn(idle, (Reply(_words(status, desk), _buttons(status)),))


def _buttons(status: CaseStatus) -> tuple[tuple[str, str], ...]:
    """Return what the sender may do with a case now."""
    if not status.own:
        return () if status.known else ((label("prove"), f"prove:{status.code}"),)
    offered = (
        ("supplement_given", label("supply"), f"supply:{status.code}"),
        ("reopened", label("reopen"), f"reopen:{status.code}"),
        ("withdraw", label("withdraw"), f"withdraw:{status.code}"),
    )
    found = [(words, action) for move, words, action in offered if move in status.moves]
    if status.may_rate:
        found += [(label("satisfied"), f"rate:{status.code}/yes")]
        found += [(label("unsatisfied"), f"rate:{status.code}/no")]
    return tuple(found)


def _words(status: CaseStatus, desk: Desk) -> str:
    link = f"{desk.ward.url}/ket-qua/{status.code}"
    due = f"Hạn trả lời: {date_words(status.due_on)}" if status.state in RUNNING_STATES else ""
    text = say(
        "status",
        code=status.code,
        kind=KIND_LABELS[status.kind],
        state=STATE_LABELS[status.state],
        received=time_words(status.received_at),
        due=due,
        merged=say("status_merged", other=status.merged_into) if status.merged_into else "",
        next=next_step(
            status.state.value,
            link=link,
            asked=f"“{status.asked}” " if status.asked else "",
            where=status.where,
        ),
    )
    return re.sub(r"\n+", "\n", text)
