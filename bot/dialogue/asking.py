"""Questions: free text, answers, follow-ups, asking back, and what is no question at all."""

import re
from dataclasses import replace

from api.learning.models import Outcome
from bot.dialogue import clarifying, feedback, handoff, showing, story, tracking
from bot.dialogue.model import (
    Desk,
    Draft,
    KeepQuestion,
    Reply,
    Turn,
)
from bot.dialogue.texts import after, courteous, label, means, menu_buttons, say
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.clerk import Finding
from knowledge.courtesies import Courtesy, CourtesyReader
from knowledge.decide import Decision
from knowledge.text import fold
from knowledge.triage import FEEDBACK, Label, Triage

_SHORT_FOLLOW_UP, _SHORT_TURN = 7, 10  # syllables
_TOO_SHORT = 3  # words that tell no matter by themselves: "wifi không"
_CERTAIN, _FAINT = 0.75, 0.5  # of a danger or a complaint
_ONLY_TO_MEET = 8  # words of a wish to meet an officer that says nothing of the matter
_LEAST_BEHIND = 2  # words behind thanks that are a matter of their own
_SOCIAL = frozenset((Label.THANKS, Label.GREETING, Label.ABUSE_OR_NOISE))
_MOST_LIKELY, _ALL_OF_IT = 3, 0.99
_NAMING = 2  # words of a name that are no chance
_LONGEST_PAIR = 60  # words of a message in which two questions are looked for
_BETWEEN_QUESTIONS = re.compile(r"[?.!;\n]+\s*|,?\s(?:và|còn|với lại|ngoài ra|rồi)\s")

