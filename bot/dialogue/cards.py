"""Answers of the catalogue as chat messages: the asked part first, the rest a tap away."""

from knowledge.answer import Answer, Section
from knowledge.aspects import Aspect

LONGEST_CARD = 1_600  # characters, so that a card with its source fits every channel
_LONGEST_LINE = 320
_SUMMARY = (Aspect.DOCUMENTS, Aspect.TIME, Aspect.FEE, Aspect.PLACE)
_OFFERED = (
    Aspect.DOCUMENTS,
    Aspect.FEE,
    Aspect.TIME,
    Aspect.PLACE,
    Aspect.HOW,
    Aspect.CONDITIONS,
)


def chat_card(answer: Answer, url: str) -> str:
    """Return the asked parts (or a summary) as one message that names code, source and page.

    A part that does not fit is cut at a line and says where the rest is.
    """
    wanted = answer.asked or _SUMMARY
    parts = [s for s in answer.sections if s.key in wanted]
    head = f"{answer.name} (mã {answer.code})"
    foot = f"Theo {answer.source}.\nXem đầy đủ: {url}"
    room = LONGEST_CARD - len(head) - len(foot)
    share = max(200, room // max(len(parts), 1))
    body = [_section(part, share) for part in parts]
    return "\n\n".join([head, *body, foot])


def offered(answer: Answer) -> list[Aspect]:
    """Return the parts to offer as buttons: published, and not just shown."""
    shown = answer.asked or _SUMMARY
    published = {s.key for s in answer.sections if s.published}
    return [a for a in _OFFERED if a in published and a not in shown][:4]


def _section(part: Section, room: int) -> str:
    lines = [f"{part.title}:"]
    used = len(lines[0])
    left_out = 0
    for line in _lines(part):
        if used + len(line) > room and len(lines) > 1:
            left_out += 1
            continue
        lines.append(line)
        used += len(line) + 1
    if left_out:
        lines.append(f"… và {left_out} dòng nữa ở trang đầy đủ.")
    return "\n".join(lines)


def _lines(part: Section) -> list[str]:
    lines = []
    for item in part.items:
        lines.append(f"• {_short(item.text)}")
        lines += [f"  – {_short(child)}" for child in item.children]
    return lines


def _short(text: str) -> str:
    """Return a line cut between words where it is too long for a phone."""
    line = " ".join(text.split()).lstrip("-+*• ")
    if len(line) <= _LONGEST_LINE:
        return line
    return line[:_LONGEST_LINE].rsplit(" ", 1)[0] + " …"
