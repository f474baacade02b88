"""The questions of a feedback: which there are, in which order, and how each is put."""

from dataclasses import replace

from api.cases.models import Kind
from api.cases.redaction import LABELS, Personal, redact
from api.cases.wording import KIND_LABELS
from bot.dialogue import contact
from bot.dialogue.model import Desk, Draft, Reply, Step, Turn
from bot.dialogue.texts import kind_words, label, say
from knowledge.entities import place_in
from knowledge.places import PlaceFinder
from knowledge.text import squeeze

ORDER = tuple(Step)
"""The questions stand there in the order in which they are asked."""

_LONGEST_LABEL = 60  # characters of a button
LONGEST_ECHO = 200  # characters of a content in a sentence
_LONGEST_SHOWN = 600  # characters of a content in the summary


def prompt_for(draft: Draft, desk: Desk) -> Reply:
    """Return the question of the step the draft is at; while mending, it may be left as it was."""
    asked = _prompt(draft, desk)
    if not draft.editing or draft.step is Step.CONFIRM:
        return asked
    back = (label("back_to_summary"), "feedback:keep")
    return replace(asked, buttons=(*asked.buttons, back))


def _prompt(draft: Draft, desk: Desk) -> Reply:
    if draft.step is Step.CONTENT and draft.editing:
        return Reply(say("edit_prompt"))
    if draft.step is Step.CONTENT:
        go_on = ((label("done_files"), "feedback:next"),) if draft.content else ()
        return Reply(say("content_prompt"), go_on)
    if draft.step is Step.KIND:
        kind = KIND_LABELS[draft.kind or Kind.CONDUCT]
        buttons = ((label("yes_kind"), "feedback:next"), (label("other_kind"), "feedback:kinds"))
        return Reply(say("kind_prompt", kind=kind), buttons)
    if draft.step is Step.PLACE:
        named = place_of(draft)
        guess = ((named, "feedback:place"),) if named else ()
        return Reply(say("place_prompt"), (*guess, (label("skip"), "feedback:next")))
    if draft.step is Step.FILES:
        return Reply(say("files_prompt"), ((label("done_files"), "feedback:next"),))
    if draft.step is Step.CONFIRM:
        return _summary(draft, desk)
    return contact.prompt(draft, desk)


def place_of(draft: Draft) -> str:
    """Return the place that a content names; an accused person is none."""
    found = PlaceFinder.shipped().find(draft.content) or place_in(draft.content)
    named = squeeze(found)[:_LONGEST_LABEL]
    return "" if LABELS[Personal.PERSON] in redact(named) else named


def kind_named(text: str) -> Kind | None:
    """Return the kind that a text is a name of."""
    name = kind_words(text)
    return Kind(name) if name else None


def ask_kind(draft: Draft) -> Turn:
    """Let one kind be chosen of all; who has not agreed to one may only be asking."""
    buttons = tuple((words, f"feedback:kind-{kind}") for kind, words in KIND_LABELS.items())
    asks = ((label("only_asking"), "feedback:ask"),) if draft.step is Step.KIND else ()
    return Turn(draft, (Reply(say("kind_choose"), (*buttons, *asks)),))


def path(draft: Draft, desk: Desk) -> list[Step]:
    """Return the questions that this feedback needs, in order."""
    steps = [Step.CONTENT]
    if draft.kind is not Kind.QUESTION:
        steps.append(Step.KIND)
    if draft.kind in {Kind.INFRASTRUCTURE, Kind.CONDUCT}:
        steps.append(Step.PLACE)
    return [*steps, Step.FILES, *contact.path(draft, desk), Step.CONFIRM]


def forward(draft: Draft, done: Step, desk: Desk) -> Turn:
    """Put the question after one that was answered; after a mending, what it makes needed."""
    if draft.editing:
        lacks = contact.lacks_address(draft)
        step = Step.ADDRESS if lacks else Step.CONFIRM
        return ask(draft.model_copy(update={"editing": lacks, "step": step}), desk)
    steps = path(draft, desk)
    later = [step for step in steps if ORDER.index(step) > ORDER.index(done)]
    return ask(draft.model_copy(update={"step": later[0]}), desk)


def ask(draft: Draft, desk: Desk) -> Turn:
    """Put the question of the step the draft is at."""
    return Turn(draft, (prompt_for(draft, desk),))


def resume(draft: Draft, desk: Desk) -> Turn:
    """Ask again what was asked last."""
    return told(draft, say("draft_resumed"), desk)


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
        return ask(kept.model_copy(update={"editing": False, "step": Step.CONFIRM}), desk)
    steps = path(kept, desk)
    earlier = [step for step in steps if ORDER.index(step) < ORDER.index(kept.step)]
    return ask(kept.model_copy(update={"step": (earlier or steps[:1])[-1]}), desk)


def _summary(draft: Draft, desk: Desk) -> Reply:
    lines = {
        "place": f"Nơi xảy ra: {draft.place}\n" if draft.place else "",
        "files": f"Kèm {len(draft.files)} tệp\n" if draft.files else "",
        "address": f"Địa chỉ: {draft.address}\n" if draft.address else "",
    }
    text = say(
        "summary",
        kind=KIND_LABELS[draft.kind or Kind.CONDUCT],
        content=shown(draft.content, _LONGEST_SHOWN),
        name=draft.name,
        phone=draft.phone or say("no_phone"),
        ward=desk.ward.name,
        **lines,
    )
    buttons = (
        (label("send"), "feedback:send"),
        (label("edit"), "feedback:edit"),
        (label("fix"), "feedback:fix"),
        (label("cancel"), "feedback:cancel"),
    )
    return Reply(text, buttons)


def shown(content: str, longest: int) -> str:
    """Return a content, or as much of its beginning as is shown."""
    return content if len(content) <= longest else content[:longest] + " …"
