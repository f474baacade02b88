"""Published text that must not be said as a fact: garbled, or naming a level that is gone.

Only the text is judged, never what it means: a line with a doubt is held back from answers and
shown to a clerk, who asks the publisher.
"""

import re
from enum import StrEnum
from functools import lru_cache

from knowledge.text import nfc


class Doubt(StrEnum):
    """Why a line is held back."""

    GARBLED = "garbled"
    ABOLISHED_LEVEL = "abolished_level"


_ADDRESS = re.compile(r"https?://\S+")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff]"
)
"""Control signs, halves of signs, private signs, and the sign for what could not be read."""

_LEFT_OF_A_PAGE = re.compile(
    r"<[a-z/!][^<>]{0,200}>|&[a-z]{2,8};|&#x?[0-9a-f]{1,6};", re.IGNORECASE
)
_LOST_LETTER = re.compile(r"[a-zà-ỹđ]\?[a-zà-ỹđ]", re.IGNORECASE)
_MISREAD = re.compile(r"á[»º]\S|Æ[°¡]|Ä[‘ƒ©]|[a-zđ][¡-©«-¯´-¸»¿]+[a-zđ]", re.IGNORECASE)
_OLD_FONT = re.compile(r"[ñûøïäöåæëîçß]", re.IGNORECASE)
_MANY_STRANGE = 3  # letters outside the Vietnamese alphabet in one line
_PLACEHOLDER = re.compile(
    r"\blorem ipsum\b|\bundefined\b|\[object object\]|\bx{4,}\b"
    r"|^(?:null|none|nan|string|test|todo)$",
    re.IGNORECASE,
)
_TORN = re.compile(
    r"(?<!trung )tâm phục vụ hành chính công"  # the office's name without its first word
    r"|(?:^|: )định tại các"  # "quy định tại" without its beginning
    r"|hình thức nộp thời hạn giải quyết"  # the heading of a table run into its cells
    r"|(?:trực tiếp|trực tuyến|bưu chính)\d"  # a row of that table
)
_BEGINS_INSIDE = re.compile(r"^[\s+•*-]*(?:\)[;,]?|;)\s*(\w)")  # ") và nộp cho cơ quan"
_OFFICES = (
    "ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|công an|bảo hiểm xã hội|bhxh|tòa án nhân dân"
    "|viện kiểm sát nhân dân|ban chỉ huy quân sự|chi cục thuế|kho bạc nhà nước|bưu điện"
)
_DISTRICT = re.compile(
    r"\bcấp huyện\b(?! \(nơi không có đơn vị hành chính cấp xã)"
    rf"|\b(?:{_OFFICES}) (?:các )?(?:huyện|quận|thị xã)\b"
    r"|\bphòng (?:tư pháp|nội vụ|giáo dục và đào tạo|lao động\b|tài nguyên và môi trường"
    r"|tài chính\b|quản lý đô thị)"
)
_BEFORE = re.compile(r"trước (?:ngày )?0?1(?:/| tháng )0?7(?:/| năm )2025")


@lru_cache(maxsize=16_384)  # what is in use is asked for again and again
def doubt_of(text: str) -> Doubt | None:
    """Return why a published line must not be said as a fact, or None."""
    if is_garbled(text):
        return Doubt.GARBLED
    return Doubt.ABOLISHED_LEVEL if names_abolished_level(text) else None


def is_garbled(text: str) -> bool:
    """Tell whether a text was damaged: wrong encoding, torn sentence, remains of a page or form."""
    words = _ADDRESS.sub(" ", nfc(text)) if "://" in text else nfc(text)
    return bool(
        _NO_TEXT.search(text)
        or _LEFT_OF_A_PAGE.search(words)
        or _LOST_LETTER.search(words)
        or _MISREAD.search(words)
        or _PLACEHOLDER.search(words.strip())
        or _TORN.search(words.lower())
        or _begins_inside(words)
        or len(_OLD_FONT.findall(words)) >= _MANY_STRANGE
    )


def _begins_inside(words: str) -> bool:
    """Tell whether a line begins inside a sentence; a capital begins a list whose sign was cut."""
    begun = _BEGINS_INSIDE.match(words)
    return begun is not None and begun[1].islower()


def names_abolished_level(text: str) -> bool:
    """Tell whether a text sends people to an office of the district level.

    There is none since 01/7/2025 (Luật Tổ chức chính quyền địa phương 2025, Điều 1). What such an
    office did before that day, and districts as mere areas, are no reason for doubt.
    """
    lower = nfc(text).lower().replace("uỷ", "ủy").replace("toà", "tòa")
    return bool(_DISTRICT.search(lower)) and not _BEFORE.search(lower)
