"""Writing a feedback: one question at a time, until the person confirms and it is sent."""

from collections.abc import Callable

from api.cases.intake import LONGEST_CONTENT, Feedback
from api.cases.models import Kind
from api.cases.wording import KIND_LABELS
from bot.dialogue import contact, handoff
from bot.dialogue.model import Desk, Draft, Input, OpenCase, Reply, Step, Turn
from bot.dialogue.texts import label, means, say
from knowledge.text import nfc, squeeze
from knowledge.triage import Label

KIND_OF = {
    Label.FEEDBACK_CONDUCT: Kind.CONDUCT,
    Label.FEEDBACK_REGULATION: Kind.REGULATION,
    Label.RECOMMENDATION: Kind.RECOMMENDATION,
    Label.FEEDBACK_INFRASTRUCTURE: Kind.INFRASTRUCTURE,
}
_LONGEST_PLACE = 300


def start(draft: Draft, desk: Desk) -> Turn:
    """Begin a feedback, or go on with the one that is being written."""
    if draft.is_writing and draft.content:
        return resume(draft, desk)
    kept = Draft(step=Step.CONTENT, topic=draft.topic)
    return Turn(kept, (Reply(say("content_prompt")),))


def begin_with(draft: Draft, text: str, heard: Label, desk: Desk) -> Turn:
    """Begin with words that were already sent: they are the content, nothing is asked twice."""
    kind = KIND_OF.get(heard, Kind.CONDUCT)
    begun = Draft(step=Step.KIND, content=nfc(text).strip(), kind=kind, topic=draft.topic)
    prompt = prompt_for(begun, desk)
    return Turn(begun, (Reply(f"{say('content_kept')} {prompt.text}", prompt.buttons),))


def to_officer(draft: Draft, desk: Desk) -> Turn:
    """Pass the last question on to an officer, as a case of kind question."""
    if draft.is_writing:
        return resume(draft, desk)
    begun = Draft(kind=Kind.QUESTION, content=nfc(draft.pending).strip(), topic=draft.topic)
    step = Step.FILES if begun.content else Step.CONTENT
    return _ask(begun.model_copy(update={"step": step}), desk)


def resume(draft: Draft, desk: Desk) -> Turn:
    """Ask again what was asked last."""
    prompt = prompt_for(draft, desk)
    return Turn(draft, (Reply(f"{say('draft_resumed')}\n\n{prompt.text}", prompt.buttons),))


