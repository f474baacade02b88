"""A catalogue written by hand as TOML: a folder with release.toml and one file per area."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.catalogue import Catalogue, Release
from knowledge.procedure import Procedure
from knowledge.readers.source import Reading, UnreadableFileError


def read(folder: Path) -> Catalogue:
    """Read such a folder; raises UnreadableFileError with file and reason."""
    reading = Reading()
    release = _release(folder / "release.toml")
    number = 0
    for path in sorted(folder.glob("*.toml")):
        for raw in _load(path).get("procedure", []):
            number += 1
            try:
                reading.keep(number, Procedure.model_validate(raw))
            except ValidationError as error:
                reading.refuse_fields(number, error, str(raw.get("code", "")))
    if not reading.procedures:
        raise UnreadableFileError(f"Không đọc được thủ tục nào trong thư mục {folder.name}.")
    return Catalogue(release, tuple(reading.procedures), tuple(reading.problems), reading.seen)


def _release(path: Path) -> Release:
    try:
        return Release(**_load(path))
    except TypeError as error:
        raise UnreadableFileError(
            f"{path.name} cần có name và source, có thể có published_on và sample."
        ) from error


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFileError(f"Không đọc được {path.name}: {error}") from error
