"""Procedures and files made by hand, small enough to see every word of them in a test."""

import json
from pathlib import Path

from knowledge.catalogue import Catalogue, Release
from knowledge.procedure import Procedure

RELEASE = Release(name="Danh mục phường Thạch Khôi", source="Quyết định 12/QĐ-UBND")


def procedure(
    code: str = "1.001193", name: str = "Đăng ký khai sinh", **facts: object
) -> Procedure:
    """Return a procedure about which only these facts are published."""
    return Procedure.model_validate({"code": code, "name": name, **facts})


def catalogue(*procedures: Procedure) -> Catalogue:
    """Return a release of these procedures."""
    return Catalogue(RELEASE, procedures)


def record(**columns: object) -> dict[str, object]:
    """Return one published record as the national database flattens it."""
    return {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh", **columns}


def write_lines(path: Path, *lines: object) -> Path:
    """Write one JSON object a line; a text is written as it is."""
    texts = (
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path
