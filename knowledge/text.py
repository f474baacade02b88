"""Vietnamese text brought to forms that can be compared."""

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
_SYLLABLE = re.compile(r"[^\W_]+(?:[./-]\d+[^\W_]*)*")
_WHITE = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,5000}>|<!--.{0,5000}?-->", re.DOTALL)
_ETH = str.maketrans("Ðð", "Đđ", "\0")  # U+00D0, as old fonts write Đ; NUL is left out


def nfc(text: str) -> str:
    """Return text in Unicode NFC, the only form that is stored or sent.

    U+0000 is left out: no database column of text can hold it.
    """
    return unicodedata.normalize("NFC", text.replace("\0", ""))


def shortened(text: str, longest: int) -> str:
    """Return a text as it is, or its first so many characters up to a word, and " …"."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def squeeze(text: str) -> str:
    """Return text in NFC with every run of white space made one space."""
    return _WHITE.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return text in lower case without marks, đ as d, white space squeezed; idempotent."""
    lowered = unicodedata.normalize("NFKC", text).translate(_ETH).casefold().replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _WHITE.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def syllables(text: str) -> list[str]:
    """Split into lower-case syllables with their marks; codes such as 1.001193 stay whole."""
    return _SYLLABLE.findall(unicodedata.normalize("NFKC", text).translate(_ETH).lower())


@lru_cache(maxsize=65536)
def toned(syllable: str) -> str:
    """Return a syllable with its tone moved behind it, so that hoà and hòa are the same.

    The quality of the vowels stays (ơ, â …); the tone becomes a digit: "hòa" gives "hoa2".
    """
    letters = []
    tone = ""
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


def is_marked(text: str) -> bool:
    """Tell whether any Vietnamese mark was typed."""
    lowered = text.lower()
    return "đ" in lowered or any(
        unicodedata.combining(c) for c in unicodedata.normalize("NFD", lowered)
    )


def without_tags(text: str) -> str:
    """Return published text without HTML tags and without runs of blank lines."""
    lines = (" ".join(line.split()) for line in _TAG.sub("\n", nfc(text)).splitlines())
    return "\n".join(line for line in lines if line)
