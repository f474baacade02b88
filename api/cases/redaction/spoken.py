"""Numbers said in words, as voice input writes them: "không chín không năm ba một tám …"."""

import re
from collections.abc import Iterator

from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import Reading, Word

_DIGITS = frozenset(
    [
        "khong",
        "mot",
        "hai",
        "ba",
        "bon",
        "tu",
        "nam",
        "lam",
        "nham",
        "sau",
        "bay",
        "bẩy",
        "tam",
        "chin",
        "linh",
        "le",
        "o",
        "muoi",
        "tram",
        "lam",
        "mot",
    ]
)
_FILLERS = frozenset({"roi", "cham", "xong", "tiep"})
_BETWEEN = re.compile(r"[\s.,\-–_]{0,3}")
_PAPER = re.compile(r"chung minh|can cuoc|cccd|cmnd|dinh danh|ho chieu")
_FEWEST = 8
_PHONE_LONGEST = 11


def found(view: Reading) -> Iterator[Hidden]:
    """Yield runs of digits said in words, mixed with figures or not."""
    run: list[Word] = []
    for word in view.words:
        said = word.bare in _DIGITS or (word.bare.isdigit() and len(word.bare) <= 4)
        joined = bool(run) and _BETWEEN.fullmatch(view.text, run[-1].end, word.start)
        if said and (joined or not run):
            run.append(word)
            continue
        if run and joined and word.bare in _FILLERS:
            continue
        if run:
            yield from _number(view, run)
        run = [word] if said else []
    if run:
        yield from _number(view, run)


def _number(view: Reading, run: list[Word]) -> Iterator[Hidden]:
    said = sum(not w.bare.isdigit() for w in run)
    size = sum(len(w.bare) if w.bare.isdigit() else 1 for w in run)
    if said < 3 or size < _FEWEST:
        return
    left = view.bare[max(0, run[0].start - 40) : run[0].start]
    paper = size > _PHONE_LONGEST or _PAPER.search(left)
    kind = Personal.NATIONAL_ID if paper else Personal.PHONE
    yield Hidden(run[0].start, run[-1].end, kind)
