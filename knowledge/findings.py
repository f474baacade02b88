"""What a clerk should look at before a release is activated; nothing is changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from knowledge.catalogue import Problem, ProblemKind
from knowledge.doubts import Doubt, doubt_of
from knowledge.fields import (
    AGENCY,
    CONDITIONS,
    DECISION,
    DOCUMENTS,
    FEE,
    LEGAL,
    RESULTS,
    STEPS,
    TIME,
    fields_of,
)
from knowledge.procedure import Procedure
from knowledge.text import fold, shortened

_NEEDED = (TIME, FEE, DOCUMENTS, AGENCY, STEPS, RESULTS, LEGAL, DECISION)
_WITH_PAPERS = (STEPS, DOCUMENTS, CONDITIONS)
_REPLACED_PAPERS = ("so ho khau", "chung minh nhan dan", "cmnd")
_LONG_ENOUGH_TO_COMPARE = 200
_LONGEST_QUOTE = 120
_DOUBTS = {
    Doubt.GARBLED: (ProblemKind.GARBLED, "Chữ bị hỏng hoặc đứt đoạn, không đưa vào câu trả lời"),
    Doubt.ABOLISHED_LEVEL: (
        ProblemKind.ABOLISHED_LEVEL,
        "Còn nhắc cấp huyện, đã bỏ từ 01/7/2025, không đưa vào câu trả lời",
    ),
}

Fields = Mapping[str, tuple[str, ...]]
_NO_ROWS: Mapping[str, int] = MappingProxyType({})


def findings(procedures: Iterable[Procedure], rows: Mapping[str, int] = _NO_ROWS) -> list[Problem]:
    """Return what is missing, garbled or outdated, with row, code and field.

    Levels and papers abolished: the two-level government since 01/7/2025 (Luật Tổ chức chính
    quyền địa phương 2025) and the end of paper household books (Luật Cư trú 2020, Điều 38.3).
    """
    read = [_Reading(procedure, rows.get(procedure.code)) for procedure in procedures]
    found = [problem for one in read for problem in one.missing()]
    found += [problem for one in read for problem in one.doubts()]
    found += [problem for one in read for problem in one.old_papers()]
    return found + _shared_bodies(read)


class _Reading:
    """One procedure with its row, looked through field by field."""

    def __init__(self, procedure: Procedure, row: int | None) -> None:
        self.procedure = procedure
        self.fields: Fields = fields_of(procedure)
        self._row = row

    def missing(self) -> list[Problem]:
        """Return the fields that were not published."""
        if self.procedure.is_list_entry:
            sentence = "Chỉ có tên, chưa có nội dung chi tiết."
            return [self.about("chi tiết", sentence, ProblemKind.MISSING)]
        absent = [name for name in _NEEDED if not self.fields[name]]
        return [self.about(n, f"Chưa công bố {n}.", ProblemKind.MISSING) for n in absent]

    def doubts(self) -> list[Problem]:
        """Return one finding for each field and reason, with the first line in doubt."""
        first: dict[tuple[str, Doubt], str] = {}
        for name, lines in self.fields.items():
            for line in lines:
                doubt = doubt_of(line)
                if doubt and (name != LEGAL or doubt is Doubt.GARBLED):
                    first.setdefault((name, doubt), line)
        found = []
        for (name, doubt), line in first.items():
            kind, words = _DOUBTS[doubt]
            found.append(self.about(name, f"{words}: “{_quote(line)}”.", kind))
        return found

    def old_papers(self) -> list[Problem]:
        """Return where papers are named that were replaced."""
        body = fold(" ".join(line for name in _WITH_PAPERS for line in self.fields[name]))
        if not any(words in body for words in _REPLACED_PAPERS):
            return []
        sentence = "Còn nhắc sổ hộ khẩu hoặc chứng minh nhân dân."
        return [self.about("nội dung", sentence, ProblemKind.OLD_PAPERS)]

    def about(self, name: str, sentence: str, kind: ProblemKind) -> Problem:
        """Return a problem of this procedure."""
        return Problem(self._row, name, sentence, self.procedure.code, kind)


def _shared_bodies(read: list[_Reading]) -> list[Problem]:
    same: dict[str, list[_Reading]] = defaultdict(list)
    for one in read:
        steps = " ".join(one.procedure.steps)
        if len(steps) > _LONG_ENOUGH_TO_COMPARE:
            same[steps].append(one)
    found = []
    for twins in same.values():
        if len(twins) > 1:
            codes = ", ".join(twin.procedure.code for twin in twins)
            names = len({fold(twin.procedure.name) for twin in twins})
            under = "các tên khác nhau" if names > 1 else "các mã khác nhau"
            sentence = f"Nội dung giống hệt nhau dưới {under}: {codes}."
            found += [twin.about("nội dung", sentence, ProblemKind.SHARED_BODY) for twin in twins]
    return found


def _quote(line: str) -> str:
    return shortened(line, _LONGEST_QUOTE)
