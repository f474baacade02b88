"""Writing a feedback: one question at a time, until the person confirms and it is sent."""

from collections.abc import Callable
from dataclasses import replace

from api.cases.intake import LONGEST_CONTENT, Feedback
from api.cases.models import Kind
from api.cases.wording import KIND_LABELS
from bot.dialogue import contact, handoff
from bot.dialogue.model import (
    LONGEST_MESSAGE,
    Desk,
    Draft,
    Input,
    JoinCase,
    OpenCase,
    PassOn,
    Reply,
    Step,
    Turn,
)
from bot.dialogue.texts import label, means, menu_buttons, number, say
from knowledge.entities import place_in
from knowledge.text import nfc, squeeze
from knowledge.triage import Label

KIND_OF = {
    Label.FEEDBACK_CONDUCT: Kind.CONDUCT,
    Label.FEEDBACK_REGULATION: Kind.REGULATION,
    Label.RECOMMENDATION: Kind.RECOMMENDATION,
    Label.FEEDBACK_INFRASTRUCTURE: Kind.INFRASTRUCTURE,
}
_LONGEST_LABEL = 60  # characters of a button
_LONGEST_PLACE = 300
_LONGEST_SHOWN, _LONGEST_ECHO = 600, 200  # characters of a content in the summary, in a sentence
_ORDER = tuple(Step)  # the questions stand there in the order in which they are asked


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
    prompt = prompt_for(begun, desk)
    return Turn(begun, (Reply(f"{say('content_kept')} {prompt.text}", prompt.buttons),))


def to_officer(draft: Draft, desk: Desk) -> Turn:
    """Pass the last question on to an officer, as a case of kind question."""
    if draft.content or draft.parked or draft.step in contact.STEPS:
        return resume(draft, desk)
    content = nfc(draft.pending).strip()
    begun = Draft(content=content, kind=Kind.QUESTION, topic=draft.topic, files=draft.files)
    if not content:
        return _ask(begun.model_copy(update={"step": Step.CONTENT}), desk)
    kept = begun.model_copy(update={"step": Step.FILES})
    prompt = prompt_for(kept, desk)
    told = say("officer_takes", text=_shown(content, _LONGEST_ECHO))
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
    if choice == "cancel":
        return Turn(Draft(topic=draft.topic), (Reply(say("cancelled"), tuple(menu_buttons())),))
    if choice == "edit" and draft.step is Step.CONFIRM:
        again = draft.model_copy(update={"step": Step.CONTENT, "editing": True})
        return Turn(again, (Reply(say("edit_prompt")),))
    if choice == "resume" or not draft.content or draft.editing:
        return resume(draft, desk)
    return _act_on_content(draft, choice, desk)


