"""Names of people: behind a title, behind "tôi tên", as a full name, in a list, as a signature."""

import re
from collections.abc import Iterator
from functools import cache

from api.cases.redaction import officials
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.lexicon import Syllables, lexicon
from api.cases.redaction.reading import PERSON_MASK, Reading, Rule, Word
from api.cases.redaction.runs import (
    Run,
    adjoining,
    after_title,
    capital_run,
    ends_well,
    full_name,
    lower_name,
)

_TITLES = (
    "ông bà anh chị cô chú bác cháu em cậu dì thím mợ cụ thầy bé bạn thằng con mẹ má bố cha vợ chồng ôn mệ"
    " mụ gã hắn lão nhóc o út tên ba sư đ/c chế dượng nhỏ"
)
# These titles mean too much else: what follows must be in capitals.
_WEAK = Syllables.of("con ba o út cha má mẹ bố vợ chồng bạn bé sư lão chế dượng tên nhỏ")
_ABBREVIATED = frozenset({"a", "c", "ô", "o", "b", "e", "mr", "ms", "mrs"})
# Without marks "cau" may be cầu, "di" đi, "thay" thấy: then the name needs capitals.
_SURE_BARE = frozenset(["ong", "ba", "anh", "chi", "co", "chu", "bac", "chau", "em", "nhoc"])
_KIN = r"(?:con gái|con trai|con dâu|con rể|con|cháu|vợ|chồng|bố|mẹ|ba|má|cha|anh|chị|em|ông|bà|cô|chú|bác|dì|cậu)"
_MINE = r"(?:tôi|em|cháu|mình|tui|con|chúng tôi)"
_RANKS = (
    r"(?:trung tá|đại tá|thượng tá|thiếu tá|đại uý|thượng uý|trung uý|thiếu uý|công chức|cán bộ"
    r"|nhân viên|viên chức"
    r"|chuyên viên|bác sĩ|y tá|kế toán|thủ quỹ|bảo vệ|tài xế|luật sư|giáo viên|cảnh sát khu vực"
    r"|tổ trưởng|trưởng thôn"
    r"|bí thư chi bộ|trưởng khu|tổ phó|công an viên|dân quân|thợ|chủ thầu|cò đất|đồng chí|đ/c)"
)
_NO_TITLES = frozenset(
    {
        ("ghi", "chu"),
        ("tre", "em"),
        ("cong", "bo"),
        ("phan", "bo"),
        ("sang", "ten"),
        ("tuyen", "bo"),
        ("vo", "chong"),
    }
)
_COUNTRIES = frozenset({"viet nam", "trung quoc", "dai loan", "han quoc", "nhat ban", "thai lan"})
_OWNED = frozenset({"ho", "nha", "xe", "quan", "dat", "tro", "tich", "tai", "so", "de"})
# "tôi tên", "họ và tên:", "người gửi:", "kính thư," promise a name, in capitals or not.
_NAMED = Rule(
    rf"(?<!\w)(?:(?:{_MINE} )?(?<!giấu )(?<!ký )(?<!sang )tên(?: đầy đủ| thật| gọi| khai sinh"
    r"| đệm| là)*(?: của)?"
    rf"(?: {_MINE}| chủ hộ| người \w+)?(?: là| thành)?|họ (?:và "
    rf"|, )?tên(?: \w+){{0,3}}?)\s?:?\s*$"
)
_SELF = Rule(rf"(?<!\w)(?:{_MINE} tên(?: là)?|tên(?: của)? {_MINE} là) $")
_CALLED = Rule(
    rf"(?<!\w)(?:{_MINE} là|xưng là|đúng là|chính là|không phải|hoặc là"
    r"|(?:người (?:yêu|bạn|hàng xóm|làm chứng|chồng|vợ)|bạn|hàng xóm|kẻ|đối tượng|thủ phạm"
    r"|nhân chứng|bị đơn|nguyên đơn"
    r"|bên mua|bên bán)(?: \w+){0,2}?(?: là| tên|:)|người (?:viết|gửi|phản ánh|làm đơn"
    r"|kiến nghị|nộp|khai|báo|ký"
    r"|đề nghị|yêu cầu|nhận|tố cáo|khiếu nại|mua|bán|liên hệ)(?: đơn)?(?: là)?|kính (?:thư|đơn"
    r"|báo|bút)|ký tên|trân trọng"
    r"|(?:người )?đại diện(?: hộ)?(?: là)?"
    rf"|{_KIN}(?: (?:ruột|rể|dâu|gái|trai|út|cả))*(?: {_MINE})+(?:,| tên| là"
    r"| tên là)*)\s?[:,]?\s*$"
)
# Behind these a name stands in capitals.
_ROLE = Rule(
    r"(?<!\w)(?:chủ (?:hộ|nhà|xe|quán|đất|trọ|tiệm|shop|cơ sở|tài khoản|tk|thẻ|cũ)(?: là"
    r"| tên)?|công dân|hộ(?: gia đình)?"
    r"|gia đình|bệnh nhân|học sinh|nạn nhân|nhà|cặp vợ chồng|vợ chồng"
    rf"|{_KIN}(?: {_MINE})?(?: tên)?|{_RANKS}"
    r"(?: (?:tên|là|một cửa|tiếp nhận|tư pháp|địa chính|hộ tịch|thụ lý|phụ trách|tiếp dân"
    r"|tiếp công dân|dân phố|phường"
    r"|tổ \d+|khu phố \d+|thôn \w+|xây dựng|văn hoá|quầy số \d+|hướng dẫn))*)\s?:?\s$"
)
_PLACE_WORDS = (
    r"đường|phố|ngõ|ngách|hẻm|kiệt|phường|xã|quận|huyện|tỉnh|thành phố|tp\.?|thị trấn|thị xã"
    r"|(?<!môi )(?<!thị )trường|thcs|thpt|th|tiểu học"
    r"|mầm non|mn|mẫu giáo|trung học(?: cơ sở| phổ thông)?|đại học|cao đẳng|cầu|chợ|công viên"
    r"|bệnh viện|hồ|sông|suối|cống|(?<!gia )đình"
    r"|chùa|miếu|nhà thờ(?: họ)?|dòng họ|khu|khu phố|khu dân cư|kdc|thôn|ấp|xóm|làng|bản|buôn|ngã ba|ngã tư"
    r"|ngã năm|ngã sáu|vòng xoay|quốc lộ|bến xe|bến|ga"
    r"|quảng trường|tượng đài|đền|lăng|công ty|cty|tnhh|doanh nghiệp|quán|nhà hàng|khách sạn"
    r"|tiệm|siêu thị|cửa hàng|dự án"
    r"|chung cư|toà nhà|toà|góc|đoạn|tuyến|đầu|cuối|vỉa hè|đại lộ|giao lộ|trung tâm|quỹ|giải"
    r"|đảo|núi|đèo|vịnh|biển|kênh|rạch"
    r"|cảng|sân vận động|nghĩa trang|phố đi bộ|tỉnh lộ|hương lộ|khu đô thị|nhà văn hoá|bảo tàng"
    r"|đội|chi đoàn|clb"
)
_PLACE_BEFORE = Rule(
    rf"(?<!\w)(?:{_PLACE_WORDS})(?: số)?(?: \d+[a-z]?(?:/\d+)*)?(?: (?:đường|phố))? ?[“\"'(]?$",
    bare=r"(?<!\w)(?:duong|pho|ngo|ngach|hem|kiet|phuong|xa|huyen|tinh|thanh pho|tp\.?|thi tran"
    r"|truong|thcs|thpt|tieu hoc|mam non"
    r"|dai hoc|cau|cong vien|benh vien|song|khu|khu pho|thon|ap|xom|nga ba|nga tu|quoc lo"
    r"|ben xe|cong ty|goc|doan|tuyen|via he)"
    r"(?: so)?(?: \d+[a-z]?(?:/\d+)*)?(?: (?:duong|pho))? ?[“\"'(]?$",
)
# "cán bộ phường Nguyễn Văn A", "Trưởng khu phố Lê Văn B": the unit's name is left out.
_OF_A_UNIT = Rule(
    r"(?<!\w)(?:chủ tịch|bí thư|cán bộ|công chức|nhân viên|chuyên viên|công an|trưởng|phó"
    r"|bảo vệ|tổ trưởng|phó|kế toán"
    r"|trưởng ban|ban quản lý)(?: (?:ubnd|hđnd|uỷ ban nhân dân|mặt trận|công an|trạm|y tế"
    r"|đảng uỷ|hội \w+|quản lý|ban))*"
    r" (?:phường|xã|khu phố|khu|thôn|ấp|xóm|bản|tổ dân phố|chợ|trường|bến xe|quận"
    r"|huyện)(?: \d+)? $"
)
# "đường Lê Lợi, Hoàng Văn X và Trần Y": the list of streets goes on.
_JOINT = re.compile(r"(?:,| và| &| va| với) ")
# "bà Nga tạp hoá": the trade by which the neighbours know a person.
_TRADE = Rule(
    r" (?:tạp hoá|ve chai|xe ôm|vé số|cà phê|sửa xe|bún bò|bún|phở|chè|hủ tiếu|bánh mì"
    r"|bánh canh|cắt tóc|thợ hồ|thợ điện)(?!\w)"
)
_HYPHENED = re.compile(r"(?:[-‑][^\W\d_]+)+")
_RENAMED = Rule(r"(?<!\w)tên[^.;,\n]{0,20} (?:từ|ra|về|sang) $")
_TOWARDS = Rule(r"(?<!\w)(?:từ|qua|ra|giao|đến|tới|về)(?: đường| phố)? $")
_STREETS = re.compile(r"(?:,| và| -| –| đến| giao| với| ra| qua) $")
# "anh Đ. V. Khoa", "bà N.T.H."
_INITIALS = re.compile(
    r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]háu"
    r"|[Ee]m) ((?:[A-ZĐ]\.\s?){1,3}(?:[A-ZĐ][^\W\d_]*)?)"
)


