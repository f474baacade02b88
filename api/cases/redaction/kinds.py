"""What is personal in a text and how the public sees that it was hidden.

Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 16 (only what is needed becomes public).
"""

from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """A kind of personal data that never becomes public."""

    PERSON = "person"
    PHONE = "phone"
    NATIONAL_ID = "national_id"
    ADDRESS = "address"
    EMAIL = "email"
    PLATE = "plate"
    BANK_ACCOUNT = "bank_account"
    DATE_OF_BIRTH = "date_of_birth"
    TAX_CODE = "tax_code"
    HEALTH = "health"
    SOCIAL_ACCOUNT = "social_account"
    INSURANCE_NO = "insurance_no"
    LAND_PARCEL = "land_parcel"


@dataclass(frozen=True)
class Hidden:
    """A stretch of the text to hide, in Python characters, end exclusive."""

    start: int
    end: int
    kind: Personal


LABELS = {
    Personal.PERSON: "[đã ẩn tên]",
    Personal.PHONE: "[đã ẩn số điện thoại]",
    Personal.NATIONAL_ID: "[đã ẩn số giấy tờ]",
    Personal.ADDRESS: "[đã ẩn địa chỉ]",
    Personal.EMAIL: "[đã ẩn thư điện tử]",
    Personal.PLATE: "[đã ẩn biển số xe]",
    Personal.BANK_ACCOUNT: "[đã ẩn số tài khoản]",
    Personal.DATE_OF_BIRTH: "[đã ẩn ngày sinh]",
    Personal.TAX_CODE: "[đã ẩn mã số thuế]",
    Personal.HEALTH: "[đã ẩn thông tin sức khỏe]",
    Personal.SOCIAL_ACCOUNT: "[đã ẩn tài khoản mạng xã hội]",
    Personal.INSURANCE_NO: "[đã ẩn số bảo hiểm]",
    Personal.LAND_PARCEL: "[đã ẩn thửa đất]",
}
