"""The words of the people beside the words of the State: data files a clerk can read and extend.

concepts.toml      things, actions and circumstances with all the names people give them
variants.toml      concepts that a plain procedure does not have
abbreviations.toml, teencode.toml, dialect.toml, readings.toml     spellings, standard words
lists.toml         names that terms of concepts.toml stand for: "quốc tịch {nước}"
aspects.toml, aspect_patterns.toml     how people ask for a part of a procedure
frames.toml        words that carry no matter
smalltalk.toml     greetings, thanks, idle talk
asks/*.toml        ways people ask for a procedure, by code
common.toml        procedures that people do most
differences.toml   what tells close procedures apart, with the question to ask back
supporting.toml    papers asked about within another matter
outside/*.toml     what people also ask for and a ward does not do: where it belongs
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Concept:
    """One meaning with its names; kind is object, action or circumstance.

    A variant is something a procedure may have beside a plain sibling ("có yếu tố nước ngoài"):
    the plain one is meant unless the words say otherwise. ages: the first and the last year of
    those whom a circumstance means, where it is one of age.
    """

    key: str
    kind: str
    terms: tuple[str, ...]
    variant: bool = False
    ages: tuple[int, int] | None = None


@dataclass(frozen=True)
class Reading:
    """How an ambiguous chat spelling is read, before or after one of these words.

    Without any of either it is read so everywhere.
    """

    typed: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    means: str

    def fits(self, previous: str, following: str) -> bool:
        """Tell whether it is read so between these words."""
        if not self.before and not self.after:
            return True
        return previous in self.after or any(
            f"{following} ".startswith(f"{word} ") for word in self.before
        )


@dataclass(frozen=True)
class AspectCues:
    """Phrases by which people ask for one part of a procedure."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True)
class OutsideMatter:
    """Something people ask a ward for that is not the ward's: where it belongs, if anywhere."""

    key: str
    matter: str
    where: str
    asks: tuple[str, ...]

    @property
    def is_talk(self) -> bool:
        """Whether it is idle talk rather than a matter of some office."""
        return self.key.startswith("noi-chuyen-")


@dataclass(frozen=True)
class Difference:
    """What tells close procedures apart: label of a case to phrases in official names.

    other is asked in place of question where no plain procedure is among the choices. said: words
    of people that settle it; where there are any, it has to be settled before an answer is sure.
    """

    key: str
    question: str
    other: str
    plain: str
    marks: Mapping[str, tuple[str, ...]]
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Supporting:
    """Papers people bring (concept keys), and how they ask whether they need them, or lack them.

    telling: those without which it is another matter.
    """

    concepts: tuple[str, ...]
    telling: tuple[str, ...]
    needs: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All word data, as read from one folder; two are the same only if they are one object."""

    concepts: tuple[Concept, ...]
    abbreviations: Mapping[str, str]
    teencode: Mapping[str, str]
    readings: tuple[Reading, ...]
    dialect: Mapping[str, str]
    aspects: Mapping[str, AspectCues]
    aspect_patterns: Mapping[str, tuple[str, ...]]
    frames: tuple[str, ...]
    smalltalk: Mapping[str, tuple[str, ...]]
    asks: Mapping[str, tuple[str, ...]]
    outside: tuple[OutsideMatter, ...]
    differences: tuple[Difference, ...]
    supporting: Supporting
    common: tuple[str, ...]  # codes, the commonest first
    difference_words: tuple[str, str]  # the question where several differ, the usual case

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Read a folder of such files; raises OSError or tomllib.TOMLDecodeError."""
        concepts = _toml(folder / "concepts.toml")
        aspects = _toml(folder / "aspects.toml")
        frames = _toml(folder / "frames.toml")
        smalltalk = _toml(folder / "smalltalk.toml")
        differences = _toml(folder / "differences.toml")
        supporting = _toml(folder / "supporting.toml")
        lists = _toml(folder / "lists.toml")
        variants = frozenset(_toml(folder / "variants.toml")["concepts"])
        return cls(
            concepts=tuple(
                Concept(
                    key,
                    row["kind"],
                    tuple(term for terms in row["terms"] for term in _spelt_out(terms, lists)),
                    key in variants,
                    (row["ages"][0], row["ages"][1]) if "ages" in row else None,
                )
                for key, row in concepts.items()
            ),
            abbreviations=_toml(folder / "abbreviations.toml")["terms"],
            teencode=_toml(folder / "teencode.toml")["terms"],
            readings=tuple(
                Reading(
                    row["typed"],
                    tuple(row.get("before", ())),
                    tuple(row.get("after", ())),
                    row["means"],
                )
                for row in _toml(folder / "readings.toml")["reading"]
            ),
            dialect=_toml(folder / "dialect.toml")["terms"],
            aspects={
                key: AspectCues(tuple(row["strong"]), tuple(row["weak"]))
                for key, row in aspects.items()
            },
            aspect_patterns={
                key: tuple(patterns)
                for key, patterns in _toml(folder / "aspect_patterns.toml").items()
            },
            frames=tuple(phrase for phrases in frames.values() for phrase in phrases),
            smalltalk={key: tuple(row["cues"]) for key, row in smalltalk.items()},
            asks={
                code: tuple(row["asks"])
                for path in sorted((folder / "asks").glob("*.toml"))
                for code, row in _toml(path).items()
            },
            supporting=Supporting(
                concepts=tuple(supporting["concepts"]),
                telling=tuple(supporting["telling"]),
                needs=tuple(supporting["needs"]),
                lacks=tuple(supporting["lacks"]),
            ),
            outside=tuple(
                OutsideMatter(key, row["matter"], row["where"], tuple(row["asks"]))
                for path in sorted((folder / "outside").glob("*.toml"))
                for key, row in _toml(path).items()
            ),
            differences=tuple(
                Difference(
                    key=key,
                    question=row["question"],
                    other=row["other"] if "other" in row else row["question"],
                    plain=row["plain"],
                    marks={label: tuple(phrases) for label, phrases in row["marks"].items()},
                    said=tuple(row.get("said", ())),
                )
                for key, row in differences.items()
                if isinstance(row, dict)
            ),
            common=tuple(_toml(folder / "common.toml")["procedures"]),
            difference_words=(differences["mixed"], differences["usual"]),
        )

    @classmethod
    def shipped(cls) -> "Lexicon":
        """Return the lexicon that comes with the product, read once."""
        return _shipped()


@cache
def _shipped() -> Lexicon:
    with as_file(files("knowledge.lexicon")) as folder:
        return Lexicon.load(folder)


def _spelt_out(term: str, lists: Mapping[str, list[str]]) -> list[str]:
    """Return the terms that one with the {name} of a list stands for."""
    for name, entries in lists.items():
        if f"{{{name}}}" in term:
            return [term.replace(f"{{{name}}}", entry) for entry in entries]
    return [term]


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
