"""Streets, wards, schools, shops with the name of a person: they are places, not people."""

from api.cases.redaction.cues import CALLED, WEAK, titled
from api.cases.redaction.lexicon import lexicon
from api.cases.redaction.reading import Reading, Rule, Word
from api.cases.redaction.runs import Run

_COUNTRIES = frozenset({"viet nam", "trung quoc", "dai loan", "han quoc", "nhat ban", "thai lan"})
_PLACE_WORDS = (
    r"đường|phố|ngõ|ngách|hẻm|kiệt|phường|xã|quận|huyện|tỉnh|thành phố|tp\.?|thị trấn|thị xã"
    r"|(?<!môi )(?<!thị )trường|thcs|thpt|th|tiểu học"
    r"|mầm non|mn|mẫu giáo|trung học(?: cơ sở| phổ thông)?|đại học|cao đẳng|cầu|chợ|công viên"
    r"|bệnh viện|hồ|sông|suối|cống|(?<!gia )đình"
    r"|chùa|miếu|nhà thờ(?: họ)?|dòng họ|khu|khu phố|khu dân cư|kdc|thôn|ấp|xóm|làng|bản|buôn"
    r"|ngã ba"
    r"|ngã tư|ngã năm|ngã sáu|vòng xoay|quốc lộ|bến xe|bến|ga"
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
_RENAMED = Rule(r"(?<!\w)tên[^.;,\n]{0,20} (?:từ|ra|về|sang) $")
_TOWARDS = Rule(r"(?<!\w)(?:từ|qua|ra|giao|đến|tới|về)(?: đường| phố)? $")


def is_place(view: Reading, run: Run) -> bool:
    """Tell whether a run is a street, a ward, a school: by the word before it, or by the list."""
    start, end = view.words[run.first].start, view.words[run.last].end
    title = titled(view, run.first)
    if title:
        return _titled_place(view, title, start, end, len(run))
    left = max(0, start - 45)
    middles = {view.words[place].bare for place in range(run.first + 1, run.last)}
    towards = _TOWARDS.search(view, left, start) and not _RENAMED.search(view, left, start)
    if towards and not middles & {"thi", "van"} and len(run) < 4:
        return True
    if _PLACE_BEFORE.search(view, left, start):
        return not (len(run) > 2 and _OF_A_UNIT.search(view, max(0, start - 60), start))
    bare = view.bare[start:end]
    if not lexicon().is_place(bare):
        return False
    return bare in _COUNTRIES or not CALLED.search(view, max(0, start - 70), start)


def _titled_place(view: Reading, title: Word, start: int, end: int, size: int) -> bool:
    """Tell a place that begins like a title: "đường Bà Triệu", "ngã ba Đập Đá"."""
    known = lexicon().is_place(view.bare[start:end])
    whole = lexicon().is_place(view.bare[title.start : end])
    placed = in_a_place(view, title.start)
    if WEAK.has(view, title) and title.bare != "ten" and (known or in_a_place(view, start)):
        return True
    if title.bare == "cu" and size > 2 and known:
        return True  # "tượng cụ Phan Bội Châu": a person of history
    return (placed and whole) or (title.capital and (placed or whole))


def in_a_place(view: Reading, start: int) -> bool:
    """Tell whether the words before belong to the name of a place."""
    return bool(_PLACE_BEFORE.search(view, max(0, start - 45), start))
