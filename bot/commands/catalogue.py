"""pakn catalogue: import, check, list and activate releases."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.catalogue import releases
from api.errors import PeopleError
from api.settings import Settings
from bot.service import open_site
from knowledge.catalogue import Catalogue, Problem, Release, findings
from knowledge.readers import read

cli = typer.Typer(help="Danh mục thủ tục: nhập, kiểm tra, kích hoạt.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="Tệp .jsonl, .jsonl.gz hoặc .xlsx.")]
_MOST_SHOWN = 20


@cli.command("import")
def import_(
    file: File,
    name: Annotated[str, typer.Option(help="Tên bản danh mục.")] = "",
    source: Annotated[str, typer.Option(help="Nguồn, ví dụ Quyết định 123/QĐ-UBND.")] = "",
    published: Annotated[str, typer.Option(help="Ngày công bố, dạng 2026-07-18.")] = "",
    activate: Annotated[bool, typer.Option("--activate", help="Dùng ngay.")] = False,
) -> None:
    """Nhập một bản danh mục; chưa dùng cho đến khi kích hoạt."""
    release = Release(name or file.stem, source or file.name, _day(published))
    catalogue = read(file, release)
    site = open_site(Settings())
    with site.database.writing() as session:
        row = releases.store(session, site.office.unit_id, catalogue, site.clock())
        if activate:
            releases.activate(session, site.office.unit_id, row.id or 0, site.clock())
    _report(catalogue)
    state = "đã kích hoạt" if activate else f"chưa kích hoạt (pakn catalogue activate {row.id})"
    typer.echo(f"Bản số {row.id}: {state}.")


@cli.command()
def check(file: File) -> None:
    """Đọc thử một tệp và nêu điều cần xem lại; không lưu gì."""
    _report(read(file))


@cli.command()
def activate(number: Annotated[int, typer.Argument(help="Số của bản danh mục.")]) -> None:
    """Dùng một bản đã nhập; cũng là cách quay về bản cũ."""
    site = open_site(Settings())
    with site.database.writing() as session:
        row = releases.activate(session, site.office.unit_id, number, site.clock())
    typer.echo(f"Đang dùng bản số {row.id}: {row.name}.")


@cli.command("list")
def list_() -> None:
    """Liệt kê các bản đã nhập."""
    site = open_site(Settings())
    with site.database.reading() as session:
        active = releases.active(session, site.office.unit_id)
        for row, count in releases.listed(session, site.office.unit_id):
            mark = "*" if active and row.id == active.id else " "
            typer.echo(f"{mark} {row.id:>4}  {count:>5} thủ tục  {row.name}  ({row.source})")


def _report(catalogue: Catalogue) -> None:
    typer.echo(f"Đọc được {len(catalogue)} thủ tục.")
    _list("dòng không đọc được", list(catalogue.problems))
    _list("điều cần xem lại", findings(catalogue.procedures))


def _list(what: str, problems: list[Problem]) -> None:
    typer.echo(f"{len(problems)} {what}.")
    for problem in problems[:_MOST_SHOWN]:
        place = f"dòng {problem.row}" if problem.row else problem.code
        typer.echo(f"  {place}: {problem.sentence}")
    if len(problems) > _MOST_SHOWN:
        typer.echo(f"  … và {len(problems) - _MOST_SHOWN} mục nữa.")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeopleError(f"Chưa hiểu ngày “{text}”.", "Bạn viết dạng 2026-07-18.") from None
