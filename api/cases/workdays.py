"""Which days count as working days, and why. Pure: dates in, marks out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from api.cases.hours import OfficeHours

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SATURDAY = 5


class DayKind(StrEnum):
    """What kind of day it is for the clock."""

    WORK = "work"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OFF = "off"
    EXTRA = "extra"
    HALF = "half"


class Half(StrEnum):
    """The half of a day that is worked."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True)
class DayMark:
    """Whether an office works on a day, and the reason in Vietnamese words."""

    kind: DayKind
    reason: str

    @property
    def works(self) -> bool:
        """True on ordinary days, on days that make up for others, and on days worked by half.

        Half a day counts as a day: the stricter reading, as the law knows no half days.
        """
        return self.kind in {DayKind.WORK, DayKind.EXTRA, DayKind.HALF}


@dataclass(frozen=True)
class Override:
    """A day off or a day worked, whole or by half, that the public calendar does not know."""

    works: bool
    reason: str
    half: Half | None = None


SWAPS_2026: Mapping[date, Override] = {
    # Công văn 12729/VPCP-KGVX, 25/12/2025: 02/01/2026 is off, made up for on 10/01/2026.
    date(2026, 1, 2): Override(works=False, reason="nghỉ hoán đổi dịp Tết Dương lịch"),
    date(2026, 1, 10): Override(works=True, reason="làm bù cho ngày 02/01/2026"),
}


@dataclass(frozen=True)
class WorkCalendar:
    """The public calendar of Viet Nam with the overrides of one office.

    The base is the `holidays` library (Bộ luật Lao động 2019, Điều 112); the swaps it does not
    know come next, and the office's own days win over both. version names the set of overrides;
    hours are the office hours with the day each begins to hold.
    """

    overrides: Mapping[date, Override] = field(default_factory=dict)
    version: int = 0
    hours: tuple[tuple[date, OfficeHours], ...] = ()

    def mark(self, day: date) -> DayMark:
        """Say what kind of day it is, and why."""
        override = self.overrides.get(day) or SWAPS_2026.get(day)
        if override:
            return DayMark(_kind_of(override), override.reason)
        return _public_mark(day)

    def works(self, day: date) -> bool:
        """Whether the office works on a day."""
        return self.mark(day).works

    def hours_on(self, day: date, usual: OfficeHours) -> OfficeHours | None:
        """Return the hours of a day, usual where the office set none; None on a day off."""
        if not self.works(day):
            return None
        whole = max(
            (row for row in self.hours if row[0] <= day),
            key=lambda row: row[0],
            default=(day, usual),
        )[1]
        override = self.overrides.get(day)
        if override and override.half is Half.MORNING:
            return whole.morning()
        if override and override.half is Half.AFTERNOON:
            return whole.afternoon()
        return whole

    def next_working_day(self, day: date) -> date:
        """Return the first working day after a day.

        Raises ValueError where none comes in a year.
        """
        for ahead in range(1, 367):
            later = day + timedelta(days=ahead)
            if self.works(later):
                return later
        raise ValueError(f"no working day within a year after {day}")


def weekday_name(day: date) -> str:
    """Return "thứ Hai" … "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def _kind_of(override: Override) -> DayKind:
    if not override.works:
        return DayKind.OFF
    return DayKind.HALF if override.half else DayKind.EXTRA


@lru_cache(maxsize=4096)
def _public_mark(day: date) -> DayMark:
    known = _public_holidays(day.year)
    if day in known.weekend_workdays:
        return DayMark(DayKind.EXTRA, "làm bù theo lịch hoán đổi")
    name = known.get(day)
    if name:
        return DayMark(DayKind.HOLIDAY, f"nghỉ lễ: {name}")
    if day.weekday() >= _SATURDAY:
        return DayMark(DayKind.WEEKEND, weekday_name(day))
    return DayMark(DayKind.WORK, "ngày làm việc")


@lru_cache(maxsize=16)
def _public_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, language="vi", expand=False)
