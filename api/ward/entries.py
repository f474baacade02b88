"""What staff type into the ward's card, checked: each function gives a part or says what is wrong.

All raise PeopleError with a sentence for the officer.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from itertools import pairwise
from urllib.parse import urlsplit

from api.errors import PeopleError
from api.ward.card import DAYS, HomeService, ProcedureLink, ServiceModel, ShortAnswer, Span

LINE, TEXT, URL = 200, 1_000, 500  # characters
MOST = 50  # entries of one list
_PHONE = re.compile(r"^\+?[\d\s.()-]{3,20}$")
_CLOCK = re.compile(r"^(\d{1,2})[:hg.]?(\d{2})?$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")

Hours = Sequence[tuple[str, str]]
"""The typed spans of one day, each from and to as "7:30" or "7h30"; two empty ends are no span."""


def contact(address: str, hotline: str, email: str) -> Mapping[str, str]:
    """Return address, telephone and e-mail; the first two are needed."""
    kept = {
        "address": line(address, "Địa chỉ", needed=True),
        "hotline": phone(hotline, needed=True),
        "email": line(email, "Thư điện tử"),
    }
    if kept["email"] and not _EMAIL.match(kept["email"]):
        raise PeopleError("Thư điện tử chưa đúng dạng.", "Anh/chị ghi dạng ten@phuong.gov.vn.")
    return kept


def week(days: Sequence[Hours]) -> tuple[tuple[Span, ...], ...]:
    """Return the hours of Monday to Sunday; empty where no day has any."""
    read = tuple(_day(hours) for hours in days[:DAYS])
    return read if any(read) else ()


def home(who: str, how: str, number: str) -> HomeService:
    """Return the home service; three empty fields say that there is none."""
    return HomeService(who=line(who, "Dành cho ai"), how=text(how, "Cách làm"), phone=phone(number))


def model(title: str, days: Sequence[int], explanation: str) -> ServiceModel:
    """Return a service model of the ward."""
    return ServiceModel(
        title=line(title, "Tên mô hình", needed=True),
        days=tuple(sorted({day for day in days if 0 <= day < DAYS})),
        explanation=text(explanation, "Giải thích"),
    )


def link(code: str, label: str, url: str, note: str) -> ProcedureLink:
    """Return what the ward adds to a procedure: a page with its label, a note, or both."""
    kept = ProcedureLink(
        code=line(code, "Mã thủ tục", needed=True),
        label=line(label, "Tên đường dẫn", needed=bool(url.strip())),
        url=https(url) if url.strip() else "",
        note=line(note, "Ghi chú"),
    )
    if not kept.url and not kept.note:
        raise PeopleError("Cần có đường dẫn hoặc ghi chú.", "Anh/chị điền một trong hai ô.")
    return kept


def short_answer(title: str, asks: str, answer: str) -> ShortAnswer:
    """Return a question that the ward answers itself; asks has one way of asking a line."""
    ways = tuple(line(way, "Mỗi cách hỏi") for way in asks.splitlines() if way.strip())
    return ShortAnswer(
        title=line(title, "Câu hỏi", needed=True),
        asks=ways[:MOST],
        text=text(answer, "Câu trả lời", needed=True),
    )


def https(url: str) -> str:
    """Return an address of the web that a citizen may be sent to."""
    address = url.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    odd = bool(parts.username or re.search(r"[\s<>\"\\]", address))
    if parts.scheme != "https" or "." not in host or odd or len(address) > URL:
        raise PeopleError("Đường dẫn chưa đúng.", "Anh/chị ghi địa chỉ bắt đầu bằng https://.")
    return address


def phone(number: str, *, needed: bool = False) -> str:
    """Return a telephone number as typed, with its spaces."""
    kept = line(number, "Số điện thoại", needed=needed)
    if kept and not _PHONE.match(kept):
        raise PeopleError(
            "Số điện thoại chưa đúng.", "Anh/chị ghi bằng chữ số, ví dụ 0220 3700 001."
        )
    return kept


def line(typed: str, what: str, *, needed: bool = False) -> str:
    """Return a text of one line without doubled spaces."""
    return _kept(" ".join(typed.replace("\0", "").split()), what, LINE, needed=needed)


def text(typed: str, what: str, *, needed: bool = False) -> str:
    """Return a text of several lines."""
    kept = typed.replace("\0", "").replace("\r\n", "\n").strip()
    return _kept(kept, what, TEXT, needed=needed)


def _kept(typed: str, what: str, longest: int, *, needed: bool) -> str:
    if needed and not typed:
        raise PeopleError(f"{what} đang trống.", "Anh/chị điền ô này rồi lưu lại.")
    if len(typed) > longest:
        raise PeopleError(f"{what} dài hơn {longest} ký tự.", "Anh/chị rút gọn rồi lưu lại.")
    return typed


def _day(hours: Hours) -> tuple[Span, ...]:
    spans = tuple(_span(start, end) for start, end in hours if start.strip() or end.strip())
    if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
        raise PeopleError("Giờ chiều bắt đầu trước khi hết giờ sáng.", "Anh/chị xem lại giờ.")
    return spans


def _span(start: str, end: str) -> Span:
    try:
        span = Span(opens=_clock(start), closes=_clock(end))
    except ValueError:
        raise PeopleError(
            "Giờ chưa đúng.", "Anh/chị điền cả giờ mở và giờ đóng, ví dụ 07:30."
        ) from None
    if span.opens >= span.closes:
        raise PeopleError("Giờ đóng phải sau giờ mở.", "Anh/chị xem lại giờ.")
    return span


def _clock(typed: str) -> time:
    """Read "7:30", "7h30" or "7h"; raises ValueError."""
    found = _CLOCK.match(typed.strip().lower())
    if not found:
        raise ValueError(typed)
    return time(int(found[1]), int(found[2] or 0))
