"""Illness, disability and pregnancy of a person."""

import re
from collections.abc import Iterator

from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import Reading

_ILLS = (
    r"ung thu|tu ky|tram cam|tam than(?: phan liet)?|roi loan(?: \w+){1,3}|suy (?:than|tim|gan|ho hap|giap|dinh duong)|chay than"
    r"|tieu duong|dai thao duong|cao huyet ap|huyet ap(?: cao)?|tang huyet ap|tai bien(?: mach mau nao)?|dot quy|nhoi mau(?: co tim| nao)?"
    r"|tim bam sinh|benh tim|hen suyen|hen phe quan|hen|viem \w+(?: [a-d])?(?: man tinh)?|lao(?: phoi)?|hiv(?:/aids)?|aids|giang mai|lau|dong kinh|parkinson"
    r"|alzheimer|sa sut tri tue|bai (?:nao|liet)|down|liet(?: \w+){0,2}|khuyet tat(?: (?:nang|nhe|dac biet nang|van dong|tri tue|nghe|nhin|than kinh))*"
    r"|tan tat|cut (?:chan|tay|mot \w+|hai \w+)|mu(?: hai mat| mot mat| loa| bam sinh)?|diec(?: bam sinh)?|cam diec|cham phat trien(?: tri tue)?|thieu nang(?: tri tue)?"
    r"|chat doc (?:da cam|mau da cam)|u nao|u xo|gut|gout|soi than|thoai hoa(?: \w+ \w+)?|thoat vi(?: dia dem)?|xo gan|sot xuat huyet|sot ret|tay chan mieng"
    r"|covid(?:-19)?|thuy dau|soi|quai bi|benh(?: \w+){1,3}|mau trang|tan mau|thalassemia|hemophilia|nghien(?: ma tuy| ruou)?|mat ngu|than kinh|tien dinh|gay (?:chan|tay|xuong \w+)"
    r"|chan thuong(?: \w+){0,2}|sa tu cung|vo sinh|hiem muon|bach tang|lupus|vay nen|phong|cham noi|tang dong"
)
_BEARS = (
    r"(?:mang thai|co thai|co bau|mang bau|bau|thai|co chua|sap sinh|bau bi)"
    r"(?: (?:thang thu|duoc|da|gan|hon|lan))?(?: \d{1,2} (?:thang|tuan)| (?:thang|tuan) thu \w+)?(?: \d{1,2})?"
)
_MORE = (
    r"(?:,? (?:va )?(?:muc do|giai doan|do|the|tuyp|type|bac|cap|dang) (?:rat )?(?:\w+)(?: nang| nhe)?|,? (?:rat nang|nang|nhe|man tinh|bam sinh|cuoi|nhieu nam|lau nam"
    r"|cap tinh|di can|mau|phoi|gan|vu|da day|dai trang|tuyen giap|co tu cung|vom hong|nao|xuong|tuy|thuc quan|hai chan|nua nguoi|hai mat|toan than|cot song|than kinh|tam than"
    r"|van dong|tri tue|dac biet nang|ca hai \w+|mot ben|ben trai|ben phai|chan trai|chan phai|tay trai|tay phai))*"
)
_ILL = re.compile(rf"(?<!\w)(?:(?P<bears>{_BEARS})|(?P<ill>(?:{_ILLS})){_MORE})(?!\w)")
_SUFFERS = re.compile(
    r"(?:(?<!\w)(?:bi|mac|nhiem|mang|benh|co|dang|chua|chong choi|dieu tri|vi|do|giai doan|la nguoi|thuong tat)(?: (?:benh|chung|tat|can benh|hoi chung|dang))*\s)$"
)
_PERSON = re.compile(
    r"(?<!\w)(?:tôi|toi|em|cháu|chau|con|mẹ|me|bố|bo|cha|ba|má|vợ|vo|chồng|chong|ông|ong|bà|anh|chị|cô|chú|bác|cụ|bé|mình|minh|tui|nó)(?!\w)|\ue000",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"(?:phong(?:,)? chong|phong ngua|phong|o dich|dich|chong|vac xin|vaccine|tiem|chuong trinh|nguoi|tre|chinh sach|quy|benh vien|khoa|tuyen truyen"
    r"|ho tro|danh cho|doi voi|nguy co|muoi|xet nghiem|tam soat|diet|phun)(?: benh| chong| dich| thuoc| muoi| phong| va)* $"
)


def found(view: Reading) -> Iterator[Hidden]:
    """Yield illnesses that a sentence gives to a person."""
    for m in _ILL.finditer(view.bare):
        left_start = max(0, m.start() - 90)
        left = view.bare[left_start : m.start()]
        cut = max((x.end() for x in re.finditer(r"[.!?](?=\s)|\n", left)), default=0)
        left = left[cut:]
        words = view.text[left_start + cut : m.start()]
        if _PUBLIC.search(left) or not _PERSON.search(words):
            continue
        if m["bears"] or _SUFFERS.search(left) or re.search(r"\ue000 ?[(,] ?$", left):
            yield Hidden(m.start(), m.end(), Personal.HEALTH)
