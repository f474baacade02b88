"""Names of people: behind a title, behind "tôi tên", as a full name, in a list, as a signature."""

import re
from collections.abc import Iterator

from api.cases.redaction import officials
from api.cases.redaction.cues import (
    CALLED,
    NAMED,
    ROLE,
    SELF,
    SURE_BARE,
    WEAK,
    misread,
    sure_title,
    titled,
    titles,
)
from api.cases.redaction.full_names import after_title, full_name
from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.lexicon import lexicon
from api.cases.redaction.place_names import in_a_place, is_place
from api.cases.redaction.plain_names import lower_name
from api.cases.redaction.reading import PERSON_MASK, Reading, Rule
from api.cases.redaction.runs import Run, adjoining, capital_run, ends_well

_JOINT = re.compile(r"(?:,| và| &| va| với) $")
# "bà Hai tạp hoá": the trade by which the neighbours know a person.
_TRADE = Rule(
    r" (?:tạp hoá|ve chai|xe ôm|vé số|cà phê|sửa xe|bún bò|bún|phở|chè|hủ tiếu|bánh mì"
    r"|bánh canh|cắt tóc|thợ hồ|thợ điện)(?!\w)"
)
_HYPHENED = re.compile(r"(?:[-‑][^\W\d_]+)+")
# "đường Lê Lợi, Hoàng Văn X và Trần Y": the list of streets goes on.
_STREETS = re.compile(r"(?:,| và| -| –| đến| giao| với| ra| qua) $")
# "anh Đ. V. Khoa", "bà N.T.H."
_INITIALS = re.compile(
    r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]háu"
    r"|[Ee]m) ((?:[A-ZĐ]\.\s?){1,3}(?:[A-ZĐ][^\W\d_]*)?)"
)


def found(view: Reading) -> Iterator[Hidden]:
    """Yield the names of people that are not officials in office."""
    yield from _initials(view)
    place, place_end, listed_end = 0, -1, -1
    hidden: list[Run] = []
    while place < len(view.words):
        run = _name_at(view, place) or _listed(view, place, listed_end)
        if run is None:
            place += 1
            continue
        start, end = view.words[run.first].start, _end(view, run)
        listed = place_end >= 0 and _STREETS.fullmatch(view.text, place_end, start)
        if listed or is_place(view, run):
            place_end = end
        elif not officials.acts(view, start, end):
            hidden.append(run)
            listed_end = end
            yield Hidden(start, end, Personal.PERSON)
        place = run.last + 1
    yield from _again(view, hidden)


def _end(view: Reading, run: Run) -> int:
    """Return where a name ends, with a part behind a hyphen ("Lee Ji-ho")."""
    end = view.words[run.last].end
    more = _HYPHENED.match(view.text, end) or (_TRADE.match(view, end) if len(run) == 1 else None)
    return more.end() if more else end


def _name_at(view: Reading, place: int) -> Run | None:
    """Return the name that begins at a word, if one does."""
    word, names = view.words[place], lexicon()
    if word.raw.isdigit() or misread(view, place):
        return None
    title = titled(view, place)
    if title and (word.capital or sure_title(view, title)):
        run = after_title(view, place)
        if run and not (WEAK.has(view, title) and title.bare != "ten" and _alone(view, run)):
            return run
    likely = word.capital or names.given.has(view, word) or names.surnames.has(view, word)
    if not (likely or SELF.search(view, max(0, word.start - 20), word.start)):
        return None
    return _promised(view, place) or _traded(view, place) or full_name(view, place)


def _promised(view: Reading, place: int) -> Run | None:
    """Return a name that the words before announce: "tôi tên", "người gửi:", "chủ hộ"."""
    word, names = view.words[place], lexicon()
    left = max(0, word.start - 70)
    named = NAMED.search(view, left, word.start)
    called = named or CALLED.search(view, left, word.start)
    if called and (run := _called(view, place, called[0], named=bool(named))):
        return run
    run = after_title(view, place) if ROLE.search(view, left, word.start) else None
    if run is None:
        return None
    if word.capital and names.given.has(view, word):
        return run
    if word.capital and not view.loud:
        return run if len(run) > 1 else None
    return run if len(run) > 2 and _frequent(view, run) else None


