"""A release of the catalogue: an immutable set of procedures, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from knowledge.procedure import Procedure
from knowledge.text import fold


@dataclass(frozen=True)
class Release:
    """Where a set of procedures comes from; published_on is None where nobody said."""

    name: str
    source: str
    published_on: date | None = None
    sample: bool = False


@dataclass(frozen=True)
class Problem:
    """Something a reader or a check found: row (from 1, or None), field, sentence for a clerk."""

    row: int | None
    field: str
    sentence: str
    code: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Procedures of one release, in published order, each code once."""

    release: Release
    procedures: tuple[Procedure, ...]
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def by_code(self) -> Mapping[str, Procedure]:
        """Procedures by their code."""
        return MappingProxyType({procedure.code: procedure for procedure in self.procedures})

    def __len__(self) -> int:
        return len(self.procedures)


_ABOLISHED = ("cap huyen", "uy ban nhan dan huyen", "ubnd huyen", "phong tu phap")
_LONG_ENOUGH_TO_COMPARE = 200
_REPLACED_PAPERS = ("so ho khau", "chung minh nhan dan", "cmnd")


def findings(procedures: Iterable[Procedure]) -> list[Problem]:
    """Return what a clerk should look at before a release is activated; nothing is changed.

    Levels and papers abolished: the two-level government since 01/7/2025 (Luật Tổ chức chính
    quyền địa phương 2025) and the end of paper household books (Luật Cư trú 2020, Điều 38.3).
    """
    listed = list(procedures)
    found = [problem for procedure in listed for problem in _missing(procedure)]
    found += [problem for procedure in listed for problem in _outdated(procedure)]
    return found + _shared_bodies(listed)


def _missing(procedure: Procedure) -> list[Problem]:
    if procedure.is_list_entry:
        return [_about(procedure, "chi tiết", "Chỉ có tên, chưa có nội dung chi tiết.")]
    checks = {
        "thời hạn": any(s.time for s in procedure.submissions),
        "thành phần hồ sơ": bool(procedure.documents),
        "căn cứ pháp lý": bool(procedure.legal_basis),
        "quyết định công bố": bool(procedure.decision_number),
        "cơ quan thực hiện": bool(procedure.agency),
        "kết quả": bool(procedure.results),
    }
    return [
        _about(procedure, name, f"Chưa công bố {name}.")
        for name, there in checks.items()
        if not there
    ]


def _outdated(procedure: Procedure) -> list[Problem]:
    body = fold(" ".join(_body(procedure)))
    found = []
    if any(words in body for words in _ABOLISHED):
        found.append(_about(procedure, "nội dung", "Còn nhắc cấp huyện, đã bỏ từ 01/7/2025."))
    if any(words in body for words in _REPLACED_PAPERS):
        found.append(_about(procedure, "nội dung", "Còn nhắc sổ hộ khẩu hoặc chứng minh nhân dân."))
    return found


def _shared_bodies(procedures: list[Procedure]) -> list[Problem]:
    same: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in procedures:
        steps = " ".join(procedure.steps)
        if len(steps) > _LONG_ENOUGH_TO_COMPARE:
            same[steps].append(procedure)
    found = []
    for twins in same.values():
        if len(twins) > 1:
            codes = ", ".join(twin.code for twin in twins)
            names = len({fold(twin.name) for twin in twins})
            under = "các tên khác nhau" if names > 1 else "các mã khác nhau"
            sentence = f"Nội dung giống hệt nhau dưới {under}: {codes}."
            found += [_about(twin, "nội dung", sentence) for twin in twins]
    return found


def _body(procedure: Procedure) -> list[str]:
    return [*procedure.steps, *(d.name for d in procedure.documents), procedure.requirements]


def _about(procedure: Procedure, name: str, sentence: str) -> Problem:
    return Problem(row=None, field=name, sentence=sentence, code=procedure.code)
