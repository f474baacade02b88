"""Answers of the catalogue as chat messages: the asked part first, the rest a tap away."""

from collections.abc import Sequence

from bot.dialogue.texts import aspect_label, label, say
from knowledge.answer import Answer, Section
from knowledge.aspects import Aspect
from knowledge.lines import Item
from knowledge.text import fold, shortened

LONGEST_CARD = 1_600  # characters, so that a card with its source fits every channel
_LONGEST_LINE = 320
_LEAST_SHARE = 130  # characters of a part where many are asked
_MOST_NOTES = 3  # of the ward; all of them are on the page
_REST_NOTE = 40  # room for the line that says how much is left out
SUMMARY = (Aspect.DOCUMENTS, Aspect.TIME, Aspect.FEE, Aspect.PLACE)
_CASES_SHOWN = 8  # buttons of one message
_LONGEST_CASE = 150
_LONGEST_BUTTON = 44
_ALTERNATIVE = ("truong hop", "doi voi", "doi tuong", "ho so dang ky", "dang ky", "neu ")
"""Words by which the papers of a group are for some people only, not for all."""

_OFFERED = (
    Aspect.DOCUMENTS,
    Aspect.FEE,
    Aspect.TIME,
    Aspect.PLACE,
    Aspect.HOW,
    Aspect.CONDITIONS,
)


