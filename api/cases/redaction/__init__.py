"""The one gate in front of everything public: personal data in a text is found and hidden.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 Đ16: only what is needed becomes public.
"""

import re
from collections.abc import Iterator, Sequence

from api.cases.redaction import (
    addresses,
    figures,
    health,
    names,
    online,
    papers,
    spoken,
)
from api.cases.redaction import known as own
from api.cases.redaction.kept import Kept
from api.cases.redaction.kinds import LABELS, Hidden, Personal
from api.cases.redaction.reading import MASKED, Reading

__all__ = ["LABELS", "Hidden", "Personal", "find", "redact"]

# Hiding one thing shows the next ("chị ▮ (1960)"); each pass shortens what is left to read.
_PASSES = 12
# What lies between stretches that are hidden already; blanks alone are nothing to hide.
_UNMASKED = re.compile(rf"[^{MASKED}\s](?:[^{MASKED}]*[^{MASKED}\s])?")


def find(text: str, known: Sequence[str] = ()) -> list[Hidden]:
    """Return what must be hidden, sorted, without overlaps; `known` is the sender's own data."""
    view = Reading.of(text)
    spans: list[Hidden] = []
    for _ in range(_PASSES):
        chosen = _chosen(view, _candidates(view, known))
        if not chosen:
            break
        spans += [view.origin(span) for span in chosen]
        view = view.masked(chosen)
    return sorted(spans, key=lambda span: span.start)


def redact(text: str, known: Sequence[str] = ()) -> str:
    """Return the text with a readable label in place of everything that is personal."""
    parts, last = [], 0
    for span in find(text, known):
        parts += [text[last : span.start], LABELS[span.kind]]
        last = span.end
    return "".join([*parts, text[last:]])


def _candidates(view: Reading, known: Sequence[str]) -> Iterator[Hidden]:
    """Yield from the surest rule to the least sure."""
    kept = Kept(view, figures.hotlines(view))
    yield from own.found(view, known)
    yield from online.found(view)
    yield from figures.found(view, kept)
    yield from papers.found(view, kept)
    yield from addresses.found(view, kept)
    yield from spoken.found(view)
    yield from names.found(view)
    yield from health.found(view)


def _chosen(view: Reading, candidates: Iterator[Hidden]) -> list[Hidden]:
    """Return the candidates that overlap none before them, without hidden parts, sorted."""
    taken: set[int] = set()
    chosen: list[Hidden] = []
    for whole in candidates:
        for part in _UNMASKED.finditer(view.text, whole.start, whole.end):
            signs = range(*part.span())
            if taken.isdisjoint(signs):
                taken.update(signs)
                chosen.append(Hidden(*part.span(), whole.kind))
    return sorted(chosen, key=lambda span: span.start)