@cache
def _titles() -> Syllables:
    return Syllables.of(_TITLES)


def found(view: Reading) -> Iterator[Hidden]:
    """Yield the names of people that are not officials in office."""
    yield from _initials(view)
    place, place_end, listed_end = 0, -1, -1
    hidden: list[Run] = []
    while place < len(view.words):
        run = _name_at(view, place) or _listed(view, place, listed_end)
        if run is None:
            place += 1
            continue
        start, end = view.words[run.first].start, _end(view, run)
        listed = place_end >= 0 and _STREETS.fullmatch(view.text, place_end, start)
        if listed or _is_place(view, run):
            place_end = end
        elif not officials.acts(view, start, end):
            hidden.append(run)
            listed_end = end
            yield Hidden(start, end, Personal.PERSON)
        place = run.last + 1
    yield from _again(view, hidden)


def _end(view: Reading, run: Run) -> int:
    """Return where a name ends, with a part behind a hyphen ("Kim Min-jae")."""
    end = view.words[run.last].end
    more = _HYPHENED.match(view.text, end) or (_TRADE.match(view, end) if len(run) == 1 else None)
    return more.end() if more else end


def _name_at(view: Reading, place: int) -> Run | None:
    """Return the name that begins at a word, if one does."""
    word, names = view.words[place], lexicon()
    if word.raw.isdigit() or _misread(view, place):
        return None
    title = _titled(view, place)
    if title and (word.capital or _sure(view, title)):
        run = after_title(view, place)
        if run and not (_WEAK.has(view, title) and title.bare != "ten" and _alone(view, run)):
            return run
    if not (word.capital or names.given.has(view, word) or names.surnames.has(view, word)):
        if not _SELF.search(view, max(0, word.start - 20), word.start):
            return None
    left = max(0, word.start - 70)
    named = _NAMED.search(view, left, word.start)
    called = named or _CALLED.search(view, left, word.start)
    if called and (run := _called(view, place, called[0], named=bool(named))):
        return run
    if _ROLE.search(view, left, word.start):
        run = after_title(view, place)
        least = 2 if word.capital and not view.loud else 3
        if run and (
            (len(run) >= least and (least == 2 or _frequent(view, run)))
            or (word.capital and names.given.has(view, word))
        ):
            return run
    return _traded(view, place) or full_name(view, place)


