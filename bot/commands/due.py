"""pakn due: when an answer is due, and why."""

import json
from datetime import datetime
from typing import Annotated

import typer

from api.cases import calendars
from api.cases.deadlines import ClockRules, Due, answer_due
from api.cases.models import Kind
from api.cases.office import Office
from api.cases.wording import KIND_LABELS, date_words
from api.cases.workdays import WorkCalendar, weekday_name
from api.clock import local
from api.errors import PeopleError
from api.settings import Settings
from bot.service import open_site


def due(
    received: Annotated[str, typer.Option(help="Lúc nhận, ví dụ 2026-02-13T16:45.")],
    kind: Annotated[Kind, typer.Option(help="Loại nội dung.")] = Kind.CONDUCT,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Tính hạn trả lời và giải thích từng ngày."""
    calendar, rules = _office_clock()
    instant = _parsed(received)
    try:
        found = answer_due(instant, kind, calendar, rules)
    except (LookupError, OverflowError):
        raise PeopleError(
            "Chưa có chính sách thời hạn cho ngày này.", "Bạn chọn ngày từ 23/6/2022."
        ) from None
    if as_json:
        typer.echo(json.dumps(_as_json(instant, kind, found, calendar), ensure_ascii=False))
    else:
        _print(kind, found)


def _office_clock() -> tuple[WorkCalendar, ClockRules]:
    """Use the calendar of the installation where there is one, else the public calendar."""
    settings = Settings()
    rules = Office.of(0, settings).rules
    if not settings.database_url and not (settings.data_dir / "pakn.sqlite3").exists():
        return WorkCalendar(), rules
    site = open_site(settings)
    with site.database.reading() as session:
        return calendars.current(session, site.office.unit_id), rules


def _parsed(text: str) -> datetime:
    try:
        return local(datetime.fromisoformat(text))
    except ValueError:
        raise PeopleError(
            f"Chưa hiểu thời điểm “{text}”.", "Bạn viết dạng 2026-02-13T16:45."
        ) from None


def _as_json(
    instant: datetime, kind: Kind, found: Due, calendar: WorkCalendar
) -> dict[str, object]:
    return {
        "received": instant.isoformat(),
        "kind": kind.value,
        "due": found.on.isoformat(),
        "working_days": found.policy.answer,
        "policy": found.policy.name,
        "source": found.policy.source,
        "calendar_version": calendar.version,
        "trace": [
            {
                "date": day.on.isoformat(),
                "counted": day.counted,
                "number": day.number,
                "reason": day.reason,
            }
            for day in found.trace
        ],
    }


def _print(kind: Kind, found: Due) -> None:
    typer.echo(f"{KIND_LABELS[kind]}: hạn trả lời {date_words(found.on)}")
    typer.echo(f"{found.policy.answer} ngày làm việc. {found.policy.source}")
    for day in found.trace:
        count = f"{day.number:>3}" if day.number else "  –"
        typer.echo(f"{count}  {day.on:%d/%m/%Y}  {weekday_name(day.on):<9}  {day.reason}")
