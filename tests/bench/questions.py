"""The question sets: citizens' words with the codes an officer would accept.

Our own stand beside this module (questions.jsonl, an id begins with e: everyday, k: hard, n: not in
the catalogue). They were written without a look at the lexicon, so that they judge it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class Asked:
    """One question; codes are the accepted procedures that the catalogue has.

    best is the one of them that is meant where a single answer is expected; matter is the key of
    the matter outside the ward's that is asked about. Both are empty where unknown.
    """

    key: str
    text: str
    codes: frozenset[str]
    expect: str  # answer, clarify or none
    aspects: frozenset[str]
    best: str = ""
    matter: str = ""


def everyday(folder: Path, catalogue: Catalogue) -> list[Asked]:
    """Read dev.jsonl: first turns of conversations."""
    expect = {"answer": "answer", "clarify": "clarify", "apologize": "none"}
    found = []
    for row in _rows(folder / "dev.jsonl"):
        codes = frozenset(row["in_catalogue"][0]) & catalogue.by_code.keys()
        wanted = expect[row["behaviour"]] if codes or row["behaviour"] != "answer" else "none"
        fields = row["fields"].split("|||")[0].replace("legal_basis", "legal")
        aspects = frozenset(f.strip() for f in fields.split(",")) - {"", "(clarify)"}
        found.append(Asked(row["id"], row["turns"][0], codes, wanted, aspects))
    return found


def hard(folder: Path, catalogue: Catalogue) -> list[Asked]:
    """Read dev_hard.jsonl: situations told in people's own words."""
    return _asked(folder / "dev_hard.jsonl", catalogue)


def own(catalogue: Catalogue) -> list[Asked]:
    """Read our own questions of all kinds."""
    return _asked(Path(__file__).with_name("questions.jsonl"), catalogue)


def _asked(path: Path, catalogue: Catalogue) -> list[Asked]:
    return [
        Asked(
            row["id"],
            row["q"],
            frozenset(row["codes"]) & catalogue.by_code.keys(),
            row["expect"],
            frozenset({row["aspect"]} - {"none"}),
            best=_best(row, catalogue) if row["expect"] == "answer" else "",
            matter=row.get("matter", ""),
        )
        for row in _rows(path)
    ]


def _best(row: Mapping[str, Sequence[str]], catalogue: Catalogue) -> str:
    """Return the first accepted code that the catalogue has."""
    return next((code for code in row["codes"] if code in catalogue.by_code), "")


def formal(folder: Path, catalogue: Catalogue) -> list[Asked]:
    """Read formal_dev.jsonl: questions close to the official names."""
    return [
        Asked(
            row["id"],
            row["q"],
            frozenset(row["codes"]) & catalogue.by_code.keys(),
            "answer",
            frozenset(),
        )
        for row in _rows(folder / "formal_dev.jsonl")
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
