"""Where a name begins and ends behind a title, and full names that stand alone."""

import re

from api.cases.redaction.lexicon import lexicon
from api.cases.redaction.plain_names import lower_name, nickname, plain_full_name
from api.cases.redaction.reading import Reading
from api.cases.redaction.runs import Run, adjoining, capital_run, compound, shouted

_TRIBAL = re.compile(r"[HKY]['’ʼ`](?!m[oô]ng)\w", re.IGNORECASE)
_MIDDLES = frozenset({"A", "Y", "Seo", "Mí", "Láo", "Sín"})


def after_title(view: Reading, first: int) -> Run | None:
    """Return the name behind a title such as "chị": capitals, or lower case from the lists."""
    words, names = view.words, lexicon()
    if first >= len(words):
        return None
    word = words[first]
    if compound(view, first):
        return None
    if not word.capital or shouted(view, first):
        return lower_name(view, first, titled=True) or nickname(view, first)
    named = first > 0 and words[first - 1].bare == "ten" and names.given.has(view, word)
    if names.offices.has(view, word) and not (named or _may_be_name(view, first)):
        return None
    if len(word.raw) > 1 and word.raw.isupper() and not names.given.has(view, word):
        return None
    return capital_run(view, first)


def _may_be_name(view: Reading, first: int) -> bool:
    """Tell "chị Tô Thị Hà" from "chị Tổ trưởng": a given name follows in capitals."""
    words, names = view.words, lexicon()
    if not (adjoining(view, first + 1) and words[first + 1].raw.istitle()):
        ends = first + 1 == len(words) or not adjoining(view, first + 1)
        after = not ends and names.after.has(view, words[first + 1])
        return names.given.has(view, words[first]) and (ends or after)
    if names.offices.has(view, words[first + 1]) and not names.given.has(view, words[first + 1]):
        return False
    return names.given.has(view, words[first + 1]) or names.surnames.has(view, words[first])


def full_name(view: Reading, first: int) -> Run | None:
    """Return a full name without a title: a family name and one to four capital syllables."""
    words, names = view.words, lexicon()
    word = words[first]
    if not word.capital or shouted(view, first):
        return plain_full_name(view, first)
    if _TRIBAL.match(word.raw):
        return capital_run(view, first)
    if word.raw.isascii() and view.marked and (run := _unmarked_capitals(view, first)):
        return run
    if not (names.surnames if view.marked else names.frequent).has(view, word):
        return None
    run = capital_run(view, first)
    if run is None or len(run) < 2:
        return None
    second = words[run.first + 1]
    known = names.given.has(view, second) or names.surnames.has(view, second)
    if not (known or second.raw in _MIDDLES):
        return None
    inside = adjoining(view, first) and words[first - 1].capital
    plain = len(run) == 2 and (inside or not names.frequent.has(view, word))
    return None if plain or (inside and not names.frequent.has(view, word)) else run


def _unmarked_capitals(view: Reading, first: int) -> Run | None:
    """Return a name without marks inside a text with marks: "NGUYEN VAN HUNG"."""
    words, names = view.words, lexicon()
    run = capital_run(view, first) if not words[first].raw.isupper() else Run(first, first)
    last = run.last if run else first
    while words[first].raw.isupper() and adjoining(view, last + 1) and last - first < 4:
        if not (words[last + 1].raw.isupper() and words[last + 1].bare in names.given.bare):
            break
        last += 1
    parts = words[first : last + 1]
    known = all(w.raw.isascii() and w.bare in names.given.bare for w in parts[1:])
    if words[first].bare not in names.frequent.bare or not known or len(parts) < 2:
        return None
    return Run(first, last) if len(parts) > 2 or words[first].raw.isupper() else None
