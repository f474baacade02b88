"""An answer as structure: each line comes from the record, and what is missing is said so."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.aspects import Aspect
from knowledge.catalogue import Release
from knowledge.procedure import DocumentCase, Fee, How, Procedure, Submission, TimeUnit
from knowledge.text import fold

NOT_PUBLISHED = "Chưa công bố."

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

HOW_LABELS = {
    How.IN_PERSON: "Nộp trực tiếp",
    How.ONLINE: "Nộp trực tuyến",
    How.POST: "Gửi qua bưu chính",
    How.OTHER: "Hình thức khác",
}

_UNIT_WORDS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
    TimeUnit.UNSTATED: "(bản công bố không ghi đơn vị thời gian)",
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
class Item:
    """One line, with lines below it."""

    text: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One part of a procedure; published is False where the record is silent about it."""

    key: Aspect
    title: str
    items: tuple[Item, ...]
    published: bool = True


@dataclass(frozen=True)
class Answer:
    """All parts of one procedure, the asked ones first, with where it is written."""

    code: str
    name: str
    field: str
    agency: str
    sections: tuple[Section, ...]
    asked: tuple[Aspect, ...]
    source: str
    url: str
    sample: bool = False


def compose(procedure: Procedure, release: Release, asked: Sequence[Aspect] = ()) -> Answer:
    """Return the whole card of a procedure with the asked parts first."""
    order = [*asked, *(aspect for aspect in _ORDER if aspect not in asked)]
    return Answer(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        agency=procedure.agency,
        sections=tuple(section(procedure, aspect) for aspect in order),
        asked=tuple(asked),
        source=_source(procedure, release),
        url=procedure.url,
        sample=release.sample,
    )


def section(procedure: Procedure, aspect: Aspect) -> Section:
    """Return one part of a procedure; what the record leaves open says "Chưa công bố."."""
    items = tuple(_LINES[aspect](procedure))
    if not items:
        return Section(aspect, TITLES[aspect], (Item(NOT_PUBLISHED),), published=False)
    return Section(aspect, TITLES[aspect], items)


def _documents(procedure: Procedure) -> list[Item]:
    cases = [case for case in procedure.cases if case.documents]
    if len(cases) == 1 and not cases[0].name:
        return [Item(text) for text in _papers(cases[0])]
    return [Item(case.name or "Mọi trường hợp", tuple(_papers(case))) for case in cases]


def _papers(case: DocumentCase) -> list[str]:
    return [
        document.name + _sheets(document.originals, document.copies) for document in case.documents
    ]


def _sheets(originals: int | None, copies: int | None) -> str:
    kinds = [(originals, "bản chính"), (copies, "bản sao")]
    stated = [f"{number} {kind}" for number, kind in kinds if number]
    return f" ({', '.join(stated)})" if stated else ""


def _fees(procedure: Procedure) -> list[Item]:
    """Say the fee once where all ways to file cost the same, else by way."""
    by_way = [(s, tuple(_fee(fee) for fee in s.fees)) for s in procedure.submissions]
    stated = [(s, lines) for s, lines in by_way if lines]
    if not stated:
        return []
    if len({lines for _, lines in by_way}) == 1:
        return [Item(line) for line in dict.fromkeys(stated[0][1])]
    return [Item(HOW_LABELS[s.how], tuple(dict.fromkeys(lines))) for s, lines in stated]


def _fee(fee: Fee) -> str:
    if fee.amount is not None:
        words = f" ({fee.words})" if fee.words and not fee.words.startswith("/") else fee.words
        return f"{fee.name}: {money(fee.amount)}{words}"
    if not fee.words:
        return f"{fee.name}: chưa công bố mức cụ thể"
    return fee.words if fold(fee.words) == "mien phi" else f"{fee.name}: {fee.words}"


def money(amount: int) -> str:
    """Return "15.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def _times(procedure: Procedure) -> list[Item]:
    by_way = [(s, _time(s)) for s in procedure.submissions]
    stated = [(s, words) for s, words in by_way if words]
    if len({words for _, words in by_way}) == 1 and stated:
        return [Item(stated[0][1])]
    return [Item(f"{HOW_LABELS[s.how]}: {words}") for s, words in stated]


def _time(submission: Submission) -> str:
    time = submission.time
    if time is None:
        return ""
    if time.words:
        return time.words[0].upper() + time.words[1:]
    return f"{time.value} {_UNIT_WORDS[time.unit]}"


def _places(procedure: Procedure) -> list[Item]:
    lines = [Item(procedure.agency)] if procedure.agency else []
    ways = dict.fromkeys(HOW_LABELS[s.how].lower() for s in procedure.submissions)
    if ways:
        lines.append(Item("Cách nộp: " + ", ".join(ways)))
    return lines


def _steps(procedure: Procedure) -> list[Item]:
    return [Item(step) for step in procedure.steps]


def _conditions(procedure: Procedure) -> list[Item]:
    return [Item(line) for line in procedure.requirements.split("\n") if line.strip()]


def _legal(procedure: Procedure) -> list[Item]:
    return [
        Item(f"{law.code} – {law.title}" if law.title else law.code)
        for law in procedure.legal_basis
    ]


def _results(procedure: Procedure) -> list[Item]:
    return [Item(result) for result in procedure.results]


def _forms(procedure: Procedure) -> list[Item]:
    forms = dict.fromkeys(form for document in procedure.documents for form in document.forms)
    return [Item(form) for form in forms]


def _online(procedure: Procedure) -> list[Item]:
    if not procedure.submissions:
        return []
    if any(s.how is How.ONLINE for s in procedure.submissions):
        return [Item("Nộp trực tuyến được, qua Cổng Dịch vụ công quốc gia.")]
    return [Item("Bản công bố không có hình thức nộp trực tuyến.")]


_LINES = {
    Aspect.DOCUMENTS: _documents,
    Aspect.FEE: _fees,
    Aspect.TIME: _times,
    Aspect.PLACE: _places,
    Aspect.HOW: _steps,
    Aspect.CONDITIONS: _conditions,
    Aspect.LEGAL: _legal,
    Aspect.RESULT: _results,
    Aspect.FORM: _forms,
    Aspect.ONLINE: _online,
}


def _source(procedure: Procedure, release: Release) -> str:
    parts = []
    if procedure.decision_number:
        parts.append(f"Quyết định {procedure.decision_number}")
    day = f", công bố {release.published_on:%d/%m/%Y}" if release.published_on else ""
    parts.append(f"{release.name}{day}")
    return " · ".join(parts)
