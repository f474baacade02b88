"""Figures that stay readable: codes of cases and procedures, laws, decisions, dates, sums."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from api.cases.redaction.reading import Reading

# Codes: PM-26-7KQ2MX-C, H15.50.05.13-261008-0975, 1.001193; documents: 57-NQ/TW, 31/2024/QH15.
_CODE = re.compile(
    r"""(?<![^\W_])(?:
      [a-z]{2,5}-\d{2}-[a-z0-9]{6}-[a-z0-9](?!\w)
    | (?:\d{3}\.\d{2}\.\d{2}\.)?[a-z]\d{1,3}(?:\.\d{1,3}){0,5}-\d{6}-\d{3,6}(?!\d)
    | [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\w)
    | pakn[.-]\d{4,8}[.-]\d{3,8}(?!\d)
    | [1-9]\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[a-z]\d{2})?(?![\d])
    | \d{1,5}/\d{4}/[a-z][\w-]*
    | \d{1,6}(?:/[a-z][a-z0-9-]+|-[a-z]{2,}/[a-z]+)
    )""",
    re.VERBOSE,
)
_DATE = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:\d{1,2}(?:[./-]\d{1,2}[./-]|/)(?:19|20)\d{2}(?![./-]?\d)"
    r"|\d{1,2}:\d{2}(?!\d))"
)
_SUM = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:[1-9]\d{0,2}(?:[.,]\d{3})*(?:[.,]\d+)?\s?"
    r"(?:đồng|dong|vnd|vnđ|k|nghìn|nghin|ngàn|ngan|triệu|trieu|tỷ|ty|tỉ|usd|m2|m3)|\d{1,3}(?:[.,]\d{3})+\s?[đd]"
    r"|\d{4,9}\s?đ)(?![^\W_]|[ .-]?\d)"
)


class Kept:
    """The stretches of a reading whose digits belong to something public."""

    def __init__(self, view: Reading, also: Iterable[tuple[int, int]] = ()) -> None:
        """Find them once for all rules."""
        spans = sorted(
            [m.span() for rule in (_CODE, _DATE) for m in rule.finditer(view.bare)]
            + [m.span() for m in _SUM.finditer(view.low)]
            + list(also)
        )
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a stretch shares a sign with something public."""
        last = bisect_right(self._starts, end - 1) - 1
        return last >= 0 and self._ends[last] > start
