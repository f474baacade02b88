"""An answer as structure: each line comes from the record, and what is missing is said so.

A line that was garbled or names a level that is gone is held back, with a word in its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge.abolition import Abolition
from knowledge.aspects import Aspect
from knowledge.catalogue import Release
from knowledge.doubts import doubt_of
from knowledge.lines import LINES, Item
from knowledge.procedure import Procedure

NOT_PUBLISHED = "Chưa công bố."
ALL_UNDER_REVIEW = "Nội dung công bố đang được rà soát nên chưa hiển thị. Bạn hỏi cán bộ giúp nhé."

TITLES = {
    Aspect.DOCUMENTS: "Giấy tờ cần có",
    Aspect.FEE: "Phí, lệ phí",
    Aspect.TIME: "Thời hạn giải quyết",
    Aspect.PLACE: "Nơi nộp hồ sơ",
    Aspect.HOW: "Các bước thực hiện",
    Aspect.CONDITIONS: "Yêu cầu, điều kiện",
    Aspect.LEGAL: "Căn cứ pháp lý",
    Aspect.RESULT: "Kết quả nhận được",
    Aspect.FORM: "Mẫu đơn, tờ khai",
    Aspect.ONLINE: "Nộp trực tuyến",
}

_ORDER = (
    Aspect.DOCUMENTS,
    Aspect.FEE,
    Aspect.TIME,
    Aspect.PLACE,
    Aspect.HOW,
    Aspect.CONDITIONS,
    Aspect.RESULT,
    Aspect.FORM,
    Aspect.ONLINE,
    Aspect.LEGAL,
)


@dataclass(frozen=True)
class Section:
    """One part of a procedure; published is False where the record is silent about it."""

    key: Aspect
    title: str
    items: tuple[Item, ...]
    published: bool = True


@dataclass(frozen=True)
class Answer:
    """All parts of one procedure, the asked ones first, with where it is written.

    An abolished procedure has no parts, only the abolition.
    """

    code: str
    name: str
    field: str
    agency: str
    sections: tuple[Section, ...]
    asked: tuple[Aspect, ...]
    source: str
    url: str
    sample: bool = False
    abolition: Abolition | None = None


def compose(procedure: Procedure, release: Release, asked: Sequence[Aspect] = ()) -> Answer:
    """Return the whole card of a procedure with the asked parts first."""
    order = [*asked, *(aspect for aspect in _ORDER if aspect not in asked)]
    return Answer(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        agency="" if doubt_of(procedure.agency) else procedure.agency,
        sections=tuple(section(procedure, aspect) for aspect in order),
        asked=tuple(asked),
        source=_source(procedure, release),
        url=procedure.url,
        sample=release.sample,
    )


def abolished(abolition: Abolition) -> Answer:
    """Return the card of a procedure that is no longer in force: only that it is abolished."""
    procedure = abolition.procedure
    return Answer(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        agency="",
        sections=(),
        asked=(),
        source=abolition.source,
        url="",
        abolition=abolition,
    )


def section(procedure: Procedure, aspect: Aspect) -> Section:
    """Return one part of a procedure; what the record leaves open says "Chưa công bố."."""
    items = LINES[aspect](procedure)
    if not items:
        return Section(aspect, TITLES[aspect], (Item(NOT_PUBLISHED),), published=False)
    if aspect is Aspect.LEGAL:  # the titles of laws name the levels of their time
        return Section(aspect, TITLES[aspect], tuple(items))
    told = _told(items)
    if not told:
        return Section(aspect, TITLES[aspect], (Item(ALL_UNDER_REVIEW),), published=False)
    return Section(aspect, TITLES[aspect], told)


def _told(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return lines with those in doubt held back; none where nothing is left of them."""
    told: list[Item] = []
    sure = False
    for held_back, run in groupby(items, key=_in_doubt):
        if held_back:
            told.append(Item(_under_review(len(list(run)))))
        else:
            sure = True
            told += [replace(item, children=_children(item.children)) for item in run]
    return tuple(told) if sure else ()


def _in_doubt(item: Item) -> bool:
    """Tell whether a line, or all that stands below it, is in doubt."""
    below = bool(item.children) and all(doubt_of(child) for child in item.children)
    return below or doubt_of(item.text) is not None


def _children(lines: Sequence[str]) -> tuple[str, ...]:
    told: list[str] = []
    for held_back, run in groupby(lines, key=lambda line: doubt_of(line) is not None):
        same = list(run)
        told += [_under_review(len(same))] if held_back else same
    return tuple(told)


def _under_review(number: int) -> str:
    return f"{number} dòng đang được rà soát nên chưa hiển thị."


def _source(procedure: Procedure, release: Release) -> str:
    parts = []
    if procedure.decision_number:
        parts.append(f"Quyết định {procedure.decision_number}")
    day = f", công bố {release.published_on:%d/%m/%Y}" if release.published_on else ""
    parts.append(f"{release.name}{day}")
    return " · ".join(parts)
