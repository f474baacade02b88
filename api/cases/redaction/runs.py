"""Where a name begins and ends: runs of capitals, and names typed without capitals or marks."""

import re
from dataclasses import dataclass

from api.cases.redaction.lexicon import Lexicon, lexicon
from api.cases.redaction.reading import Reading, Word

_LONGEST = 6
# Words written with a capital behind a title that are not names: offices, duties, things.
_NOT_NAMES = frozenset(
    ["ubnd", "hdnd", "uy", "chu", "bi", "pho", "truong", "giam", "phong", "so", "cong", "ban", "to", "khu", "phuong", "xa", "quan", "huyen", "tinh", "thanh", "chi", "can", "nhan", "dan", "hoi", "doan", "toi", "em", "anh", "ong", "ba", "nha", "nguoi", "dong", "kinh", "quy", "cac", "nhung", "va", "cccd", "cmnd", "sdt", "dt", "so", "stk", "zalo", "facebook", "la", "co", "da", "dang", "bi", "o", "hien", "theo", "ngay", "khi", "neu", "do", "de", "sau", "vi", "nay", "cong"]
)
_TRUE_SURNAMES = frozenset(["to", "phong", "bi", "chu", "truong", "quy", "do", "khu", "quan", "ha", "mai", "thanh", "vi", "cong"])
_AFTER = frozenset(
    ["bi", "la", "o", "nha", "co", "da", "dang", "hay", "thuong", "cung", "khong", "khong", "noi", "bao", "lam", "to", "so", "sdt", "dt", "cho", "voi", "va", "xay", "ban", "den", "len", "xuong", "mo", "de", "do", "dau", "canh", "ben", "doi", "truoc", "sau", "nay", "ay", "cu", "lai", "tu", "tai", "ngoi", "mang", "dien", "goi", "chay", "lay", "nuoi", "hat", "danh", "chui", "mac", "sinh", "cccd", "cmnd", "van", "moi", "se", "xin", "nop", "gui", "nhan", "yeu", "lan", "chiem", "dot", "vut", "hong", "tong", "ra", "vao", "di", "ve", "tuoi", "cua", "thi", "ma", "rat", "nhu", "nhung", "con", "vua", "hom", "sang", "toi", "trua", "ngay", "chu", "nguoi", "phan", "trinh", "kien", "de", "nghi", "tra"]
)
_APART = re.compile(r" |\n(?=\S)| ?[-–] ?(?=[A-ZĐ]\w)")


@dataclass(frozen=True)
class Run:
    """Words `first` to `last` (inclusive) that form a name."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return how many syllables the name has."""
        return self.last - self.first + 1


def adjoining(view: Reading, place: int) -> bool:
    """Tell whether a word follows the one before it with a single blank between."""
    words = view.words
    if not 0 < place < len(words):
        return False
    return view.text[words[place - 1].end : words[place].start] in {" ", "  "}


def capital_run(view: Reading, first: int) -> Run | None:
    """Return the run of capital words from a word on."""
    words, last = view.words, first
    if first >= len(words) or not _nameable(words[first]):
        return None
    while last + 1 < len(words) and last - first + 1 < _LONGEST:
        following = words[last + 1]
        if not adjoining(view, last + 1) or not _nameable(following):
            break
        if following.bare in _NOT_NAMES and not _goes_on(view, last + 1):
            break
        last += 1
    return Run(first, last)


def _goes_on(view: Reading, place: int) -> bool:
    """Tell whether a doubtful capital word still belongs to a name ("Lê Công Vinh")."""
    return view.words[place].raw[1:].islower() and lexicon().given.has(
        view.words[place], marked=view.marked
    )


def _nameable(word: Word) -> bool:
    return word.capital and not word.raw.isdigit()


def shouted(view: Reading, first: int) -> bool:
    """Tell whether a word stands in a stretch typed wholly in capitals."""
    near = view.words[max(0, first - 2) : first + 4]
    letters = [w.raw for w in near if not w.raw.isdigit()]
    return len(letters) > 2 and all(raw.isupper() for raw in letters)


def after_title(view: Reading, first: int) -> Run | None:
    """Return the name behind a title such as "chị": capitals, or lower case from the lists."""
    words, names = view.words, lexicon()
    if first >= len(words):
        return None
    word = words[first]
    if not word.capital or shouted(view, first):
        return lower_name(view, first)
    if word.bare in _NOT_NAMES and not _may_be_surname(view, first, names):
        return None
    if len(word.raw) > 1 and word.raw.isupper() and word.bare not in names.given.bare:
        return None
    return capital_run(view, first)


def _may_be_surname(view: Reading, first: int, names: Lexicon) -> bool:
    """Tell "chị Tô Thị Hà" from "chị Tổ trưởng": a given name follows in capitals."""
    words = view.words
    if not names.surnames.has(words[first], marked=view.marked):
        return names.given.has(words[first], marked=view.marked) and not (
            adjoining(view, first + 1) and words[first + 1].bare in {"tich", "thu", "doc", "an"}
        )
    return (
        adjoining(view, first + 1)
        and words[first + 1].capital
        and names.given.has(words[first + 1], marked=view.marked)
    )


def lower_name(view: Reading, first: int) -> Run | None:
    """Return a name in lower case: family name and given names, or a given name alone."""
    words, names, marked = view.words, lexicon(), view.marked
    last = first
    if names.surnames.has(words[first], marked=marked):
        while (
            last - first < 4
            and adjoining(view, last + 1)
            and names.given.has(words[last + 1], marked=marked)
            and not (last > first and _ordinary(view, last + 1) and _ends_well(view, last))
        ):
            last += 1
        size = last - first + 1
        if size >= 3 or (size == 2 and _ends_well(view, last)):
            return Run(first, last)
    if not names.given.has(words[first], marked=marked):
        return None
    return _given_alone(view, first, names)


def _given_alone(view: Reading, first: int, names: Lexicon) -> Run | None:
    words, marked = view.words, view.marked
    double = (
        adjoining(view, first + 1)
        and names.given.has(words[first + 1], marked=marked)
        and not _ordinary(view, first + 1)
    )
    if double and _ends_well(view, first + 1):
        return Run(first, first + 1)
    if _ends_well(view, first) and (marked or not _ordinary(view, first)):
        return Run(first, first)
    if not _ordinary(view, first) and marked:
        return Run(first, first)
    return None


def _ordinary(view: Reading, place: int) -> bool:
    return lexicon().common.has(view.words[place], marked=view.marked)


def _ends_well(view: Reading, last: int) -> bool:
    """Tell whether what follows a name in lower case can follow a name."""
    if not adjoining(view, last + 1):
        return True
    return view.words[last + 1].bare in _AFTER or view.words[last + 1].raw.isdigit()


def full_name(view: Reading, first: int) -> Run | None:
    """Return a full name without a title: a family name and one to four capital syllables."""
    words, names = view.words, lexicon()
    word = words[first]
    if not word.capital or not names.surnames.has(word, marked=view.marked):
        return None
    run = lower_name(view, first) if shouted(view, first) else capital_run(view, first)
    if run is None or len(run) < 2:
        return None
    second = words[run.first + 1]
    sure = names.given.has(second, marked=view.marked) or names.surnames.has(
        second, marked=view.marked
    )
    return run if sure else None
