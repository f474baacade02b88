"""One reader per published format; each gives the good rows and a list of problems."""

from pathlib import Path

from knowledge.catalogue import Catalogue, Release
from knowledge.readers import jsonl, portal_list, starter
from knowledge.readers.source import Reading, UnreadableFileError

__all__ = ["Reading", "UnreadableFileError", "read"]


def read(path: Path, release: Release | None = None) -> Catalogue:
    """Read a published file into a catalogue.

    Raises UnreadableFileError, with a Vietnamese sentence, where the file as a whole cannot
    be read; single bad rows become problems and the good rows are kept.
    """
    if path.is_dir():
        return starter.read(path)
    if not path.exists():
        raise UnreadableFileError(f"Không tìm thấy tệp {path.name}. Bạn kiểm tra lại đường dẫn.")
    if path.stat().st_size == 0:
        raise UnreadableFileError(f"Tệp {path.name} không có nội dung. Bạn tải lại tệp từ nguồn.")
    reading = _reader(path)(path)
    if not reading.procedures:
        raise UnreadableFileError(_nothing_read(path, reading))
    named = release or Release(name=path.stem, source=path.name)
    return Catalogue(named, tuple(reading.procedures), tuple(reading.problems), reading.seen)


def _reader(path: Path):  # type: ignore[no-untyped-def]  # a module-level function of the readers
    suffixes = "".join(path.suffixes).lower()
    if suffixes.endswith((".jsonl", ".jsonl.gz")):
        return jsonl.read
    if suffixes.endswith(".xlsx"):
        return portal_list.read
    raise UnreadableFileError(
        f"Chưa đọc được loại tệp “{path.suffix or path.name}”. "
        "Bạn dùng tệp .xlsx (danh sách xuất từ Cổng) hoặc .jsonl."
    )


def _nothing_read(path: Path, reading: Reading) -> str:
    first = f" Lỗi đầu tiên: {reading.problems[0].sentence}" if reading.problems else ""
    return f"Không đọc được thủ tục nào trong tệp {path.name}.{first}"
