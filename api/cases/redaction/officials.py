"""Heads of offices who act in office stay readable; a named officer who is accused does not.

Source: Luật 91/2025/QH15 Đ16 (only what is needed), facts §2.4: names in unproved claims are hidden.
"""

import re

from api.cases.redaction.reading import Reading

_HEADS = (
    r"(?:pho )?(?:quyen )?(?:chu tich|bi thu(?: dang uy| thanh uy)?|giam doc|truong phong|truong ban|chanh van phong|chanh thanh tra"
    r"|vien truong|chanh an|hieu truong|truong cong an|chi huy truong|cuc truong|chi cuc truong|vu truong|bo truong"
    r"|thu truong|thu tuong|tong bi thu|doi truong|tram truong|truong tram)"
)
_ORGANS = r"[^.;:\n\d]{0,60}?"
_BEFORE = re.compile(
    rf"(?<!\w){_HEADS}(?P<organ>(?: (?:ubnd|hdnd|ubmttq|uy ban|hoi dong|nhan dan|phuong|xa|thanh pho|tp|tinh|quan|huyen|"
    r"dang uy|trung tam|phuc vu|hanh chinh|cong|so|phong|ban|cong an|tram|y te|mttq|mat tran|to quoc|van phong|kinh te|"
    r"ha tang|do thi|va|van hoa|xa hoi|tu phap|xay dung|quan ly|du an|dat dai|chi nhanh|truong|thpt|thcs|tieu hoc|hoi|"
    r"\w+)){0,12})?[\s,:-]{1,3}(?:la |(?:ong|ba|dong chi|d/c|dc)[: ]\s?)?$"
)
_AFTER = re.compile(rf"\s?[,(–-]?\s?(?:la |hien la |giu chuc )?{_HEADS}(?!\w)")
_SIGNED = re.compile(
    r"(?:nguoi ky|ky thay|kt\.|tm\.|tl\.|tuq\.|da ky|ky boi|ky ten dong dau)[^.;\d]{0,60}$"
)
_ACCUSED = re.compile(
    r"(?<!\w)(?:nhan (?:tien|hoi lo|phong bi|qua|cua)|an tien|vong tien|hoi lo|voi|doi (?:tien|phong bi|boi duong|chi)|lot tay"
    r"|quat|nat|chui|mang|hach sach|sach nhieu|nhung nhieu|gay kho|gay phien|kho de|hanh dan|bao che|tham o|tham nhung"
    r"|cham tre|thai do|vo le|coi thuong|ep|lua|lam quyen|loi dung|tu y|cau ket|thong dong|bao ke|lam kho|chiem|danh"
    r"|xuc pham|de doa|doa|goi y|bo tui|an chan|cat xen|to cao|tien rieng|sai pham|vi pham|lo tro|lam trai|lam sai"
    r"|tra tre|om ho so|ngam ho so|ngam|cham tra|that lac|lam mat|bat (?:dan|nguoi|toi|phai)|bia dat|thien vi|uu ai)(?!\w)"
)
_ACCUSING = re.compile(
    r"(?<!\w)(?:to cao|to giac|khieu nai|kien|phan anh (?:ve )?(?:viec|thai do)?|thai do cua|hanh vi cua|buc xuc)[^.;\n]{0,60}$"
)
_ACTING = re.compile(
    r"^\s?,?\s?(?:da |se |dang |vua )?(?:ky|chi dao|yeu cau|tiep|chu tri|giao|ket luan|phan cong|tra loi|xin loi|trao|"
    r"phat bieu|kiem tra|xuong|du|thong bao|moi|cam on|ghi nhan|doi thoai|huong dan|giai quyet|phe duyet|ban hanh)(?!\w)"
)


def acts(view: Reading, start: int, end: int) -> bool:
    """Tell whether the name at this place is that of a head of an office who only does the duty."""
    left = view.bare[max(0, start - 110) : start]
    line = re.split(r"[.!?;](?=\s)|\n\n", left)[-1]
    line = line.replace("\n", " ")
    right = view.bare[end : min(end + 90, view.sentence_end(end))]
    head = _BEFORE.search(line) or _AFTER.match(right) or _SIGNED.search(line)
    if not head:
        return False
    if _ACTING.match(right):
        return True
    return not (_ACCUSED.search(right) or _ACCUSING.search(line))
