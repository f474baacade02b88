"""Writing a feedback: one question at a time, until the person confirms and it is sent."""

from dataclasses import replace

from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Kind
from bot.dialogue import contact, fixing, form, handoff, sending, telling
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
from bot.dialogue.texts import menu_buttons, number, say
from knowledge.text import nfc, squeeze
from knowledge.triage import Label

_LONGEST_PLACE = 300


def start(draft: Draft, desk: Desk) -> Turn:
    """Begin a feedback, or go on with the one that is being written."""
    if draft.content or draft.files:
        return form.resume(draft, desk)
    kept = Draft(step=Step.CONTENT, topic=draft.topic)
    return Turn(kept, (Reply(say("content_prompt")),))


def begin_with(draft: Draft, text: str, heard: Label, desk: Desk) -> Turn:
    """Begin with words that were already sent: they are the content, nothing is asked twice."""
    if draft.content:
        return telling.add(draft.unparked, text, desk)
    kind = telling.KIND_OF.get(heard, Kind.CONDUCT)
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
        return form.resume(draft, desk)
    content = nfc(draft.pending).strip()
    begun = Draft(content=content, kind=Kind.QUESTION, topic=draft.topic, files=draft.files)
    if not content:
        return form.ask(begun.model_copy(update={"step": Step.CONTENT}), desk)
    kept = begun.model_copy(update={"step": Step.FILES})
    prompt = form.prompt_for(kept, desk)
    told = say("officer_takes", text=form.shown(content, form.LONGEST_ECHO))
    asked = Turn(kept, (Reply(f"{told}\n\n{prompt.text}", prompt.buttons),))
    # what may be a denunciation or a complaint is nobody's example of a question
    learnt = (PassOn(content),) if _is_plain(content, desk) else ()
    return replace(asked, effects=learnt)


def _is_plain(content: str, desk: Desk) -> bool:
    return desk.triage(content).label not in handoff.LABELS


def act(draft: Draft, choice: str, desk: Desk) -> Turn:
    """Follow a button of the form."""
    if choice == "pending" and draft.pending and not draft.content:
        return begin_with(draft, draft.pending, desk.triage(draft.pending).label, desk)
    if not draft.is_writing:
        return start(draft, desk)
    draft = draft.unparked
    if choice == "keep":
        return form.back(draft, desk)
    if choice == "cancel":
        return Turn(Draft(topic=draft.topic), (Reply(say("cancelled"), tuple(menu_buttons())),))
    rewriting = draft.editing and draft.step is Step.CONTENT
    if choice == "resume" or not draft.content or rewriting:
        return form.resume(draft, desk)
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
        return telling.add(draft.model_copy(update={"pending": ""}), draft.pending, desk)
    if choice.startswith("kind-") and choice[5:] in set(Kind):
        chosen = draft.model_copy(update={"kind": Kind(choice[5:])})
        return form.forward(chosen, Step.KIND, desk)
    if choice.startswith("join-") and choice[5:] in draft.lookalikes:
        return sending.join(draft, choice[5:])
    if choice == "place" and draft.step is Step.PLACE:
        return placed(draft, form.place_of(draft), desk)
    if choice == "next" and draft.step in {Step.CONTENT, Step.KIND, Step.PLACE, Step.FILES}:
        return form.forward(draft, draft.step, desk)
    answered = contact.press(draft, choice, desk)
    return after_contact(draft, answered, desk) if answered else form.resume(draft, desk)


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
    content = telling.joined(kept, words)
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


def after_contact(draft: Draft, answered: contact.Answered, desk: Desk) -> Turn:
    """Go on where a contact question was answered well, else say what is wrong with it."""
    if answered.declined:
        text = say("consent_declined", address=desk.ward.address)
        return Turn(Draft(topic=draft.topic), (Reply(text),))
    if answered.wrong:
        return Turn(draft, (Reply(answered.wrong, contact.prompt(draft, desk).buttons),))
    return form.forward(answered.draft, answered.done or draft.step, desk)


def placed(draft: Draft, place: str, desk: Desk) -> Turn:
    """Keep the place of a matter, empty where none is told, and go on."""
    kept = draft.model_copy(update={"place": squeeze(place)[:_LONGEST_PLACE]})
    return form.forward(kept, Step.PLACE, desk)
