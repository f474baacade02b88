"""Words or files that come while a case waits for more: they may be the answer to the office.

Whoever is asked for something answers in the chat; few press the button first.
"""

from bot.dialogue import asking, clarifying, feedback, following, handoff, tracking
from bot.dialogue.model import CaseStatus, Desk, Draft, Input, Reply, Step, Supply, Turn
from bot.dialogue.texts import label, say
from knowledge.courtesies import CourtesyReader
from knowledge.decide import Decision
from knowledge.text import nfc
from knowledge.triage import Label

_SUPPLEMENT = "supplement_given"  # the move that a waiting case is open to
GIVEN, ANOTHER = "given", "another"
"""What the buttons choose: these words are for the case; they are about something else."""

_ANSWER_NOTHING = handoff.LABELS | {
    Label.GREETING,
    Label.THANKS,
    Label.STATUS_LOOKUP,
    Label.TALK_TO_OFFICER,
}


def offer(draft: Draft, given: Input, desk: Desk) -> Turn | None:
    """Ask whether what came is for the case that waits; None where none does, or it cannot be."""
    if draft.step is not Step.IDLE or draft.parked or given.refused or clarifying.choices(draft):
        return None
    words = nfc(given.text).strip()
    waiting = _waiting(desk) if given.files or words else None
    if waiting is None or (words and not _may_answer(draft, words, desk)):
        return None
    kept = draft.model_copy(update={"pending": words, "supplied": given.files})
    buttons = (
        (label("supply_given"), f"supply:{waiting.code}/{GIVEN}"),
        (label("supply_another"), f"supply:{waiting.code}/{ANOTHER}"),
    )
    asked = f"“{waiting.asked}” " if waiting.asked else ""
    return Turn(kept, (Reply(say("supply_offer", code=waiting.code, asked=asked), buttons),))


def chosen(draft: Draft, choice: str, desk: Desk) -> Turn | None:
    """Follow one of the two buttons, if they are the last ones offered; else None."""
    code, _, said = choice.partition("/")
    offered = any(action == f"supply:{choice}" for _, action in draft.options)
    if said not in {GIVEN, ANOTHER} or not offered:
        return None
    idle = draft.model_copy(update={"pending": "", "supplied": ()})
    if said == GIVEN:
        if not tracking.may(code, _SUPPLEMENT, desk):
            return tracking.act(idle, "supply", code, desk)
        words = draft.pending or say("supply_files_only", count=len(draft.supplied))
        return Turn(idle, (), (Supply(code, words, draft.supplied),))
    if draft.supplied:
        return feedback.receive_files(idle, Input(draft.pending, files=draft.supplied), desk)
    return asking.hear(idle, draft.pending, desk)


def _waiting(desk: Desk) -> CaseStatus | None:
    """Return the newest own case that waits for its sender."""
    own = (case for case in desk.own_cases() if case.own and _SUPPLEMENT in case.moves)
    return next(own, None)


def _may_answer(draft: Draft, words: str, desk: Desk) -> bool:
    """Tell whether words may be what an office asked for: no question, courtesy or grievance."""
    if following.turned(draft, words, desk) or following.more_told(draft, words, desk):
        return False
    if CourtesyReader.shipped().read(words) or desk.about_ward(words) or desk.aspects_of(words):
        return False
    kind = desk.triage(words).label
    asks = kind is Label.PROCEDURE_QUESTION and desk.ask(words).decision is Decision.ANSWER
    return kind not in _ANSWER_NOTHING and not asks