def _frequent(view: Reading, run: Run) -> bool:
    """Tell whether a name in lower case begins as most names do."""
    words, names = view.words, lexicon()
    return names.frequent.has(view, words[run.first]) or words[run.first + 1].bare in {"thi", "van"}


def _alone(view: Reading, run: Run) -> bool:
    """Tell whether a single capital word goes on in a way that a name does not."""
    return len(run) == 1 and not ends_well(view, run.last)


def _called(view: Reading, place: int, words: str, *, named: bool) -> Run | None:
    """Return a name behind words that promise one; behind "tên" nothing else can stand."""
    word, names = view.words[place], lexicon()
    if not word.capital:
        if not (named or words.rstrip().endswith((":", "là", "la"))):
            return None
        rest = (
            _rest(view, place) if SELF.search(view, max(0, word.start - 20), word.start) else None
        )
        title = titles().has(view, word)
        return rest or (None if title else lower_name(view, place, sure=True))
    run = after_title(view, place)
    known = names.given.has(view, word) or names.surnames.has(view, word)
    return run if run and (len(run) > 1 or known) else None


def _rest(view: Reading, place: int) -> Run | None:
    """Return what is left of a sentence behind "tôi tên" where it is as short as a name."""
    last = place
    while adjoining(view, last + 1):
        last += 1
        if last - place > 3:
            return None
    if view.words[place].bare == "la":
        return None
    digits = any(word.raw.isdigit() for word in view.words[place : last + 1])
    return None if digits or last == place else Run(place, last)


def _listed(view: Reading, place: int, end: int) -> Run | None:
    """Return the next name of a list ("chị ▮, Lan và Minh") whose last name ended at `end`."""
    word = view.words[place]
    if not word.capital or not lexicon().given.has(view, word):
        return None
    joint = _JOINT.search(view.text, max(0, word.start - 5), word.start)
    if not joint:
        return None
    masked = joint.start() > 0 and view.text[joint.start() - 1] == PERSON_MASK
    if not masked and joint.start() != end:
        return None
    run = capital_run(view, place)
    return run if run and ends_well(view, run.last) else None


def _traded(view: Reading, place: int) -> Run | None:
    """Return a name behind a title and a trade: "ông giáo Bình", "anh công an Tuấn"."""
    word, names = view.words[place], lexicon()
    if not word.capital or not names.given.has(view, word) or not adjoining(view, place):
        return None
    for back in range(place - 1, max(-1, place - 5), -1):
        title = view.words[back]
        if back < place - 1 and (
            titles().has(view, title) if view.marked else title.bare in SURE_BARE
        ):
            return after_title(view, place)
        if not names.trades.has(view, view.words[back]) or not adjoining(view, back):
            return None
    return None


def _initials(view: Reading) -> Iterator[Hidden]:
    for m in _INITIALS.finditer(view.text):
        yield Hidden(*m.span(1), Personal.PERSON)


def _again(view: Reading, runs: list[Run]) -> Iterator[Hidden]:
    """Yield where a name that was found is written again, whole or its last part alone."""
    names = {_text(view, run) for run in runs if len(run) > 1 and view.words[run.first].capital}
    names |= {view.words[run.last].raw for run in runs if view.words[run.last].raw.istitle()}
    names = {name for name in names if len(name) > 1}
    if not names:
        return
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    for m in re.finditer(r"(?<![\w-])(?:" + "|".join(longest) + r")(?![\w-])", view.text):
        whole = " " in m[0]
        if in_a_place(view, m.start()) or officials.acts(view, *m.span()):
            continue
        if whole or not _in_a_phrase(view, m.start(), m.end()):
            yield Hidden(m.start(), m.end(), Personal.PERSON)


def _in_a_phrase(view: Reading, start: int, end: int) -> bool:
    """Tell whether a single capital word is part of a longer name or begins a sentence."""
    before, behind = view.text[max(0, start - 3) : start], view.text[end : end + 2]
    begins = not before.strip() or before.rstrip()[-1:] in ".!?:\n" or "\n" in before
    neighbours = re.search(r"[A-ZĐ]\w? $", before) or (behind[:1] == " " and behind[1:].isupper())
    previous = re.search(r"(\w+) $", view.text[max(0, start - 12) : start])
    return bool(neighbours or begins or (previous and previous[1][0].isupper()))


def _text(view: Reading, run: Run) -> str:
    return view.text[view.words[run.first].start : view.words[run.last].end]