def _sure(view: Reading, title: Word) -> bool:
    """Tell whether even a word in lower case behind this title may be a name."""
    return not _WEAK.has(view, title) if view.marked else title.bare in _SURE_BARE


def _titled(view: Reading, place: int) -> Word | None:
    """Return the title in front of a word."""
    if place == 0:
        return None
    before, word = view.words[place - 1], view.words[place]
    apart = view.text[before.end : word.start]
    if apart in {".", ". "} and before.raw.lower() in _ABBREVIATED and word.capital:
        return before
    if apart not in {" ", "  ", ": ", ' "', " “", " '", " ‘"}:
        return None
    return before if _titles().has(view, before) else None


def _frequent(view: Reading, run: Run) -> bool:
    """Tell whether a name in lower case begins as most names do."""
    words, names = view.words, lexicon()
    return names.frequent.has(view, words[run.first]) or words[run.first + 1].bare in {"thi", "van"}


def _misread(view: Reading, place: int) -> bool:
    """Tell whether the word before is no title here: "ghi chú", "trẻ em", "công bố", "chu ho"."""
    if place < 2:
        return False
    before, title, word = view.words[place - 2 : place + 1]
    if (before.bare, title.bare) in _NO_TITLES:
        return True
    if view.marked and title.bare == "anh" and word.raw == "hùng":
        return True
    return not view.marked and title.bare == "chu" and word.bare in _OWNED


