"""Answers about the ward itself, from its card and its working calendar."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from api.cases.wording import date_words
from api.cases.workdays import DayKind, WorkCalendar, weekday_name
from api.clock import local, local_date
from api.ward.asked_days import dates_asked
from api.ward.card import ProcedureLink, ServiceModel, Span, WardCard
from api.ward.opening import Opening, closed_for_today, next_opening, opening
from knowledge.ward_questions import AskedDay, Topic, WardQuestion

_LOOK_AHEAD = 370  # days in which the next holiday is looked for


@dataclass(frozen=True)
class Ward:
    """What an answer is made from: the name of the ward, its card, its calendar, the moment."""

    name: str
    card: WardCard
    calendar: WorkCalendar
    at: datetime

    @property
    def today(self) -> date:
        """The day in Viet Nam."""
        return local_date(self.at)

    def opening(self, day: date) -> Opening:
        """Whether people are received on a day."""
        return opening(self.card, self.calendar, day)


def answer(ward: Ward, question: WardQuestion) -> str:
    """Return the answer, a paragraph per topic; what the card lacks is said to be unknown."""
    return "\n\n".join(_ANSWERS[topic](ward, question) for topic in question.topics)


def spans_words(spans: Sequence[Span]) -> str:
    """Return "7:30–11:30 và 13:30–17:00"."""
    return " và ".join(f"{clock_words(s.opens)}–{clock_words(s.closes)}" for s in spans)


def model_days(model: ServiceModel) -> str:
    """Return "thứ Ba, thứ Sáu", empty where no day is named."""
    monday = date(2024, 1, 1)
    return ", ".join(weekday_name(monday + timedelta(days=day)) for day in model.days)


def link_words(link: ProcedureLink) -> str:
    """Return "Video hướng dẫn: https://… (ghi chú)" with the parts that there are."""
    named = ": ".join(part for part in (link.label, link.url) if part)
    return f"{named} ({link.note})" if named and link.note else named or link.note


def today_words(ward: Ward) -> str:
    """Say whether the ward works today, and if not (or no more), when it does next."""
    return " ".join(_today(ward))


def _hours(ward: Ward, question: WardQuestion) -> str:
    days = dates_asked(question, ward.today)
    if days:
        return "\n".join(" ".join(_today(ward) if d == ward.today else _day(ward, d)) for d in days)
    if AskedDay.HOLIDAY in question.days:
        return _holiday(ward)
    line = ward.card.hours_line
    general = [_say("hours", ward=ward.name, line=line)] if line else []
    return "\n".join([*general, today_words(ward)])


def _today(ward: Ward) -> list[str]:
    today = ward.opening(ward.today)
    lines = _day(ward, ward.today)
    if not today.works:
        return lines
    if closed_for_today(today, ward.at):
        return [lines[0], _say("over"), *_next(ward, ward.today)]
    now = local(ward.at).time()
    span = next((s for s in today.spans if s.opens <= now < s.closes), None)
    return [*lines, _say("now", closes=clock_words(span.closes))] if span else lines


def _day(ward: Ward, day: date) -> list[str]:
    found = ward.opening(day)
    words = _named(day, ward.today)
    if not found.works:
        closed = _say("closed", day=words, ward=ward.name, reason=found.reason)
        return [closed, *_next(ward, max(day, ward.today))]
    if found.spans:
        line = _say("open", day=words, ward=ward.name, spans=spans_words(found.spans))
    elif found.reason:
        line = _say("open_extra", day=words, ward=ward.name, reason=found.reason)
    else:
        line = _say("open_unsaid", day=words, ward=ward.name)
    return [
        line,
        *(_model_that_day(model) for model in ward.card.models if day.weekday() in model.days),
    ]


def _next(ward: Ward, after: date) -> list[str]:
    found = next_opening(ward.card, ward.calendar, after)
    if not found:
        return []
    spans = f", {spans_words(found.spans)}" if found.spans else ""
    return [_say("next", day=date_words(found.on), spans=spans)]


def _holiday(ward: Ward) -> str:
    days = (ward.today + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD))
    found = next((day for day in days if ward.calendar.mark(day).kind is DayKind.HOLIDAY), None)
    if found is None:
        return _say("holidays_unknown", ward=ward.name)
    reason = ward.calendar.mark(found).reason
    return _say("holiday", ward=ward.name, day=date_words(found), reason=reason)


def _address(ward: Ward, _question: WardQuestion) -> str:
    card = ward.card
    if not card.address:
        return _unknown(ward)
    lines = [_say("address", ward=ward.name, address=card.address)]
    if card.hours_line:
        lines.append(_say("hours", ward=ward.name, line=card.hours_line))
    return "\n".join(lines)


def _hotline(ward: Ward, _question: WardQuestion) -> str:
    return _say("hotline", ward=ward.name, phone=ward.card.hotline)


def _email(ward: Ward, _question: WardQuestion) -> str:
    if not ward.card.email:
        return "\n".join([_say("email_unknown", ward=ward.name), _hotline(ward, _question)])
    return _say("email", ward=ward.name, email=ward.card.email)


def _contact(ward: Ward, question: WardQuestion) -> str:
    lines = [_hotline(ward, question)]
    if ward.card.email:
        lines.append(_email(ward, question))
    return "\n".join([*lines, _address(ward, question)])


def _home(ward: Ward, _question: WardQuestion) -> str:
    home = ward.card.home
    if not home.offered:
        return _say("home_unknown", ward=ward.name, phone=ward.card.hotline)
    lines = [_say("home", ward=ward.name)]
    lines += [_say("home_who", who=home.who)] if home.who else []
    lines += [_say("home_how", how=home.how)] if home.how else []
    return "\n".join([*lines, _say("home_phone", phone=home.phone or ward.card.hotline)])


def _models(ward: Ward, _question: WardQuestion) -> str:
    if not ward.card.models:
        return _say("models_unknown", ward=ward.name, line=ward.card.hours_line)
    lines = [_say("models", ward=ward.name)]
    for model in ward.card.models:
        days = f" ({model_days(model)})" if model.days else ""
        told = f": {model.explanation}" if model.explanation else ""
        lines.append(_say("model", title=model.title, days=days, explanation=told))
    return "\n".join(lines)


_ANSWERS: dict[Topic, Callable[[Ward, WardQuestion], str]] = {
    Topic.ADDRESS: _address,
    Topic.HOURS: _hours,
    Topic.HOTLINE: _hotline,
    Topic.EMAIL: _email,
    Topic.CONTACT: _contact,
    Topic.HOME: _home,
    Topic.MODELS: _models,
}


def _model_that_day(model: ServiceModel) -> str:
    told = f": {model.explanation}" if model.explanation else "."
    return _say("model_that_day", title=model.title, explanation=told)


def _unknown(ward: Ward) -> str:
    return _say("unknown", ward=ward.name, phone=ward.card.hotline)


def _named(day: date, today: date) -> str:
    words = date_words(day)
    near = {0: "Hôm nay", 1: "Ngày mai"}.get((day - today).days)
    return f"{near} ({words})" if near else words[:1].upper() + words[1:]


def clock_words(moment: time) -> str:
    """Return "7:30", "13:30"."""
    return f"{moment:%H:%M}".removeprefix("0")


def _say(name: str, **parts: object) -> str:
    return _sentences()[name].format(**parts)


@cache
def _sentences() -> dict[str, str]:
    return tomllib.loads(files("api.ward").joinpath("answers.toml").read_text(encoding="utf-8"))
