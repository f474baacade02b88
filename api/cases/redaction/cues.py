"""Words before a name: titles ("chị"), promises ("tôi tên"), roles ("chủ hộ")."""

from functools import cache

from api.cases.redaction.lexicon import Syllables
from api.cases.redaction.reading import Reading, Rule, Word

_TITLES = (
    "ông bà anh chị cô chú bác cháu em cậu dì thím mợ cụ thầy bé bạn thằng con mẹ má bố cha"
    " vợ chồng ôn mệ mụ gã hắn lão nhóc o út tên ba sư đ/c chế dượng nhỏ"
)
# These titles mean too much else: what follows must be in capitals.
WEAK = Syllables.of("con ba o út cha má mẹ bố vợ chồng bạn bé sư lão chế dượng tên nhỏ")
_ABBREVIATED = frozenset({"a", "c", "ô", "o", "b", "e", "mr", "ms", "mrs"})
# Without marks "cau" may be cầu, "di" đi, "thay" thấy: then the name needs capitals.
SURE_BARE = frozenset(["ong", "ba", "anh", "chi", "co", "chu", "bac", "chau", "em", "nhoc"])
_KIN = (
    r"(?:con gái|con trai|con dâu|con rể|con|cháu|vợ|chồng|bố|mẹ|ba|má|cha|anh|chị|em|ông|bà|cô"
    r"|chú|bác|dì|cậu)"
)
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
_OWNED = frozenset({"ho", "nha", "xe", "quan", "dat", "tro", "tich", "tai", "so", "de"})
# "tôi tên", "họ và tên:", "người gửi:", "kính thư," promise a name, in capitals or not.
NAMED = Rule(
    rf"(?<!\w)(?:(?:{_MINE} )?(?<!giấu )(?<!ký )(?<!sang )tên(?: đầy đủ| thật| gọi| khai sinh"
    r"| đệm| là)*(?: của)?"
    rf"(?: {_MINE}| chủ hộ| người \w+)?(?: là| thành)?|họ (?:và "
    rf"|, )?tên(?: \w+){{0,3}}?)\s?:?\s*$"
)
SELF = Rule(rf"(?<!\w)(?:{_MINE} tên(?: là)?|tên(?: của)? {_MINE} là) $")
CALLED = Rule(
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
ROLE = Rule(
    r"(?<!\w)(?:chủ (?:hộ|nhà|xe|quán|đất|trọ|tiệm|shop|cơ sở|tài khoản|tk|thẻ|cũ)(?: là"
    r"| tên)?|công dân|hộ(?: gia đình)?"
    r"|gia đình|bệnh nhân|học sinh|nạn nhân|nhà|cặp vợ chồng|vợ chồng"
    rf"|{_KIN}(?: {_MINE})?(?: tên)?|{_RANKS}"
    r"(?: (?:tên|là|một cửa|tiếp nhận|tư pháp|địa chính|hộ tịch|thụ lý|phụ trách|tiếp dân"
    r"|tiếp công dân|dân phố|phường"
    r"|tổ \d+|khu phố \d+|thôn \w+|xây dựng|văn hoá|quầy số \d+|hướng dẫn))*)\s?:?\s$"
)


@cache
def titles() -> Syllables:
    return Syllables.of(_TITLES)


def sure_title(view: Reading, title: Word) -> bool:
    """Tell whether even a word in lower case behind this title may be a name."""
    return not WEAK.has(view, title) if view.marked else title.bare in SURE_BARE


def titled(view: Reading, place: int) -> Word | None:
    """Return the title in front of a word."""
    if place == 0:
        return None
    before, word = view.words[place - 1], view.words[place]
    apart = view.text[before.end : word.start]
    if apart in {".", ". "} and before.raw.lower() in _ABBREVIATED and word.capital:
        return before
    if apart not in {" ", "  ", ": ", ' "', " “", " '", " ‘"}:
        return None
    return before if titles().has(view, before) else None


def misread(view: Reading, place: int) -> bool:
    """Tell whether the word before is no title here: "ghi chú", "trẻ em", "công bố", "chu ho"."""
    if place < 2:
        return False
    before, title, word = view.words[place - 2 : place + 1]
    if (before.bare, title.bare) in _NO_TITLES:
        return True
    if view.marked and title.bare == "anh" and word.raw == "hùng":
        return True
    return not view.marked and title.bare == "chu" and word.bare in _OWNED
