"""The card before anybody edits it: what the PAKN_WARD_* settings say."""

import re
from datetime import time

from api.settings import Settings
from api.ward.card import DAYS, Span, WardCard

_SPAN = re.compile(r"(\d{1,2})[:hg](\d{2})\s*[–-]\s*(\d{1,2})[:hg](\d{2})")
_WEEK = re.compile(r"(?:từ )?thứ (\w+) (?:đến|–|-) (?:thứ )?(\w+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.và]*")
_DAY_NAMES = {
    name: day
    for day, names in enumerate(
        (("hai", "2"), ("ba", "3"), ("tư", "4"), ("năm", "5"), ("sáu", "6"), ("bảy", "7"))
    )
    for name in names
}


def seed(settings: Settings) -> WardCard:
    """Return the card that the settings describe."""
    return WardCard(
        address=settings.ward_address,
        hotline=settings.ward_phone,
        email=settings.ward_email,
        hours_line=settings.ward_hours,
        week=week_in(settings.ward_hours),
    )


def week_in(line: str) -> tuple[tuple[Span, ...], ...]:
    """Read "7:30–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu" as a week; empty when in doubt.

    Anything else in the line ("sáng thứ Bảy nhận hộ tịch") would be lost, so nothing is read then.
    """
    named = _WEEK.search(line)
    spans = _SPAN.findall(line)
    if not named or not spans or _BETWEEN.fullmatch(_SPAN.sub("", _WEEK.sub("", line))) is None:
        return ()
    first, last = (_DAY_NAMES.get(word.lower()) for word in named.groups())
    try:
        day = tuple(
            Span(opens=time(int(a), int(b)), closes=time(int(c), int(d))) for a, b, c, d in spans
        )
    except ValueError:
        return ()
    if first is None or last is None or first > last:
        return ()
    return tuple(day if first <= at <= last else () for at in range(DAYS))
