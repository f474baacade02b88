"""A clerk for the command line: from a file, or from the release in use."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.errors import PeopleError
from api.settings import Settings
from bot.service import open_site
from knowledge.clerk import Clerk
from knowledge.entities import warm_up
from knowledge.readers import UnreadableFileError, read, starter
from knowledge.starter import folder


def clerk(catalogue: Path | None) -> Clerk:
    """Return a clerk of a file, else of the active release, else of the sample catalogue."""
    warm_up()
    if catalogue:
        return Clerk(read(catalogue))
    settings = Settings()
    if settings.database_url or (settings.data_dir / "pakn.sqlite3").exists():
        site = open_site(settings)
        with site.database.reading() as session:
            return site.catalogue.clerk(session)
    with folder() as path:
        return Clerk(starter.read(path))


def lines(path: Path, wanted: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Read a file of JSON lines with these fields.

    Good lines are given first; PeopleError at the end names the bad ones.
    """
    try:
        raw = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UnreadableFileError(f"Không đọc được tệp {path}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"Tệp {path.name} không dùng bảng mã UTF-8.") from error
    bad = []
    for number, line in enumerate(raw, start=1):
        row = _row(line, wanted)
        if row:
            yield row
        elif line.strip():
            bad.append(str(number))
    if bad:
        fields = ", ".join(f'"{name}"' for name in wanted)
        raise PeopleError(
            f"Dòng {', '.join(bad)} chưa đúng dạng.", f"Mỗi dòng là một JSON có {fields}."
        )


def _row(line: str, wanted: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) and all(name in row for name in wanted) else None
