"""Published times and fees, read without inventing: what is not clear stays words."""

import re

from knowledge.procedure import Duration, Fee, TimeUnit
from knowledge.text import fold, squeeze

_UNITS = {
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "ngay": TimeUnit.DAY,
    "gio": TimeUnit.HOUR,
    "gio lam viec": TimeUnit.HOUR,
    "thang": TimeUnit.MONTH,
    "": TimeUnit.UNSTATED,
}
_DURATION = re.compile(r"^(\d{1,4})\s*(.*)$")
_TYPED = re.compile(r"(SERVICE_FEE|FEE|PRICE_LEVEL):\s*")
_TYPES = {"SERVICE_FEE": "Lệ phí", "FEE": "Phí", "PRICE_LEVEL": "Mức giá"}
_FIGURE = re.compile(r"^(\d{1,12})(?![.,\d])\s*(.*)$", re.S)
_IN_DONG = re.compile(r"^(\d[\d.,]{0,19})\s*(?:Việt Nam Đồng|VNĐ)\s*(.*)$", re.S)
_SENTENCE_END = re.compile(r"[;\n]|\.(?=\s)")
_MONEY = re.compile(r"\d\s*(?:đồng|đ/|VNĐ)|lệ phí|mức phí", re.IGNORECASE)


def parse_duration(text: str) -> Duration | None:
    """Read "3 Ngày làm việc"; None where nothing is published ("", "N/A")."""
    stated = squeeze(text)
    match = _DURATION.match(stated)
    if not match:
        return Duration(value=0, words=stated) if stated and fold(stated) != "n/a" else None
    if not match[1].strip("0") and fold(match[2]) in _UNITS:
        return None  # "0 ngày" stands where nothing was decided
    unit = _UNITS.get(fold(match[2]))
    if unit is None or int(match[1]) > 3650:  # ten years
        return Duration(value=0, words=stated)
    return Duration(value=int(match[1]), unit=unit)


def parse_fees(text: str, note: str = "") -> tuple[Fee, ...]:
    """Read the published fees of one way to file.

    An amount of 0 means "set elsewhere" in most records, so it never becomes "miễn phí";
    only the words of the record do. Where the column is empty, sentences of the note that
    speak of money are kept as words.
    """
    stated = squeeze(text)
    if not stated:
        found = [squeeze(part) for part in _SENTENCE_END.split(note) if _MONEY.search(part)]
        return (Fee(words=". ".join(found)),) if found else ()
    parts = _TYPED.split(stated)
    if len(parts) == 1:
        return (_untyped(stated),)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return tuple(_typed(_TYPES[kind], words) for kind, words in pairs)


def _typed(name: str, stated: str) -> Fee:
    """Read what follows "FEE:": always an amount or None, then words."""
    match = _FIGURE.match(stated.strip(" ;"))
    if not match:
        return Fee(name=name, words=_plain(stated.replace("None", "", 1)))
    return Fee(name=name, amount=_dong(match[1]), words=_plain(match[2]))


def _untyped(stated: str) -> Fee:
    """Read "10,000 Việt Nam Đồng(/trường hợp)"; other currencies and plain words stay words."""
    match = _IN_DONG.match(stated)
    if not match:
        return Fee(words=_plain(stated))
    return Fee(amount=_dong(match[1]), words=_plain(match[2]))


def _dong(figure: str) -> int | None:
    return int(re.sub(r"[.,]", "", figure)) or None


def _plain(words: str) -> str:
    bare = squeeze(words).replace("Miễn phí Đồng", "Miễn phí").strip(" ;")
    while bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1:
        bare = bare[1:-1].strip()
    return bare.removeprefix("Đồng ").removeprefix("- ").strip()
