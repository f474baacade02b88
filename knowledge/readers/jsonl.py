"""Full records of the national database, flattened to one JSON object a line (also .gz)."""

import gzip
import json
import re
from pathlib import Path
from typing import Any
from zlib import error as ZlibError  # noqa: N812  # its own name is no class name

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.procedure import Document, DocumentCase, How, LegalBasis, Procedure, Submission
from knowledge.readers.amounts import parse_duration, parse_fees
from knowledge.readers.source import Reading, UnreadableFileError, visible
from knowledge.text import fold, squeeze, without_tags

_HOW = {
    "truc tiep": How.IN_PERSON,
    "truc tuyen": How.ONLINE,
    "dich vu buu chinh": How.POST,
}
_MOST_SHEETS = 50
_LONGEST_COUNT = 4  # digits, with zeros in front
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_NOTHING = {"n/a", "khong", "khong co", "khong quy dinh", "-", ""}
_LONGEST_NOTHING = 16


class _Method(BaseModel):
    channel: str = ""
    time: str | None = ""
    fee: str | None = ""
    note: str | None = ""


class _Document(BaseModel):
    group: str | None = ""
    name: str
    original: str | int | None = None
    copy_: str | int | None = None
    form: list[str | None] = []

    model_config = ConfigDict(extra="ignore")


class _Record(BaseModel):
    """The published columns that are used; others are ignored."""

    code: str
    name: str
    field: str = ""
    promulgator: str = ""
    agency: str | None = ""
    decision_no: str | None = ""
    subjects: list[str] = []
    steps: str | None = ""
    methods: list[_Method] = []
    documents: list[_Document] = []
    requirements: str | None = ""
    legal: list[str] = []
    results: list[str] = []
    url: str | None = ""
    updated: str | None = ""
    crawled: str | None = ""


def read(path: Path) -> Reading:
    """Read a file of records; raises UnreadableFileError where it is not UTF-8 or is broken."""
    reading = Reading()
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            _row(reading, number, line)
    return reading


def _lines(path: Path) -> list[str]:
    try:
        raw = path.read_bytes()
        if path.suffix.lower() == ".gz":
            raw = gzip.decompress(raw)
        return raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"Tệp {path.name} không dùng bảng mã UTF-8. Bạn lưu lại tệp dạng UTF-8 rồi thử lại."
        ) from error
    except (OSError, EOFError, ZlibError) as error:
        raise UnreadableFileError(f"Tệp nén {path.name} bị hỏng. Bạn tải lại tệp.") from error


def _row(reading: Reading, number: int, line: str) -> None:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        reading.refuse(number, "dòng", "Dòng không phải là một bản ghi JSON trọn vẹn.")
        return
    if not isinstance(raw, dict):
        reading.refuse(number, "dòng", "Dòng không phải là một bản ghi có tên cột.")
        return
    if isinstance(raw.get("code"), int | float):
        reading.refuse(number, "mã số", "Mã số đang ở dạng số nên có thể mất số 0.")
        return
    code = str(raw.get("code", ""))
    try:
        record = _Record.model_validate(_renamed(raw))
        reading.keep(number, _procedure(record))
    except ValidationError as error:
        reading.refuse_fields(number, error, code)


def _renamed(raw: dict[str, Any]) -> dict[str, Any]:
    stated = _stated(raw)
    documents = stated.get("documents")
    if isinstance(documents, list):
        documents = [{**d, "copy_": d.get("copy")} if isinstance(d, dict) else d for d in documents]
        return {**stated, "documents": documents}
    return stated


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out empty columns, also those of the methods and documents, and unseen signs."""
    return {key: _shown(value) for key, value in row.items() if value is not None}


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_stated(v) if isinstance(v, dict) else _shown(v) for v in value]
    return value


def _procedure(record: _Record) -> Procedure:
    return Procedure(
        code=squeeze(record.code),
        name=squeeze(record.name),
        field=squeeze(record.field),
        promulgator=squeeze(record.promulgator),
        agency=_agency(record.agency or ""),
        decision_number=squeeze(record.decision_no or ""),
        subjects=_subjects(record.subjects),
        steps=_paragraphs(record.steps),
        submissions=tuple(_submission(method) for method in record.methods),
        cases=_cases(record.documents),
        results=tuple(r for r in (_result(text) for text in record.results) if r),
        requirements=_known(without_tags(record.requirements or "")),
        legal_basis=tuple(_legal(text) for text in record.legal if squeeze(text)),
        url=squeeze(record.url or ""),
        updated=squeeze(record.updated or record.crawled or ""),
    )


def _known(text: str) -> str:
    """Drop the words by which a record says that it has nothing to say."""
    return "" if len(text) <= _LONGEST_NOTHING and fold(text).strip(" .") in _NOTHING else text


def _agency(text: str) -> str:
    names = [squeeze(name) for name in text.replace("\n", ";").split(";")]
    return "; ".join(dict.fromkeys(name for name in names if name))


def _subjects(published: list[str]) -> tuple[str, ...]:
    joined = "; ".join(published)
    # the collector split "Tổ chức (không bao gồm doanh nghiệp, HTX)" at its comma
    whole = joined.replace("(không bao gồm doanh nghiệp; HTX)", "(không gồm doanh nghiệp, HTX)")
    return tuple(dict.fromkeys(squeeze(s) for s in whole.split("; ") if squeeze(s)))


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(line for line in without_tags(text or "").split("\n") if _known(line))


def _result(text: str) -> str:
    return squeeze(text).removesuffix("(").strip(" .;")


def _submission(method: _Method) -> Submission:
    note = without_tags(method.note or "")
    return Submission(
        how=_HOW.get(fold(method.channel), How.OTHER),
        time=parse_duration(method.time or ""),
        fees=parse_fees(method.fee or "", note),
        note=note,
    )


def _cases(documents: list[_Document]) -> tuple[DocumentCase, ...]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        name = squeeze(without_tags(document.name))
        if name:
            groups.setdefault(squeeze(document.group or ""), []).append(_paper(name, document))
    return tuple(DocumentCase(name=name, documents=tuple(d)) for name, d in groups.items())


def _paper(name: str, document: _Document) -> Document:
    return Document(
        name=name,
        originals=_sheets(document.original),
        copies=_sheets(document.copy_),
        forms=tuple(name for form in document.form for name in _forms(form or "")),
    )


def _sheets(value: str | int | None) -> int | None:
    """The number of sheets; a figure no office asks for (20261) is a slip and stays unknown."""
    text = str(value).strip() if value is not None else ""
    figure = text.isdecimal() and len(text) <= _LONGEST_COUNT
    return int(text) if figure and int(text) <= _MOST_SHEETS else None


def _forms(published: str) -> list[str]:
    """Return the names of forms; the collector linked them to files of its own disk."""
    named = without_tags(_LINK.sub(r"\1", published))
    return [squeeze(name) for name in named.split("\n") if squeeze(name)]


def _legal(text: str) -> LegalBasis:
    code, _, title = without_tags(text).partition(" – ")
    return LegalBasis(code=squeeze(code), title=squeeze(title))
