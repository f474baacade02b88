"""Dates, spans and labels as people say them in Vietnamese."""

from datetime import date, datetime

from api.cases.models import Actor, Audience, Kind
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
}

ACTOR_LABELS = {Actor.CITIZEN: "Người dân", Actor.STAFF: "Cán bộ", Actor.SYSTEM: "Hệ thống"}

AUDIENCE_LABELS = {
    Audience.INTERNAL: "chỉ cán bộ thấy",
    Audience.CITIZEN: "người gửi thấy",
    Audience.PUBLIC: "mọi người thấy",
}

EVENT_LABELS = {
    "received": "Nhận hồ sơ",
    "accept": "Tiếp nhận, xử lý",
    "reclassify": "Đổi loại",
    "note": "Ghi chú",
    "citizen_note": "Người dân bổ sung",
    "answer": "Trả lời",
    "publish": "Công khai kết quả",
    "withhold": "Không công khai",
    "due_moved": "Dời hạn",
    "notice_by_phone": "Gọi điện báo người gửi",
}


def date_words(day: date) -> str:
    """Return "thứ Sáu, 11/12/2026"."""
    return f"{weekday_name(day)}, {day:%d/%m/%Y}"


def time_words(instant: datetime) -> str:
    """Return "14:05, 11/12/2026" in Vietnamese time."""
    return f"{local(instant):%H:%M, %d/%m/%Y}"
