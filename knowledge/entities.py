"""People and places named in a text, by underthesea's words, parts of speech and named entities.

A hint for the person who reads, never a decision: the model was made for news with all marks.
"""

import re
from collections.abc import Iterator
from threading import Lock

from underthesea import ner

from knowledge.text import nfc

LONGEST = 3_000  # characters that are looked at: a longer text costs seconds
_PERSON, _PLACE = "PER", "LOC"
_SHORTEST_NAME = 2  # words with a capital
_BEFORE = re.compile(r"(?:\b(?:số|số nhà|ngõ|ngách|hẻm|kiệt|tổ|đội|xóm)\s+[\w/]+,?\s+)+$", re.I)

_lock = Lock()
_warm = False


def warm_up() -> None:
    """Load the models once. Their first calls are not safe from several threads at a time."""
    global _warm  # noqa: PLW0603  # a process loads them once
    with _lock:
        if not _warm:
            ner("khởi động")
            _warm = True


def persons(text: str) -> tuple[str, ...]:
    """Return what looks like names of people, each once, in order; empty where none does."""
    text = nfc(text[:LONGEST])
    found = (text[start:end] for start, end in _spans(text, _PERSON))
    names = [name for name in found if sum(w[:1].isupper() for w in name.split()) >= _SHORTEST_NAME]
    return tuple(dict.fromkeys(names))


def place_in(text: str) -> str:
    """Return the first place that a text names with a name of its own or a number, or "".

    House, lane and group before it belong to it, and so do places that follow at once: "ngõ 12 phố
    Thạch Khôi, phường Thạch Khôi".
    """
    text = nfc(text[:LONGEST])
    for start, end in _joined(text, _spans(text, _PLACE)):
        place = text[start:end]
        if any(word[:1].isupper() or word[:1].isdigit() for word in place.split()):
            before = _BEFORE.search(text[:start])
            return text[before.start() if before else start : end]
    return ""


def _spans(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Give start and end of the entities of a kind, as they stand in the text."""
    warm_up()
    at, begun, ended = 0, -1, -1
    for word, _, _, tag in ner(text) if text.strip() else []:
        found = _find(text, word, at)
        if found is None:
            continue
        start, at = found
        if tag == f"I-{kind}" and begun >= 0:
            ended = at
            continue
        if begun >= 0:
            yield begun, ended
        begun, ended = (start, at) if tag == f"B-{kind}" else (-1, -1)
    if begun >= 0:
        yield begun, ended


def _joined(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give spans with nothing but blanks and commas between them as one."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held and not text[held[1] : start].strip(" ,\n"):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _find(text: str, word: str, since: int) -> tuple[int, int] | None:
    """Return where a word of the model stands in the text; its blanks may be any white space."""
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    hit = re.compile(pattern).search(text, since) if pattern else None
    return hit.span() if hit else None
