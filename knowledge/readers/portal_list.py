"""The list of procedures as exported by the national public service portal (xlsx).

Columns: Mã số | Tên | Cơ quan ban hành | Cơ quan thực hiện | Lĩnh vực. Names only, no detail.
"""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812  # its own name is no class name

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from knowledge.procedure import Procedure
from knowledge.readers.source import Reading, UnreadableFileError, visible
from knowledge.text import fold, squeeze

_COLUMNS = {
    "ma so": "code",
    "ten": "name",
    "co quan ban hanh": "promulgator",
    "co quan thuc hien": "agency",
    "linh vuc": "field",
}


_BROKEN = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    ZlibError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
"""What openpyxl and zipfile raise for files that are damaged, encrypted or no workbooks."""


def read(path: Path) -> Reading:
    """Read a list export; raises UnreadableFileError where it is no workbook or has no heading."""
    reading = Reading()
    heading: dict[int, str] = {}
    for number, cells in enumerate(_rows(path), start=1):
        if not heading:
            heading = _heading(cells)
        elif any(cell not in (None, "") for cell in cells):
            _row(reading, number, heading, cells)
    if not heading:
        raise UnreadableFileError(
            "Không thấy dòng tiêu đề có cột “Mã số” và “Tên”. Bạn dùng tệp xuất từ Cổng."
        )
    return reading


def _rows(path: Path) -> list[tuple[Any, ...]]:
    try:
        with path.open("rb") as file:
            workbook = load_workbook(file, read_only=True, data_only=True)
            return [tuple(row) for row in workbook.worksheets[0].iter_rows(values_only=True)]
    except _BROKEN as error:
        raise UnreadableFileError(
            f"Tệp {path.name} bị hỏng hoặc không phải bảng tính .xlsx. Bạn tải lại tệp từ Cổng."
        ) from error


def _heading(cells: tuple[Any, ...]) -> dict[int, str]:
    names = {
        position: _COLUMNS[fold(str(cell))]
        for position, cell in enumerate(cells)
        if cell is not None and fold(str(cell)) in _COLUMNS
    }
    return names if {"code", "name"} <= set(names.values()) else {}


def _row(reading: Reading, number: int, heading: dict[int, str], cells: tuple[Any, ...]) -> None:
    values = {name: cells[at] for at, name in heading.items() if at < len(cells)}
    code = values.get("code")
    if isinstance(code, int | float):
        reading.refuse(
            number,
            "mã số",
            f"Mã số {code} đang ở dạng số nên có thể mất số 0. Bạn đổi cột sang dạng chữ.",
        )
        return
    texts = {
        name: squeeze(visible(str(value))) for name, value in values.items() if value is not None
    }
    if not texts.get("code"):
        reading.refuse(number, "mã số", "Dòng không có mã số.")
        return
    try:
        reading.keep(number, Procedure(**texts))
    except ValidationError as error:
        reading.refuse_fields(number, error, texts["code"])
