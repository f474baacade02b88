"""Where people live: from the house number to the street or to the tổ, khu, thôn behind it."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from api.cases.redaction.kept import Kept
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.lexicon import Syllables, lexicon
from api.cases.redaction.reading import Reading, Rule, Word
from knowledge.text import fold

_HOUSE = re.compile(
    r"(?<![\w./-])(?:[khl]\s?)?\d{1,4}(?:bis|ter"
    r"|[a-zđ]{1,2}\d{0,2})?(?:\s?/\s?\d{1,4}[a-zđ]?\d?){0,5}"
    r"(?:\s?-\s?\d{1,4}[a-z]?)?(?![\w%]|[.,:-]\d)"
)
_FLAT = re.compile(
    r"(?<![\w./-])[a-z]{1,2}\d{0,2}[.-]?\d{1,4}(?:[.-]\d{1,4})?(?!\w)"
    r"|(?<![\w./-])\d{1,2}\.\d{2}(?![\w.])"
)
_ALLEY = Rule(
    r"[\s,]{1,2}(?:ngõ|ngách|hẻm|kiệt|đường kiệt"
    r"|hxh)\s(?:số\s)?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*(?!\w)"
)
_STREET = Rule(
    r"[\s,]{1,2}(?:đường|phố|ngõ|hẻm|kiệt|đại lộ|quốc lộ|tỉnh lộ|ql|tl|đ\.|d\.)\s?(?!\s)"
)
_NUMBERED = Rule(r"\d{1,2} tháng \d{1,2}(?!\w)|(?:số\s)?\d{1,4}[a-z]?(?:/\d{1,2})?(?![\w/])")
_TAIL = Rule(
    r"\s?[,;–-]?\s?(?:tổ dân phố|tổ dp|tdp|tổ|khu phố|khu vực|khu nhà ở xã hội|khu nhà ở"
    r"|khu chung cư|khu dân cư|khu tập thể|khu đô thị|kdc|ktt|khu|kp"
    r"|khối phố|khối|ấp|thôn|xóm|bản|buôn|làng|cụm|chung cư|cc|toà nhà|toà|block|lô|tầng"
    r"|nhà trọ|ktx)"
    r"\s(?:số\s)?(?P<value>[a-z]?\d{1,3}[a-z]?\d?(?![\w/]|\.\d)|[a-z](?!\w)|[ivx]{1,4}(?!\w)"
    r"|(?=[^\W\d_]))"
)
_BEFORE = Rule(
    r"(?<!\w)(?P<word>số nhà|nhà số|căn hộ số|căn hộ|căn nhà|căn|phòng số|phòng|phòng trọ|số"
    r"|nhà|địa chỉ|đc|đ/c|dc|d/c"
    r"|ngụ|trú|tại|ở|hộ|lô|tạm trú|thường trú|cư trú|là|giao hàng|cạnh|đối diện|gần|sau|trước)"
    r"(?: (?:tại|ở|là|số|tôi|em|mình|cháu|anh|chị|ông|bà|cô|chú|bác|nhận|thường trú|hiện nay"
    r"|hiện tại))*\s?[:(,]?\s?$"
)
_NOT_HOUSE = Rule(
    r"(?<!\w)(?:đường|phố|hẻm|ngõ|ngách|kiệt|tổ|khu|khu phố|kp|thôn|ấp|xóm|khối|cụm|cột|trụ"
    r"|tuyến|xe buýt|km|lớp|khoá"
    r"|ngày|sáng|chiều|tối|trưa|đêm|hôm|từ|đến|năm|tháng|giờ|lúc|đợt|quý|kỳ|quận|phường|phiếu"
    r"|quyết định|văn bản"
    r"|công văn|điều|khoản|mục|chương|hồ sơ|thủ tục|quốc lộ|tỉnh lộ|ql|tl|đt|tầng|cửa|quầy"
    r"|trường|bệnh viện"
    r"|mẫu|biểu|thông báo|thông tư|nghị định|luật|nghị quyết|chỉ thị|kế hoạch|độ|bậc|cấp|hạng"
    r"|giai đoạn)\s(?:số\s)?$",
    bare=r"(?<!\w)(?:duong|pho|hem|ngo|ngach|kiet|to|khu|khu pho|kp|thon|ap|xom|cot|tuyen"
    r"|xe buyt|km|lop|ngay|sang|chieu"
    r"|dem|hom|den|nam|thang|gio|luc|quan|phuong|phieu|quyet dinh|van ban|cong van|dieu|khoan"
    r"|muc|ho so|thu tuc|quoc lo"
    r"|tinh lo|ql|tang|truong|benh vien|mau|thong bao|thong tu|nghi dinh|luat"
    r"|ke hoach)\s(?:so\s)?$",
)
# An office, and only its own name between it and the number: "UBND phường Thuận Hoá, số 12 Lê Lợi".
_OFFICE = Rule(
    r"(?<!\w)(?:ubnd|uỷ ban nhân dân|trụ sở|trung tâm|trạm y tế|công an|trường|bệnh viện"
    r"|nhà văn hoá|bưu điện|bộ phận"
    r"|văn phòng|nhà sinh hoạt|hội trường|kho bạc|phòng giao dịch|chi nhánh|ngân hàng|chi cục"
    r"|sở|công viên|chợ|bảo tàng|thư viện)"
    r"(?: (?!tôi|em|nhà|trú|ngụ|hộ|ông|bà|anh|chị)[^\W_]+){0,8}?[ ,:(]*(?:tại |ở |địa chỉ |số "
    r"|trụ sở |đóng )*[:(]?\s?$",
    bare=r"(?<!\w)(?:ubnd|uy ban nhan dan|tru so|trung tam|tram y te|cong an phuong|benh vien"
    r"|nha van hoa|buu dien)"
    r"(?: (?!toi|em|nha|tru|ngu|ho|ong|ba|anh|chi)[^\W_]+){0,8}?[ ,:(]*(?:tai |o |dia chi |so "
    r"|tru so )*[:(]?\s?$",
)
_OURS = Rule(
    r"(?<!\w)nhà (?:tôi|tui|em|mình|cháu|con|bác|cô|chú|anh|chị|ông|bà|chúng tôi)"
    r"(?: [^\W\d_]+)?(?: ở| tại)? số\s?$"
)
_LOWER_STOP = Syllables.of(
    "bị có không hay chưa đang thường từ đến là và xây làm ở tại của cho về mà đã để thì cũng với"
    " đậu lấn khi đổ gần trước sau cạnh bên đối này kia tới rất mùa ngập hỏng gãy chảy hồ sơ"
    " sđt đt tổ khu"
    " phường xã quận huyện nhà người ông bà anh chị em kêu mở hát nước nuôi chiều ngày sáng"
    " trưa đêm mới"
    " con những như được phải sẽ xin nhờ mong phản kính yêu liên điện cccd sinh biển xe thôn ấp"
    " xóm khối kp tdp trũng chắn chặn"
)
# "Địa chỉ: tổ 4, ấp Bình Hoà": the address of a person in a village has no house number.
_LIVES = Rule(
    r"(?<!\w)(?:địa chỉ(?: thường trú| tạm trú| nhà| liên hệ)?\s?:|thường trú(?: tại)?:?"
    r"|trú tại|ngụ(?: tại)?|tạm trú tại|hktt\s?:?) (?=\w)"
)
_HOODS = frozenset(["tổ", "khu", "phường", "xã", "thôn", "ấp", "quận", "huyện"])
_STREET_LONGEST = 5
_HOOD_LONGEST = 4


def found(view: Reading, kept: Kept) -> Iterator[Hidden]:
    """Yield the addresses of houses and flats, and labelled ones without a house number."""
    end = 0
    for label in _LIVES.finditer(view):
        stop, hood = _tails(view, label.end())
        if hood:
            yield Hidden(label.end(), stop, Personal.ADDRESS)
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
    left = max(0, start - 70)
    asked = _BEFORE.search(view, left, start)
    if _NOT_HOUSE.search(view, left, start) or _OFFICE.search(view, left, start):
        return 0
    word = fold(asked["word"]) if asked else ""
    flat = not re.search(r"^(?:[khl]\s?)?\d(?!\d?\.)", house[0])
    if flat and not word.startswith(("can", "phong", "so nha", "nha so")):
        return 0
    split = "/" in house[0]
    own = flat or word in {"so nha", "nha so", "can ho so", "can ho", "can nha"}
    own = own or bool(_OURS.search(view, left, start))
    end, alleys = _alleys(view, at)
    end, street = _street(view, end, sure=bool(asked) or split or alleys)
    end, tails = _tails(view, end)
    if street or (alleys and (asked or tails)):
        return end
    return end if own or (tails and (asked or split)) else 0


def _alleys(view: Reading, at: int) -> tuple[int, bool]:
    found_any = False
    while alley := _ALLEY.match(view, at):
        at, found_any = alley.end(), True
    return at, found_any


def _street(view: Reading, at: int, *, sure: bool) -> tuple[int, bool]:
    """Return where the street name ends and whether there is one."""
    word = _STREET.match(view, at)
    begin = word.end() if word else at + len(_blank(view, at))
    if begin == at:
        return at, False
    if word and (number := _NUMBERED.match(view, begin)):
        return number.end(), True
    run = _capitals(view, begin, _STREET_LONGEST)
    if run:
        return (run[-1].end, True) if word or sure or _known_name(view, run) else (at, False)
    return _plain_street(view, begin, at, named=bool(word), sure=sure)


def _blank(view: Reading, at: int) -> str:
    blank = re.compile(r",? ").match(view.text, at)
    return blank[0] if blank else ""


def _known_name(view: Reading, run: list[Word]) -> bool:
    words = lexicon()
    return words.is_place(" ".join(w.bare for w in run)) or (
        len(run) > 1 and words.frequent.has(view, run[0])
    )


def _capitals(view: Reading, at: int, longest: int) -> list[Word]:
    """Return the words in capitals from a place on, up to a sign or a small word."""
    run: list[Word] = []
    for word in _words_from(view, at):
        apart = view.text[run[-1].end : word.start] if run else view.text[at : word.start]
        if (
            apart not in ({" "} if run else {""})
            or not word.capital
            or view.loud
            or len(run) == longest
        ):
            break
        if word.raw.isdigit() or word.raw.lower() in _HOODS:
            break
        run.append(word)
    return run


def _words_from(view: Reading, at: int) -> list[Word]:
    first = bisect_left(view.word_starts, at)
    return view.words[first : first + 8]


def _plain_street(
    view: Reading, begin: int, at: int, *, named: bool, sure: bool
) -> tuple[int, bool]:
    """Return the extent of a street name that is written without capitals."""
    run: list[Word] = []
    for word in _words_from(view, begin):
        apart = view.text[run[-1].end : word.start] if run else view.text[begin : word.start]
        if apart not in ({" "} if run else {""}) or len(run) == 4 or word.raw.isdigit():
            break
        if _LOWER_STOP.has(view, word) and run:
            break
        run.append(word)
    for size in range(len(run), 1, -1):
        if lexicon().is_place(" ".join(w.bare for w in run[:size])):
            return run[size - 1].end, named or sure
    if run and named and not _LOWER_STOP.has(view, run[0]):
        return run[min(len(run), 3) - 1].end, True
    return at, False


def _tails(view: Reading, at: int) -> tuple[int, bool]:
    """Return where tổ, khu, thôn … behind the street end and whether there are any."""
    found_any = False
    while tail := _TAIL.match(view, at):
        end = tail.end()
        if not tail["value"]:
            run = _capitals(view, end, _HOOD_LONGEST)
            if not run:
                break
            end = run[-1].end
        at, found_any = end, True
    return at, found_any
