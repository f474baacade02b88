"""Numbers of people: telephones, identity papers, accounts, tax and insurance numbers.

A number is known by the label in front of it, or by its shape: 10 digits from 03, 05, 07, 08, 09
(Thông tư 22/2014/TT-BTTTT), 12 digits of a citizen (Luật Căn cước 26/2023/QH15 Đ12), 15 signs of a
health insurance card (Quyết định 1351/QĐ-BHXH).
"""

import re
from collections.abc import Iterator

from api.cases.redaction.kept import Kept
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import Reading

_GAP = r"[\s.,\-–—−_·•*|()/\\]{0,4}"
_O = "[0-9oOlI]"
_NEXT = rf"(?:{_GAP}{_O})"
# People who fear a filter split a number: "0905 rồi 318 rồi 472".
_WORDS = r"(?:\s+(?:rồi|xong|tiếp|và|roi|tiep|va)\s+)?"
_ONE = r"(?:\s?[.\-–_]?\s?)"

_MOBILE = re.compile(
    rf"(?<![0-9])(?:(?:\(?{_GAP}(?:\+|00){_GAP}84|(?<![0-9][.,])84){_GAP}(?:\(?[0oO]\)?{_GAP})?"
    rf"|[0oO]{_GAP})[35789]{_NEXT}{{8}}(?![0-9])"
)
_SPLIT = re.compile(
    rf"(?<![0-9])[0oO]{_GAP}[35789](?:{_GAP}{_WORDS}{_O}){{8}}(?![0-9])", re.IGNORECASE
)
_LANDLINE = re.compile(
    rf"(?<![0-9])(?:\(\s?)?(?:(?:\+|00){_GAP}84|[0oO]){_GAP}(?:2{_NEXT}{{9}}"
    rf"|1[2689]{_NEXT}{{8}})(?![0-9])"
)
_CITIZEN = re.compile(rf"(?<![0-9])(?<![0-9][.,])[0oO](?:{_GAP}{_O}){{11}}(?![0-9])")
_NINE = re.compile(r"(?<![\w.,/-])(?:\d{9}|\d{3} \d{3} \d{3}|\d{3}-\d{3}-\d{3})(?![\w]|[.,/ -]?\d)")
_CARD = re.compile(r"(?<![^\W_])[A-Z]{2}[ -]?[1-5](?:[ .-]?\d){12}(?!\d)", re.IGNORECASE)
_LONG = re.compile(r"(?<![\w/-])(?:\d{10,19}|\d{4}(?:[ .-]\d{3,4}){2,4})(?![\w]|[.,/-]?\d)")
_BOOK = re.compile(r"(?<!\w)(?:[A-ZĐ]{2}\s?\d{6}|C[HS]\s?\d{5,6})(?!\w)")
_LAND = re.compile(r"(?<!\w)(?:sổ|đất|giấy chứng nhận|gcn|bìa)(?!\w)")
_MONEY = re.compile(r"\s?(?:đ|d|đồng|dong|vnđ|vnd|triệu|trieu|nghìn|m2)(?!\w)", re.IGNORECASE)

