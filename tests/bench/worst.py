"""How long the worst texts take: milliseconds for 1,000 characters of what nobody should type."""

import time

from knowledge.clerk import Clerk
from knowledge.triage import TriageReader

_LONG = 5_000  # characters, the longest message that is read
_TEXTS = {
    "một chữ lặp lại": "a",
    "một từ lặp lại": "giấy tờ ",
    "không dấu cách": "khaisinhdangkytamtru",
    "mỗi từ sai một chỗ": "giayy khaii sinhh dangg kyy tamm truu ",
    "viết tắt dày đặc": "dk ks cccd bhyt gcnqsdđ xnttnhn ko dc j ",
    "dấu chồng dấu": "à̀̀̀ê̂̂ ",
    "hình": "👍😭",
    "số": "1.001193 0912345678 ",
}


def report(clerk: Clerk) -> None:
    """Print the time of each kind of text."""
    reader = TriageReader.shipped()
    print("\nVăn bản xấu nhất (5.000 ký tự), ms cho 1.000 ký tự: hỏi danh mục, phân loại tin")
    for name, piece in _TEXTS.items():
        text = (piece * _LONG)[:_LONG]
        started = time.perf_counter()
        clerk.ask(text)
        asked = time.perf_counter()
        reader.read(text)
        read = time.perf_counter()
        each = _LONG / 1_000
        print(
            f"  {name:<20} {(asked - started) * 1000 / each:6.1f} "
            f"{(read - asked) * 1000 / each:6.1f}"
        )
