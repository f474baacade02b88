"""pakn calendar: look at the working calendar, set days by hand or from a file, confirm a year."""

import calendar as months
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cases import calendar_changes, calendar_years, calendars
from api.cases.calendars import Entry
from api.cases.clock_models import DayChange
from api.cases.wording import date_words
from api.cases.workdays import Half, WorkCalendar, weekday_name
from api.clock import local_date
from api.errors import PeopleError
from api.settings import Settings
from api.web.site import Site
from bot.commands.calendar_file import read_days
from bot.service import open_site

_HALVES = {Half.MORNING: "buổi sáng", Half.AFTERNOON: "buổi chiều"}

cli = typer.Typer(help="Lịch làm việc của cơ quan.", no_args_is_help=True)


@cli.command()
def show(
    year: Annotated[int, typer.Option(help="Năm; 0 là năm nay.")] = 0,
    version: Annotated[int, typer.Option(help="Bản lịch; 0 là bản hiện nay.")] = 0,
) -> None:
    """In các ngày nghỉ lễ, nghỉ thêm và làm bù trong năm."""
    site = open_site(Settings())
    today = local_date(site.clock())
    wanted = year or today.year
    with site.database.reading() as session:
        newest = calendars.version(session, site.office.unit_id)
        if version > newest:
            raise PeopleError(
                f"Chưa có bản lịch số {version}.", f"Bản mới nhất là bản số {newest}."
            )
        known = calendars.current(session, site.office.unit_id, version or None)
        warnings = calendar_years.unconfirmed(session, site.office.unit_id, today)
    for month in range(1, 13):
        for day in months.Calendar().itermonthdates(wanted, month):
            mark = known.mark(day)
            if day.month == month and mark.kind.value not in {"work", "weekend"}:
                works = _works(known, day)
                typer.echo(f"{day:%d/%m/%Y}  {weekday_name(day):<9}  {works:<10}  {mark.reason}")
    for since, hours in known.hours:
        typer.echo(f"{since:%d/%m/%Y}  giờ làm việc {hours}")
    for warning in warnings:
        typer.echo(calendar_years.sentence(warning), err=True)


def _works(known: WorkCalendar, day: date) -> str:
    override = known.overrides.get(day)
    if not known.works(day):
        return "nghỉ"
    return _HALVES.get(override.half, "làm việc") if override and override.half else "làm việc"


@cli.command("set")
def set_(
    on: Annotated[str, typer.Argument(help="Ngày, dạng 2026-01-02.")],
    kind: Annotated[
        str,
        typer.Argument(
            help="off: nghỉ; work: làm việc; morning, afternoon: nửa ngày; "
            "cleared: bỏ ngày đã đặt; hours: giờ làm việc từ ngày này."
        ),
    ],
    reason: Annotated[str, typer.Option(help="Lý do.")],
    source: Annotated[str, typer.Option(help="Văn bản, thông báo.")] = "",
    hours: Annotated[str, typer.Option(help="Giờ, dạng 07:30-11:30,13:30-17:00.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Chỉ xem hồ sơ đổi hạn.")] = False,
) -> None:
    """Đặt một ngày; hồ sơ còn mở được tính lại hạn."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise PeopleError(f"Chưa hiểu ngày “{on}”.", "Bạn viết dạng 2026-01-02.") from None
    if kind not in set(DayChange):
        raise PeopleError(f"Không có loại “{kind}”.", f"Bạn chọn {', '.join(DayChange)}.")
    if not reason.strip():
        raise PeopleError("Cần có lý do đổi lịch.", "Bạn thêm --reason, ví dụ số thông báo.")
    entry = Entry(day, DayChange(kind), reason.strip(), source, hours)
    moved = _changed(open_site(Settings()), [entry], preview)
    if not preview:
        typer.echo(f"Đã đặt {day:%d/%m/%Y}. {moved} hồ sơ đổi hạn.")


@cli.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="Tệp .csv hoặc .toml có on, kind, reason, source.")],
    preview: Annotated[bool, typer.Option("--preview", help="Chỉ xem hồ sơ đổi hạn.")] = False,
) -> None:
    """Đặt nhiều ngày từ một tệp, thành một bản lịch."""
    entries = read_days(path)
    moved = _changed(open_site(Settings()), entries, preview)
    if not preview:
        typer.echo(f"Đã đặt {len(entries)} ngày. {moved} hồ sơ đổi hạn.")


@cli.command()
def confirm(
    year: Annotated[int, typer.Argument(help="Năm.", min=2020, max=2100)],
    source: Annotated[str, typer.Option(help="Thông báo, văn bản đã đối chiếu.")],
) -> None:
    """Xác nhận lịch của một năm đã đối chiếu với thông báo chính thức."""
    site = open_site(Settings())
    with site.database.writing() as session:
        calendar_years.confirm(session, site.office, year, source, None, site.clock())
    typer.echo(f"Đã xác nhận lịch năm {year}.")


def _changed(site: Site, entries: list[Entry], preview: bool) -> int:
    """Make the change, or only print which cases it would move; returns how many."""
    if not preview:
        with site.database.writing() as session:
            at = site.clock()
            return len(calendar_changes.change(session, site.office, entries, None, at))
    with site.database.reading() as session:
        shifts = calendar_changes.preview(session, site.office, entries, site.clock())
        for shift in shifts:
            before, after = date_words(shift.before), date_words(shift.after)
            typer.echo(f"{shift.case.code}  {before} → {after}")
    typer.echo(f"{len(shifts)} hồ sơ sẽ đổi hạn; chưa lưu gì.")
    return len(shifts)
