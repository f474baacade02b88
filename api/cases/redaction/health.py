"""Illness, disability and pregnancy of a person."""

import re
from collections.abc import Iterator

from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import PERSON_MASK, Reading, Rule

_PART = (
    r"(?:chân|tay|mắt|tai|xương|cẳng|bàn|đùi|cổ|vai|sườn|hông|lưng|đầu gối|gối|ngón|cột sống"
    r"|phổi|gan|vú|dạ dày|đại tràng|tuyến giáp"
    r"|tử cung|vòm họng|não|tuỵ|thực quản|máu|thận|tim|tiền liệt|hàm|mặt|đầu|toàn thân"
    r"|nửa người|nửa mặt|người)"
)
_SIDE = r"(?:hai|một|cả|bên|trái|phải|trên|dưới|bàn|cổ|cẳng|ống|nửa|toàn|ca|\d)"
_ILLS = (
    r"ung thư|tự kỷ|trầm cảm|tâm thần(?: phân liệt)?|phân liệt|rối loạn (?:tâm thần|lo âu"
    r"|tiền đình|phát triển|phổ tự kỷ|tiêu hoá|giấc ngủ|nhịp tim|đông máu|\w+)"
    r"|suy (?:thận|tim|gan|hô hấp|giáp|dinh dưỡng|nhược)|chạy thận|tiểu đường|đái tháo đường"
    r"|(?:cao|tăng) huyết áp|huyết áp(?: cao)?"
    r"|tai biến(?: mạch máu não)?|đột quỵ|nhồi máu(?: cơ tim| não)?|tim bẩm sinh|bệnh tim"
    r"|hen suyễn|hen phế quản|hen|suyễn|viêm \w+(?: [a-d](?!\w))?"
    r"|lao(?: phổi)|(?:nhiễm )?hiv(?:/aids)?|aids|giang mai|động kinh|parkinson|alzheimer"
    r"|sa sút trí tuệ|bại (?:não|liệt)|hội chứng \w+|down|liệt(?! sĩ| sỹ| kê)"
    r"|khuyết tật|tàn tật|dị tật|cụt|mù(?: loà)?|khiếm thị|khiếm thính|điếc|câm(?: điếc)?"
    r"|chậm phát triển|chậm nói|thiểu năng|tăng động"
    r"|(?:nhiễm )?chất độc (?:da cam|màu da cam)|u (?:não|xơ|nang|gan|phổi|ác|lành)|gout|gút"
    r"|sỏi thận|thoái hoá|thoát vị(?: đĩa đệm)?|xơ gan|sốt xuất huyết"
    r"|sốt rét|tay chân miệng|covid(?:-19)?|thuỷ đậu|sởi|quai bị|máu trắng|máu khó đông|tan máu"
    r"|thalassemia|hemophilia|nghiện(?: ma tuý| rượu| heroin| hút| hàng đá)"
    r"|mất ngủ|thần kinh|tiền đình|gãy(?= (?:\w+ )?(?:chân|tay|xương|cổ|vai|sườn|răng|cột))"
    r"|chấn thương|bỏng|vô sinh|hiếm muộn|bạch tạng|lupus|vẩy nến|vảy nến|phong|bệnh (?!viện|án"
    r"|xá|nhân|binh|ở|và|của|thì|để|tại|theo|lý|cho|là|nên)\w+|di chứng|đục thuỷ tinh thể"
    r"|thiếu máu"
    r"|mất trí nhớ|lú lẫn|teo cơ|viêm gan|sảy thai|trĩ|xuất huyết \w+|phẫu thuật|mổ|ngộ độc"
    r"|dị ứng|co giật|lãng tai|loà"
)
_BEARS = (
    r"(?:mang thai(?! hộ)|có thai|có bầu|mang bầu|có chửa|bầu bí|bầu(?= (?:\d|gần|được|sắp|hơn"
    r"|to|tháng))|thai(?= \d+ (?:tuần|tháng)))"
    r"(?: (?:gần|được|đã|hơn|sắp|lần \w+|đôi|to|con so|tháng|tuần|thứ|\d{1,2}|hai|ba|tư|năm|sáu"
    r"|bảy|tám|chín(?! muồi)))*"
)
_MORE = (
    r"(?: (?:mức độ|mức|giai đoạn|độ|thể|tuýp|týp|típ|type|dạng|cấp|bậc|loại|hạng)(?: (?:rất"
    r"|đặc biệt))?(?: (?!của)(?:\w+))?|,? ?(?:rất|đặc biệt) nặng| nặng| nhẹ"
    r"| hoang tưởng| mãn tính| mạn tính| mạn| bẩm sinh| hiểm nghèo| cuối| cấp tính| cấp"
    r"| di căn| phân liệt"
    r"| vận động| trí tuệ| thần kinh| tâm thần| nghe nói| nghe| nhìn| bướu"
    rf"| {_SIDE}(?= {_PART})| {_PART}(?: trái| phải)?| bên trái| bên phải| giường| tại chỗ| lâu năm"
    rf"| nhiều năm| \d{{1,3}} ?%| liệt(?= (?:nửa|hai|tay|chân|một)))*"
)
_ONE = rf"(?:{_ILLS}){_MORE}"
_ILL = Rule(
    rf"(?<!\w)(?:(?P<bears>{_BEARS})|(?P<ill>{_ONE}(?:(?: và|,| kèm(?: theo)?)? {_ONE})*))(?!\w)"
)
_WEAK = Rule(
    r"(?:bệnh|gãy|lao|phong|bỏng|mổ|liệt|mù|điếc|thần kinh|hen|chấn thương|phẫu thuật|trĩ|viêm"
    r"|dị ứng|loà)(?!\w)"
)
_SUFFERS = Rule(
    r"(?<!\w)(?:bị|mắc|nhiễm|mang|bệnh|có|chứa|chống chọi|điều trị|chữa|vì|do|là người"
    r"|thương tật|giấu|tiền sử)"
    r"(?: (?:bệnh|chứng|tật|căn bệnh|hội chứng|đang|với|nặng))*[ ,(]*$|[,(] ?$|[^\W\d_] và $"
)
_PERSON = Rule(
    r"(?<!\w)(?:tôi|em|cháu|con|mẹ|bố|cha|ba|má|vợ|chồng|ông|bà|anh|chị|cô|chú|bác|cụ|bé|mình"
    r"|tui|nó|dì|cậu)(?!\w)"
    rf"|{PERSON_MASK}",
    bare=r"(?<!\w)(?:toi|em|chau|me|bo|cha|vo|chong|ong|ba|anh|chi|co|chu|bac|cu|be|minh|tui|no"
    r"|con)(?!\w)"
    rf"|{PERSON_MASK}",
)
_SURE = Rule(r"(?<!\w)(?:bị|mắc|mang|bệnh|nhiễm)(?: (?:bệnh|chứng))? $")
# "bố tôi ung thư", "cô ▮ nhà bên trầm cảm"
_NEAR = Rule(
    r"(?:(?<!\w)(?:con|mẹ|bố|ba|má|cha|vợ|chồng|cháu|em|anh|chị|ông|bà)(?: (?:gái"
    rf"|trai))? (?:tôi|em|cháu|mình)|{PERSON_MASK})"
    r"(?: (?!về|phòng|chống|hỗ|thuốc|chữa|khám|học|tuyên|hỏi|xin|đề)\w+){0,5} $"
)
_SUBJECT = Rule(
    r"(?:(?<!\w)(?:tôi|em|cháu|mẹ|bố|cha|vợ|chồng|mình|bé|con|ông|bà|cô|chú|bác|anh|chị|cụ|nó"
    rf"|tui)(?: ấy)?|{PERSON_MASK}) (?:đang |đã |mới |vừa |lại |cũng )?$"
)
_PUBLIC = Rule(
    r"(?<!\w)(?:phòng,? chống|phòng ngừa|phòng|ổ dịch|dịch|chống|vắc xin|vaccine|tiêm"
    r"|chương trình|người|trẻ|chính sách|quỹ|bệnh viện"
    r"|khoa|tuyên truyền|hỗ trợ|dành cho|đối với|nguy cơ|muỗi|xét nghiệm|tầm soát|diệt|phun|hội"
    r"|hội người|ca|nhà)"
    r"(?: (?:bệnh|chống|dịch|thuốc|muỗi|phòng|và|người|bị|mắc|có|là|đang|các))* $"
)
_CUT = re.compile(r"[.!?](?=\s)|\n")


def found(view: Reading) -> Iterator[Hidden]:
    """Yield illnesses that a sentence gives to a person."""
    for m in _ILL.finditer(view):
        start = m.start()
        left = max(0, start - 110)
        left = max((x.end() for x in _CUT.finditer(view.text, left, start)), default=left)
        if not _PERSON.search(view, left, start):
            continue
        owned = _SUFFERS.search(view, left, start)
        subject = _SUBJECT.search(view, left, start)
        if _PUBLIC.search(view, left, start) and not view.low.startswith("là người ", start - 9):
            continue
        near = _NEAR.search(view, left, start) and not _WEAK.match(view, start)
        if not view.marked and not (near or _SURE.search(view, left, start)):
            continue
        if owned or subject or near or (m["bears"] and view.marked):
            yield Hidden(start, m.end(), Personal.HEALTH)
