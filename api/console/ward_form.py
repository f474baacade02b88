"""The forms of the ward's card as somebody filled them in: what is refused is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from api.public.contact import DAY_NAMES

NEW = -1  # the place of an entry that is not in its list yet


@dataclass(frozen=True)
class Typed:
    """What somebody typed into one form of the page: shown again where it is refused."""

    noun: str
    at: int
    fields: Mapping[str, Any]

    def into(self, noun: str, at: int = NEW) -> Mapping[str, Any] | None:
        """Return the fields where they were typed into this form."""
        return self.fields if (noun, at) == (self.noun, self.at) else None

    @property
    def spans(self) -> list[list[tuple[str, str]]]:
        """The spans of the seven days (fields g0s1, g0d1 … g6s2, g6d2)."""
        one = self.fields.get
        return [
            [(one(f"g{day}s{part}", ""), one(f"g{day}d{part}", "")) for part in (1, 2)]
            for day in range(len(DAY_NAMES))
        ]


async def typed(request: Request) -> Typed:
    """Return what a form of the page holds, before anything of it is checked."""
    form = await request.form()
    fields: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str)}
    at = str(fields.get("at", NEW))
    fields["days"] = [int(day) for day in map(str, form.getlist("days")) if day.isdecimal()]
    fields["asks"] = str(fields.get("asks", "")).splitlines()
    return Typed(request.url.path.rsplit("/", 1)[-1], int(at) if at.isdecimal() else NEW, fields)


Sent = Annotated[Typed, Depends(typed)]
NOTHING = Typed("", NEW, {})