_BANKS = (
    "vietcombank|vcb|vietinbank|viettinbank|ctg|bidv|agribank|techcombank|tcb|mb ?bank|mbb?|acb"
    "|vpbank|tpbank|sacombank|stb|hdbank|vib|shb|seabank|msb|ocb|eximbank|lpbank|lienvietpostbank|scb|namabank"
    "|nam a bank|abbank|bac a bank|dong a bank|kienlongbank|pvcombank|cake|timo"
)
# The nearest label on the left says what a number is; `file` labels say that it is nobody's.
_LABEL = re.compile(
    rf"""(?<![^\W_])(?:
      (?P<national_id>so\ dinh\ danh|ma\ dinh\ danh|dinh\ danh\ ca\ nhan|cccd|cmnd|cmtnd|cmt
        |can\ cuoc|chung\ minh(?:\ nhan\ dan|\ thu)?|ho\ chieu|passport|ddcn|giay\ to\ tuy\ than)
    | (?P<tax_code>ma\ so\ thue|mst|ms\ thue|ma\ thue)
    | (?P<insurance_no>bhxh|bhyt|bhtn|bao\ hiem\ (?:xa\ hoi|y\ te)|so\ bao\ hiem
        |ma\ the|the\ bao\ hiem)
    | (?P<bank_account>stk|so\ tai\ khoan|so\ tk|tai\ khoan|tk|the\ (?:atm|visa|ngan\ hang)
        |{_BANKS})
    | (?P<land_parcel>giay\ chung\ nhan|gcnqsdd|gcn|so\ do|so\ hong|bia\ do|so\ vao\ so
        |so\ phat\ hanh|so\ (?:so|bia|gcn)|so\ qsdd)
    | (?P<phone>sdt|s\.d\.t|so\ dt|dtdd|đtdđ|dien\ thoai|dt|so\ may|phone|tel|zalo|viber
        |whatsapp|alo|goi|lien\ he|lien\ lac|lh|nhan\ tin|sim)
    | (?P<file>(?:ma|so)\ (?:ho\ so|phan\ anh|bien\ nhan|phieu|don|van\ don|tra\ cuu|thu\ tuc
        |hoa\ don|bien\ lai|khach\ hang|cong\ to|cot|seri|van\ ban|hieu)|bien\ nhan|bien\ lai
        |hoa\ don)
    )(?![^\W_])""",
    re.VERBOSE,
)
_VALUES = {
    Personal.NATIONAL_ID: re.compile(
        rf"(?:[A-Za-z]{{1,2}}\s?\d(?:{_ONE}\d){{5,8}}"
        rf"|{_O}{_NEXT}{{11}}(?![0-9])|{_O}{_NEXT}{{8}}(?![0-9])"
        rf"|{_O}(?:{_ONE}{_O}){{7,12}})(?![0-9])"
    ),
    Personal.TAX_CODE: re.compile(rf"\d(?:{_ONE}\d){{9}}(?:{_ONE}\d){{0,3}}(?!\d)"),
    Personal.INSURANCE_NO: re.compile(
        rf"(?:[A-Z]{{2}}\s?[-.]?\s?\d(?:{_ONE}\d){{9,12}}|[a-z]{{2}}\d(?:{_ONE}\d){{9,12}}"
        rf"|\d(?:{_ONE}\d){{7,14}})(?!\d)"
    ),
    Personal.BANK_ACCOUNT: re.compile(
        rf"\d(?:{_ONE}\d){{5,18}}(?![\dA-Za-z])"
        rf"|(?<!\w)(?=[A-Za-z]*\d[A-Za-z]*\d)[A-Za-z0-9]{{6,20}}(?!\w)"
    ),
    Personal.LAND_PARCEL: re.compile(r"[A-ZĐa-zđ]{1,2}\s?[-.]?\s?\d(?:[ .]?\d){4,7}(?!\d)"),
    Personal.PHONE: re.compile(
        rf"(?:\+?{_GAP}84{_NEXT}{{9,10}}|[0oO](?:{_GAP}{_WORDS}{_O}){{7,10}}"
        rf"|[35789]{_NEXT}{{8}})(?![0-9])"
    ),
}
_STOP = re.compile(r"[.!?;](?=\s)|\n\n|\d")
_FILLER = 48
_MORE = re.compile(r"\s?(?:,|và|hoặc|hay|va|hoac|/|-|;)\s?(?:số\s)?")

_HOTLINE = re.compile(
    r"duong day nong|hotline|tong dai|so truc|truc so|truc ban|may truc|dien thoai co quan"
    r"|khan cap"
)
_ANSWER = r"(?:moi thac mac|chi tiet|thong tin them|can (?:ho tro|biet them|giai dap))[^.;]{0,40}"
_OFFICE = re.compile(
    rf"{_ANSWER}|ubnd|uy ban|cong an|tram y te|trung tam|van phong|bo phan|ban quan ly|dien luc"
    r"|benh vien"
    r"|(?<!\w)truong (?:mam|tieu|th)|phong (?:kinh|van|giao|noi|tai)|so (?:xay|y te|giao|noi"
    r"|tai|cong)"
)
_ANY_OFFICE = re.compile(f"{_HOTLINE.pattern}|{_OFFICE.pattern}")
_OWNER = re.compile(
    r"(?<!\w)(?:tôi|toi|em|mình|cháu|ông|bà|anh|chị|cô|chú|bác|chủ|quán|người|giả danh|tự xưng"
    r"|lừa"
    r"|cho vay|cầm đồ|shop|tiệm)(?!\w)|\ue000",
    re.IGNORECASE,
)
# The owner may stand behind the number: 0234.3822.333, văn phòng UBND phường.
_THEIRS = re.compile(
    r"\s?[(,-]?\s?(?:cua\s)?(?:van phong|ubnd|uy ban|tram y te|cong an phuong|truc ban)"
)
_HOT_NUMBER = re.compile(
    rf"(?:{_HOTLINE.pattern})(?P<between>[^\d.;\n]{{0,30}})(?P<number>\d(?:[ .-]?\d){{2,11}})(?!\d)"
)


def hotlines(view: Reading) -> Iterator[tuple[int, int]]:
    """Yield the telephone numbers of offices, which stay readable."""
    for rule in (_MOBILE, _LANDLINE):
        for m in rule.finditer(view.text):
            if _public(view, m.start(), mobile=rule is _MOBILE) or _THEIRS.match(
                view.bare, m.end()
            ):
                yield m.span()
    for m in _HOT_NUMBER.finditer(view.bare):
        if not _OWNER.search(view.text, *m.span("between")):
            yield m.span("number")


