"""Codes of cases: ward prefix, year, six unambiguous random characters, a check character."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L
_SHAPE = re.compile(r"^([A-Z]{2,4}?)(\d{2})([2-9A-HJKMNP-Z]{6})([2-9A-HJKMNP-Z])$")
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―.]")  # what people and their keyboards put between the parts
_GAP = r"[ \-‐‑‒–—―]?"
_LOOSE = re.compile(rf"\b[A-Za-z]{{2,4}}{_GAP}\d{{2}}{_GAP}[0-9A-Za-z]{{6}}{_GAP}[0-9A-Za-z]\b")


def new_code(prefix: str, year: int) -> str:
    """Return a code such as PM-26-7KQ2MX-C; the same one is drawn again in 887 million."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return _checked(prefix, year % 100, body)


def example(prefix: str, year: int) -> str:
    """Return a valid code to show how one looks."""
    body = "".join(ALPHABET[n] for n in (5, 17, 0, 20, 27, 8))
    return _checked(prefix, year % 100, body)


def check_character(prefix: str, year: int, body: str) -> str:
    """Return the character that makes a slip of one character or a swap of two visible.

    A weighted sum modulo 31, which is prime and the size of the alphabet.
    """
    digits = [ord(c) for c in f"{prefix}{year:02d}"] + [ALPHABET.index(c) for c in body]
    total = sum((position + 2) * digit for position, digit in enumerate(digits))
    return ALPHABET[total % len(ALPHABET)]


def normal_code(typed: str) -> str | None:
    """Return the code that was typed with or without dashes, in any case; None if it is none.

    The letters O, I, L and the figures 0, 1 never occur behind the year, so that nothing has
    to be guessed.
    """
    match = _SHAPE.match(_BETWEEN.sub("", typed).upper())
    if not match:
        return None
    prefix, year, body, check = match.groups()
    if check_character(prefix, int(year), body) != check:
        return None
    return _dashed(prefix, year, body, check)


def find_code(text: str) -> str | None:
    """Return the first valid code that stands somewhere in a text."""
    whole = normal_code(text)
    if whole:
        return whole
    found = (normal_code(match[0]) for match in _LOOSE.finditer(text))
    return next((code for code in found if code), None)


def _checked(prefix: str, year: int, body: str) -> str:
    return _dashed(prefix, f"{year:02d}", body, check_character(prefix, year, body))


def _dashed(prefix: str, year: str, body: str, check: str) -> str:
    return f"{prefix}-{year}-{body}-{check}"
