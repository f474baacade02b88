"""Words that staff and citizens type: composed, trimmed, not empty, not too long."""

from api.errors import PeopleError
from knowledge.text import nfc

LONGEST = 10_000  # characters of an answer, a note, an addition
LONGEST_REASON = 2_000


def worded(text: str, what: str, longest: int = LONGEST) -> str:
    """Return a text in composed letters without blanks around it.

    Raises PeopleError where it is empty or longer than `longest` characters.
    """
    kept = nfc(text).strip()
    if not kept:
        raise PeopleError(f"{what} đang trống.", "Bạn viết nội dung rồi bấm lại.")
    if len(kept) > longest:
        raise PeopleError(f"{what} dài hơn {longest} ký tự.", "Bạn rút gọn nội dung.")
    return kept
