"""Answers of the catalogue as chat messages: the asked part first, the rest a tap away."""

from collections.abc import Sequence

from bot.dialogue.texts import say
from knowledge.answer import Answer, Section
from knowledge.aspects import Aspect

LONGEST_CARD = 1_600  # characters, so that a card with its source fits every channel
_LONGEST_LINE = 320
_LEAST_SHARE = 130  # characters of a part where many are asked
_MOST_NOTES = 3  # of the ward; all of them are on the page
_REST_NOTE = 40  # room for the line that says how much is left out
_SUMMARY = (Aspect.DOCUMENTS, Aspect.TIME, Aspect.FEE, Aspect.PLACE)
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

    notes are what the ward itself adds, a line each. A part that does not fit is cut at a line
    and says where the rest is.
    """
    wanted = answer.asked or _SUMMARY
    parts = [s for s in answer.sections if s.key in wanted]
    head = f"{_short(answer.name, _LONGEST_LINE)} (mã {answer.code})"
    shown = [f"• {_short(note, _LONGEST_LINE)}" for note in notes[:_MOST_NOTES]]
    added = "\n".join([say("ward_notes"), *shown]) if shown else ""
    foot = f"Theo {answer.source}.\nXem đầy đủ: {url}"
    room = LONGEST_CARD - len(head) - len(added) - len(foot)
    share = max(_LEAST_SHARE, room // max(len(parts), 1))
    body = [_section(part, share) for part in parts]
    return "\n\n".join(part for part in (head, *body, added, foot) if part)


def offered(answer: Answer) -> list[Aspect]:
    """Return the parts to offer as buttons: published, and not just shown."""
    shown = answer.asked or _SUMMARY
    published = {s.key for s in answer.sections if s.published}
    return [a for a in _OFFERED if a in published and a not in shown][:4]


def _section(part: Section, room: int) -> str:
    title = f"{part.title}:"
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


def _lines(part: Section, longest: int) -> list[str]:
    lines = []
    for item in part.items:
        lines.append(f"• {_short(item.text, longest)}")
        lines += [f"  – {_short(child, longest)}" for child in item.children]
    return lines


def _short(text: str, longest: int) -> str:
    """Return a line cut between words where it is too long for a phone."""
    line = " ".join(text.split()).lstrip("-+*• ")
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"
