"""Questions: free text, answers, follow-ups, asking back, and what is no question at all."""

import re
from dataclasses import replace

from api.learning.models import Outcome
from bot.dialogue import clarifying, feedback, following, handoff, showing, story, tracking
from bot.dialogue.model import (
    Desk,
    Draft,
    KeepQuestion,
    Reply,
    Turn,
)
from bot.dialogue.texts import after, aspect_label, courteous, label, means, menu_buttons, say
from knowledge.aspects import Aspect
from knowledge.clerk import Finding
from knowledge.courtesies import Courtesy, CourtesyReader
from knowledge.decide import Decision
from knowledge.text import fold
from knowledge.triage import FEEDBACK, Label, Triage

_SHORT_TURN = 10  # syllables
_TOO_SHORT = 3  # words that tell no matter by themselves: "wifi không"
_CERTAIN, _FAINT = 0.75, 0.5  # of a danger or a complaint
_ALARM = 0.9  # of a danger beside a death
_ONLY_TO_MEET = 8  # words of a wish to meet an officer that says nothing of the matter
_SCOLDING = 0.9  # that words are abuse or noise, whatever they share with a procedure
_LEAST_BEHIND = 2  # words behind thanks that are a matter of their own
_SOCIAL = frozenset((Label.THANKS, Label.GREETING, Label.ABUSE_OR_NOISE))
_PAIR, _SHORTEST_NAMES = 2, 4  # questions in one message, words of a bare name
_LONGEST_PAIR = 60  # words of a message in which two questions are looked for
_BETWEEN_QUESTIONS = re.compile(r"[?.!;\n]+\s*|,?\s(?:và|còn|với lại|với|ngoài ra|rồi)\s")

_DEATH = re.compile(
    r"\b(?:ong|ba|cu|bo|cha|me|ma|chong|vo|u|thay)\b(?: \w+){0,3} mat"
    r"(?: (?:roi|hom|tuan|thang|nam|sang|dem|o|tai|ben|vi|do|luc|duoc|lau|mot|hai|ba|\d+)\b.*)?$"
)
"""A death in the family, without marks; who is lost ("mất tích") is looked for."""

_MAY_NARROW = (Label.PROCEDURE_QUESTION, Label.ABUSE_OR_NOISE)  # short words are read as noise


def hear(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take free text: what is asked of a grievance just told where it belongs, or anything else."""
    text = _behind_thanks(text, desk)
    return handoff.asked_further(draft, text, desk) or _heard(draft, text, desk)


def _heard(draft: Draft, text: str, desk: Desk) -> Turn:
    """Take a danger first, a follow-up next, then what kind of message it is."""
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
        or (following.narrowed(draft, text, desk) if kind in _MAY_NARROW else None)
        or following.follow_up(draft, text, desk)
        or following.turned(draft, text, desk)
        or (following.more_told(draft, text, desk) if kind in _MAY_NARROW else None)
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
    if len(rest.split()) <= _LEAST_BEHIND:
        return text
    but = after(rest, "but")
    if but:
        return but
    return rest if desk.triage(rest).label not in _SOCIAL else text


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

    "Mẹ tôi mất tuần trước" is no call for help: a death is reported. A denunciation is taken for
    a question only where it hardly sounds like one and the catalogue knows what is asked.
    """
    if found.label is Label.EMERGENCY and _DEATH.search(fold(text).strip(" .!")):
        return found.score < _ALARM
    if found.score >= (_FAINT if found.label is Label.DENUNCIATION else _CERTAIN):
        return False
    if found.label is Label.DENUNCIATION:
        return desk.ask(text).decision is not Decision.NONE
    if draft.topic and (after(text, "instead") or following.more_told(draft, text, desk)):
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
        asked = finding.aspects or following.asked_before(draft, desk)
        code = finding.candidates[0].procedure.code
        return showing.answer(draft, code, asked, text, desk)
    kept = draft.model_copy(update={"pending": text})
    if finding.names_nothing:
        return following.still_outside(draft, desk) or _ask_which(kept)
    if finding.decision is Decision.CLARIFY:
        return _kept(clarifying.ask_back(kept, finding), text, finding)
    return _kept(following.not_ours(kept, finding, desk), text, finding)


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
    return Turn(draft, (Reply(say("say_other"), ((label("to_officer"), "officer:ask"),)),))


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


def _two_questions(text: str, whole: Finding, desk: Desk) -> dict[str, tuple[Aspect, ...]]:
    """Return two procedures with the asked parts where a message asks after two, else nothing.

    Of "khai sinh với khai tử cần gì" the first shares what is asked of the second.
    """
    parts = [part for part in _BETWEEN_QUESTIONS.split(text) if part.strip()]
    if len(parts) == 1 or len(text.split()) > _LONGEST_PAIR:
        return {}
    found: dict[str, tuple[Aspect, ...]] = {}
    shared = desk.aspects_of(parts[-1]) if len(parts) == _PAIR else ()
    for part in parts:
        finding = desk.ask(part)
        if not finding.aspects and shared and len(part.split()) <= _SHORTEST_NAMES:
            finding = desk.ask(f"{part} {aspect_label(shared[0])}")
            finding = replace(finding, aspects=shared)
        if finding.aspects and finding.decision is Decision.ANSWER:
            found.setdefault(finding.candidates[0].procedure.code, finding.aspects)
    best = whole.candidates[0].procedure.code if whole.candidates else ""
    joint = whole.decision is Decision.ANSWER and best not in found
    return found if len(found) == _PAIR and not joint else {}


def _kept(shown: Turn, text: str, finding: Finding) -> Turn:
    """Keep a question that was asked back or not found."""
    best = finding.candidates[0].procedure.code if finding.candidates else ""
    outcome = Outcome(finding.decision.value)
    return replace(shown, effects=(KeepQuestion(text, outcome, best),))


def _ask_which(draft: Draft) -> Turn:
    """Ask which procedure is meant where only a part was asked for."""
    offered_before = clarifying.choices(draft)
    text = say("clarify") if offered_before else say("which_procedure")
    return Turn(draft, (Reply(text, offered_before),))


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
    scolds = kind is Label.ABUSE_OR_NOISE and desk.triage(text).score >= _SCOLDING
    if finding.decision is Decision.ANSWER or (finding.decision is Decision.CLARIFY and not scolds):
        return answer(draft, text, desk)
    if finding.outside and not finding.outside.where:
        return Turn(draft, (Reply(say("idle_talk", ward=desk.ward.name), tuple(menu_buttons())),))
    kept = draft.model_copy(update={"pending": text})
    return Turn(kept, (Reply(say("calm", phone=desk.ward.phone), tuple(menu_buttons())),))
