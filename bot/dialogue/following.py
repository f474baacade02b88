"""Short words that belong to what was answered or asked back: follow-ups, corrections, choices."""

from bot.dialogue import clarifying, showing
from bot.dialogue.model import Desk, Draft, Reply, Turn
from bot.dialogue.texts import after, label, means, say
from knowledge.ages import stated, unsaid
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.clerk import Finding
from knowledge.decide import Decision
from knowledge.phrases import spell
from knowledge.terms import plain_name
from knowledge.text import fold

SHORT = 7  # syllables of a follow-up
_MOST_LIKELY = 3
_LONGEST_TOLD, _LONGEST_ASKED = 10, 20  # words of what is told more, and of its question
_NAMING = 2  # words of a name that are no chance


def narrowed(draft: Draft, text: str, desk: Desk) -> Turn | None:
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
        asked = finding.aspects or asked_before(draft, desk)
        return showing.answer(draft, code, asked, both, desk)
    return clarifying.offer_officer(draft.model_copy(update={"pending": both}), finding)


def follow_up(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take a short question about a part as one about the procedure answered last."""
    aspects = desk.aspects_of(text)
    if not draft.topic or not aspects or len(text.split()) > SHORT:
        return None
    finding = desk.ask(text)
    if _belongs_elsewhere(finding) or (finding.names_nothing and still_outside(draft, desk)):
        return None
    best = finding.candidates[0].procedure.code if finding.candidates else draft.topic
    names_another = finding.decision is Decision.ANSWER and best != draft.topic
    return None if names_another else showing.parts(draft, aspects, text, desk)


def turned(draft: Draft, text: str, desk: Desk) -> Turn | None:
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
        return showing.answer(draft, code, desk.aspects_of(rest), f"{last.name} {rest}", desk)
    return clarifying.ask_back(draft.model_copy(update={"pending": text}), finding, but=draft.topic)


def more_told(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take a few words that tell more of what was asked last: "vợ tôi người Lào", "bị mất".

    With the question they lead to a sibling, or stay with the procedure; what is a matter of its
    own is left alone.
    """
    asked = _asked_of_topic(draft, text, desk)
    short = len(text.split()) <= _LONGEST_TOLD and len(asked.split()) <= _LONGEST_ASKED
    if not draft.topic or not asked or not short:
        return None
    alone = desk.ask(text)
    if alone.names_nothing or _stands_alone(alone, draft.topic):
        return None
    both = f"{asked} {text}"
    finding = desk.ask(both)
    likely = {c.procedure.code: c.features for c in finding.candidates[:_MOST_LIKELY]}
    last = likely.get(draft.topic)
    if finding.decision is Decision.NONE or last is None or last.get("object_missing"):
        return None
    unmet = _unmet(finding)
    but = draft.topic if draft.topic in unmet else ""
    back = clarifying.ask_back(draft.model_copy(update={"pending": both}), finding, but=but)
    code = _led_to(finding, unmet, draft.topic) or clarifying.of_age(back.replies[-1].buttons, text)
    if code == draft.topic:
        return showing.still(draft, both, desk)
    if code:
        return showing.answer(draft, code, desk.aspects_of(asked), both, desk)
    return back


def not_ours(draft: Draft, finding: Finding, desk: Desk) -> Turn:
    """Say that a matter is not in the catalogue, and where it is dealt with if that is known."""
    buttons = ((label("to_officer"), "officer:ask"), (label("as_feedback"), "feedback:pending"))
    words = say("not_found", ward=desk.ward.name)
    if finding.outside and finding.outside.where:
        matter, where = finding.outside.matter, finding.outside.where
        words = say("outside", ward=desk.ward.name, matter=matter, where=where)
    return Turn(draft, (Reply(words, buttons),))


def still_outside(draft: Draft, desk: Desk) -> Turn | None:
    """Say again where a matter belongs that is not ours, when a part of it is asked for."""
    before = desk.ask(draft.pending) if draft.pending else None
    if before and before.decision is Decision.NONE and _belongs_elsewhere(before):
        return not_ours(draft, before, desk)
    return None


def asked_before(draft: Draft, desk: Desk) -> tuple[Aspect, ...]:
    """Return the parts of a short question that named no procedure: this message names it."""
    short = 0 < len(draft.pending.split()) <= SHORT
    return desk.aspects_of(draft.pending) if short else ()


def _stands_alone(finding: Finding, topic: str) -> bool:
    """Tell whether words need no last answer: "thế còn hộ chiếu" names a matter of its own."""
    if finding.decision is Decision.ANSWER:
        return True
    if finding.decision is Decision.NONE:
        return _belongs_elsewhere(finding)
    first = finding.candidates[0]
    found = {c.procedure.code for c in finding.candidates[:_MOST_LIKELY]}
    return first.names_the_thing and topic not in found


def _asked_of_topic(draft: Draft, told: str, desk: Desk) -> str:
    """Return the question answered last, or what was chosen; a new age takes the place of one."""
    last = desk.card(draft.topic) if draft.topic and not draft.answered else None
    asked = draft.answered or (plain_name(last.name) if last else "")
    if not stated(spell(told)):
        return asked
    return " ".join(word.typed for word in unsaid(spell(asked)))


def _unmet(finding: Finding) -> set[str]:
    """Return the likely procedures that lack a circumstance which the words state."""
    likely = finding.candidates[:_MOST_LIKELY]
    return {c.procedure.code for c in likely if c.features.get("circumstance_missing")}


def _led_to(finding: Finding, unmet: set[str], topic: str) -> str:
    """Return the procedure that a question with more told of it surely means; else ""."""
    best = finding.candidates[0].procedure.code
    if topic not in unmet:
        return best if finding.decision is Decision.ANSWER and best not in unmet else ""
    others = [procedure.code for procedure in finding.choices if procedure.code != topic]
    if len(others) == 1:
        return others[0]
    return best if best not in unmet else ""


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


def _is_another(finding: Finding, draft: Draft) -> bool:
    """Tell whether words that might answer a question back are a question of their own.

    They are where they name a matter that is not the ward's, or a thing that no choice is about.
    """
    if finding.outside is not None:
        return True
    found = {c.procedure.code for c in finding.candidates[:_MOST_LIKELY]}
    offered = {action.partition(":")[2] for _, action in clarifying.choices(draft)}
    if finding.decision is not Decision.CLARIFY:
        return False
    return finding.candidates[0].names_the_thing and offered.isdisjoint(found)
