"""A release of the catalogue: an immutable set of procedures, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from knowledge.procedure import Procedure


@dataclass(frozen=True)
class Release:
    """Where a set of procedures comes from; published_on is None where nobody said."""

    name: str
    source: str
    published_on: date | None = None
    sample: bool = False


class ProblemKind(StrEnum):
    """What is wrong: a row that was not taken, or something to look at in one that was."""

    NOT_TAKEN = "not_taken"
    MISSING = "missing"
    GARBLED = "garbled"
    ABOLISHED_LEVEL = "abolished_level"
    OLD_PAPERS = "old_papers"
    SHARED_BODY = "shared_body"


@dataclass(frozen=True)
class Problem:
    """Something a reader or a check found: row (from 1, or None), field, sentence for a clerk."""

    row: int | None
    field: str
    sentence: str
    code: str = ""
    kind: ProblemKind = ProblemKind.NOT_TAKEN


@dataclass(frozen=True)
class Catalogue:
    """Procedures of one release, in published order, each code once."""

    release: Release
    procedures: tuple[Procedure, ...]
    problems: tuple[Problem, ...] = field(default=())
    rows: Mapping[str, int] = field(default_factory=dict)  # of the file, by code

    @cached_property
    def by_code(self) -> Mapping[str, Procedure]:
        """Procedures by their code."""
        return MappingProxyType({procedure.code: procedure for procedure in self.procedures})

    def __len__(self) -> int:
        return len(self.procedures)