def found(view: Reading, kept: Kept) -> Iterator[Hidden]:
    """Yield the numbers of people, the surest first."""
    yield from _labelled(view, kept)
    yield from _shaped(view, kept)


def _labelled(view: Reading, kept: Kept) -> Iterator[Hidden]:
    labels = list(_LABEL.finditer(view.bare))
    for place, label in enumerate(labels):
        kind = label.lastgroup
        if kind == "file" or kind is None:
            continue
        following = labels[place + 1].start() if place + 1 < len(labels) else len(view.text)
        yield from _values(view, kept, Personal(kind), label.end(), following)


def _values(view: Reading, kept: Kept, kind: Personal, at: int, following: int) -> Iterator[Hidden]:
    """Yield the value behind a label and the values joined to it by "và", "hoặc"."""
    value = _VALUES[kind].search(view.text, at, at + _FILLER + 40)
    if value is None or value.start() > min(at + _FILLER, following):
        return
    filler = view.text[at : value.start()]
    if _STOP.search(filler) or (kind is Personal.BANK_ACCOUNT and "kho bạc" in filler.lower()):
        return
    while value is not None:
        if not _good(view, kept, kind, value.start(), value.end()):
            return
        yield Hidden(value.start(), _without_o(value), kind)
        joint = _MORE.match(view.text, value.end())
        value = _VALUES[kind].match(view.text, joint.end()) if joint else None


def _good(view: Reading, kept: Kept, kind: Personal, start: int, end: int) -> bool:
    if kept.touches(start, end) or _MONEY.match(view.text, end):
        return False
    if start and view.text[start - 1].isalnum() and view.text[start].isalnum():
        return False
    return kind is not Personal.PHONE or not _public(view, start, mobile=False)


def _shaped(view: Reading, kept: Kept) -> Iterator[Hidden]:
    """Yield numbers that their shape alone tells."""
    for rule in (_MOBILE, _SPLIT, _LANDLINE):
        for m in rule.finditer(view.text):
            if _is_one_number(m[0]) and not kept.touches(*m.span()):
                yield Hidden(m.start(), _without_o(m), Personal.PHONE)
    for m in _CITIZEN.finditer(view.text):
        if _is_one_number(m[0]) and not kept.touches(*m.span()):
            yield Hidden(m.start(), m.end(), Personal.NATIONAL_ID)
    yield from _books(view)
    for rule, kind in (
        (_CARD, Personal.INSURANCE_NO),
        (_NINE, Personal.NATIONAL_ID),
        (_LONG, Personal.BANK_ACCOUNT),
    ):
        for m in rule.finditer(view.text):
            if not kept.touches(*m.span()) and not _of_a_file(view, m.start(), m.end()):
                yield Hidden(m.start(), m.end(), kind)


def _books(view: Reading) -> Iterator[Hidden]:
    """Yield numbers of land certificates ("AB 123456") where land is spoken of."""
    for m in _BOOK.finditer(view.text):
        if _LAND.search(view.low, max(0, m.start() - 60), m.start()):
            yield Hidden(m.start(), m.end(), Personal.LAND_PARCEL)


def _without_o(value: re.Match[str]) -> int:
    """Return the end of a number without a word "o" (ở) that was taken for a nought."""
    return value.end() - len(value[0]) + len(re.sub(r"[\s.,-]+[oO]$", "", value[0]))


def _is_one_number(text: str) -> bool:
    """Tell a split number from a list such as "tổ 05, 07, 09, 11, 13"."""
    groups = re.findall(f"{_O}+", text)
    if sum(c in "oOlI" for c in text) > 4 or (text[-1] in "oO" and len(groups[-1]) == 1):
        return False
    return not re.search(r",\s|/", text) or max(map(len, groups)) > 2


def _of_a_file(view: Reading, start: int, end: int) -> bool:
    """Tell whether a long number is money or belongs to a file, an invoice, a meter."""
    labels = [m.lastgroup for m in _LABEL.finditer(view.bare, max(0, start - 40), start)]
    return bool(_MONEY.match(view.text, end)) or labels[-1:] == ["file"]


def _public(view: Reading, start: int, *, mobile: bool) -> bool:
    """Tell whether a telephone number is the office's: a hotline, or a landline of it."""
    left = max(0, start - 70)
    cut = max((m.end() for m in re.finditer(r"[.!?;](?=\s)|\n", view.text[left:start])), default=0)
    rule = _HOTLINE if mobile else _ANY_OFFICE
    ends = [m.end() for m in rule.finditer(view.bare, left + cut, start)]
    return bool(ends) and not _OWNER.search(view.text[ends[-1] : start])
