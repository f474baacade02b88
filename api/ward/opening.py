"""Whether people are received on a day: the card's hours and the working calendar together."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from api.cases.workdays import DayKind, WorkCalendar
from api.clock import local
from api.ward.card import Span, WardCard

_AHEAD = 60  # days that are looked through for the next day of work


@dataclass(frozen=True)
class Opening:
    """One day: whether people are received, when (empty where only the line tells), and why not."""

    on: date
    works: bool
    spans: tuple[Span, ...] = ()
    reason: str = ""


def opening(card: WardCard, calendar: WorkCalendar, day: date) -> Opening:
    """Say whether people are received on a day.

    Holidays and days off close the office whatever the card says; a weekend is open only where
    the card gives it hours; a day worked to make up for another is open.
    """
    mark = calendar.mark(day)
    spans = card.week[day.weekday()] if card.week else ()
    if mark.kind in {DayKind.HOLIDAY, DayKind.OFF}:
        return Opening(day, works=False, reason=mark.reason)
    if mark.kind is DayKind.WEEKEND:
        return Opening(
            day, works=bool(spans), spans=spans, reason="" if spans else "nghỉ cuối tuần"
        )
    if mark.kind is DayKind.EXTRA:
        return Opening(day, works=True, spans=spans, reason=mark.reason)
    closed = bool(card.week) and not spans
    return Opening(day, not closed, spans, "không tiếp nhận theo lịch của đơn vị" if closed else "")


def next_opening(card: WardCard, calendar: WorkCalendar, after: date) -> Opening | None:
    """Return the next day on which people are received, None where none comes in two months."""
    days = (after + timedelta(days=ahead) for ahead in range(1, _AHEAD + 1))
    found = (opening(card, calendar, day) for day in days)
    return next((day for day in found if day.works), None)


def closed_for_today(today: Opening, at: datetime) -> bool:
    """Whether the last hour of today's opening has passed."""
    return bool(today.spans) and local(at).time() >= today.spans[-1].closes
