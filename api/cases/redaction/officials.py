"""Heads of offices who act in office stay readable; a named officer who is accused does not.

Source: Luật 91/2025/QH15 Đ16 (only what is needed); names in unproved claims are hidden.
"""

import re

from api.cases.redaction.reading import Reading, Rule

_HEADS = (
    r"(?:phó |quyền )*(?:chủ tịch|bí thư(?: đảng uỷ| thành uỷ)?|giám đốc|trưởng phòng"
    r"|trưởng ban|chánh văn phòng"
    r"|chánh thanh tra|viện trưởng|chánh án|hiệu trưởng|trưởng công an|chỉ huy trưởng"
    r"|cục trưởng|chi cục trưởng"
    r"|vụ trưởng|bộ trưởng|thứ trưởng|thủ tướng|tổng bí thư|đội trưởng|trạm trưởng|trưởng trạm"
    r"|trưởng bộ phận)"
)
# Words that begin another thought: "Kính gửi ông Chủ tịch, tôi là …".
_PERSONAL = (
    r"(?:tôi|em|cháu|mình|chúng tôi|là|của|bị|có|cho|về|việc|trả|tên|và ông|và bà|với|đã|vợ"
    r"|chồng|con|mẹ|bố|hàng xóm"
    r"|yêu cầu|kiểm điểm|xử lý|nhắc nhở|phê bình|xem xét|chấn chỉnh)(?!\w)"
)
_BEFORE = Rule(
    rf"(?<!\w){_HEADS}(?: (?!{_PERSONAL})[^\W\d]+,?(?: [-–])?){{0,12}}?[ ,:–\n-]{{1,3}}(?:là )?"
    r"(?:(?:ông|bà|đồng chí|đ/c)[: ]\s?)?$"
)
_AFTER = Rule(rf"\s?[,(–-]?\s?(?:là |hiện là |giữ chức |giữ chức vụ )?{_HEADS}(?!\w)")
_SIGNED = Rule(
    r"(?:người ký|ký thay|kt\.|tm\.|tl\.|tuq\.|đã ký|ký bởi)[^.;\d]{0,60}$",
)
_ACCUSED = Rule(
    r"(?<!\w)(?:nhận (?:tiền|hối lộ|phong bì|quà|của)|ăn tiền|vòng tiền|hối lộ|vòi|đòi (?:tiền"
    r"|phong bì|bồi dưỡng|chi)|lót tay"
    r"|quát|nạt|chửi|mắng|hách|hạch sách|sách nhiễu|nhũng nhiễu|gây khó|gây phiền|khó dễ"
    r"|hành dân|bao che|tham ô|tham nhũng"
    r"|chậm trễ|thái độ|vô lễ|coi thường|ép|lừa|lạm quyền|lợi dụng|tự ý|cấu kết|thông đồng"
    r"|bảo kê|làm khó|xúc phạm|đe doạ|doạ"
    r"|gợi ý|ăn chặn|cắt xén|tiền riêng|sai phạm|lộ trò|làm trái|làm sai|trả trễ|om hồ sơ|ngâm"
    r"|chậm trả|làm mất|bắt (?:dân|tôi|phải)"
    r"|thiên vị|ưu ái|cố tình|cửa quyền|vô trách nhiệm|thiếu trách nhiệm|bỏ mặc|trục lợi|chiếm"
    r"|chia chác|dàn xếp|móc nối|bè phái|ăn chia|thu (?:tiền|quỹ|phí)|ký khống|lập khống|bỏ túi"
    r"|né tránh|đùn đẩy|hành hạ|đánh|say xỉn|cờ bạc)(?!\w)"
)
_ACCUSING = Rule(
    r"(?<!\w)(?:tố cáo|tố giác|khiếu nại|kiện|thái độ của|hành vi của|bức xúc (?:với|về|vì)"
    r"|tố)[^.;\n]{0,60}$"
)
_ACTING = Rule(
    r"\s?,?\s?(?:đã |sẽ |đang |vừa |cũng )?(?:ký|chỉ đạo|yêu cầu|tiếp|chủ trì|giao|kết luận"
    r"|phân công|trả lời|xin lỗi|trao"
    r"|phát biểu|kiểm tra|xuống|dự|thông báo|mời|cảm ơn|ghi nhận|đối thoại|hướng dẫn|giải quyết"
    r"|phê duyệt|ban hành)(?!\w)"
)
_LINE = re.compile(r"[.!?;](?=\s)|\n\n")


def acts(view: Reading, start: int, end: int) -> bool:
    """Tell whether the name at this place is that of a head of an office who does the duty."""
    left = max(0, start - 110)
    left = max((m.end() for m in _LINE.finditer(view.text, left, start)), default=left)
    right = view.sentence_end(end, 90)
    head = (
        _BEFORE.search(view, left, start)
        or _AFTER.match(view, end, right)
        or _SIGNED.search(view, left, start)
    )
    if not head:
        return False
    if _ACTING.match(view, end, right):
        return True
    return not (_ACCUSED.search(view, end, right) or _ACCUSING.search(view, left, start))
