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
_ABOUT_TIME = re.compile(r"^\W*thời (?:hạn|gian)\b|\bthời hạn .{0,60}được tính từ", re.IGNORECASE)
_SET_ELSEWHERE = re.compile(
    r"hội đồng nhân dân|mức thu theo|theo mức (?:thu|phí)|luật phí và lệ phí", re.IGNORECASE
)


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
    only the words of the record do, and not where its own note says that the fee is set elsewhere,
    by the People's Council of the province for one. Where the column is empty, sentences of the
    note that speak of money are kept as words.
    """
    stated = squeeze(text)
    noted = _sentences_on_money(note)
    if not stated:
        return (Fee(words=". ".join(noted)),) if noted else ()
    parts = _TYPED.split(stated)
    if len(parts) == 1:
        fees: tuple[Fee, ...] = (_untyped(stated),)
    else:
        pairs = zip(parts[1::2], parts[2::2], strict=True)
        fees = tuple(_typed(_TYPES[kind], words) for kind, words in pairs)
    elsewhere = [sentence for sentence in noted if _SET_ELSEWHERE.search(sentence)]
    if elsewhere and all(_names_no_sum(fee) for fee in fees):
        return (Fee(name=fees[0].name, words=". ".join(elsewhere)),)
    return fees


def _sentences_on_money(note: str) -> list[str]:
    """Return what a note says of fees; when a time begins to run is no fee."""
    sentences = (squeeze(part).lstrip("(-+ ") for part in _SENTENCE_END.split(note))
    return [s for s in sentences if _MONEY.search(s) and not _ABOUT_TIME.search(s)]


def _names_no_sum(fee: Fee) -> bool:
    return fee.amount is None and fold(fee.words) in {"", "mien phi"}


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
