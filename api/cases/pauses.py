"""What the history of a case says of its clock: pauses, restarts and promised days. Pure.

Nothing of this is stored beside the history, so that a due day can be counted again at any time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Protocol

from api.clock import VIETNAM, local_date


class Why(StrEnum):
    """What a clock waits for."""

    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"


class Given(StrEnum):
    """Why a due day was given that is later than the counted one."""

    EXTENSION = "extension"
    CALENDAR = "calendar"  # a change of the calendar makes no case late in the past
    MOVE = "move"  # nor does a move by which the limit begins to be another one


REASONS = {
    Why.SUPPLEMENT: "tạm dừng: chờ người gửi bổ sung",
    Why.TRANSFER: "tạm dừng: đang ở cơ quan khác",
}

_BEGINS = {"supplement_asked": Why.SUPPLEMENT, "transferred_out": Why.TRANSFER}
_ENDS = {
    "supplement_given": Why.SUPPLEMENT,
    "returned": Why.TRANSFER,
    "draft": Why.TRANSFER,  # what the other agency found is here: the rest is our own time
    "answer": Why.TRANSFER,
    "merge": Why.SUPPLEMENT,  # nobody waits for the sender any more: the twin is worked on
}
_RESTARTS = {
    "transferred_in": "ngày chuyển đến, tính lại từ đầu (ngày 0)",
    "reopened": "ngày mở lại, tính lại từ đầu (ngày 0)",
}
_AFTER_SUPPLEMENT = "ngày nhận bổ sung, tính lại từ đầu (ngày 0)"

_INHERITED = "clock"  # in the data of "split_from": what the history of the whole case said
KEPT = "kept"  # in the data of an event: the due day that stands where the counted one is past
_PROMISES = {"due_moved": Given.CALENDAR, "reclassify": Given.MOVE, "unmerge": Given.MOVE}
CLOCK_EVENTS = tuple({*_BEGINS, *_ENDS, *_RESTARTS, *_PROMISES, "extended", "split_from"})
"""The names of the events that say something of the clock."""


class Fact(Protocol):
    """What is read of an event."""

    @property
    def name(self) -> str:
        """What happened."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def data(self) -> dict[str, Any]:
        """Days that belong to it, as ISO text."""


@dataclass(frozen=True)
class Told:
    """A fact of the case that this one was a part of."""

    name: str
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True)
class Span:
    """A pause. The day it begins still counts; the days after it do not, through the last.

    last is None while it goes on: the day on which the wait ends is a day zero of its own.
    """

    why: Why
    began: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether a day is not counted because of it; a wait that goes on covers none yet."""
        return self.last is not None and self.began < day <= self.last


@dataclass(frozen=True)
class Restart:
    """An instant from which the clock runs anew, and the words for its day zero."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class Promise:
    """A due day that was given on a day, and why. The index knows only that of the calendar."""

    made_on: date
    due_on: date
    why: Given


@dataclass(frozen=True)
class Course:
    """All that the history says of the clock since it last began."""

    pauses: tuple[Span, ...] = ()
    restart: Restart | None = None
    promises: tuple[Promise, ...] = ()

    @property
    def waiting(self) -> Span | None:
        """The pause that goes on now, if one does."""
        return next((span for span in self.pauses if span.last is None), None)

    def pause_on(self, day: date) -> Span | None:
        """Return the pause that keeps a day from being counted."""
        return next((span for span in self.pauses if span.covers(day)), None)


def spans(events: Iterable[Fact]) -> tuple[Span, ...]:
    """Return the pauses of a history, oldest first; a new run of the clock ends what goes on.

    Asking twice begins one pause, and an end without a beginning is none.
    """
    found: list[Span] = []
    begun: dict[Why, date] = {}
    for event in events:
        day = local_date(event.at)
        if event.name in _BEGINS:
            begun.setdefault(_BEGINS[event.name], day)
        ended = list(begun) if event.name in _RESTARTS else [_ENDS.get(event.name)]
        for why in ended:
            if why in begun:
                found.append(Span(why, begun.pop(why), day))
    found += [Span(why, day) for why, day in begun.items()]
    return tuple(sorted(found, key=lambda span: span.began))


def course(
    events: Iterable[Fact], *, supplement_restarts: bool = False, transfer_pauses: bool = True
) -> Course:
    """Return what a history says of the clock under the rules of an office."""
    told = sorted(facts(events), key=lambda event: event.at)
    restart: Restart | None = None
    promises: list[Promise] = []
    for event in told:
        reason = _restart_reason(event, supplement_restarts)
        if reason:
            restart = Restart(_restart_at(event), reason)
        if event.name == "reopened":
            promises = []  # what was promised was kept or broken with the answer that was given
        promise = _promise(event)
        if promise:
            promises.append(promise)
    pauses = tuple(s for s in spans(told) if transfer_pauses or s.why is not Why.TRANSFER)
    return Course(pauses, restart, tuple(promises))


def inheritance(events: Iterable[Fact]) -> dict[str, Any]:
    """Return what a part that is split off has to know of a history, as data of its event."""
    rows = [
        {"name": fact.name, "at": fact.at.isoformat(), "data": fact.data} for fact in facts(events)
    ]
    return {_INHERITED: rows} if rows else {}


def facts(events: Iterable[Fact]) -> Iterator[Fact]:
    """Give the events of a case, and where it was split off what the whole had behind it."""
    for event in events:
        for row in event.data.get(_INHERITED, ()) if event.name == "split_from" else ():
            yield Told(row["name"], datetime.fromisoformat(row["at"]), row["data"])
        yield event


def _restart_reason(event: Fact, supplement_restarts: bool) -> str | None:
    if event.name == "supplement_given" and supplement_restarts:
        return _AFTER_SUPPLEMENT
    return _RESTARTS.get(event.name)


def _restart_at(event: Fact) -> datetime:
    """Return when a run begins: a transfer brings its day along, at noon of which it is taken."""
    on = event.data.get("on")
    if event.name == "transferred_in" and on:
        return datetime.combine(date.fromisoformat(on), time(12), VIETNAM)
    return event.at


def _promise(event: Fact) -> Promise | None:
    made_on = local_date(event.at)
    if event.name == "extended":
        return Promise(made_on, date.fromisoformat(event.data["due_on"]), Given.EXTENSION)
    if event.name in _PROMISES and event.data.get(KEPT):
        return Promise(made_on, date.fromisoformat(event.data[KEPT]), _PROMISES[event.name])
    return None
