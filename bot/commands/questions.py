"""pakn questions: the ward's own list of questions, and the report of what is asked."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.errors import PeopleError
from api.learning import checks, groups, report
from api.learning.checks import Check, Grade
from api.settings import Settings
from bot.commands import offline
from bot.service import open_site
from knowledge.clerk import Clerk
from knowledge.readers import UnreadableFileError

cli = typer.Typer(help="Câu hỏi của người dân: bộ câu kiểm tra và báo cáo.", no_args_is_help=True)

_MOST_SHOWN = 10
_GRADES = {Grade.RIGHT: "đúng", Grade.OFFERED: "hỏi lại", Grade.WRONG: "SAI"}


@cli.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help='Tệp .csv có cột q, code hoặc .jsonl {"q","code"}.')],
) -> None:
    """Thêm câu vào bộ kiểm tra; câu đã có thì bỏ qua, mã trống là ngoài phạm vi."""
    read = _csv(file) if file.suffix.lower() == ".csv" else _jsonl(file)
    site = open_site(Settings())
    added, refused = 0, []
    with site.database.writing() as session:
        clerk = site.catalogue.clerk(session)
        for check in read:
            try:
                added += checks.add(session, site.office.unit_id, check, clerk, None, site.clock())
            except PeopleError as error:
                refused.append(f"  “{check.text[:60]}”: {error.sentence}")
    typer.echo(f"Đã thêm {added} câu, {len(refused)} câu không nhận.")
    for line in refused[:_MOST_SHOWN]:
        typer.echo(line)
    if len(refused) > _MOST_SHOWN:
        typer.echo(f"  … và {len(refused) - _MOST_SHOWN} câu nữa.")


@cli.command("list")
def list_() -> None:
    """In bộ câu kiểm tra và câu nào đang được trả lời đúng."""
    site = open_site(Settings())
    with site.database.reading() as session:
        clerk = site.catalogue.clerk(session)
        rows = checks.listed(session, site.office.unit_id)
        for row in rows:
            grade = checks.grade(clerk, Check(row.text, row.code))
            typer.echo(f"{_GRADES[grade]:<8} {row.code or 'ngoài phạm vi':<14} {row.text}")
    typer.echo(f"{len(rows)} câu.")


@cli.command("report")
def report_(
    days: Annotated[int, typer.Option(min=1, max=366, help="Số ngày, kể cả hôm nay.")] = 30,
) -> None:
    """In điều được hỏi nhiều nhất, và điều chưa trả lời được."""
    site = open_site(Settings())
    with site.database.reading() as session:
        clerk = site.catalogue.clerk(session)
        found = report.of_days(session, site.office.unit_id, days, site.clock())
        waiting = groups.waiting(session, site.office.unit_id, clerk)
    typer.echo(f"{found.total} câu hỏi trong {days} ngày:")
    for words, number in (
        ("trả lời được", found.answered),
        ("phải hỏi lại", found.clarified),
        ("chưa tìm thấy", found.none),
        ("hỏi thẳng cán bộ", found.straight_on),
    ):
        typer.echo(f"  {words:<17} {number:>6}  {found.share(number):>3}%")
    typer.echo(f"Bị báo chưa đúng: {found.unhelpful}. Chuyển cho cán bộ: {found.passed_on}.")
    typer.echo("Được hỏi nhiều nhất:")
    for code, times in found.most:
        typer.echo(f"  {times:>6}  {code}  {_name(clerk, code)}")
    typer.echo(f"{len(waiting)} nhóm câu hỏi chờ xử lý:")
    for group in waiting[:_MOST_SHOWN]:
        typer.echo(f"  {group.times:>6}  {group.examples[0]}")


def _jsonl(file: Path) -> Iterator[Check]:
    for row in offline.lines(file, ("q", "code")):
        yield Check(str(row["q"]), str(row["code"] or ""))


def _csv(file: Path) -> Iterator[Check]:
    """Read a table with the columns q and code, in UTF-8 with or without its mark."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            table = csv.DictReader(opened)
            if not {"q", "code"} <= set(table.fieldnames or ()):
                raise UnreadableFileError(f"Tệp {file.name} cần hai cột q và code.")
            for row in table:
                yield Check((row["q"] or "").strip(), (row["code"] or "").strip())
    except OSError as error:
        raise UnreadableFileError(f"Không đọc được tệp {file}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"Tệp {file.name} không dùng bảng mã UTF-8.") from error


def _name(clerk: Clerk, code: str) -> str:
    procedure = clerk.catalogue.by_code.get(code)
    return procedure.name if procedure else "(không còn trong danh mục)"
