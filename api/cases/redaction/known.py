"""The sender's own name, telephone and address: hidden wherever they are written."""

import re
from collections.abc import Iterator, Sequence

from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import Reading, Rule
from knowledge.text import fold

_TITLE = (
    r"(?<!\w)(?:ong|ba|anh|chi|co|chu|bac|chau|em|cau|di|duong|thim|mo|cu|thay|ban|be|cong dan"
    r"|toi la)\s"
)
_SURE_TITLE = Rule(r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|bác|cháu|em|cậu|dì) $")
_GAP = r"[\W_]{0,6}"


def found(view: Reading, known: Sequence[str]) -> Iterator[Hidden]:
    """Yield every place of the values, however spaced, in any case, with or without marks."""
    for value in known:
        parts = re.findall(r"[^\W_]+", fold(value))
        digits = re.sub(r"\D", "", value)
        if not parts:
            continue
        if len(digits) >= 8 and len(digits) * 2 > len("".join(parts)):
            yield from _number(view, digits)
        elif any(part.isdigit() or part[0].isdigit() for part in parts):
            yield from _all(view, _words(parts), Personal.ADDRESS)
        else:
            yield from _name(view, parts)


def _number(view: Reading, digits: str) -> Iterator[Hidden]:
    core = re.sub(r"^(?:00?84|84|0)", "", digits)
    signs = [f"[{d}o]" if d == "0" else d for d in core]
    rule = re.compile(
        rf"(?<![0-9])(?:(?:\+?{_GAP}(?:00)?84|[0o])?{_GAP})" + _GAP.join(signs) + r"(?![0-9])"
    )
    for m in rule.finditer(view.bare):
        lead = len(m[0]) - len(m[0].lstrip(" .,-\n"))
        yield Hidden(m.start() + lead, m.end(), Personal.PHONE)


def _words(parts: Sequence[str]) -> str:
    return r"(?<![^\W_])" + _GAP.join(map(re.escape, parts)) + r"(?![^\W_])"


def _all(view: Reading, rule: str, kind: Personal) -> Iterator[Hidden]:
    for m in re.finditer(rule, view.bare):
        yield Hidden(m.start(), m.end(), kind)


def _name(view: Reading, parts: Sequence[str]) -> Iterator[Hidden]:
    """Yield a name; a name of one syllable only behind a title or with a capital in front."""
    if len(parts) > 1:
        yield from _all(view, _words(parts), Personal.PERSON)
        for m in re.finditer(_TITLE + "(" + _words(parts[-2:]) + ")", view.bare):
            yield Hidden(m.start(1), m.end(1), Personal.PERSON)
    for m in re.finditer("(" + _words(parts[-1:]) + ")", view.bare):
        titled = _SURE_TITLE.search(view, max(0, m.start() - 8), m.start())
        signs = [bool(titled), view.text[m.start()].isupper(), len(parts) == 1]
        if sum(signs) > 1:
            yield Hidden(m.start(), m.end(), Personal.PERSON)