def chat_card(answer: Answer, url: str, notes: Sequence[str] = ()) -> str:
    """Return the asked parts (or a summary) as one message that names code, source and page.

    notes are what the ward itself adds, a line each. A part that does not fit is cut between two
    lines and says where the rest is; papers that do not fit are summed up by case. Of an
    abolished procedure nothing is said but that.
    """
    head = f"{_short(answer.name, _LONGEST_LINE)} (mã {answer.code})"
    shown = [f"• {_short(note, _LONGEST_LINE)}" for note in notes[:_MOST_NOTES]]
    added = "\n".join([say("ward_notes"), *shown]) if shown else ""
    foot = f"Theo {answer.source}.\nXem đầy đủ: {url}"
    if answer.abolition:
        return "\n\n".join([head, answer.abolition.notice, answer.abolition.advice, foot])
    wanted = answer.asked or SUMMARY
    parts = [s for s in answer.sections if s.key in wanted]
    room = LONGEST_CARD - len(head) - len(added) - len(foot)
    share = max(_LEAST_SHARE, room // max(len(parts), 1))
    body = [_section(part, share) for part in parts]
    return "\n\n".join(part for part in (head, *body, added, foot) if part)


def case_card(answer: Answer, number: int, url: str) -> str:
    """Return all papers of one case (from 0), one a line; long cards are cut between papers."""
    item = _cases(answer)[number]
    head = f"{_short(answer.name, _LONGEST_LINE)} (mã {answer.code})"
    lines = [f"• {_line(child)}" for child in item.children]
    foot = f"Theo {answer.source}.\nXem đầy đủ: {url}"
    return "\n".join([head, "", f"{_line(item.text)}:".replace("::", ":"), *lines, "", foot])


def card_buttons(answer: Answer, first: int = 0) -> list[tuple[str, str]]:
    """Return what to offer below a card (label, action).

    The parts not shown, the cases from a number on where papers were summed up, or the procedure
    that took the place of an abolished one.
    """
    if answer.abolition:
        after = answer.abolition.successor
        return [(label("see_successor"), f"procedure:{after.code}")] if after else []
    cases = _cases(answer) if _sums_up(answer) else ()
    shown = list(enumerate(cases))[first : first + _CASES_SHOWN]
    buttons = [
        (_short(_line(item.text).rstrip(":"), _LONGEST_BUTTON), case_action(answer.code, number))
        for number, item in shown
    ]
    if first + _CASES_SHOWN < len(cases):
        rest = f"aspect:{answer.code}/{Aspect.DOCUMENTS}+{first + _CASES_SHOWN}"
        buttons.append((label("more_cases"), rest))
    if cases:
        return buttons
    return [(aspect_label(a), f"aspect:{answer.code}/{a}") for a in offered(answer)]


def case_action(code: str, number: int) -> str:
    """Return the action that shows the papers of one case."""
    return f"aspect:{code}/{Aspect.DOCUMENTS}.{number}"


def has_case(answer: Answer, number: int) -> bool:
    """Tell whether the papers have a case of that number (from 0)."""
    return number < len(_cases(answer))


def offered(answer: Answer) -> list[Aspect]:
    """Return the parts to offer as buttons: published, and not just shown as a whole."""
    shown = answer.asked or SUMMARY
    published = {s.key for s in answer.sections if s.published}
    cut = {Aspect.DOCUMENTS} if _too_many(answer) else set()
    return [a for a in _OFFERED if a in published and (a not in shown or a in cut)][:4]


def _cases(answer: Answer) -> tuple[Item, ...]:
    """Return the groups of papers; none where all papers stand in one list."""
    papers = next((s for s in answer.sections if s.key is Aspect.DOCUMENTS), None)
    items = papers.items if papers else ()
    return items if len(items) > 1 and any(item.children for item in items) else ()


def _sums_up(answer: Answer) -> bool:
    """Tell whether the papers were asked for alone and are too many for a message."""
    return answer.asked == (Aspect.DOCUMENTS,) and _too_many(answer)


def _too_many(answer: Answer) -> bool:
    return bool(_cases(answer)) and not _fits(_cases(answer))


def _fits(cases: tuple[Item, ...]) -> bool:
    lines = [line for item in cases for line in (item.text, *item.children)]
    return sum(len(_line(line)) + 3 for line in lines) <= LONGEST_CARD - _LONGEST_LINE


def _section(part: Section, room: int) -> str:
    title = f"{part.title}:"
    if part.key is Aspect.DOCUMENTS and _are_alternatives(part) and not _fits(part.items):
        return "\n".join([title, *_summed_up(part, room - len(title))])
    lines = _lines(part, min(_LONGEST_LINE, room - len(title) - _REST_NOTE))
    shown = [title, lines[0]]
    used = len(title) + len(lines[0])
    for line in lines[1:]:
        if used + len(line) > room - _REST_NOTE:
            break  # what follows may belong to the line left out
        shown.append(line)
        used += len(line) + 1
    left_out = len(lines) + 1 - len(shown)
    if left_out:
        shown.append(f"… và {left_out} dòng nữa ở trang đầy đủ.")
    return "\n".join(shown)


def _are_alternatives(part: Section) -> bool:
    """Tell whether the groups of papers are cases of which one is a person's own."""
    cases = [item for item in part.items if item.children]
    named = sum(any(word in fold(item.text) for word in _ALTERNATIVE) for item in cases)
    return len(cases) > 1 and named * 2 > len(cases)


def _summed_up(part: Section, room: int) -> list[str]:
    """Return one line a case with the number of its papers, as many as fit."""
    lines = [f"Có {len(part.items)} trường hợp, mỗi trường hợp cần giấy tờ khác nhau:"]
    used = len(lines[0])
    for number, item in enumerate(part.items):
        name = _short(_line(item.text).rstrip(":"), _LONGEST_CASE)
        line = f"• {name} ({len(item.children)} giấy tờ)"
        if used + len(line) > room - _REST_NOTE:
            lines.append(f"… và {len(part.items) - number} trường hợp nữa.")
            break
        lines.append(line)
        used += len(line) + 1
    return lines


def _lines(part: Section, longest: int) -> list[str]:
    lines = []
    for item in part.items:
        lines.append(f"• {_short(item.text, longest)}")
        lines += [f"  – {_short(child, longest)}" for child in item.children]
    return lines


def _short(text: str, longest: int) -> str:
    """Return a line cut between words where it is too long for a phone."""
    return shortened(_line(text), longest)


def _line(text: str) -> str:
    return " ".join(text.split()).lstrip("-+*• ")