def _act_on_content(draft: Draft, choice: str, desk: Desk) -> Turn:
    """Follow a button that only makes sense once there is a content; an old one asks anew."""
    if choice == "kinds":
        buttons = tuple((words, f"feedback:kind-{kind}") for kind, words in KIND_LABELS.items())
        asks = ((label("only_asking"), "feedback:ask"),) if draft.step is Step.KIND else ()
        return Turn(draft, (Reply(say("kind_choose"), (*buttons, *asks)),))
    if choice.startswith("kind-") and choice[5:] in set(Kind):
        chosen = draft.model_copy(update={"kind": Kind(choice[5:])})
        return _forward(chosen, Step.KIND, desk)
    if choice == "send" and draft.step is Step.CONFIRM:
        return _check_twins(draft, desk)
    if choice == "unlike" and draft.step is Step.CONFIRM:
        return _send(draft)
    if choice.startswith("join-") and choice[5:] in draft.lookalikes:
        return Turn(Draft(topic=draft.topic), (), (JoinCase(choice[5:], _feedback(draft)),))
    if choice == "place" and draft.step is Step.PLACE:
        return _hear_place(draft, place_in(draft.content), desk)
    if choice == "next" and draft.step in {Step.CONTENT, Step.KIND, Step.PLACE, Step.FILES}:
        return _forward(draft, draft.step, desk)
    answered = contact.press(draft, choice, desk)
    return _after_contact(draft, answered, desk) if answered else resume(draft, desk)


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take words while a feedback is written."""
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
    prompt = prompt_for(kept, desk)
    between = " " if not draft.content else "\n\n"
    return Turn(kept, (Reply(" ".join(notes) + between + prompt.text, prompt.buttons),))


def told(draft: Draft, sentence: str, desk: Desk) -> Turn:
    """Say something; where a feedback is being written, its question comes again below."""
    if not draft.is_writing:
        return Turn(draft, (Reply(sentence),))
    kept = draft.unparked
    prompt = prompt_for(kept, desk)
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
        return _ask(kept.model_copy(update={"editing": False, "step": Step.CONFIRM}), desk)
    steps = _path(kept, desk)
    earlier = [step for step in steps if _ORDER.index(step) < _ORDER.index(kept.step)]
    return _ask(kept.model_copy(update={"step": (earlier or steps[:1])[-1]}), desk)


def prompt_for(draft: Draft, desk: Desk) -> Reply:
    """Return the question of the step the draft is at."""
    if draft.editing:
        return Reply(say("edit_prompt"))
    if draft.step is Step.CONTENT:
        go_on = ((label("done_files"), "feedback:next"),) if draft.content else ()
        return Reply(say("content_prompt"), go_on)
    if draft.step is Step.KIND:
        kind = KIND_LABELS[draft.kind or Kind.CONDUCT]
        buttons = ((label("yes_kind"), "feedback:next"), (label("other_kind"), "feedback:kinds"))
        return Reply(say("kind_prompt", kind=kind), buttons)
    if draft.step is Step.PLACE:
        named = squeeze(place_in(draft.content))[:_LONGEST_LABEL]
        guess = ((named, "feedback:place"),) if named else ()
        return Reply(say("place_prompt"), (*guess, (label("skip"), "feedback:next")))
    if draft.step is Step.FILES:
        return Reply(say("files_prompt"), ((label("done_files"), "feedback:next"),))
    if draft.step is Step.CONFIRM:
        return _summary(draft, desk)
    return contact.prompt(draft, desk)


def _hear_content(draft: Draft, text: str, desk: Desk) -> Turn:
    if draft.editing:
        rewritten = {"content": nfc(text).strip(), "editing": False, "step": Step.CONFIRM}
        return _ask(draft.model_copy(update=rewritten), desk)
    content = f"{draft.content}\n{nfc(text).strip()}".strip()
    if len(content) > LONGEST_CONTENT:
        return told(draft, say("content_too_long", limit=number(LONGEST_CONTENT)), desk)
    heard = desk.triage(content).label
    if heard in handoff.LABELS and not draft.kind:
        left = draft if draft.files else Draft(topic=draft.topic)
        return handoff.guide(left, heard, content, desk)
    kind = draft.kind or KIND_OF.get(heard, Kind.CONDUCT)
    written = draft.model_copy(update={"content": content, "kind": kind})
    if draft.kind is Kind.QUESTION:
        return _ask(written.model_copy(update={"step": Step.FILES}), desk)
    return _ask(written.model_copy(update={"step": Step.KIND}), desk)


def _hear_kind(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes"):
        return _forward(draft, Step.KIND, desk)
    if means(text, "no"):
        return act(draft, "kinds", desk)
    if means(text, "skip"):
        return _forward(draft, Step.KIND, desk)
    return _more_content(draft, text, desk)


def _hear_place(draft: Draft, text: str, desk: Desk) -> Turn:
    place = "" if means(text, "skip") else squeeze(text)[:_LONGEST_PLACE]
    return _forward(draft.model_copy(update={"place": place}), Step.PLACE, desk)


def _hear_files(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "skip") or means(text, "no"):
        return _forward(draft, Step.FILES, desk)
    if means(text, "yes"):
        prompt = prompt_for(draft, desk)
        return Turn(draft, (Reply(say("files_wanted"), prompt.buttons),))
    return _more_content(draft, text, desk)


def _more_content(draft: Draft, text: str, desk: Desk) -> Turn:
    """Words that answer nothing are more of the story: nothing a person wrote is lost."""
    content = f"{draft.content}\n{nfc(text).strip()}"
    if len(content) > LONGEST_CONTENT:
        return told(draft, say("content_too_long", limit=number(LONGEST_CONTENT)), desk)
    kept = draft.model_copy(update={"content": content})
    prompt = prompt_for(kept, desk)
    return Turn(kept, (Reply(f"{say('content_more')} {prompt.text}", prompt.buttons),))


def _hear_contact(draft: Draft, text: str, desk: Desk) -> Turn:
    return _after_contact(draft, contact.hear(draft, text, desk), desk)


def _hear_confirm(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes"):
        return _check_twins(draft, desk)
    return resume(draft, desk) if means(text, "no") else _more_content(draft, text, desk)


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
    return _forward(answered.draft, draft.step, desk)


def _path(draft: Draft, desk: Desk) -> list[Step]:
    """Return the questions that this feedback needs, in order."""
    steps = [Step.CONTENT]
    if draft.kind is not Kind.QUESTION:
        steps.append(Step.KIND)
    if draft.kind in {Kind.INFRASTRUCTURE, Kind.CONDUCT}:
        steps.append(Step.PLACE)
    return [*steps, Step.FILES, *contact.path(draft, desk), Step.CONFIRM]


def _forward(draft: Draft, done: Step, desk: Desk) -> Turn:
    steps = _path(draft, desk)
    later = [step for step in steps if _ORDER.index(step) > _ORDER.index(done)]
    return _ask(draft.model_copy(update={"step": later[0]}), desk)


def _ask(draft: Draft, desk: Desk) -> Turn:
    return Turn(draft, (prompt_for(draft, desk),))


def _summary(draft: Draft, desk: Desk) -> Reply:
    lines = {
        "place": f"Nơi xảy ra: {draft.place}\n" if draft.place else "",
        "files": f"Kèm {len(draft.files)} tệp\n" if draft.files else "",
        "address": f"Địa chỉ: {draft.address}\n" if draft.address else "",
    }
    text = say(
        "summary",
        kind=KIND_LABELS[draft.kind or Kind.CONDUCT],
        content=_shown(draft.content, _LONGEST_SHOWN),
        name=draft.name,
        phone=draft.phone,
        ward=desk.ward.name,
        **lines,
    )
    buttons = (
        (label("send"), "feedback:send"),
        (label("edit"), "feedback:edit"),
        (label("cancel"), "feedback:cancel"),
    )
    return Reply(text, buttons)


def _shown(content: str, longest: int) -> str:
    return content if len(content) <= longest else content[:longest] + " …"


def _check_twins(draft: Draft, desk: Desk) -> Turn:
    """Show open cases that may be the same before another one is sent; once is enough."""
    if draft.lookalikes:
        return _send(draft)
    kind = draft.kind or Kind.CONDUCT
    found = desk.similar(kind, draft.content, draft.place)
    if not found:
        return _send(draft)
    shown = [say("twin", code=one.code, text=one.text) for one in found]
    buttons = [(say("twin_join", code=one.code), f"feedback:join-{one.code}") for one in found]
    kept = draft.model_copy(update={"lookalikes": tuple(one.code for one in found)})
    text = "\n\n".join([say("twins"), *shown, say("twins_ask")])
    return Turn(kept, (Reply(text, (*buttons, (label("unlike"), "feedback:unlike"))),))


def _send(draft: Draft) -> Turn:
    return Turn(Draft(topic=draft.topic), (), (OpenCase(_feedback(draft)),))


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
