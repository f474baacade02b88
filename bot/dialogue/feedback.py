"""Writing a feedback: one question at a time, until the person confirms and it is sent."""

from collections.abc import Callable
from dataclasses import replace

from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Kind
from bot.dialogue import contact, fixing, form, handoff, sending
from bot.dialogue.model import (
    LONGEST_MESSAGE,
    Desk,
    Draft,
    Input,
    PassOn,
    Reply,
    Step,
    Turn,
)
from bot.dialogue.texts import label, means, menu_buttons, number, say
from knowledge.text import fold, nfc, squeeze
from knowledge.triage import FEEDBACK, Label

KIND_OF = {
    Label.FEEDBACK_CONDUCT: Kind.CONDUCT,
    Label.FEEDBACK_REGULATION: Kind.REGULATION,
    Label.RECOMMENDATION: Kind.RECOMMENDATION,
    Label.FEEDBACK_INFRASTRUCTURE: Kind.INFRASTRUCTURE,
}
_LONGEST_PLACE = 300
_SHORT, _LONGEST_DOUBT = 8, 80  # words, characters that may be no more of the story
_LEAST_AT_KIND, _LEAST_AT_FILES = 3, 4
_TELL_NOTHING = ("yes", "no", "skip", "send", "unsure")
_FILES = frozenset(("anh", "hinh", "tep", "file", "video", "clip"))
_DENIALS = frozenset(("khong", "ko", "k", "hong", "hem", "chua", "khoi", "kg"))
_LONGEST_ECHO = 200  # characters of a content in a sentence


def start(draft: Draft, desk: Desk) -> Turn:
    """Begin a feedback, or go on with the one that is being written."""
    if draft.content or draft.files:
        return resume(draft, desk)
    kept = Draft(step=Step.CONTENT, topic=draft.topic)
    return Turn(kept, (Reply(say("content_prompt")),))


def begin_with(draft: Draft, text: str, heard: Label, desk: Desk) -> Turn:
    """Begin with words that were already sent: they are the content, nothing is asked twice."""
    if draft.content:
        return _more_content(draft.unparked, text, desk)
    kind = KIND_OF.get(heard, Kind.CONDUCT)
    begun = Draft(
        step=Step.KIND,
        content=nfc(text).strip(),
        kind=kind,
        topic=draft.topic,
        files=draft.files,
    )
    prompt = form.prompt_for(begun, desk)
    return Turn(begun, (Reply(f"{say('content_kept')} {prompt.text}", prompt.buttons),))


def to_officer(draft: Draft, desk: Desk) -> Turn:
    """Pass the last question on to an officer, as a case of kind question."""
    if draft.content or draft.parked or draft.step in contact.STEPS:
        return resume(draft, desk)
    content = nfc(draft.pending).strip()
    begun = Draft(content=content, kind=Kind.QUESTION, topic=draft.topic, files=draft.files)
    if not content:
        return form.ask(begun.model_copy(update={"step": Step.CONTENT}), desk)
    kept = begun.model_copy(update={"step": Step.FILES})
    prompt = form.prompt_for(kept, desk)
    told = say("officer_takes", text=form.shown(content, _LONGEST_ECHO))
    asked = Turn(kept, (Reply(f"{told}\n\n{prompt.text}", prompt.buttons),))
    # what may be a denunciation or a complaint is nobody's example of a question
    learnt = (PassOn(content),) if _is_plain(content, desk) else ()
    return replace(asked, effects=learnt)


def _is_plain(content: str, desk: Desk) -> bool:
    return desk.triage(content).label not in handoff.LABELS


def resume(draft: Draft, desk: Desk) -> Turn:
    """Ask again what was asked last."""
    return told(draft, say("draft_resumed"), desk)


def act(draft: Draft, choice: str, desk: Desk) -> Turn:
    """Follow a button of the form."""
    if choice == "pending" and draft.pending and not draft.content:
        return begin_with(draft, draft.pending, desk.triage(draft.pending).label, desk)
    if not draft.is_writing:
        return start(draft, desk)
    draft = draft.unparked
    if choice == "keep":
        return back(draft, desk)
    if choice == "cancel":
        return Turn(Draft(topic=draft.topic), (Reply(say("cancelled"), tuple(menu_buttons())),))
    rewriting = draft.editing and draft.step is Step.CONTENT
    if choice == "resume" or not draft.content or rewriting:
        return resume(draft, desk)
    return _act_on_content(draft, choice, desk)


