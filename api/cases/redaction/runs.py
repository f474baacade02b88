"""Where a name begins and ends: runs of capitals, and names typed without capitals or marks."""

import re
from dataclasses import dataclass

from api.cases.redaction.lexicon import Syllables, lexicon
from api.cases.redaction.reading import Reading, Word

_LONGEST = 6
_APART = re.compile(r" {1,2}|[-‑–]")
_TRIBAL = re.compile(r"[HKY]['’ʼ`](?!m[oô]ng)\w", re.IGNORECASE)
_CLEAR = frozenset({"nguyen", "tran", "pham", "huynh", "hoang", "phan", "bui", "truong", "dinh"})
_SEX = Syllables.of("thị văn")
_MIDDLES = frozenset({"A", "Y", "Seo", "Mí", "Láo", "Sín"})
_ORDER = frozenset(
    ["út", "hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "cả"]
)
_ORDER_BARE = frozenset({"ut", "bay", "tam", "chin"})
_NICKNAMED = frozenset({"chu", "bac", "di", "anh", "ong", "co", "chi", "ba"})


@dataclass(frozen=True)
class Run:
    """Words `first` to `last` (inclusive) that form a name."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return how many syllables the name has."""
        return self.last - self.first + 1


def adjoining(view: Reading, place: int) -> bool:
    """Tell whether a word follows the one before it with a blank or a hyphen between."""
    words = view.words
    if not 0 < place < len(words):
        return False
    return bool(_APART.fullmatch(view.text, words[place - 1].end, words[place].start))


def shouted(view: Reading, first: int) -> bool:
    """Tell whether a word stands in a stretch typed wholly in capitals."""
    if view.loud:
        return True
    near = view.words[max(0, first - 2) : first + 4]
    letters = [w.raw for w in near if not w.raw.isdigit()]
    return len(letters) > 2 and all(raw.isupper() for raw in letters)


def capital_run(view: Reading, first: int) -> Run | None:
    """Return the run of capital words from a word on."""
    words, last = view.words, first
    if first >= len(words) or not _nameable(words[first]):
        return None
    while last + 1 < len(words) and last - first + 1 < _LONGEST:
        if not adjoining(view, last + 1) or not _nameable(words[last + 1]):
            break
        if _begins_office(view, last + 1):
            break
        last += 1
    if last > first and compound(view, last):
        last -= 1
    return Run(first, last)


def _nameable(word: Word) -> bool:
    return word.capital and not word.raw.isdigit()


def _begins_office(view: Reading, place: int) -> bool:
    """Tell whether a capital word begins an office or a sentence, and is no part of a name."""
    word, names = view.words[place], lexicon()
    if names.offices.has(view, word):
        return not (names.given.has(view, word) and word.raw[1:].islower())
    return len(word.raw) > 1 and word.raw.isupper() and not names.given.has(view, word)


def compound(view: Reading, place: int) -> bool:
    """Tell whether a word and the next, in lower case, are an everyday word ("thu ngân")."""
    words = view.words
    if not adjoining(view, place + 1) or (words[place + 1].capital and not shouted(view, place)):
        return False
    pairs = lexicon().compounds
    if view.marked:
        return f"{words[place].raw.lower()} {words[place + 1].raw.lower()}" in pairs.marked
    return f"{words[place].bare} {words[place + 1].bare}" in pairs.bare


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
    named = first and words[first - 1].bare == "ten"
    if names.offices.has(view, word) and not named and not _may_be_name(view, first):
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


def _low(view: Reading, place: int) -> bool:
    """Tell whether a word can belong to a name in lower case (or in a shouted line)."""
    return not view.words[place].capital or shouted(view, place)


def lower_name(
    view: Reading, first: int, *, sure: bool = False, titled: bool = False
) -> Run | None:
    """Return a name in lower case: family name and given names, or a given name alone.

    `sure` is said where the words before ("tôi tên") promise a name.
    """
    words, names = view.words, lexicon()
    if not _low(view, first) or compound(view, first):
        return None
    last = first
    if _family(view, first, titled=sure or titled):
        while last - first < 4 and _continues(view, last + 1):
            if last - first > 1 and names.after.has(view, words[last + 1]):
                break
            last += 1
        while last > first + 1 and not sure and not ends_well(view, last) and _ordinary(view, last):
            last -= 1
        size = last - first + 1
        enough = 3 if view.marked or first == 0 or words[first - 1].bare != "co" else 4
        if size >= enough or (view.marked and size == 2 and (sure or ends_well(view, last))):
            return Run(first, last)
    return _given_alone(view, first, sure=sure)


def _family(view: Reading, first: int, *, titled: bool) -> bool:
    """Tell whether a word is a family name; without marks only a frequent one counts."""
    word, names = view.words[first], lexicon()
    known = names.surnames if titled else names.frequent
    if view.marked and word.toned in known.marked:
        return True
    return word.raw.isascii() and word.bare in names.frequent.bare


def _continues(view: Reading, place: int) -> bool:
    """Tell whether a word in lower case can continue a name."""
    names = lexicon()
    if not (adjoining(view, place) and _low(view, place)):
        return False
    word, before = view.words[place], view.words[place - 1]
    if before.toned in _SEX.marked or (before.bare in _SEX.bare and before.raw.isascii()):
        return not word.raw.isdigit()
    family = names.surnames.has(view, word) and not shouted(view, place)
    if view.marked and (names.given.has(view, word) or family):
        return True
    if not (word.raw.isascii() and before.raw.isascii()) or word.bare not in names.given.bare:
        return False
    return (
        word.bare in {"thi", "van"}
        or before.bare in {"thi", "van"}
        or word.bare not in names.after.bare
    )


def _given_alone(view: Reading, first: int, *, sure: bool) -> Run | None:
    words, names = view.words, lexicon()
    word = words[first]
    if not names.given.has(view, word):
        return None
    known = names.women if first and words[first - 1].bare == "co" else names.plain
    if not view.marked and word.bare not in known.bare:
        return None
    if view.marked and names.never.has(view, word):
        return None
    second = words[first + 1] if _continues(view, first + 1) else None
    double = second is not None and not (_ordinary(view, first) and _ordinary(view, first + 1))
    if not view.marked and second is not None:
        double = second.bare in names.plain.bare or second.bare in {"anh", "an", "chi", "y"}
    sure = sure and view.marked
    if double and (sure or ends_well(view, first + 1)):
        return Run(first, first + 1)
    if ends_well(view, first):
        return Run(first, first)
    return Run(first, first) if view.marked and not _ordinary(view, first) else None


def nickname(view: Reading, first: int) -> Run | None:
    """Return a name of the order of birth in lower case: "chú út mập", "bác ba"."""
    words, names = view.words, lexicon()
    word = words[first]
    if word.capital or not (word.raw in _ORDER if view.marked else word.bare in _ORDER_BARE):
        return None
    title = words[first - 1].bare if first else ""
    if title not in _NICKNAMED or (not view.marked and word.bare != "ut" and title != "bac"):
        return None
    if not adjoining(view, first + 1):
        return Run(first, first)
    following = words[first + 1]
    if following.raw.isdigit() or following.bare in {"van", "nay", "nhan", "thang", "tuoi", "nam"}:
        return None
    if names.after.has(view, following):
        return Run(first, first)
    if (
        (view.marked or word.bare == "ut")
        and adjoining(view, first + 2)
        and names.after.has(view, words[first + 2])
    ):
        return Run(first, first + 1)
    return None


def _ordinary(view: Reading, place: int) -> bool:
    return lexicon().common.has(view, view.words[place])


def ends_well(view: Reading, last: int) -> bool:
    """Tell whether what follows a name in lower case can follow a name."""
    if not adjoining(view, last + 1):
        return True
    following = view.words[last + 1]
    return following.raw.isdigit() or lexicon().after.has(view, following)


def full_name(view: Reading, first: int) -> Run | None:
    """Return a full name without a title: a family name and one to four capital syllables."""
    words, names = view.words, lexicon()
    word = words[first]
    if not word.capital or shouted(view, first):
        return _plain_full_name(view, first)
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


def _plain_full_name(view: Reading, first: int) -> Run | None:
    """Return a full name with Văn or Thị in a text without capitals or wholly in capitals."""
    words = view.words
    if not (adjoining(view, first + 1) and _family(view, first, titled=False)):
        return None
    middle = words[first + 1]
    if (
        view.marked
        and middle.toned not in _SEX.marked
        and not (middle.raw.isascii() and words[first].raw.isascii() and middle.bare in _SEX.bare)
    ):
        return None
    if not view.marked and middle.bare not in _SEX.bare:
        return None
    if compound(view, first + 1) or (not view.marked and words[first].bare not in _CLEAR):
        return None
    run = lower_name(view, first, sure=True)
    return run if run and len(run) > 2 else None


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