_MAY_NARROW = (Label.PROCEDURE_QUESTION, Label.ABUSE_OR_NOISE)  # short words are read as noise


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take free text: a danger first, a follow-up next, then what kind of message it is."""
    text = _behind_thanks(text, desk)
    found = desk.triage(text)
    kind = found.label
    if kind in handoff.LABELS:
        if _is_idle_after_all(found, text, desk):
            kind = Label.ABUSE_OR_NOISE
        elif _asks_after_all(draft, found, text, desk):
            kind = Label.PROCEDURE_QUESTION
        else:
            return handoff.guide(draft, kind, text, desk)
    heard = (
        _ward_or_courtesy(draft, text, desk)
        or (_narrowed(draft, text, desk) if kind in _MAY_NARROW else None)
        or _follow_up(draft, text, desk)
        or _turned(draft, text, desk)
    )
    if heard:
        return heard
    if kind in FEEDBACK and not _goes_on(draft, found, text):
        if found.score < _CERTAIN and len(text.split()) <= _TOO_SHORT:
            return _small_talk(draft, text, kind, desk)
        return _told(draft, text, kind, desk)
    if kind is Label.STATUS_LOOKUP:
        return tracking.ask_code(draft, desk)
    if kind is Label.TALK_TO_OFFICER:
        said_more = len(text.split()) > _ONLY_TO_MEET
        return officer(draft.model_copy(update={"pending": text if said_more else ""}), desk)
    if kind is Label.PROCEDURE_QUESTION or kind in FEEDBACK:
        return story.offer(answer(draft, text, desk), text, desk)
    return _small_talk(draft, text, kind, desk)


def _told(draft: Draft, text: str, kind: Label, desk: Desk) -> Turn:
    """Begin a feedback; a question that stands beside it is answered first."""
    both = story.question_beside(text, desk) if not draft.is_writing else None
    if both is None:
        return feedback.begin_with(draft, text, kind, desk)
    question, matter = both
    answered = answer(draft, question, desk)
    begun = feedback.begin_with(answered.draft, matter, desk.triage(matter).label, desk)
    return Turn(begun.draft, (*answered.replies, *begun.replies), answered.effects)


def _behind_thanks(text: str, desk: Desk) -> str:
    """Return what follows thanks, where that is a matter of its own; else the whole text."""
    rest = after(text, "thanks")
    matters = len(rest.split()) > _LEAST_BEHIND and desk.triage(rest).label not in _SOCIAL
    return rest if matters else text


def _goes_on(draft: Draft, found: Triage, text: str) -> bool:
    """Tell whether a few words that hardly sound like a feedback belong to what is talked about."""
    talking = bool(draft.topic or clarifying.choices(draft))
    return talking and found.score < _CERTAIN and len(text.split()) <= _SHORT_TURN


def _is_idle_after_all(found: Triage, text: str, desk: Desk) -> bool:
    """Tell whether what is hardly a danger or an accusation is known as idle talk: a proverb."""
    finding = desk.ask(text) if found.score < _FAINT else None
    return bool(finding and finding.outside and finding.outside.is_talk)


def _asks_after_all(draft: Draft, found: Triage, text: str, desk: Desk) -> bool:
    """Tell whether what only might be a danger or a complaint is a question about a procedure.

    "Mẹ tôi mất tuần trước" is no call for help. A denunciation is taken for a question only where
    it hardly sounds like one and the catalogue knows what is asked.
    """
    if found.score >= (_FAINT if found.label is Label.DENUNCIATION else _CERTAIN):
        return False
    if found.label is Label.DENUNCIATION:
        return desk.ask(text).decision is not Decision.NONE
    if draft.topic and after(text, "instead"):
        return True
    faint = found.label is Label.EMERGENCY and found.score < _FAINT
    asked = desk.about_ward(text) or desk.ask(text).decision is Decision.ANSWER
    return faint or bool(asked)


def answer(draft: Draft, text: str, desk: Desk) -> Turn:
    """Answer a question from the catalogue, ask back, or say that it is not there."""
    finding = desk.ask(text)
    two = _two_questions(text, finding, desk)
    if two:
        first, second = (showing.card(draft, code, asked, desk) for code, asked in two.items())
        both = Turn(second.draft, (*first.replies, *second.replies))
        return showing.answered(both, text, *two)
    if finding.decision is Decision.ANSWER:
        asked = finding.aspects or _asked_before(draft, desk)
        code = finding.candidates[0].procedure.code
        return showing.answered(showing.card(draft, code, asked, desk), text, code)
    kept = draft.model_copy(update={"pending": text})
    if finding.names_nothing:
        return _still_outside(draft, desk) or _ask_which(kept)
    if finding.decision is Decision.CLARIFY:
        return _kept(clarifying.ask_back(kept, finding), text, finding)
    return _kept(_not_ours(kept, finding, desk), text, finding)


def _not_ours(draft: Draft, finding: Finding, desk: Desk) -> Turn:
    """Say that a matter is not in the catalogue, and where it is dealt with if that is known."""
    buttons = ((label("to_officer"), "officer:ask"), (label("as_feedback"), "feedback:pending"))
    words = say("not_found", ward=desk.ward.name)
    if finding.outside and finding.outside.where:
        matter, where = finding.outside.matter, finding.outside.where
        words = say("outside", ward=desk.ward.name, matter=matter, where=where)
    return Turn(draft, (Reply(words, buttons),))


def _still_outside(draft: Draft, desk: Desk) -> Turn | None:
    """Say again where a matter belongs that is not ours, when a part of it is asked for."""
    before = desk.ask(draft.pending) if draft.pending else None
    if before and before.decision is Decision.NONE and _belongs_elsewhere(before):
        return _not_ours(draft, before, desk)
    return None


def unhelpful(draft: Draft, desk: Desk) -> Turn:
    """Take it that the last answer was not what the person meant; offer what else it may be."""
    text = draft.answered
    if not text:
        return Turn(draft, (Reply(say("ask_prompt")),))
    finding = desk.ask(text)
    named = zip(finding.short_names, finding.candidates, strict=False)
    others = [
        (name, f"procedure:{c.procedure.code}")
        for name, c in named
        if c.procedure.code != draft.topic
    ]
    buttons = (*others, (label("to_officer"), "officer:ask"))
    kept = draft.model_copy(update={"pending": text, "answered": ""})
    doubted = KeepQuestion(text, Outcome.UNHELPFUL, draft.topic)
    return Turn(kept, (Reply(say("unhelpful"), buttons),), (doubted,))


def another(draft: Draft) -> Turn:
    """Ask what is meant where none of the choices was."""
    kept = draft.model_copy(update={"options": ()})
    return Turn(kept, (Reply(say("say_other"), ((label("to_officer"), "officer:ask"),)),))


def officer(draft: Draft, desk: Desk) -> Turn:
    """Say where officers are, and offer to pass a question on."""
    ward = desk.ward
    text = say(
        "officer",
        ward=ward.name,
        address=ward.address,
        phone=ward.phone,
        hours=ward.hours,
        days=desk.limits.question_days,
    )
    return Turn(draft, (Reply(text, ((label("to_officer"), "officer:ask"),)),))


def _follow_up(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take a short question about a part as one about the procedure answered last."""
    aspects = desk.aspects_of(text)
    if not draft.topic or not aspects or len(text.split()) > _SHORT_FOLLOW_UP:
        return None
    finding = desk.ask(text)
    if _belongs_elsewhere(finding) or (finding.names_nothing and _still_outside(draft, desk)):
        return None
    best = finding.candidates[0].procedure.code if finding.candidates else draft.topic
    names_another = finding.decision is Decision.ANSWER and best != draft.topic
    return None if names_another else showing.parts(draft, aspects, text, desk)


