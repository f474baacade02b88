"""Where people live: from the house number to the street or to the tổ, khu, thôn behind it."""

import re
from collections.abc import Iterator

from api.cases.redaction.kept import Kept
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.lexicon import lexicon
from api.cases.redaction.reading import Reading, Word

_HOUSE = re.compile(
    r"(?<![\w./-])(?:[khl]\s?)?\d{1,4}(?:bis|ter|[a-zđ]{1,2}\d{0,2})?(?:\s?/\s?\d{1,4}[a-zđ]?\d?){0,5}"
    r"(?:\s?-\s?\d{1,4}[a-z]?)?(?![\w%]|[.,:-]\d)"
)
_FLAT = re.compile(r"(?<![\w./-])[a-z]{1,2}\d{0,2}[.-]?\d{1,4}(?:[.-]\d{1,4})?(?!\w)")
_ALLEY = re.compile(
    r"[\s,]{1,2}(?:ngo|ngach|hem|kiet|duong kiet|hxh)\s(?:so\s)?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*(?!\w)"
)
_STREET = re.compile(
    r"[\s,]{1,2}(?:(?:duong|pho|ngo|hem|kiet|dai lo|quoc lo|tinh lo|ql|tl|d\.|đ\.)\s?)(?!\s)"
)
_NUMBERED = re.compile(r"(?:so\s)?\d{1,4}[a-z]?(?:/\d{1,2})?(?![\w/])")
_TAIL = re.compile(
    r"\s?[,;–-]?\s?(?P<word>to dan pho|to dp|tdp|to|khu pho|khu vuc|khu dan cu|khu tap the|khu do thi|kdc|ktt|khu|kp"
    r"|khoi pho|khoi|ap|thon|xom|ban|buon|lang|cum|chung cu|cc|toa nha|toa|block|lo|tang|nha tro|ktx)"
    r"\s(?:so\s)?(?P<value>\d{1,3}[a-z]?\d?(?![\w./])|[ivx]{1,4}(?!\w)|(?=[^\W\d_]))"
)
_BEFORE = re.compile(
    r"(?<!\w)(?P<word>so nha|nha so|can ho so|can ho|can nha|can|phong so|phong|phong tro|so|nha|dia chi|dia chi la|dc|d/c|ngu"
    r"|ngu tai|tru tai|tru|thuong tru|thuong tru tai|tam tru|tam tru tai|cu tru tai|o|o tai|o so|song tai|tai|ho|lo"
    r"|o nha|sinh song tai|cu ngu tai|dang o)\s?[:(]?\s?$"
)
_NOT_HOUSE = re.compile(
    r"(?<!\w)(?:duong|pho|hem|ngo|ngach|kiet|to|khu|khu pho|kp|thon|ap|xom|khoi|lo|cum|cot|tru|tuyen|xe|xe buyt|km|lop|khoa"
    r"|ngay|sang|chieu|toi|trua|dem|hom|tu|den|nam|thang|gio|luc|dot|quy|ky|quan|phuong|phieu|quyet dinh|van ban"
    r"|cong van|dieu|khoan|muc|chuong|ho so|thu tuc|quoc lo|tinh lo|ql|tl|dt|tang|cua|quay|ban|truong|benh vien"
    r"|ban so|mau|mau so|bieu|thong bao|thong tu|nghi dinh|luat|nghi quyet|chi thi|ke hoach)\s(?:so\s)?$"
)
_OFFICE = re.compile(
    r"(?:ubnd|uy ban|tru so|trung tam|tram y te|cong an phuong|truong|benh vien|nha van hoa|buu dien|bo phan|van phong"
    r"|nha sinh hoat|hoi truong|kho bac|phong giao dich|chi nhanh|ngan hang|chi cuc|so tu phap|cong vien|cho|dia diem"
    r"|bao tang|thu vien)[^.;\n\d]{0,45}$"
)
_LOWER_STOP = frozenset(
    ["bi", "co", "khong", "hay", "chua", "dang", "thuong", "tu", "den", "la", "va", "xay", "lam", "o", "tai", "cua", "cho", "ve", "ma", "da", "de", "thi", "cung", "voi", "dau", "lan", "khi", "do", "gan", "truoc", "sau", "canh", "ben", "doi", "nay", "kia", "toi", "rat", "bi", "vo", "mua", "ngap", "hong", "gay", "chay", "ho", "so", "sdt", "dt", "to", "khu", "phuong", "xa", "quan", "huyen", "nha", "nguoi", "ong", "ba", "anh", "chi", "em", "keu", "mo", "do", "hat", "nuoi", "chieu", "ngay", "sang", "trua", "dem", "moi", "con", "nhung", "nhu", "duoc", "phai", "se", "xin", "nho", "mong", "de", "phan", "kinh", "yeu", "lien", "dien", "cccd", "sinh", "bien", "xe"]
)
_STREET_LONGEST = 5
_HOOD_LONGEST = 4


