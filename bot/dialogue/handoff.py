"""What is no feedback: dangers, denunciations and complaints are told where they belong."""

from api.cases.handoff_models import Matter
from bot.dialogue import faq
from bot.dialogue.model import Desk, Draft, HandOff, Reply, Step, Turn
from bot.dialogue.texts import label, say
from knowledge.decide import Decision
from knowledge.triage import Label

LABELS = frozenset({Label.EMERGENCY, Label.DENUNCIATION, Label.COMPLAINT})
_MATTERS = {
    Label.EMERGENCY: Matter.EMERGENCY,
    Label.DENUNCIATION: Matter.DENUNCIATION,
    Label.COMPLAINT: Matter.COMPLAINT,
}


def guide(draft: Draft, kind: Label, text: str, desk: Desk) -> Turn:
    """Say at once where it belongs, and note that it was said, without the person's words.

    Nghị định 20/2008/NĐ-CP, Điều 1: complaints and denunciations are not feedback; Luật Khiếu
    nại 2011 and Luật Tố cáo 2018 apply.
    """
    ward = desk.ward
    sentence = say(kind.value, ward=ward.name, address=ward.address, phone=ward.phone)
    matter = _MATTERS[kind]
    noted = (HandOff(matter),)
    kept = draft.model_copy(update={"pending": text})
    if kind is Label.EMERGENCY:
        later = ((label("as_feedback"), "feedback:pending"),)
        return Turn(kept, (Reply(sentence, later),), noted)
    buttons = (
        (label("as_feedback"), "feedback:pending"),
        (label("keep_words"), f"handoff:{matter.value}"),
    )
    return Turn(kept, (Reply(sentence), Reply(say("not_this"), buttons)), noted)


def asked_further(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Answer what is asked right after it was said where a denunciation or a complaint belongs."""
    offered = (action.partition(":") for _, action in draft.options)
    matter = next((rest for topic, _, rest in offered if topic == "handoff"), "")
    reply = faq.answer(text, desk, Matter(matter)) if matter in set(Matter) else ""
    if not reply or desk.ask(text).decision is Decision.ANSWER:
        return None
    return Turn(draft, (Reply(reply, draft.options),))


def offer_to_keep(draft: Draft, matter: str) -> Turn:
    """Ask for the words that the office should keep, because the person wants it to."""
    if matter not in set(Matter) or draft.is_writing:
        return Turn(draft, (Reply(say("keep_words_not_now")),))
    waiting = draft.model_copy(update={"step": Step.HANDED, "about": matter, "pending": ""})
    return Turn(waiting, (Reply(say("keep_words_prompt")),))


def keep(draft: Draft, text: str, desk: Desk) -> Turn:
    """Keep the words for those named for the matter."""
    done = draft.model_copy(update={"step": Step.IDLE, "about": "", "pending": ""})
    told = Reply(say("keep_words_done", phone=desk.ward.phone))
    return Turn(done, (told,), (HandOff(Matter(draft.about), text),))
