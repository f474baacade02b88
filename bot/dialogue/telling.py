"""What a person wrote of a matter, grown message by message: nothing of it is lost."""

from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Kind
from bot.dialogue import form
from bot.dialogue.model import Desk, Draft, Reply, Turn
from bot.dialogue.texts import number, say
from knowledge.text import nfc
from knowledge.triage import Label

KIND_OF = {
    Label.FEEDBACK_CONDUCT: Kind.CONDUCT,
    Label.FEEDBACK_REGULATION: Kind.REGULATION,
    Label.RECOMMENDATION: Kind.RECOMMENDATION,
    Label.FEEDBACK_INFRASTRUCTURE: Kind.INFRASTRUCTURE,
}


def with_more(draft: Draft, text: str) -> Draft:
    """Return a draft with more words in its content; as it is where they do not fit in."""
    content = joined(draft, text)
    fits = len(content) <= LONGEST_CONTENT
    return draft.model_copy(update={"content": content}) if fits else draft


def joined(draft: Draft, text: str) -> str:
    """Return the content with more words below it."""
    return f"{draft.content}\n{nfc(text).strip()}".strip()


def add(draft: Draft, text: str, desk: Desk) -> Turn:
    """Words that answer nothing are more of the story: nothing a person wrote is lost."""
    content = joined(draft, text)
    if len(content) > LONGEST_CONTENT:
        return form.told(draft, say("content_too_long", limit=number(LONGEST_CONTENT)), desk)
    kept = draft.model_copy(update={"content": content})
    prompt = form.prompt_for(kept, desk)
    return Turn(kept, (Reply(f"{say('content_more')} {prompt.text}", prompt.buttons),))
