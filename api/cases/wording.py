"""Dates, spans and labels as people say them in Vietnamese."""

from datetime import date, datetime

from api.cases.clock_models import DayChange
from api.cases.models import Actor, Audience, Competence, Kind, Verdict
from api.cases.workdays import weekday_name
from api.clock import local

KIND_LABELS = {
    Kind.CONDUCT: "Phản ánh về cán bộ, cách làm việc",
    Kind.REGULATION: "Phản ánh về quy định, thủ tục",
    Kind.RECOMMENDATION: "Kiến nghị, đề xuất",
    Kind.INFRASTRUCTURE: "Phản ánh hiện trường",
    Kind.QUESTION: "Câu hỏi gửi cán bộ",
}

CHANNEL_LABELS = {
    "web": "Trang web",
    "telegram": "Telegram",
    "zalo_oa": "Zalo OA",
    "zalo_bot": "Zalo Bot",
    "phone": "Điện thoại",
    "paper": "Văn bản giấy",
    "email": "Thư điện tử",
    "counter": "Trực tiếp",
    "portal": "Cổng Dịch vụ công",
}

VERDICT_LABELS = {
    Verdict.RIGHT: "Đúng",
    Verdict.PARTLY: "Đúng một phần",
    Verdict.WRONG: "Không đúng",
    Verdict.UNPROVEN: "Chưa đủ cơ sở",
}

COMPETENCE_LABELS = {
    Competence.OWN: "Thuộc thẩm quyền của phường, xã",
    Competence.OTHER: "Thuộc thẩm quyền cơ quan khác",
}

ACTOR_LABELS = {Actor.CITIZEN: "Người dân", Actor.STAFF: "Cán bộ", Actor.SYSTEM: "Hệ thống"}

AUDIENCE_LABELS = {
    Audience.INTERNAL: "chỉ cán bộ thấy",
    Audience.CITIZEN: "người gửi thấy",
    Audience.PUBLIC: "mọi người thấy",
}

DAY_CHANGE_LABELS = {
    DayChange.OFF: "Nghỉ",
    DayChange.WORK: "Làm việc",
    DayChange.MORNING: "Chỉ làm buổi sáng",
    DayChange.AFTERNOON: "Chỉ làm buổi chiều",
    DayChange.CLEARED: "Theo lịch chung",
    DayChange.HOURS: "Giờ làm việc từ ngày này",
}

EVENT_LABELS = {
    "received": "Nhận hồ sơ",
    "accept": "Tiếp nhận, xử lý",
    "classify": "Phân loại",
    "reclassify": "Đổi loại",
    "refuse": "Không tiếp nhận",
    "assign": "Giao xử lý",
    "moved_inside": "Chuyển bộ phận",
    "supplement_asked": "Yêu cầu bổ sung",
    "supplement_given": "Nhận bổ sung",
    "transferred_out": "Chuyển cơ quan khác",
    "returned": "Nhận lại từ cơ quan khác",
    "transferred_in": "Được chuyển đến",
    "note": "Ghi chú",
    "corrected": "Đính chính",
    "citizen_note": "Người dân bổ sung",
    "draft": "Trình duyệt câu trả lời",
    "send_back": "Trả lại để sửa",
    "approve": "Duyệt và gửi trả lời",
    "answer": "Trả lời",
    "judge": "Kết luận",
    "rated": "Người dân đánh giá",
    "publish": "Công khai kết quả",
    "withhold": "Không công khai",
    "withdraw": "Người gửi rút hồ sơ",
    "merge": "Gộp vào hồ sơ khác",
    "merged_in": "Nhận hồ sơ gộp vào",
    "unmerge": "Bỏ gộp",
    "unmerged": "Một hồ sơ đã bỏ gộp",
    "split": "Tách hồ sơ",
    "split_from": "Tách từ hồ sơ khác",
    "join": "Thêm người cùng phản ánh",
    "joined": "Tham gia hồ sơ",
    "addition": "Lời của người cùng phản ánh",
    "reopened": "Mở lại",
    "due_moved": "Dời hạn",
    "extended": "Gia hạn",
    "urged": "Đôn đốc",
    "hurry": "Đánh dấu gấp",
    "unhurry": "Bỏ dấu gấp",
    "restricted": "Hạn chế người xem",
    "unrestrict": "Bỏ hạn chế người xem",
    "late_note": "Xin lỗi, báo tiến độ",
    "notice_by_phone": "Gọi điện báo người gửi",
    "sender_seen": "Xem bằng số điện thoại người gửi",
    "sender_refused": "Số điện thoại không khớp",
}


def date_words(day: date) -> str:
    """Return "thứ Sáu, 11/12/2026"."""
    return f"{weekday_name(day)}, {day:%d/%m/%Y}"


def time_words(instant: datetime) -> str:
    """Return "14:05, 11/12/2026" in Vietnamese time."""
    return f"{local(instant):%H:%M, %d/%m/%Y}"
