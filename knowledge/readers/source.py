"""What every reader gives back, and how it refuses a file."""

import re
from dataclasses import dataclass, field

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.catalogue import Problem
from knowledge.procedure import Procedure

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\uf000-\uf0ff]")
"""Marks without a meaning of their own: direction, soft hyphens, bullets of symbol fonts."""


def visible(text: str) -> str:
    """Return published text without signs that nobody sees or can read."""
    return _UNSEEN.sub("", text)


class UnreadableFileError(ValueError):
    """A file that cannot be read at all; the message is a Vietnamese sentence for a clerk."""


@dataclass
class Reading:
    """Good rows and problems of one file, collected as it is read."""

    procedures: list[Procedure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def keep(self, row: int, procedure: Procedure) -> None:
        """Keep a procedure; a code seen before becomes a problem and the first row stays."""
        first = self.seen.setdefault(procedure.code, row)
        if first != row:
            sentence = f"Mã {procedure.code} đã có ở dòng {first}; dòng này được bỏ qua."
            self.refuse(row, "mã số", sentence, procedure.code)
            return
        self.procedures.append(procedure)

    def refuse(self, row: int, name: str, sentence: str, code: str = "") -> None:
        """Note what is wrong in a row (numbered from 1 as people count)."""
        self.problems.append(Problem(row=row, field=name, sentence=sentence, code=code))

    def refuse_fields(self, row: int, error: ValidationError, code: str = "") -> None:
        """Note every field of a row that does not fit the official form."""
        for detail in error.errors():
            name = ".".join(str(part) for part in detail["loc"])
            label = FIELD_LABELS.get(name.split(".")[0], name)
            self.refuse(row, label, _wrong(label, detail), code)


def _wrong(label: str, detail: ErrorDetails) -> str:
    """Say what is wrong in a column; what was typed is shown only where it is short text."""
    if detail["type"] == "missing" and len(detail["loc"]) == 1:
        return f"Thiếu cột “{label}”."
    value = detail["input"]
    shown = f": “{value[:60]}”" if isinstance(value, str) else ""
    return f"Cột “{label}” không đúng dạng{shown}."


FIELD_LABELS = {
    "code": "mã số",
    "name": "tên",
    "field": "lĩnh vực",
    "promulgator": "cơ quan ban hành",
    "agency": "cơ quan thực hiện",
    "decision_no": "quyết định công bố",
    "decision_number": "quyết định công bố",
    "subjects": "đối tượng",
    "submissions": "cách thức thực hiện",
    "methods": "cách thức thực hiện",
    "cases": "thành phần hồ sơ",
    "documents": "thành phần hồ sơ",
    "legal_basis": "căn cứ pháp lý",
    "legal": "căn cứ pháp lý",
    "steps": "trình tự",
    "results": "kết quả",
    "requirements": "yêu cầu, điều kiện",
}
