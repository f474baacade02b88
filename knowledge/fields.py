"""The fields of a procedure by their official names, as readable lines."""

from collections.abc import Mapping
from types import MappingProxyType

from knowledge.aspects import Aspect
from knowledge.lines import HOW_LABELS, LINES
from knowledge.procedure import Procedure

NAME = "tên"
AGENCY = "cơ quan thực hiện"
LEGAL = "căn cứ pháp lý"
TIME = "thời hạn"
FEE = "phí, lệ phí"
DOCUMENTS = "thành phần hồ sơ"
STEPS = "trình tự"
RESULTS = "kết quả"
CONDITIONS = "yêu cầu, điều kiện"
DECISION = "quyết định công bố"


def fields_of(procedure: Procedure) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of every field; a field without lines was not published."""
    ways = dict.fromkeys(HOW_LABELS[s.how] for s in procedure.submissions)
    return MappingProxyType(
        {
            NAME: (procedure.name,),
            "lĩnh vực": _line(procedure.field),
            "cơ quan ban hành": _line(procedure.promulgator),
            AGENCY: _line(procedure.agency),
            DECISION: _line(procedure.decision_number),
            "đối tượng": procedure.subjects,
            DOCUMENTS: _lines(procedure, Aspect.DOCUMENTS),
            "mẫu đơn, tờ khai": _lines(procedure, Aspect.FORM),
            TIME: _lines(procedure, Aspect.TIME),
            FEE: _lines(procedure, Aspect.FEE),
            "cách thức thực hiện": tuple(ways),
            STEPS: _lines(procedure, Aspect.HOW),
            CONDITIONS: _lines(procedure, Aspect.CONDITIONS),
            RESULTS: _lines(procedure, Aspect.RESULT),
            LEGAL: _lines(procedure, Aspect.LEGAL),
        }
    )


def _line(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _lines(procedure: Procedure, aspect: Aspect) -> tuple[str, ...]:
    items = LINES[aspect](procedure)
    return tuple(line for item in items for line in (item.text, *item.children))
