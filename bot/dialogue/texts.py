"""Gives the sentences of texts.toml."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from knowledge.text import fold

_SIGNS = " .,:;!?"


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(files("bot.dialogue").joinpath("texts.toml").read_text(encoding="utf-8"))


def say(name: str, /, **parts: object) -> str:
    """Return a sentence with its parts filled in; raises KeyError where there is none."""
    return str(_all()["say"][name]).format(**parts)


def number(value: int) -> str:
    """Return a number with dots between its thousands, as people write it."""
    return f"{value:,}".replace(",", ".")


def label(name: str) -> str:
    """Return the words on a button."""
    return str(_all()["button"][name])


def kind_words(text: str) -> str:
    """Return the key of the kind of feedback that a whole text names; empty where it names none."""
    said = _plainly(fold(text).strip(_SIGNS))
    for opening in ("day la ", "la "):
        said = said.partition(opening)[2] or said
    return next((key for key, names in _all()["kinds"].items() if said in map(fold, names)), "")


def fix_label(field: str) -> str:
    """Return the words on the button that mends a field of the summary."""
    return str(_all()["fix"][field])


def aspect_label(name: str) -> str:
    """Return the short name of a part of a procedure."""
    return str(_all()["aspect"][name])


def next_step(state: str, /, **parts: object) -> str:
    """Return what happens next in a state."""
    return str(_all()["next"][state]).format(**parts)


def courteous(kind: str, /, **parts: object) -> str:
    """Return the reply to social words of a kind."""
    return str(_all()["courtesy"][kind]).format(**parts)


def menu_buttons() -> list[tuple[str, str]]:
    """Return label and action of every entry of the main menu."""
    return [(text, action) for text, action in _all()["menu_buttons"]]


def commands() -> list[tuple[str, str]]:
    """Return name (without "/") and meaning of every command that a platform's menu shows."""
    return [(name, words) for name, words in _all()["commands"].items()]


@cache
def _meanings() -> dict[str, frozenset[str]]:
    return {
        meaning: frozenset(fold(word) for word in words)
        for meaning, words in _all()["words"].items()
    }


@cache
def _polite() -> dict[str, frozenset[str]]:
    return {
        place: frozenset(fold(word) for word in words) for place, words in _all()["polite"].items()
    }


@cache
def _openings() -> dict[str, tuple[list[str], ...]]:
    """Return the openings by meaning as folded syllables, longer ones first."""
    return {
        meaning: tuple(sorted((fold(words).split() for words in openings), key=len, reverse=True))
        for meaning, openings in _all()["openings"].items()
    }


def frequent(topic: str) -> list[tuple[list[str], str]]:
    """Return the ways of asking and the answer of every frequent question of a topic."""
    return [(entry["asks"], entry["reply"]) for entry in _all()[topic].values()]


def begins(text: str, meaning: str) -> str | None:
    """Return what follows one of the openings for a meaning; None where it begins with none."""
    words = text.split()
    folded = [fold(word).strip(_SIGNS) for word in words]
    for opening in _openings()[meaning]:
        if folded[: len(opening)] == opening:
            return " ".join(words[len(opening) :])
    return None


def after(text: str, meaning: str) -> str:
    """Return what follows one of the openings for a meaning; empty where nothing does."""
    return begins(text, meaning) or ""


def means(text: str, *meanings: str) -> bool:
    """Tell whether a whole message has one of some meanings, without marks and politeness too."""
    return any(not _meanings()[meaning].isdisjoint(_forms(text)) for meaning in meanings)


@lru_cache(maxsize=16)  # one message is asked for each of its meanings
def _forms(text: str) -> tuple[str, str]:
    """Return a message folded, with and without the polite words around it."""
    typed = fold(text).strip(" .,!?")
    return typed, _plainly(typed)


def _plainly(typed: str) -> str:
    """Return a folded message without the polite words around it."""
    words, polite = typed.split(), _polite()
    while len(words) > 1 and words[-1].strip(_SIGNS) in polite["behind"]:
        words = words[:-1]
    while len(words) > 1 and words[0].strip(_SIGNS) in polite["before"]:
        words = words[1:]
    return " ".join(words).strip(_SIGNS)
