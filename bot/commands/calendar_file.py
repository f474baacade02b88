"""Days of a calendar in a file: CSV with a head, or TOML with [[day]] tables."""

import csv
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from api.cases.calendars import Entry
from api.cases.clock_models import DayChange
from api.errors import PeopleError


def read_days(path: Path) -> list[Entry]:
    """Read the lines of a calendar file: on, kind, reason, and if wanted source and hours.

    Raises PeopleError where the file cannot be read; it names every line that is not right.
    """
    rows = _rows(path)
    entries = [_entry(row) for row in rows]
    bad = [str(number) for number, entry in enumerate(entries, start=1) if entry is None]
    if bad or not rows:
        raise PeopleError(
            f"Dòng {', '.join(bad)} chưa đúng." if bad else f"Tệp {path.name} không có ngày nào.",
            "Mỗi dòng cần on (2026-01-02), kind "
            f"({', '.join(DayChange)}), reason; có thể thêm source, hours.",
        )
    return [entry for entry in entries if entry]


def _rows(path: Path) -> list[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".toml":
            return list(tomllib.loads(text).get("day", []))
        return list(csv.DictReader(text.splitlines()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PeopleError(
            f"Không đọc được tệp {path}.", "Bạn dùng tệp .csv hoặc .toml, bảng mã UTF-8."
        ) from error


def _entry(row: Mapping[str, Any]) -> Entry | None:
    """Return the line, or None where a part of it is missing or not possible."""
    on, kind, reason = (str(row.get(name) or "").strip() for name in ("on", "kind", "reason"))
    if kind not in set(DayChange) or not reason:
        return None
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    source, hours = (str(row.get(name) or "").strip() for name in ("source", "hours"))
    return Entry(day, DayChange(kind), reason[:200], source[:300], hours[:60])
