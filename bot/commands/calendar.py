"""pakn calendar: look at the working calendar and set days by hand."""

import calendar as months
from datetime import date
from typing import Annotated

import typer

from api.cases import calendar_changes, calendars
from api.cases.calendars import Entry
from api.cases.clock_models import DayChange
from api.cases.workdays import weekday_name
from api.clock import local_date
from api.errors import PeopleError
from api.settings import Settings
from bot.service import open_site

cli = typer.Typer(help="Lịch làm việc của cơ quan.", no_args_is_help=True)


@cli.command()
def show(year: Annotated[int, typer.Option(help="Năm; 0 là năm nay.")] = 0) -> None:
    """In các ngày nghỉ lễ, nghỉ thêm và làm bù trong năm."""
    site = open_site(Settings())
    wanted = year or local_date(site.clock()).year
    with site.database.reading() as session:
        known = calendars.current(session, site.office.unit_id)
    for month in range(1, 13):
        for day in months.Calendar().itermonthdates(wanted, month):
            mark = known.mark(day)
            if day.month == month and mark.kind.value not in {"work", "weekend"}:
                works = "làm việc" if mark.works else "nghỉ"
                typer.echo(f"{day:%d/%m/%Y}  {weekday_name(day):<9}  {works:<8}  {mark.reason}")


@cli.command("set")
def set_(
    on: Annotated[str, typer.Argument(help="Ngày, dạng 2026-01-02.")],
    kind: Annotated[str, typer.Argument(help="off: nghỉ; work: làm việc.")],
    reason: Annotated[str, typer.Option(help="Lý do.")],
    source: Annotated[str, typer.Option(help="Văn bản, thông báo.")] = "",
) -> None:
    """Đặt một ngày nghỉ hoặc làm việc; hồ sơ còn mở được tính lại hạn."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise PeopleError(f"Chưa hiểu ngày “{on}”.", "Bạn viết dạng 2026-01-02.") from None
    if kind not in {"off", "work"}:
        raise PeopleError(f"Không có loại “{kind}”.", "Bạn chọn off hoặc work.")
    site = open_site(Settings())
    with site.database.writing() as session:
        entry = Entry(day, DayChange.WORK if kind == "work" else DayChange.OFF, reason, source)
        moved = calendar_changes.set_day(session, site.office, entry, None, site.clock())
    typer.echo(f"Đã đặt {day:%d/%m/%Y}. {moved} hồ sơ đổi hạn.")
