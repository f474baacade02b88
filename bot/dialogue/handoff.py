"""What is no feedback: dangers, denunciations and complaints are told where they belong."""

from bot.dialogue.model import Desk, Draft, Reply, Turn
from bot.dialogue.texts import label, say
from knowledge.triage import Label

LABELS = frozenset({Label.EMERGENCY, Label.DENUNCIATION, Label.COMPLAINT})


def guide(draft: Draft, kind: Label, text: str, desk: Desk) -> Turn:
    """Say at once where it belongs; nothing is recorded unless the person says it is feedback.

    Nghị định 20/2008/NĐ-CP, Điều 1: complaints and denunciations are not feedback; Luật Khiếu
    nại 2011 and Luật Tố cáo 2018 apply.
    """
    ward = desk.ward
    sentence = say(kind.value, ward=ward.name, address=ward.address, phone=ward.phone)
    kept = draft.model_copy(update={"pending": text})
    if kind is Label.EMERGENCY:
        return Turn(kept, (Reply(sentence),))
    button = (label("as_feedback"), "feedback:pending")
    return Turn(kept, (Reply(sentence), Reply(say("not_this"), (button,))))
