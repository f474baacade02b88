"""What is said in words while a feedback is written, step by step."""

from collections.abc import Callable

from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Kind
from bot.dialogue import contact, feedback, fixing, form, handoff, sending, telling
from bot.dialogue.model import Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import label, means, number, say
from knowledge.text import fold, nfc, squeeze
from knowledge.triage import FEEDBACK, Label

_SHORT, _LONGEST_DOUBT = 8, 80  # words, characters that may be no more of the story
_LEAST_AT_KIND, _LEAST_AT_FILES = 3, 4
_TELL_NOTHING = ("yes", "no", "skip", "send", "unsure")
_FILES = frozenset(("anh", "hinh", "tep", "file", "video", "clip"))
_DENIALS = frozenset(("khong", "ko", "k", "hong", "hem", "chua", "khoi", "kg"))


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take words while a feedback is written."""
    if draft.editing and means(text, "keep", "enough"):
        return form.back(draft, desk)
    return _HEAR[draft.step](draft, text, desk)


def _hear_content(draft: Draft, text: str, desk: Desk) -> Turn:
    if draft.editing:
        rewritten = {"content": nfc(text).strip(), "editing": False, "step": Step.CONFIRM}
        return form.ask(draft.model_copy(update=rewritten), desk)
    if not draft.content and means(text, *_TELL_NOTHING):
        return form.ask(draft, desk)
    content = telling.joined(draft, text)
    if len(content) > LONGEST_CONTENT:
        return form.told(draft, say("content_too_long", limit=number(LONGEST_CONTENT)), desk)
    heard = desk.triage(content).label
    if heard in {Label.GREETING, Label.THANKS} and not draft.content:
        return form.ask(draft, desk)
    if heard in handoff.LABELS and not draft.kind:
        left = draft if draft.files else Draft(topic=draft.topic)
        return handoff.guide(left, heard, content, desk)
    kind = draft.kind or telling.KIND_OF.get(heard, Kind.CONDUCT)
    written = draft.model_copy(update={"content": content, "kind": kind})
    if draft.kind is Kind.QUESTION:
        return form.ask(written.model_copy(update={"step": Step.FILES}), desk)
    return form.ask(written.model_copy(update={"step": Step.KIND}), desk)


def _hear_kind(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes"):
        return form.forward(draft, Step.KIND, desk)
    if means(text, "no"):
        return form.ask_kind(draft)
    if means(text, "skip"):
        return form.forward(draft, Step.KIND, desk)
    kind = form.kind_named(text)
    if kind:
        return form.forward(draft.model_copy(update={"kind": kind}), Step.KIND, desk)
    return _more_or_not(draft, text, desk, least=_LEAST_AT_KIND)


def _hear_place(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes", "as_said"):
        return feedback.placed(draft, form.place_of(draft), desk)
    if means(text, "skip", "no", "enough"):
        return feedback.placed(draft, "", desk)
    if text.rstrip().endswith("?"):
        return _more_or_not(draft, text, desk)
    return feedback.placed(draft, text, desk)


def _hear_files(draft: Draft, text: str, desk: Desk) -> Turn:
    words = set(fold(text).split())
    of_files = bool(words & _FILES) and len(words) <= _SHORT
    none = of_files and not words.isdisjoint(_DENIALS)
    if none or means(text, "skip", "no", "enough", "send"):
        return form.forward(draft, Step.FILES, desk)
    if of_files or means(text, "yes"):
        prompt = form.prompt_for(draft, desk)
        return Turn(draft, (Reply(say("files_wanted"), prompt.buttons),))
    return _more_or_not(draft, text, desk, least=_LEAST_AT_FILES)


def _more_or_not(draft: Draft, text: str, desk: Desk, *, least: int = 1) -> Turn:
    """Add what is plainly more of the story; what may be meant otherwise is asked for first.

    That is what ends like a question that is no grievance, and what has fewer words than least.
    """
    asks = text.rstrip().endswith("?") and desk.triage(text).label not in FEEDBACK
    if not asks and (len(text.split()) >= least or len(text) > _LONGEST_DOUBT):
        return telling.add(draft, text, desk)
    prompt = form.prompt_for(draft, desk)
    kept = draft.model_copy(update={"pending": nfc(text).strip()})
    asked = say("add_or_not", text=form.shown(squeeze(text), form.LONGEST_ECHO))
    buttons = ((label("add_words"), "feedback:add"), *prompt.buttons)
    return Turn(kept, (Reply(asked, buttons),))


def _hear_contact(draft: Draft, text: str, desk: Desk) -> Turn:
    return feedback.after_contact(draft, contact.hear(draft, text, desk), desk)


def _hear_confirm(draft: Draft, text: str, desk: Desk) -> Turn:
    if any(action == "feedback:unlike" for _, action in draft.options):
        return sending.show_twins(draft, desk)
    if means(text, "yes", "send"):
        return sending.check_twins(draft, desk)
    if means(text, "no", "reject"):
        return fixing.offer(draft, desk)
    return _more_or_not(draft, text, desk, least=_SHORT)


_HEAR: dict[Step, Callable[[Draft, str, Desk], Turn]] = {
    Step.CONTENT: _hear_content,
    Step.KIND: _hear_kind,
    Step.PLACE: _hear_place,
    Step.FILES: _hear_files,
    Step.CONFIRM: _hear_confirm,
    **dict.fromkeys(contact.STEPS, _hear_contact),
}
