"""Plates of vehicles, dates of birth, parcels of land.

Plates: Thông tư 79/2024/TT-BCA (two figures of the province, a series, four or five figures).
"""

import re
from collections.abc import Iterator

from api.cases.redaction.kept import Kept
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import PERSON_MASK, Reading

_PLATE = re.compile(
    r"(?<![\w.,/-])(?P<city>[1-9]\d)\s?[-.–]?\s?(?P<series>[a-zđ]{1,2}\d?|[a-zđ]\d)"
    r"(?P<gap>\s?[-.–/]?\s?)(?P<tail>\d{3}\s?[.\-]?\s?\d{2}|\d{4})(?![\d/]|[.,-]\d|[^\W\d_])"
)
_ARMY = re.compile(
    r"(?<!\w)[A-Z]{2,4}[- ]\d{5}[- ]TS(?!\w)|(?<!\w)[A-Z]{2}[- ]\d{2}[- ]\d{2}(?!\w|-)"
)
_PLATE_LABEL = re.compile(
    r"(?<!\w)(?:bien(?: kiem soat| so(?: xe)?| xe)?|bks|bs|so xe|mang bien"
    r"|duoi)(?!\w)[^\d.;\n]{0,20}?"
    r"(?P<value>(?:\d{2}\s?[-.]?\s?[a-zđ]{1,2}\d?\s?[-.]?\s?)?\d{3}\s?[.]\s?\d{2}"
    r"|\d{2}\s?[-.]?\s?[a-zđ]{1,2}\d?\s?[-.]?\s?\d{3,5})(?!\d)"
)
_UNITS = frozenset(["h", "k", "m", "g", "l", "d", "t", "p", "đ", "kg", "km", "cm", "mm", "ha"])

_DAY = (
    r"(?:\d{1,2}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?(?:(?:19|20)\d{2}|\d{2}(?!\d))"
    r"|(?:mung |mong |ngay )?\d{1,2} thang \d{1,2}(?:,? nam (?:19|20)?\d{2})?"
    r"|\d{1,2}\s?[/-]\s?(?:19|20)\d{2}|(?:19|20)\d{2})"
)
_BORN = re.compile(
    r"(?<!\w)(?P<label>ngay(?:,? thang)?(?:,? nam)? sinh|nam sinh|sinh(?: vao)?(?: (?:ngay|nam"
    r"|thang))?"
    r"|sn|s\.n|dob|d\.o\.b|de (?:ngay|nam)|sinh (?:be|chau|con)[^\d.;\n]{0,25}? ngay)(?!\w)"
    rf"(?:(?P<filler>[^\d.;\n]{{0,45}}?)(?P<value>{_DAY})(?!\d)"
    rf"|[ :']{{1,3}}(?P<short>\d{{2}})(?![\d.,/:%]|\w))"
    rf"(?P<more>(?:\s?(?:,|va|-)\s?{_DAY}(?!\d)){{0,3}})"
)
# "học sinh năm 2026", "vệ sinh ngày 12/10": compounds that end in "sinh" but are not a birth.
_SHORT = 12
_COMPOUND = frozenset(
    [
        "hoc",
        "ve",
        "phat",
        "khai",
        "ho",
        "thi",
        "ky",
        "ki",
        "y",
        "si",
        "ha",
        "tai",
        "san",
        "da",
        "song",
        "nhan",
        "an",
        "quyen",
        "phuc",
        "thuong",
        "hy",
        "giam",
        "tan",
        "tuyen",
        "thu",
        "tam",
        "sat",
        "luong",
        "thien",
        "sinh",
        "linh",
        "nghiem",
    ]
)
_NUMERAL = (
    r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|mung|thang|linh|le|nghin|ngan|tram)"
)
_SAID = re.compile(
    r"(?<!\w)(?:sinh (?:nam|ngay)|(?:nam"
    rf"|ngay) sinh(?: la)?) ({_NUMERAL}(?: {_NUMERAL}){{2,12}})(?!\w)"
)
_CORRECTED = re.compile(
    r"(?<!\w)(?:ghi|nhap|viet|in|sua|danh may)(?: sai| nham| lai"
    rf"| tu)*(?: ngay)? (?P<first>{_DAY}) (?:thanh|sang) (?P<second>{_DAY})(?!\d)"
)
_AFTER_PERSON = re.compile(
    rf"{PERSON_MASK}\s?(?:\(|,|-)\s?(?P<value>(?:19|20)\d{{2}})\s?(?=\)|,|;|$)"
)

_PLOT = r"(?:thua(?: dat)?(?: so)?\s?:?\s?\d+(?:[a-z](?!\w))?(?:[/-]\d+)?)"
_SHEET = r"(?:to(?: ban do)?(?: dia chinh)?(?: so)?\s?:?\s?\d+(?:[/-]\d+)?)"
_PARCEL = re.compile(
    rf"(?<!\w)(?:{_PLOT}(?:[\s,;-]{{1,3}}(?:va |thuoc |o |tai )?{_SHEET})?"
    rf"|{_SHEET}[\s,;-]{{1,3}}(?:va |thuoc |o )?{_PLOT})"
)


def found(view: Reading, kept: Kept) -> Iterator[Hidden]:
    """Yield plates, parcels and dates of birth."""
    yield from _plates(view, kept)
    for m in _PARCEL.finditer(view.bare):
        yield Hidden(m.start(), m.end(), Personal.LAND_PARCEL)
    yield from _births(view)


def _plates(view: Reading, kept: Kept) -> Iterator[Hidden]:
    for m in _PLATE.finditer(view.bare):
        series = view.text[m.start("series") : m.end("series")]
        solid = m["tail"].isdigit() and not m["gap"].strip()
        doubtful = series in _UNITS or (len(m["tail"]) == 4 and not series[0].isupper())
        if not (doubtful and solid) and not kept.touches(*m.span()):
            yield Hidden(m.start(), m.end(), Personal.PLATE)
    for m in _PLATE_LABEL.finditer(view.bare):
        yield Hidden(m.start("value"), m.end("value"), Personal.PLATE)
    for m in _ARMY.finditer(view.text):
        yield Hidden(m.start(), m.end(), Personal.PLATE)


def _word_before(view: Reading, at: int) -> str:
    found_word = re.search(r"(\w+) $", view.bare[max(0, at - 12) : at])
    return found_word[1] if found_word else ""


def _births(view: Reading) -> Iterator[Hidden]:
    for m in _BORN.finditer(view.bare):
        lone = m["label"].startswith("sinh")
        compound = lone and _word_before(view, m.start()) in _COMPOUND
        if lone and len(m["filler"] or "") > _SHORT:
            continue
        if not compound:
            part = "value" if m["value"] else "short"
            yield Hidden(*m.span(part), Personal.DATE_OF_BIRTH)
            if m["more"]:
                for other in re.finditer(_DAY, m["more"]):
                    start = m.start("more") + other.start()
                    yield Hidden(start, start + len(other[0]), Personal.DATE_OF_BIRTH)
    for m in _SAID.finditer(view.bare):
        yield Hidden(*m.span(1), Personal.DATE_OF_BIRTH)
    for m in _CORRECTED.finditer(view.bare):
        yield Hidden(*m.span("first"), Personal.DATE_OF_BIRTH)
        yield Hidden(*m.span("second"), Personal.DATE_OF_BIRTH)
    for m in _AFTER_PERSON.finditer(view.bare):
        yield Hidden(m.start("value"), m.end("value"), Personal.DATE_OF_BIRTH)
