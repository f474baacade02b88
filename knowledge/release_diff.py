"""What changes when one release takes the place of another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue
from knowledge.fields import NAME, fields_of
from knowledge.procedure import Procedure
from knowledge.terms import plain_name
from knowledge.text import fold

_NEARLY_THE_SAME = 88.0  # of 100: "cấp lại" for "cấp", one word more or less


@dataclass(frozen=True)
class FieldChange:
    """One field of a procedure: the lines that go, and the lines that come."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """A procedure that both releases have, with every field that differs."""

    procedure: Procedure
    before: str  # its name in the old release
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class ReleaseDiff:
    """The new release against the old; likely holds, by abolished code, what may replace it."""

    added: tuple[Procedure, ...]
    abolished: tuple[Procedure, ...]
    renamed: tuple[Changed, ...]
    changed: tuple[Changed, ...]
    likely: Mapping[str, Procedure]

    @property
    def is_empty(self) -> bool:
        """Whether both releases say the same."""
        return not (self.added or self.abolished or self.renamed or self.changed)


def compare(old: Catalogue, new: Catalogue) -> ReleaseDiff:
    """Return what is new, abolished, renamed (same code, other name) and otherwise changed."""
    added = tuple(p for p in new.procedures if p.code not in old.by_code)
    abolished = tuple(p for p in old.procedures if p.code not in new.by_code)
    both = [(old.by_code[p.code], p) for p in new.procedures if p.code in old.by_code]
    changed = [_changed(before, after) for before, after in both if before != after]
    changed = [one for one in changed if one.changes]
    return ReleaseDiff(
        added=added,
        abolished=abolished,
        renamed=tuple(one for one in changed if one.changes[0].field == NAME),
        changed=tuple(one for one in changed if one.changes[0].field != NAME),
        likely=likely_replacements(abolished, added),
    )


def likely_replacements(
    gone: Iterable[Procedure], candidates: Iterable[Procedure]
) -> Mapping[str, Procedure]:
    """Return, by code, the candidate of the same field with nearly the same name, if any.

    A guess: only staff can say that one procedure took the place of another.
    """
    by_field: dict[str, list[Procedure]] = defaultdict(list)
    for candidate in candidates:
        by_field[fold(candidate.field)].append(candidate)
    named = {key: [_comparable(p) for p in listed] for key, listed in by_field.items()}
    found = {}
    for procedure in gone:
        key = fold(procedure.field)
        if key not in named:
            continue
        best = process.extractOne(
            _comparable(procedure),
            named[key],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=_NEARLY_THE_SAME,
        )
        if best:
            found[procedure.code] = by_field[key][best[2]]
    return MappingProxyType(found)


def _changed(before: Procedure, after: Procedure) -> Changed:
    old, new = fields_of(before), fields_of(after)
    changes = tuple(
        FieldChange(
            field=name,
            before=tuple(line for line in old[name] if line not in new[name]),
            after=tuple(line for line in new[name] if line not in old[name]),
        )
        for name in old
        if old[name] != new[name]
    )
    return Changed(after, before.name, changes)


def _comparable(procedure: Procedure) -> str:
    return fold(plain_name(procedure.name))