def _alone(view: Reading, run: Run) -> bool:
    """Tell whether a single capital word goes on in a way that a name does not."""
    return len(run) == 1 and not ends_well(view, run.last)


def _called(view: Reading, place: int, words: str, *, named: bool) -> Run | None:
    """Return a name behind words that promise one; behind "tên" nothing else can stand."""
    word, names = view.words[place], lexicon()
    if not word.capital:
        if not (named or words.rstrip().endswith((":", "là", "la"))):
            return None
        rest = (
            _rest(view, place) if _SELF.search(view, max(0, word.start - 20), word.start) else None
        )
        title = _titles().has(view, word)
        return rest or (None if title else lower_name(view, place, sure=True))
    run = after_title(view, place)
    known = names.given.has(view, word) or names.surnames.has(view, word)
    return run if run and (len(run) > 1 or known) else None


def _rest(view: Reading, place: int) -> Run | None:
    """Return what is left of a sentence behind "tôi tên" where it is as short as a name."""
    last = place
    while adjoining(view, last + 1):
        last += 1
        if last - place > 3:
            return None
    if view.words[place].bare == "la":
        return None
    digits = any(word.raw.isdigit() for word in view.words[place : last + 1])
    return None if digits or last == place else Run(place, last)


def _listed(view: Reading, place: int, end: int) -> Run | None:
    """Return the next name of a list ("chị ▮, Lan và Minh") whose last name ended at `end`."""
    word = view.words[place]
    if not word.capital or not lexicon().given.has(view, word):
        return None
    before = word.start - 1
    while before > word.start - 6 and view.text[before] != PERSON_MASK and before != end - 1:
        before -= 1
    if before < 0 or not _JOINT.fullmatch(view.text, before + 1, word.start):
        return None
    if before != end - 1 and view.text[before] != PERSON_MASK:
        return None
    run = capital_run(view, place)
    return run if run and ends_well(view, run.last) else None


