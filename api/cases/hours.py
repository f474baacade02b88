"""Office hours with the break at noon, and limits counted in them. Pure; Vietnamese wall time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from api.clock import VIETNAM, local

_LONGEST_SEARCH = 366  # days


@dataclass(frozen=True)
class OfficeHours:
    """The periods of a working day, in order; the first is the morning."""

    periods: tuple[tuple[time, time], ...]

    @classmethod
    def parsed(cls, text: str) -> "OfficeHours":
        """Read "07:30-11:30,13:30-17:00"; raises ValueError where it is not of that form."""
        periods = tuple(_period(part) for part in text.split(","))
        instants = [instant for period in periods for instant in period]
        if instants != sorted(set(instants)):
            raise ValueError(f"hours do not follow one another: {text}")
        return cls(periods)

    @property
    def closing(self) -> time:
        """When the last period ends."""
        return self.periods[-1][1]

    def morning(self) -> "OfficeHours":
        """Return the hours of a day worked in the morning only."""
        return OfficeHours(self.periods[:1])

    def afternoon(self) -> "OfficeHours":
        """Return the hours of a day worked in the afternoon only."""
        return OfficeHours(self.periods[1:] or self.periods)

    def __str__(self) -> str:
        """Return the form that parsed() reads."""
        return ",".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in self.periods)


USUAL = OfficeHours(((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))))
"""What most offices keep; there is no national rule, so an office sets its own."""


class HoursCalendar(Protocol):
    """What a calendar has to say for a count of hours."""

    def hours_on(self, day: date, usual: OfficeHours) -> OfficeHours | None:
        """Return the hours worked on a day, None on a day off."""


def due_in_hours(
    received: datetime, limit: timedelta, calendar: HoursCalendar, usual: OfficeHours
) -> datetime:
    """Return the instant at which so much office time has passed since a receipt.

    Raises ValueError where the calendar has no working hour for a year.
    """
    start = local(received)
    left = limit
    for ahead in range(_LONGEST_SEARCH):
        day = start.date() + timedelta(days=ahead)
        hours = calendar.hours_on(day, usual)
        for opens, closes in hours.periods if hours else ():
            begin = max(start, datetime.combine(day, opens, VIETNAM))
            worked = max(datetime.combine(day, closes, VIETNAM) - begin, timedelta(0))
            if worked >= left:
                return begin + left
            left -= worked
    raise ValueError(f"no working hour within a year after {start}")


def _period(text: str) -> tuple[time, time]:
    start, dash, end = text.strip().partition("-")
    if not dash:
        raise ValueError(f"not a period: {text}")
    return time.fromisoformat(start.strip().zfill(5)), time.fromisoformat(end.strip().zfill(5))