def _turned(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take "no, I mean a re-issue", "and if he is a foreigner" as a sibling of the last answer."""
    rest = after(text, "instead")
    last = desk.card(draft.topic) if draft.topic and rest else None
    if last is None or _stands_alone(desk.ask(rest), draft.topic):
        return None
    finding = desk.ask(f"{last.name} {rest}")
    code = _meant_instead(finding, rest, last, desk)
    if code is None or finding.decision is Decision.NONE:
        return None
    if code != draft.topic:
        shown = showing.card(draft, code, desk.aspects_of(rest), desk)
        return showing.answered(shown, f"{last.name} {rest}", code)
    return clarifying.ask_back(draft.model_copy(update={"pending": text}), finding, but=draft.topic)


def _stands_alone(finding: Finding, topic: str) -> bool:
    """Tell whether words need no last answer: "thế còn hộ chiếu" names a matter of its own."""
    if finding.decision is Decision.ANSWER:
        return True
    if finding.decision is Decision.NONE:
        return _belongs_elsewhere(finding)
    first = finding.candidates[0]
    found = {c.procedure.code for c in finding.candidates[:_MOST_LIKELY]}
    return first.features.get("object", 0.0) > _ALL_OF_IT and topic not in found


def _belongs_elsewhere(finding: Finding) -> bool:
    return bool(finding.outside and finding.outside.where)


def _meant_instead(finding: Finding, rest: str, last: Answer, desk: Desk) -> str | None:
    """Return the code of the likeliest procedure; one that the new words name goes before all.

    Named is the one whose name has more of these words than the last one's has.
    """
    said = set(desk.ask(rest).question.folded.split()) - set(fold(last.name).split())
    shared = {
        c.procedure.code: len(said & set(fold(c.procedure.name).split()))
        for c in finding.candidates
    }
    most = max(shared.values(), default=0)
    if most >= min(_NAMING, len(said)) > 0:
        return next(code for code, words in shared.items() if words == most)
    return next(iter(shared), None)


def _two_questions(text: str, whole: Finding, desk: Desk) -> dict[str, tuple[Aspect, ...]]:
    """Return two procedures with the asked parts where a message asks after two, else nothing."""
    parts = [part for part in _BETWEEN_QUESTIONS.split(text) if part.strip()]
    if len(parts) == 1 or len(text.split()) > _LONGEST_PAIR:
        return {}
    found: dict[str, tuple[Aspect, ...]] = {}
    for part in parts:
        finding = desk.ask(part)
        if finding.aspects and finding.decision is Decision.ANSWER:
            found.setdefault(finding.candidates[0].procedure.code, finding.aspects)
    best = whole.candidates[0].procedure.code if whole.candidates else ""
    joint = whole.decision is Decision.ANSWER and best not in found
    return found if len(found) == 2 and not joint else {}


def _kept(shown: Turn, text: str, finding: Finding) -> Turn:
    """Keep a question that was asked back or not found."""
    best = finding.candidates[0].procedure.code if finding.candidates else ""
    outcome = Outcome(finding.decision.value)
    return replace(shown, effects=(KeepQuestion(text, outcome, best),))


def _asked_before(draft: Draft, desk: Desk) -> tuple[Aspect, ...]:
    """Return the parts of a short question that named no procedure: this message names it."""
    short = 0 < len(draft.pending.split()) <= _SHORT_FOLLOW_UP
    return desk.aspects_of(draft.pending) if short else ()


def _ask_which(draft: Draft) -> Turn:
    """Ask which procedure is meant where only a part was asked for."""
    offered_before = clarifying.choices(draft)
    text = say("clarify") if offered_before else say("which_procedure")
    return Turn(draft, (Reply(text, offered_before),))


def _narrowed(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take words after a question back as its answer; still open, an officer is offered."""
    if not draft.pending or not clarifying.may_answer(draft, text):
        return None
    code = clarifying.chosen(draft, text)
    if code:
        return showing.show(draft, code, desk)
    if means(text, "unsure"):
        return clarifying.offer_officer(draft, desk.ask(draft.pending))
    alone = desk.ask(text)
    if alone.decision is Decision.ANSWER or alone.names_nothing or _is_another(alone, draft):
        return None
    both = f"{draft.pending} {text}"
    finding = desk.ask(both)
    if finding.decision is Decision.ANSWER:
        code = finding.candidates[0].procedure.code
        asked = finding.aspects or _asked_before(draft, desk)
        return showing.answered(showing.card(draft, code, asked, desk), both, code)
    return clarifying.offer_officer(draft.model_copy(update={"pending": both}), finding)


def _is_another(finding: Finding, draft: Draft) -> bool:
    """Tell whether words that might answer a question back are a question of their own.

    They are where they name a matter that is not the ward's, or a thing that no choice is about.
    """
    if finding.outside is not None:
        return True
    best = finding.candidates[0].features if finding.candidates else {}
    found = {c.procedure.code for c in finding.candidates[:_MOST_LIKELY]}
    offered = {action.partition(":")[2] for _, action in clarifying.choices(draft)}
    names_a_thing = best.get("object", 0.0) > _ALL_OF_IT
    return finding.decision is Decision.CLARIFY and names_a_thing and offered.isdisjoint(found)


def _ward_or_courtesy(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Answer what is asked of the ward itself from its card, and social words in kind.

    Who asks what we are, is shown what we can do.
    """
    told = desk.about_ward(text)
    if told:
        return Turn(draft, (Reply(told),))
    kind = CourtesyReader.shipped().read(text)
    if kind is None:
        return None
    buttons = tuple(menu_buttons()) if kind is Courtesy.WHO_ARE_YOU else ()
    return Turn(draft, (Reply(courteous(kind, ward=desk.ward.name), buttons),))


def _small_talk(draft: Draft, text: str, kind: Label, desk: Desk) -> Turn:
    if kind is Label.GREETING:
        welcome = say("welcome", ward=desk.ward.name)
        return Turn(draft, (Reply(welcome, tuple(menu_buttons())),))
    if kind is Label.THANKS:
        return Turn(draft, (Reply(say("thanks")),))
    if means(text, "yes"):
        return Turn(draft, (Reply(courteous(Courtesy.ASSENT, ward=desk.ward.name)),))
    finding = desk.ask(text)
    if finding.decision is not Decision.NONE:
        return answer(draft, text, desk)
    if finding.outside and not finding.outside.where:
        return Turn(draft, (Reply(say("idle_talk", ward=desk.ward.name), tuple(menu_buttons())),))
    kept = draft.model_copy(update={"pending": text})
    return Turn(kept, (Reply(say("calm", phone=desk.ward.phone), tuple(menu_buttons())),))
