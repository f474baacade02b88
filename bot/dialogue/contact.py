"""Consent and contact: asked with the reason, kept for later only when the person says so."""

import re
import unicodedata
from dataclasses import dataclass, field

from api.cases.models import Kind
from api.people.consent import consent_text
from bot.dialogue.model import Desk, Draft, Reply, Step
from bot.dialogue.texts import label, means, say
from knowledge.text import squeeze

STEPS = (Step.CONSENT, Step.REUSE, Step.NAME, Step.PHONE, Step.ADDRESS, Step.REMEMBER)
_LONGEST_NAME = 100
_LONGEST_ADDRESS = 300
_FIGURES = re.compile(r"[+(]*[0-9][0-9\s.\-()]*")
_SELF = "tôi|em|mình|cháu|con|tui|toi|minh|chau"
_INTRODUCED = re.compile(
    rf"^(?:dạ|vâng)?[ ,]*(?:(?:{_SELF}) )?"
    rf"(?:(?:họ )?(?:tên|ten)(?: (?:{_SELF}))?(?: (?:là|la))?|là) ",
    re.IGNORECASE,
)
_SAID = frozenset(("tôi", "không", "hỏi", "gì", "rồi", "mà", "được", "sao", "gửi", "nữa", "phải"))
"""Words with their marks that stand in no name: somebody says something else."""
_PHONE = re.compile(r"^(?:\+?84|0)0?([0-9]{9,10})$")


@dataclass(frozen=True)
class Answered:
    """What became of an answer: the draft with it, or why it will not do."""

    draft: Draft = field(default_factory=Draft)
    wrong: str = ""
    declined: bool = False


def path(draft: Draft, desk: Desk) -> list[Step]:
    """Return the contact questions this draft needs, consent first."""
    asked = [Step.NAME, Step.PHONE, Step.ADDRESS, Step.REMEMBER]
    if not desk.remembered():
        return [Step.CONSENT, *asked]
    return [Step.CONSENT, Step.REUSE, *(asked if draft.reuse is False else [])]


def prompt(draft: Draft, desk: Desk) -> Reply:
    """Return the question of a contact step."""
    if draft.step is Step.CONSENT:
        return _consent(desk)
    if draft.step is Step.REUSE:
        person = desk.remembered()
        shown = (
            ", ".join(p for p in (person.name, person.phone, person.address) if p) if person else ""
        )
        buttons = (
            (label("use_remembered"), "feedback:reuse"),
            (label("new_contact"), "feedback:anew"),
        )
        return Reply(say("use_remembered", person=shown), buttons)
    if draft.step is Step.NAME:
        return Reply(say("name_prompt"))
    if draft.step is Step.PHONE:
        return Reply(say("phone_prompt"), asks_phone=True)
    if draft.step is Step.ADDRESS:
        skip = ((label("skip"), "feedback:no-address"),) if _address_optional(draft) else ()
        return Reply(say("address_prompt"), skip)
    buttons = ((label("remember"), "feedback:remember"), (label("forget"), "feedback:forget"))
    return Reply(say("remember_prompt"), buttons)


def press(draft: Draft, choice: str, desk: Desk) -> Answered | None:
    """Take a button of a contact step; None where it does not belong to the step."""
    if draft.step is Step.CONSENT and choice in {"agree", "disagree"}:
        agreed = draft.model_copy(update={"consented": choice == "agree"})
        return Answered(agreed, declined=choice == "disagree")
    if draft.step is Step.REUSE and choice == "reuse":
        return _reused(draft, desk)
    if draft.step is Step.REUSE and choice == "anew":
        return Answered(draft.model_copy(update={"reuse": False}))
    if draft.step is Step.ADDRESS and choice == "no-address" and _address_optional(draft):
        return Answered(draft.model_copy(update={"address": ""}))
    if draft.step is Step.REMEMBER and choice in {"remember", "forget"}:
        return Answered(draft.model_copy(update={"remember": choice == "remember"}))
    return None


def hear(draft: Draft, text: str, desk: Desk) -> Answered:
    """Take words at a contact step."""
    words = squeeze(text)
    if draft.step is Step.NAME:
        return _name(draft, words)
    if draft.step is Step.PHONE:
        return _phone(draft, words)
    if draft.step is Step.ADDRESS:
        return _address(draft, words)
    choice = _CHOICES[draft.step]
    if means(text, "yes"):
        return press(draft, choice[0], desk) or Answered(wrong=say("choose_button"))
    if means(text, "no"):
        return press(draft, choice[1], desk) or Answered(wrong=say("choose_button"))
    return Answered(wrong=say("choose_button"))


_CHOICES = {
    Step.CONSENT: ("agree", "disagree"),
    Step.REUSE: ("reuse", "anew"),
    Step.REMEMBER: ("remember", "forget"),
}


def _consent(desk: Desk) -> Reply:
    buttons = ((label("agree"), "feedback:agree"), (label("disagree"), "feedback:disagree"))
    return Reply(say("consent", text=consent_text(desk.ward.name, desk.ward.phone)), buttons)


def _reused(draft: Draft, desk: Desk) -> Answered:
    person = desk.remembered()
    if person is None:
        return Answered(draft.model_copy(update={"reuse": False}))
    known = {"name": person.name, "phone": person.phone, "address": person.address}
    return Answered(draft.model_copy(update={**known, "reuse": True, "remember": True}))


def _name(draft: Draft, words: str) -> Answered:
    words = _INTRODUCED.sub("", words)
    is_name = sum(c.isalpha() for c in words) >= 2 and len(words) <= _LONGEST_NAME
    says_more = any(c.isdigit() or c == "?" for c in words) or _SAID & {*words.lower().split()}
    if not is_name or says_more:
        return Answered(wrong=say("name_wrong", limit=_LONGEST_NAME))
    return Answered(draft.model_copy(update={"name": words}))


def _phone(draft: Draft, words: str) -> Answered:
    typed = unicodedata.normalize("NFKC", words)
    runs = [re.sub(r"[\s.\-()]", "", run) for run in _FIGURES.findall(typed)]
    known = _PHONE.match(runs[0]) if len(runs) == 1 else None
    if not known:
        return Answered(wrong=say("phone_wrong"))
    return Answered(draft.model_copy(update={"phone": f"0{known[1]}"}))


def _address(draft: Draft, words: str) -> Answered:
    skipped = means(words, "skip")
    if skipped and _address_optional(draft):
        return Answered(draft.model_copy(update={"address": ""}))
    if skipped:
        return Answered(wrong=say("address_needed"))
    if not 4 <= len(words) <= _LONGEST_ADDRESS or not any(c.isalpha() for c in words):
        return Answered(wrong=say("address_wrong", limit=_LONGEST_ADDRESS))
    return Answered(draft.model_copy(update={"address": words}))


def lacks_address(draft: Draft) -> bool:
    """Tell whether the kind of a feedback needs an address that was not given."""
    return not draft.address and not _address_optional(draft)


def _address_optional(draft: Draft) -> bool:
    """Nghị định 20/2008, Điều 7 asks for an address; a report of a place and a question do not."""
    return draft.kind in {Kind.INFRASTRUCTURE, Kind.QUESTION}
