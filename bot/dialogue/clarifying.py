"""Asking back once: the question, its choices, and what people type in place of a button."""

import re
from collections.abc import Sequence

from bot.dialogue.model import Draft, Reply, Turn
from bot.dialogue.texts import label, means, say
from knowledge.ages import stated
from knowledge.clerk import Finding
from knowledge.decide import Decision
from knowledge.phrases import spell
from knowledge.text import fold

_CHOICE = "procedure:"  # the action of a button that chooses a procedure
_LONGEST = 12  # words of an answer to a question back
_EMPTY = frozenset(("a", "bi", "cho", "cai", "chi", "co", "da", "em", "la", "lam", "minh", "muon"))
_EMPTY |= {"ok", "thi", "toi", "u", "xin"}  # words of an answer that choose nothing
_UNDER, _FROM = re.compile(r"duoi (\d+) tuoi"), re.compile(r"tu (?:du )?(\d+) tuoi")
_DENIALS = frozenset(("khong", "ko", "k", "hong", "hem", "chua", "chang"))


def ask_back(draft: Draft, finding: Finding, but: str = "") -> Turn:
    """Ask what tells the likeliest procedures apart, but for one just said not to be meant."""
    buttons = [button for button in _buttons(finding) if button[1] != f"{_CHOICE}{but}"]
    buttons.append((say("clarify_other"), "menu:other"))
    question = finding.asks_back.question if finding.asks_back and not but else say("clarify")
    return Turn(draft, (Reply(question, tuple(buttons)),))


def offer_officer(draft: Draft, finding: Finding) -> Turn:
    """Say that it is still open: the choices once more, and an officer beside them."""
    still_open = finding.decision is Decision.CLARIFY
    offered = tuple(_buttons(finding)) if still_open else choices(draft)
    officer = (label("to_officer"), "officer:ask")
    return Turn(draft, (Reply(say("still_open"), (*offered, officer)),))


def choices(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the procedures offered last: label and action."""
    return tuple(option for option in draft.options if option[1].startswith(_CHOICE))


def may_answer(draft: Draft, text: str) -> bool:
    """Tell whether a text may answer a question back."""
    worded = any(c.isalpha() for c in text) and len(text.split()) <= _LONGEST
    return worded and bool(choices(draft))


def chosen(draft: Draft, text: str) -> str:
    """Return the code of the one choice that holds most of the words of a text, or "".

    A denial ("không có ai nước ngoài đâu") is the choice that says no, where there is one; who
    does not know, and who asks, chooses nothing.
    """
    offered = choices(draft)
    spoken = re.findall(r"\w+", fold(text))
    if not spoken or means(text, "unsure"):
        return ""
    for_age = of_age(offered, text)
    if for_age:
        return for_age
    denying = [action for words, action in offered if fold(words).startswith("khong")]
    if spoken[0] in _DENIALS and denying:
        return denying[0].removeprefix(_CHOICE)
    said = set(spoken) - _EMPTY - _DENIALS
    shared = [len(said & _words(words)) for words, _ in offered]
    most = max(shared, default=0)
    if not most or most * 2 < len(said) or shared.count(most) > 1:
        return ""
    return offered[shared.index(most)][1].removeprefix(_CHOICE)


def of_age(offered: Sequence[tuple[str, str]], text: str) -> str:
    """Return the code of the one choice that is for the age a text states; else ""."""
    ages = [age for _, age in stated(spell(text))]
    fitting = [action for words, action in offered if ages and _is_for(fold(words), ages[0])]
    return fitting[0].removeprefix(_CHOICE) if len(ages) == 1 and len(fitting) == 1 else ""


def _is_for(label_: str, age: int) -> bool:
    """Tell whether a folded label, "dưới 6 tuổi" or "từ đủ 14 tuổi trở lên", is for an age."""
    under, over = _UNDER.search(label_), _FROM.search(label_)
    return bool((under and age < int(under[1])) or (over and age >= int(over[1])))


def _buttons(finding: Finding) -> list[tuple[str, str]]:
    named = zip(finding.choice_labels, finding.choices, strict=True)
    return [(words, f"{_CHOICE}{procedure.code}") for words, procedure in named]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))
