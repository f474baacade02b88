"""Names typed in lower case or wholly in capitals: the lists of syllables must tell them."""

from api.cases.redaction.lexicon import Syllables, lexicon
from api.cases.redaction.reading import Reading
from api.cases.redaction.runs import Run, adjoining, compound, ends_well, shouted

_CLEAR = frozenset({"nguyen", "tran", "pham", "huynh", "hoang", "phan", "bui", "truong", "dinh"})
_SEX = Syllables.of("thị văn")
_ORDER = frozenset(
    ["út", "hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "cả"]
)
_ORDER_BARE = frozenset({"ut", "bay", "tam", "chin"})
_NICKNAMED = frozenset({"chu", "bac", "di", "anh", "ong", "co", "chi", "ba"})


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
    """Return a name of the order of birth in lower case: "chú út lùn", "bác ba"."""
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


def plain_full_name(view: Reading, first: int) -> Run | None:
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
