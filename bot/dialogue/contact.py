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
    rf"(?:(?:họ (?:và )?)?(?:tên|ten)(?: (?:{_SELF}))?(?: (?:là|la))?|là)[: ] *",
    re.IGNORECASE,
)
_SAID = frozenset(("tôi", "không", "hỏi", "gì", "rồi", "mà", "được", "sao", "gửi", "nữa", "phải"))
"""Words with their marks that stand in no name: somebody says something else."""
_LETTER_O = re.compile(r"\b[oO](?=[0-9]{8})")
_BETWEEN = re.compile(r"[\n,;]+")
_PARTICLES = frozenset(("ạ", "nhé", "nha", "ad", "đó", "nhá", "a"))
_PHONE = re.compile(r"^(?:\+?84|0)0?([0-9]{9,10})$")


@dataclass(frozen=True)
class Answered:
    """What became of an answer: the draft with it, or why it will not do."""

    draft: Draft = field(default_factory=Draft)
    wrong: str = ""
    declined: bool = False
    done: Step | None = None  # the last question that was answered, where it is a later one


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
        return _who(draft, text)
    if draft.step is Step.PHONE:
        return _phone(draft, words)
    if draft.step is Step.ADDRESS:
        return _address(draft, words)
    chosen = _chosen(draft.step, text)
    return (press(draft, chosen, desk) if chosen else None) or Answered(wrong=say("choose_button"))


_CHOICES = {
    Step.CONSENT: (("agree", ("yes", "agree")), ("disagree", ("no",))),
    Step.REUSE: (("reuse", ("reuse", "yes")), ("anew", ("anew", "no", "enough"))),
    Step.REMEMBER: (("forget", ("forget", "no", "enough")), ("remember", ("remember", "yes"))),
}
"""What may be chosen in words: the choice, and the meanings that stand for it."""


def _chosen(step: Step, text: str) -> str:
    if step is Step.REUSE and phone_in(text):
        return "anew"
    fitting = (choice for choice, meanings in _CHOICES[step] if means(text, *meanings))
    return next(fitting, "")


def phone_in(text: str) -> str:
    """Return the telephone number in a text as ten or eleven figures; empty for none or several."""
    typed = _LETTER_O.sub("0", unicodedata.normalize("NFKC", text))
    runs = (re.sub(r"[\s.\-()]", "", run) for run in _FIGURES.findall(typed))
    found = [f"0{known[1]}" for run in runs if (known := _PHONE.match(run))]
    return found[0] if len(found) == 1 else ""


def _consent(desk: Desk) -> Reply:
    buttons = ((label("agree"), "feedback:agree"), (label("disagree"), "feedback:disagree"))
    return Reply(say("consent", text=consent_text(desk.ward.name, desk.ward.phone)), buttons)


def _reused(draft: Draft, desk: Desk) -> Answered:
    person = desk.remembered()
    if person is None:
        return Answered(draft.model_copy(update={"reuse": False}))
    known = {"name": person.name, "phone": person.phone, "address": person.address}
    return Answered(draft.model_copy(update={**known, "reuse": True, "remember": True}))


def _who(draft: Draft, text: str) -> Answered:
    """Take a name, and what is told with it in one message: the number, the address behind it."""
    phone = phone_in(text)
    if not phone or draft.editing:
        return _name(draft, squeeze(text))
    parts = [squeeze(part) for part in _BETWEEN.split(text) if part.strip()]
    named = _name(draft, squeeze(_FIGURES.sub(" ", parts[0])))
    if named.wrong:
        return named
    kept, rest = named.draft.model_copy(update={"phone": phone}), " ".join(parts[1:])
    behind = squeeze(_FIGURES.sub(" ", rest, count=1)) if phone_in(rest) else rest
    located = _address(kept, behind) if any(c.isalpha() for c in behind) else None
    if located and not located.wrong:
        return Answered(located.draft, done=Step.ADDRESS)
    return Answered(kept, done=Step.PHONE)


def _name(draft: Draft, words: str) -> Answered:
    words = _INTRODUCED.sub("", words).strip(" .,:;")
    while len(words.split()) > 1 and words.rsplit(" ", 1)[1].lower() in _PARTICLES:
        words = words.rsplit(" ", 1)[0].rstrip(" ,")
    is_name = sum(c.isalpha() for c in words) >= 2 and len(words) <= _LONGEST_NAME
    said = _SAID & {word for word in words.split() if word.islower()}
    refused = means(words, "skip", "no", "agree")
    if not is_name or said or refused or any(c.isdigit() or c == "?" for c in words):
        return Answered(wrong=say("name_wrong", limit=_LONGEST_NAME))
    return Answered(draft.model_copy(update={"name": words}))


def _phone(draft: Draft, words: str) -> Answered:
    phone = phone_in(words)
    if not phone and not means(words, "no_phone"):
        return Answered(wrong=say("phone_wrong"))
    return Answered(draft.model_copy(update={"phone": phone}))


def _address(draft: Draft, words: str) -> Answered:
    if means(words, "as_said") and draft.place:
        words = draft.place
    unwilling = words.lower().startswith(("không ", "ko ")) and not any(c.isdigit() for c in words)
    skipped = unwilling or means(words, "skip", "no", "enough")
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
    """Nghị định 20/2008, Điều 7 asks for an address; a report of a place and a question do not.

    Who has no telephone has to be reached in another way.
    """
    return draft.kind in {Kind.INFRASTRUCTURE, Kind.QUESTION} and bool(draft.phone)
