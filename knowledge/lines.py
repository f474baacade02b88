"""The published lines of a procedure by part, as the record has them; nothing is judged here."""

import re
from dataclasses import dataclass

from knowledge.aspects import Aspect
from knowledge.procedure import DocumentCase, Fee, How, Procedure, Submission, TimeUnit
from knowledge.text import fold, shortened

HOW_LABELS = {
    How.IN_PERSON: "Nộp trực tiếp",
    How.ONLINE: "Nộp trực tuyến",
    How.POST: "Gửi qua bưu chính",
    How.OTHER: "Hình thức khác",
}

_TWICE_MARKED = re.compile(r"^\d{1,2}\.\s*(?=[-+*•–])")  # "1. - Bước 1:", as the portal has it
_LONGEST_NOTE = 240  # characters of what is noted on one way to file
_UNIT_WORDS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
    TimeUnit.UNSTATED: "(bản công bố không ghi đơn vị thời gian)",
}


_BULLETS = "-+*• "
_PAPERS_IN_ORDER = (  # how they begin, without marks; all others stand in the second place
    ("to khai", "don ", "phieu de nghi", "giay de nghi", "van ban de nghi"),
    (),
    ("truong hop", "neu ", "doi voi", "van ban uy quyen", "giay uy quyen"),
    ("nguoi co yeu cau", "nguoi yeu cau", "luu y"),
)


@dataclass(frozen=True)
class Item:
    """One line, with lines below it."""

    text: str
    children: tuple[str, ...] = ()


def _documents(procedure: Procedure) -> list[Item]:
    """Return the papers as a clerk names them: those that all need first, remarks last.

    The portal publishes the papers of a case in no order.
    """
    cases = sorted((case for case in procedure.cases if case.documents), key=_place_of_case)
    if len(cases) == 1 and not cases[0].name:
        return [Item(text) for text in _papers(cases[0])]
    return [Item(case.name or "Mọi trường hợp", tuple(_papers(case))) for case in cases]


def _place_of_case(case: DocumentCase) -> int:
    if not case.name:
        return 0
    return 2 if fold(case.name).lstrip(_BULLETS).startswith("luu y") else 1


def _papers(case: DocumentCase) -> list[str]:
    documents = sorted(case.documents, key=lambda document: _place_of_paper(document.name))
    return [document.name + _sheets(document.originals, document.copies) for document in documents]


def _place_of_paper(name: str) -> int:
    begins = fold(name).lstrip(_BULLETS)
    return next((at for at, words in enumerate(_PAPERS_IN_ORDER) if begins.startswith(words)), 1)


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
    return [
        Item(HOW_LABELS[s.how], (*dict.fromkeys(lines), *_whom(s, procedure)))
        for s, lines in stated
    ]


def _whom(submission: Submission, procedure: Procedure) -> tuple[str, ...]:
    """Return what a record notes on a way to file that it has more than once: for whom it is."""
    twins = [s for s in procedure.submissions if s.how is submission.how]
    first_line = submission.note.strip().partition("\n")[0].rstrip(" .;")
    if len(twins) < 2 or not first_line:
        return ()
    return (shortened(first_line, _LONGEST_NOTE),)


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
    if not stated:
        return []
    if len({words for _, words in by_way}) == 1:
        return [Item(stated[0][1])]
    known = {s.how for s, _ in stated}
    silent = [(s, "chưa công bố") for s, _ in by_way if s.how not in known]
    lines = dict.fromkeys(
        (f"{HOW_LABELS[s.how]}: {words}", _whom(s, procedure)) for s, words in (*stated, *silent)
    )
    return [Item(line, whom) for line, whom in lines]


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
    return [Item(_TWICE_MARKED.sub("", step)) for step in procedure.steps]


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
        return [Item("Nộp trực tuyến được, theo bản công bố.")]
    return [Item("Bản công bố không có hình thức nộp trực tuyến.")]


LINES = {
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
"""By part, what gives its lines; none where the record is silent."""