def _act_on_content(draft: Draft, choice: str, desk: Desk) -> Turn:
    """Follow a button that only makes sense once there is a content; an old one asks anew."""
    if draft.step is Step.CONFIRM:
        confirmed = _act_on_whole(draft, choice, desk)
        if confirmed:
            return confirmed
    if choice == "kinds":
        return form.ask_kind(draft)
    if choice == "add" and draft.pending:
        return _more_content(draft.model_copy(update={"pending": ""}), draft.pending, desk)
    if choice.startswith("kind-") and choice[5:] in set(Kind):
        chosen = draft.model_copy(update={"kind": Kind(choice[5:])})
        return form.forward(chosen, Step.KIND, desk)
    if choice.startswith("join-") and choice[5:] in draft.lookalikes:
        return sending.join(draft, choice[5:])
    if choice == "place" and draft.step is Step.PLACE:
        return _placed(draft, form.place_of(draft), desk)
    if choice == "next" and draft.step in {Step.CONTENT, Step.KIND, Step.PLACE, Step.FILES}:
        return form.forward(draft, draft.step, desk)
    answered = contact.press(draft, choice, desk)
    return _after_contact(draft, answered, desk) if answered else resume(draft, desk)


def _act_on_whole(draft: Draft, choice: str, desk: Desk) -> Turn | None:
    """Follow a button below the summary; None for one that does not stand there."""
    if choice == "send":
        return sending.check_twins(draft, desk)
    if choice == "unlike":
        return sending.send(draft)
    if choice == "edit":
        again = draft.model_copy(update={"step": Step.CONTENT, "editing": True})
        return form.ask(again, desk)
    if choice == "fix":
        return fixing.offer(draft, desk)
    return fixing.press(draft, choice.removeprefix("fix-"), desk)


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take words while a feedback is written."""
    if draft.editing and means(text, "keep", "enough"):
        return back(draft, desk)
    return _HEAR[draft.step](draft, text, desk)


def receive_files(draft: Draft, given: Input, desk: Desk) -> Turn:
    """Keep files with the feedback; a caption counts as content."""
    words = nfc(given.text).strip()
    if not given.files and not draft.is_writing and not words:
        return Turn(draft, (Reply(given.refused),))
    files, limit = (*draft.files, *given.files), desk.limits.files
    kept = draft.unparked.model_copy(update={"files": files[:limit]})
    notes = [say("file_too_many", limit=limit)] if len(files) > limit else []
    notes += [given.refused] if given.refused else []
    danger = desk.triage(words).label if words else None
    if danger in handoff.LABELS and (danger is Label.EMERGENCY or not draft.content):
        waiting = kept if kept.content else kept.model_copy(update={"step": Step.CONTENT})
        return handoff.guide(waiting, danger, words, desk)
    content = f"{kept.content}\n{words}".strip()
    if len(words) > LONGEST_MESSAGE or len(content) > LONGEST_CONTENT:
        notes.append(say("content_too_long", limit=number(LONGEST_CONTENT)))
        content = kept.content
    if not content:
        waiting = kept.model_copy(update={"step": Step.CONTENT})
        return Turn(waiting, (Reply(" ".join([say("content_files_first"), *notes])),))
    if given.files:
        notes = [say("file_kept", count=len(kept.files)), *notes]
    if not draft.content:
        begun = begin_with(kept, content, desk.triage(content).label, desk)
        kept = begun.draft
    kept = kept.model_copy(update={"content": content})
    prompt = form.prompt_for(kept, desk)
    between = " " if not draft.content else "\n\n"
    return Turn(kept, (Reply(" ".join(notes) + between + prompt.text, prompt.buttons),))


def with_more(draft: Draft, text: str) -> Draft:
    """Return a draft with more words in its content; as it is where they do not fit in."""
    content = _joined(draft, text)
    fits = len(content) <= LONGEST_CONTENT
    return draft.model_copy(update={"content": content}) if fits else draft


def _joined(draft: Draft, text: str) -> str:
    return f"{draft.content}\n{nfc(text).strip()}".strip()


def told(draft: Draft, sentence: str, desk: Desk) -> Turn:
    """Say something; where a feedback is being written, its question comes again below."""
    if not draft.is_writing:
        return Turn(draft, (Reply(sentence),))
    kept = draft.unparked
    prompt = form.prompt_for(kept, desk)
    return Turn(kept, (Reply(f"{sentence}\n\n{prompt.text}", prompt.buttons),))


def beside(draft: Draft, answered: Turn, desk: Desk) -> Turn:
    """Show an answer beside the form: where one is being written, its question comes again."""
    if not draft.is_writing:
        return answered
    again = told(draft, say("back_to_feedback"), desk)
    return Turn(again.draft, (*answered.replies, *again.replies), answered.effects)


def back(draft: Draft, desk: Desk) -> Turn:
    """Go one question back."""
    kept = draft.unparked
    if kept.editing:
        return form.ask(kept.model_copy(update={"editing": False, "step": Step.CONFIRM}), desk)
    steps = form.path(kept, desk)
    earlier = [step for step in steps if form.ORDER.index(step) < form.ORDER.index(kept.step)]
    return form.ask(kept.model_copy(update={"step": (earlier or steps[:1])[-1]}), desk)


def _hear_content(draft: Draft, text: str, desk: Desk) -> Turn:
    if draft.editing:
        rewritten = {"content": nfc(text).strip(), "editing": False, "step": Step.CONFIRM}
        return form.ask(draft.model_copy(update=rewritten), desk)
    if not draft.content and means(text, *_TELL_NOTHING):
        return form.ask(draft, desk)
    content = _joined(draft, text)
    if len(content) > LONGEST_CONTENT:
        return told(draft, say("content_too_long", limit=number(LONGEST_CONTENT)), desk)
    heard = desk.triage(content).label
    if heard in {Label.GREETING, Label.THANKS} and not draft.content:
        return form.ask(draft, desk)
    if heard in handoff.LABELS and not draft.kind:
        left = draft if draft.files else Draft(topic=draft.topic)
        return handoff.guide(left, heard, content, desk)
    kind = draft.kind or KIND_OF.get(heard, Kind.CONDUCT)
    written = draft.model_copy(update={"content": content, "kind": kind})
    if draft.kind is Kind.QUESTION:
        return form.ask(written.model_copy(update={"step": Step.FILES}), desk)
    return form.ask(written.model_copy(update={"step": Step.KIND}), desk)


def _hear_kind(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes"):
        return form.forward(draft, Step.KIND, desk)
    if means(text, "no"):
        return act(draft, "kinds", desk)
    if means(text, "skip"):
        return form.forward(draft, Step.KIND, desk)
    kind = form.kind_named(text)
    if kind:
        return form.forward(draft.model_copy(update={"kind": kind}), Step.KIND, desk)
    return _more_or_not(draft, text, desk, least=_LEAST_AT_KIND)


def _hear_place(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes", "as_said"):
        return _placed(draft, form.place_of(draft), desk)
    if means(text, "skip", "no", "enough"):
        return _placed(draft, "", desk)
    if text.rstrip().endswith("?"):
        return _more_or_not(draft, text, desk)
    return _placed(draft, text, desk)


def _placed(draft: Draft, place: str, desk: Desk) -> Turn:
    kept = draft.model_copy(update={"place": squeeze(place)[:_LONGEST_PLACE]})
    return form.forward(kept, Step.PLACE, desk)


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
        return _more_content(draft, text, desk)
    prompt = form.prompt_for(draft, desk)
    kept = draft.model_copy(update={"pending": nfc(text).strip()})
    asked = say("add_or_not", text=form.shown(squeeze(text), _LONGEST_ECHO))
    buttons = ((label("add_words"), "feedback:add"), *prompt.buttons)
    return Turn(kept, (Reply(asked, buttons),))


def _more_content(draft: Draft, text: str, desk: Desk) -> Turn:
    """Words that answer nothing are more of the story: nothing a person wrote is lost."""
    content = _joined(draft, text)
    if len(content) > LONGEST_CONTENT:
        return told(draft, say("content_too_long", limit=number(LONGEST_CONTENT)), desk)
    kept = draft.model_copy(update={"content": content})
    prompt = form.prompt_for(kept, desk)
    return Turn(kept, (Reply(f"{say('content_more')} {prompt.text}", prompt.buttons),))


def _hear_contact(draft: Draft, text: str, desk: Desk) -> Turn:
    return _after_contact(draft, contact.hear(draft, text, desk), desk)


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


def _after_contact(draft: Draft, answered: contact.Answered, desk: Desk) -> Turn:
    """Go on where a contact question was answered well, else say what is wrong with it."""
    if answered.declined:
        text = say("consent_declined", address=desk.ward.address)
        return Turn(Draft(topic=draft.topic), (Reply(text),))
    if answered.wrong:
        return Turn(draft, (Reply(answered.wrong, contact.prompt(draft, desk).buttons),))
    return form.forward(answered.draft, answered.done or draft.step, desk)