def _traded(view: Reading, place: int) -> Run | None:
    """Return a name behind a title and a trade: "ông giáo Thông", "anh công an Tuấn"."""
    word, names = view.words[place], lexicon()
    if not word.capital or not names.given.has(view, word) or not adjoining(view, place):
        return None
    for back in range(place - 1, max(-1, place - 5), -1):
        title = view.words[back]
        if back < place - 1 and (
            _titles().has(view, title) if view.marked else title.bare in _SURE_BARE
        ):
            return after_title(view, place)
        if not names.trades.has(view, view.words[back]) or not adjoining(view, back):
            return None
    return None


def _is_place(view: Reading, run: Run) -> bool:
    """Tell whether a run is a street, a ward, a school: by the word before it, or by the list."""
    words, names = view.words, lexicon()
    start, end = words[run.first].start, words[run.last].end
    if _titled(view, run.first):
        title = words[run.first - 1]
        if (
            _WEAK.has(view, title)
            and title.bare != "ten"
            and (
                names.is_place(view.bare[start:end])
                or _PLACE_BEFORE.search(view, max(0, start - 45), start)
            )
        ):
            return True
        if title.bare == "cu" and len(run) > 2 and names.is_place(view.bare[start:end]):
            return True  # "tượng cụ Phan Bội Châu": a person of history
        placed = _PLACE_BEFORE.search(view, max(0, title.start - 45), title.start)
        if placed and names.is_place(view.bare[title.start : end]):
            return True
        if not title.capital:
            return False
        whole = view.bare[title.start : end]
        left = max(0, title.start - 45)
        return names.is_place(whole) or bool(_PLACE_BEFORE.search(view, left, title.start))
    left = max(0, start - 45)
    middles = {view.words[place].bare for place in range(run.first + 1, run.last)}
    towards = _TOWARDS.search(view, left, start) and not _RENAMED.search(view, left, start)
    if towards and not middles & {"thi", "van"} and len(run) < 4:
        return True
    if _PLACE_BEFORE.search(view, left, start):
        return not (len(run) > 2 and _OF_A_UNIT.search(view, max(0, start - 60), start))
    if not names.is_place(view.bare[start:end]):
        return False
    country = view.bare[start:end] in _COUNTRIES
    return country or not _CALLED.search(view, max(0, start - 70), start)


def _initials(view: Reading) -> Iterator[Hidden]:
    for m in _INITIALS.finditer(view.text):
        yield Hidden(*m.span(1), Personal.PERSON)


def _again(view: Reading, runs: list[Run]) -> Iterator[Hidden]:
    """Yield where a name that was found is written again, whole or its last part alone."""
    names = {_text(view, run) for run in runs if len(run) > 1 and view.words[run.first].capital}
    names |= {view.words[run.last].raw for run in runs if view.words[run.last].raw.istitle()}
    names = {name for name in names if len(name) > 1}
    if not names:
        return
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    for m in re.finditer(r"(?<![\w-])(?:" + "|".join(longest) + r")(?![\w-])", view.text):
        whole = " " in m[0]
        left = max(0, m.start() - 45)
        if _PLACE_BEFORE.search(view, left, m.start()) or officials.acts(view, *m.span()):
            continue
        if whole or not _in_a_phrase(view, m.start(), m.end()):
            yield Hidden(m.start(), m.end(), Personal.PERSON)


def _in_a_phrase(view: Reading, start: int, end: int) -> bool:
    """Tell whether a single capital word is part of a longer name or begins a sentence."""
    before, behind = view.text[max(0, start - 3) : start], view.text[end : end + 2]
    begins = not before.strip() or before.rstrip()[-1:] in ".!?:\n" or "\n" in before
    neighbours = re.search(r"[A-ZĐ]\w? $", before) or (behind[:1] == " " and behind[1:].isupper())
    previous = re.search(r"(\w+) $", view.text[max(0, start - 12) : start])
    return bool(neighbours or begins or (previous and previous[1][0].isupper()))


def _text(view: Reading, run: Run) -> str:
    return view.text[view.words[run.first].start : view.words[run.last].end]
