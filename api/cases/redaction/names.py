"""Names of people: behind a title, behind "tôi tên", as a full name, in a list, as a signature."""

import re
from collections.abc import Iterator
from functools import cache

from api.cases.redaction import officials
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.lexicon import lexicon
from api.cases.redaction.reading import PERSON_MASK, Reading, Word
from api.cases.redaction.runs import (
    Run,
    adjoining,
    after_title,
    capital_run,
    full_name,
    lower_name,
)
from knowledge.text import fold, toned

_TITLES = ["ông", "bà", "anh", "chị", "cô", "chú", "bác", "cháu", "em", "cậu", "dì", "dượng", "thím", "mợ", "cụ", "thầy", "bé", "bạn", "thằng", "con", "mẹ", "má", "bố", "cha", "vợ", "chồng", "ôn", "mệ", "mụ", "gã", "hắn", "lão", "sư", "nhóc", "đ/c", "mệ", "o", "út", "tên", "ba", "chế", "cưng"]
# These words mean too much else: what follows must be in capitals.
_WEAK = frozenset(["con", "ba", "o", "ut", "cha", "ma", "me", "bo", "vo", "chong", "ten", "ban", "be", "su", "on", "mu", "lao"])
_CALLED = re.compile(
    r"(?<!\w)(?:(?:toi|em|chau|con|minh|toi la cong dan)? ?ten(?: day du| that| goi| khai sinh| dem)?(?: cua)?(?: (?:toi|em|chau|minh|con|chu ho|nguoi \w+))?"
    r"(?: la)?|ho (?:va )?ten(?: \w+){0,3}?|(?:toi|em|chau|minh|chung toi) la|nguoi (?:viet|gui|phan anh|lam don|kien nghi|nop|khai|"
    r"bao|ky|de nghi|yeu cau|nhan|to cao|khieu nai|mua|ban|lien he)(?: don)?(?: la)?|kinh (?:thu|don|bao|gui|chao)|ky ten"
    r"|tran trong|chu (?:ho|nha|xe|quan|dat|tro|tiem|shop|co so|tai khoan|the|cu)(?: la| ten)?|(?:chong|vo|con|bo|me|cha|ma|chau|em|anh|chi|con gai|con trai)"
    r"(?: (?:toi|em|chau|minh|trai|gai|ruot|re|dau))* (?:la|ten|ten la)|cong dan|ho (?:gia dinh)?|gia dinh|benh nhan|hoc sinh|nan nhan|dong chi"
    r"|(?:cong chuc|can bo|nhan vien|vien chuc|chuyen vien|bac si|y ta|ke toan|thu quy|bao ve|tai xe|luat su|giao vien|"
    r"trung ta|dai ta|thuong ta|thieu ta|dai uy|thuong uy|trung uy|thieu uy|canh sat khu vuc|to truong|truong thon|bi thu|truong khu|to pho|khu vuc truong)"
    r"(?: (?:ten|la|mot cua|tiep nhan|tu phap|dia chinh|thu ly|phu trach|ten la|tiep dan|tiep cong dan|dan pho|to \d+|khu pho \d+|thon \w+))*)\s?[:,]?\s*$"
)
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:duong|pho|ngo|ngach|hem|kiet|phuong|xa|quan|huyen|tinh|thanh pho|tp\.?|thi tran|thi xa|truong|thcs|thpt|th|tieu hoc|mam non|mn|mau giao"
    r"|trung hoc(?: co so| pho thong)?|dai hoc|cao dang|cau|cho|cong vien|benh vien|ho|song|suoi|cong|dinh|chua|mieu|nha tho|khu|khu pho|khu dan cu|kdc|thon|ap|xom"
    r"|lang|ban|buon|nga (?:ba|tu|nam|sau)|vong xoay|quoc lo|ben xe|ben|ga|quang truong|tuong dai|den|lang|cong ty|cty|tnhh|doanh nghiep|quan|nha hang|khach san|tiem"
    r"|sieu thi|cua hang|du an|chung cu|toa nha|toa|goc|doan|tuyen|dau|cuoi|duong so|via he|dai lo|giao lo|trung tam|quy|giai|dao|nui|deo|vinh|bien|kenh|rach|cang|san van dong"
    r"|nghia trang|tu|qua|pho di bo|bac|tinh lo|huong lo|khu do thi|nha van hoa|bao tang|nhac|tho|lop|doi|chi doan|cau lac bo|clb)"
    r"(?: so)?(?: \d+[a-z]?(?:/\d+)*)?(?: (?:duong|pho))? ?[“\"']?$"
)