def found(view: Reading, kept: Kept) -> Iterator[Hidden]:
    """Yield the addresses of houses and flats."""
    end = 0
    for house in _houses(view):
        start, stop = house.span()
        if start < end or kept.touches(start, stop):
            continue
        stop = _extent(view, house)
        if stop:
            end = stop
            yield Hidden(start, stop, Personal.ADDRESS)


def _houses(view: Reading) -> Iterator[re.Match[str]]:
    both = [*_HOUSE.finditer(view.bare), *_FLAT.finditer(view.bare)]
    return iter(sorted(both, key=lambda m: (m.start(), -m.end())))


def _extent(view: Reading, house: re.Match[str]) -> int:
    """Return where the address ends that begins with a house number; 0 where it is none."""
    start, at = house.span()
    left = view.bare[max(0, start - 60) : start]
    asked = _BEFORE.search(left)
    if _NOT_HOUSE.search(left) or _OFFICE.search(left):
        return 0
    flat = not house[0][0].isdigit() and "/" not in house[0]
    if flat and not (asked and asked["word"].startswith(("can", "phong", "so nha", "nha so"))):
        return 0
    end, alleys = _alleys(view, at)
    end, street = _street(view, end, sure=bool(asked) or "/" in house[0] or alleys)
    end, tails = _tails(view, end)
    if street or (alleys and (asked or tails)):
        return end
    house_word = asked is not None and asked["word"] in {
        "so nha", "nha so", "can ho so", "can ho", "can nha",
    }  # fmt: skip
    split = "/" in house[0] and asked is not None
    return end if house_word or (tails and asked) or (split and (tails or house_word)) else 0


def _alleys(view: Reading, at: int) -> tuple[int, bool]:
    found_any = False
    while alley := _ALLEY.match(view.bare, at):
        at, found_any = alley.end(), True
    return at, found_any


def _street(view: Reading, at: int, *, sure: bool) -> tuple[int, bool]:
    """Return where the street name ends and whether there is one."""
    word = _STREET.match(view.bare, at)
    begin = word.end() if word else at + len(_blank(view, at))
    if begin == at and not word:
        return at, False
    if word and (number := _NUMBERED.match(view.bare, begin)):
        return number.end(), True
    run = _capitals(view, begin, _STREET_LONGEST)
    if run:
        named = _known_name(run)
        return (run[-1].end, True) if word or sure or named else (at, False)
    return _plain_street(view, begin, at, named=bool(word), sure=sure)


def _blank(view: Reading, at: int) -> str:
    blank = re.compile(r",? ").match(view.text, at)
    return blank[0] if blank else ""


def _known_name(run: list[Word]) -> bool:
    words = lexicon()
    return words.is_place(" ".join(w.bare for w in run)) or (
        len(run) > 1 and words.surnames.has(run[0], marked=False)
    )


def _capitals(view: Reading, at: int, longest: int) -> list[Word]:
    """Return the words in capitals from a place on, up to a sign or a small word."""
    run: list[Word] = []
    for word in _words_from(view, at):
        apart = view.text[run[-1].end : word.start] if run else view.text[at : word.start]
        if apart not in ({" "} if run else {""}) or not word.capital or len(run) == longest:
            break
        if word.raw.isdigit() or word.bare in {"to", "khu", "phuong", "xa", "thon", "ap"}:
            break
        run.append(word)
    return run


def _words_from(view: Reading, at: int) -> Iterator[Word]:
    low, high = 0, len(view.words)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if view.words[middle].start < at else (low, middle)
    for place in range(low, min(low + 8, len(view.words))):
        yield view.words[place]


def _plain_street(
    view: Reading, begin: int, at: int, *, named: bool, sure: bool
) -> tuple[int, bool]:
    """Return the extent of a street name that is written without capitals."""
    run: list[Word] = []
    for word in _words_from(view, begin):
        apart = view.text[run[-1].end : word.start] if run else view.text[begin : word.start]
        if apart not in ({" "} if run else {""}) or len(run) == 4 or word.raw.isdigit():
            break
        if word.bare in _LOWER_STOP and run:
            break
        run.append(word)
    for size in range(len(run), 1, -1):
        if lexicon().is_place(" ".join(w.bare for w in run[:size])):
            return run[size - 1].end, named or sure
    if run and named and run[0].bare not in _LOWER_STOP:
        return run[min(len(run), 3) - 1].end, True
    return at, False


def _tails(view: Reading, at: int) -> tuple[int, bool]:
    """Return where tổ, khu, thôn … behind the street end and whether there are any."""
    found_any = False
    while tail := _TAIL.match(view.bare, at):
        end = tail.end()
        if not tail["value"]:
            run = _capitals(view, end, _HOOD_LONGEST)
            if not run:
                break
            end = run[-1].end
        at, found_any = end, True
    return at, found_any
