"""Spoiling questions as people do: marks dropped, slips of typing. Seeded, so repeatable."""

import random

from knowledge.text import fold

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip
_SHORTEST = 5  # letters of a word that gets a slip


def without_marks(text: str) -> str:
    """Return the text as typed without marks."""
    return fold(text)


def with_slips(text: str, seed: int) -> str:
    """Return the text with one slip in each word of five letters or more."""
    dice = random.Random(seed)  # noqa: S311  # nothing secret depends on it
    return " ".join(_slipped(word, dice) for word in text.split())


def _slipped(word: str, dice: random.Random) -> str:
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    at = dice.randrange(1, len(word) - 1)
    kind = dice.choice(("swap", "drop", "double", "near"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    near = _NEAR.get(fold(word[at]), word[at])
    return word[:at] + dice.choice(near) + word[at + 1 :]