@cache
def _title_sets() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(toned(t) for t in _TITLES), frozenset(fold(t) for t in _TITLES)


def found(view: Reading) -> Iterator[Hidden]:
    """Yield the names of people that are not officials in office."""
    runs: list[Run] = []
    place = 0
    while place < len(view.words):
        run = _name_at(view, place)
        if run is None or _is_place(view, run):
            place = (run.last if run else place) + 1
            continue
        runs.append(run)
        place = run.last + 1
    hidden: list[str] = []
    for run in runs:
        start, end = view.words[run.first].start, view.words[run.last].end
        if not officials.acts(view, start, end):
            hidden.append(view.text[start:end])
            yield Hidden(start, end, Personal.PERSON)
    yield from _again(view, hidden)


def _name_at(view: Reading, place: int) -> Run | None:
    """Return the name that begins at a word, if one does."""
    word = view.words[place]
    title = _titled(view, place)
    if title is not None:
        run = after_title(view, place)
        if run and (word.capital or title not in _WEAK):
            return run
    if _called(view, word):
        run = _strong(view, place)
        if run:
            return run
    return full_name(view, place)


def _titled(view: Reading, place: int) -> str | None:
    """Return the bare title in front of a word."""
    if place == 0:
        return None
    before, word = view.words[place - 1], view.words[place]
    apart = view.text[before.end : word.start]
    if apart not in {" ", "  ", ": ", ". "} or (apart == ". " and len(before.raw) > 1):
        return None
    marked, bare = _title_sets()
    is_title = before.toned in marked if view.marked else before.bare in bare
    return before.bare if is_title else None


def _called(view: Reading, word: Word) -> bool:
    left = view.bare[max(0, word.start - 70) : word.start]
    return bool(_CALLED.search(left))


def _strong(view: Reading, place: int) -> Run | None:
    """Return a name behind words such as "tôi tên": one capital word is enough."""
    word = view.words[place]
    if word.capital:
        run = after_title(view, place)
        if run and (len(run) > 1 or lexicon().given.has(word, marked=view.marked)):
            return run
        return None
    return lower_name(view, place)


def _is_place(view: Reading, run: Run) -> bool:
    """Tell whether a run is a street, a ward, a school: by the word before it, or by the list."""
    words = view.words
    start, end = words[run.first].start, words[run.last].end
    left = view.bare[max(0, start - 45) : start]
    if _PLACE_BEFORE.search(left):
        return True
    titled = _titled(view, run.first) is not None
    bare = view.bare[start:end]
    if titled:
        whole = view.bare[words[run.first - 1].start : end]
        return words[run.first - 1].capital and lexicon().is_place(whole)
    return lexicon().is_place(bare) and not _called(view, words[run.first])


def _again(view: Reading, names: list[str]) -> Iterator[Hidden]:
    """Yield the other places where a full name that was found is written again."""
    full = {name for name in names if len(name.split()) > 1}
    if not full:
        return
    rule = re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(name) for name in sorted(full, key=len, reverse=True))
        + r")(?!\w)"
    )
    for m in rule.finditer(view.text):
        left = view.bare[max(0, m.start() - 45) : m.start()]
        if not _PLACE_BEFORE.search(left) and not officials.acts(view, m.start(), m.end()):
            yield Hidden(m.start(), m.end(), Personal.PERSON)


__all__ = ["PERSON_MASK", "adjoining", "capital_run", "found"]