def act(draft: Draft, choice: str, desk: Desk) -> Turn:
    """Follow a button of the form."""
    if choice == "pending":
        heard = desk.triage(draft.pending).label
        return (
            begin_with(draft, draft.pending, heard, desk) if draft.pending else start(draft, desk)
        )
    if not draft.is_writing:
        return start(draft, desk)
    if choice == "resume":
        return resume(draft, desk)
    if choice == "cancel":
        return Turn(Draft(topic=draft.topic), (Reply(say("cancelled")),))
    if choice == "edit":
        again = draft.model_copy(update={"step": Step.CONTENT, "content": ""})
        return Turn(again, (Reply(say("edit_prompt")),))
    if choice == "kinds":
        buttons = tuple((words, f"feedback:kind-{kind}") for kind, words in KIND_LABELS.items())
        return Turn(draft, (Reply(say("kind_choose"), buttons),))
    if choice.startswith("kind-") and choice[5:] in set(Kind):
        chosen = draft.model_copy(update={"kind": Kind(choice[5:])})
        return _forward(chosen, Step.KIND, desk)
    if choice == "send" and draft.step is Step.CONFIRM:
        return _send(draft)
    if choice == "next" and draft.step in {Step.KIND, Step.PLACE, Step.FILES}:
        return _forward(draft, draft.step, desk)
    answered = contact.press(draft, choice, desk)
    return _after_contact(draft, answered, desk) if answered else resume(draft, desk)


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take words while a feedback is written."""
    return _HEAR[draft.step](draft, text, desk)


def receive_files(draft: Draft, given: Input, desk: Desk) -> Turn:
    """Keep files with the feedback; a caption counts as content."""
    if given.refused and not given.files:
        return Turn(draft, (Reply(given.refused),))
    files = (*draft.files, *given.files)
    limit = desk.limits.files
    kept = draft.model_copy(update={"files": files[:limit]})
    words = nfc(given.text).strip()
    if words:
        kept = kept.model_copy(update={"content": f"{kept.content}\n{words}".strip()})
    notes = [say("file_kept", count=len(kept.files))]
    if len(files) > limit:
        notes.append(say("file_too_many", limit=limit))
    if given.refused:
        notes.append(given.refused)
    if kept.step in {Step.IDLE, Step.CODE, Step.CONTENT}:
        return _files_first(kept, " ".join(notes), desk)
    prompt = prompt_for(kept, desk)
    return Turn(kept, (Reply(" ".join(notes) + "\n\n" + prompt.text, prompt.buttons),))


def back(draft: Draft, desk: Desk) -> Turn:
    """Go one question back."""
    steps = _path(draft, desk)
    at = steps.index(draft.step) if draft.step in steps else 0
    return _ask(draft.model_copy(update={"step": steps[max(at - 1, 0)]}), desk)


def prompt_for(draft: Draft, desk: Desk) -> Reply:
    """Return the question of the step the draft is at."""
    if draft.step is Step.CONTENT:
        return Reply(say("content_prompt"))
    if draft.step is Step.KIND:
        kind = KIND_LABELS[draft.kind or Kind.CONDUCT]
        buttons = ((label("yes_kind"), "feedback:next"), (label("other_kind"), "feedback:kinds"))
        return Reply(say("kind_prompt", kind=kind), buttons)
    if draft.step is Step.PLACE:
        return Reply(say("place_prompt"), ((label("skip"), "feedback:next"),))
    if draft.step is Step.FILES:
        return Reply(say("files_prompt"), ((label("done_files"), "feedback:next"),))
    if draft.step is Step.CONFIRM:
        return _summary(draft, desk)
    return contact.prompt(draft, desk)


def _files_first(draft: Draft, notes: str, desk: Desk) -> Turn:
    if not draft.content:
        waiting = draft.model_copy(update={"step": Step.CONTENT})
        return Turn(waiting, (Reply(say("content_files_first")),))
    begun = begin_with(draft, draft.content, desk.triage(draft.content).label, desk)
    kept = begun.draft.model_copy(update={"files": draft.files})
    prompt = prompt_for(kept, desk)
    return Turn(kept, (Reply(f"{notes} {prompt.text}", prompt.buttons),))


def _hear_content(draft: Draft, text: str, desk: Desk) -> Turn:
    content = f"{draft.content}\n{nfc(text).strip()}".strip()
    if len(content) > LONGEST_CONTENT:
        return Turn(draft, (Reply(say("too_long", limit=LONGEST_CONTENT)),))
    heard = desk.triage(content).label
    if heard in handoff.LABELS and not draft.kind:
        return handoff.guide(Draft(topic=draft.topic), heard, content, desk)
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
    return _more_content(draft, text, desk)


def _hear_place(draft: Draft, text: str, desk: Desk) -> Turn:
    place = "" if means(text, "skip") else squeeze(text)[:_LONGEST_PLACE]
    return _forward(draft.model_copy(update={"place": place}), Step.PLACE, desk)


def _hear_files(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "skip") or means(text, "no"):
        return _forward(draft, Step.FILES, desk)
    return _more_content(draft, text, desk)


def _more_content(draft: Draft, text: str, desk: Desk) -> Turn:
    """Words that answer nothing are more of the story: nothing a person wrote is lost."""
    content = f"{draft.content}\n{nfc(text).strip()}"
    if len(content) > LONGEST_CONTENT:
        return Turn(draft, (Reply(say("too_long", limit=LONGEST_CONTENT)),))
    kept = draft.model_copy(update={"content": content})
    prompt = prompt_for(kept, desk)
    return Turn(kept, (Reply(f"{say('content_more')} {prompt.text}", prompt.buttons),))


def _hear_contact(draft: Draft, text: str, desk: Desk) -> Turn:
    return _after_contact(draft, contact.hear(draft, text, desk), desk)


def _hear_confirm(draft: Draft, text: str, desk: Desk) -> Turn:
    if means(text, "yes"):
        return _send(draft)
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
    later = steps[steps.index(done) + 1 :] if done in steps else [Step.CONFIRM]
    return _ask(draft.model_copy(update={"step": later[0]}), desk)


def _ask(draft: Draft, desk: Desk) -> Turn:
    return Turn(draft, (prompt_for(draft, desk),))


def _summary(draft: Draft, desk: Desk) -> Reply:
    lines = {
        "place": f"Nơi xảy ra: {draft.place}\n" if draft.place else "",
        "files": f"Kèm {len(draft.files)} tệp\n" if draft.files else "",
        "address": f"Địa chỉ: {draft.address}\n" if draft.address else "",
    }
    shown = draft.content if len(draft.content) <= 600 else draft.content[:600] + " …"
    text = say(
        "summary",
        kind=KIND_LABELS[draft.kind or Kind.CONDUCT],
        content=shown,
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


def _send(draft: Draft) -> Turn:
    sent = Feedback(
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
    return Turn(Draft(topic=draft.topic), (), (OpenCase(sent),))
