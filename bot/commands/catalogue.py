"""pakn catalogue: import, check, compare, list, activate and roll back releases."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cases.wording import time_words
from api.catalogue import activations, releases
from api.catalogue.activations import Order
from api.clock import local
from api.errors import PeopleError
from api.settings import Settings
from api.web.site import Site
from bot.service import open_site
from knowledge.catalogue import Catalogue, Problem, Release
from knowledge.findings import findings
from knowledge.procedure import Procedure
from knowledge.readers import read
from knowledge.release_diff import Changed, ReleaseDiff, compare
from knowledge.text import shortened

cli = typer.Typer(help="Danh mục thủ tục: nhập, so sánh, kích hoạt, quay về.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="Tệp .jsonl, .jsonl.gz hoặc .xlsx.")]
At = Annotated[str, typer.Option("--at", help="Dùng từ lúc này, dạng 2026-12-01T07:00.")]
Reason = Annotated[str, typer.Option(help="Lý do; quay về bản đã dùng thì phải có.")]
_MOST_SHOWN = 20
_LONGEST_LINE = 100


@cli.command("import")
def import_(
    file: File,
    name: Annotated[str, typer.Option(help="Tên bản danh mục.")] = "",
    source: Annotated[str, typer.Option(help="Nguồn, ví dụ Quyết định 123/QĐ-UBND.")] = "",
    published: Annotated[str, typer.Option(help="Ngày công bố, dạng 2026-07-18.")] = "",
    activate: Annotated[bool, typer.Option("--activate", help="Dùng ngay.")] = False,
    at: At = "",
) -> None:
    """Nhập một bản danh mục; chưa dùng cho đến khi kích hoạt."""
    release = Release(name or file.stem, source or file.name, _day(published))
    catalogue = read(file, release)
    moment = _moment(at)
    site = open_site(Settings())
    unit = site.office.unit_id
    before = _in_use(site)
    with site.database.writing() as session:
        row = releases.store(session, unit, catalogue, site.clock())
        if activate or moment:
            order = Order(moment=moment)
            activations.activate(session, unit, row.id or 0, site.clock(), order)
    _report(catalogue)
    if before:
        _show(compare(before, catalogue), before.release.name)
    state = f"chưa kích hoạt (pakn catalogue activate {row.id})"
    if activate or moment:
        state = f"sẽ dùng từ {time_words(moment)}" if moment else "đã kích hoạt"
    typer.echo(f"Bản số {row.id}: {state}.")


@cli.command()
def check(file: File) -> None:
    """Đọc thử một tệp và nêu điều cần xem lại; không lưu gì."""
    _report(read(file))


@cli.command()
def diff(
    new: Annotated[str, typer.Argument(help="Tệp danh mục, hoặc số của bản đã nhập.")],
    old: Annotated[
        str, typer.Option("--with", help="So với tệp hoặc bản này; trống là bản đang dùng.")
    ] = "",
) -> None:
    """So một bản với bản đang dùng: mới, đổi, bãi bỏ, đổi tên; không lưu gì."""
    site = open_site(Settings())
    before = _catalogue(site, old) if old else _in_use(site)
    if before is None:
        raise PeopleError("Chưa có bản danh mục nào đang dùng.", "Bạn thêm --with TỆP để so.")
    _show(compare(before, _catalogue(site, new)), before.release.name)


@cli.command()
def activate(
    number: Annotated[int, typer.Argument(help="Số của bản danh mục.")],
    at: At = "",
    reason: Reason = "",
) -> None:
    """Dùng một bản đã nhập, ngay hoặc từ một thời điểm."""
    site = open_site(Settings())
    order = Order(moment=_moment(at), reason=reason)
    with site.database.writing() as session:
        activations.activate(session, site.office.unit_id, number, site.clock(), order)
        name = releases.kept(session, site.office.unit_id, number).name
    when = f"Sẽ dùng từ {time_words(order.moment)}" if order.moment else "Đang dùng"
    typer.echo(f"{when} bản số {number}: {name}.")


@cli.command()
def rollback(reason: Reason = "") -> None:
    """Quay về bản trước bản đang dùng."""
    site = open_site(Settings())
    with site.database.writing() as session:
        order = Order(reason=reason)
        done = activations.roll_back(session, site.office.unit_id, site.clock(), order)
        name = releases.kept(session, site.office.unit_id, done.release_id).name
    typer.echo(f"Đã quay về bản số {done.release_id}: {name}.")


@cli.command("list")
def list_() -> None:
    """Liệt kê các bản đã nhập và những lần dùng."""
    site = open_site(Settings())
    unit = site.office.unit_id
    with site.database.reading() as session:
        active = activations.active(session, unit, site.clock())
        for row, count in releases.listed(session, unit):
            mark = "*" if active and row.id == active.id else " "
            typer.echo(f"{mark} {row.id:>4}  {count:>5} thủ tục  {row.name}  ({row.source})")
        for one in activations.history(session, unit):
            off = " (đã hủy lịch)" if one.withdrawn_at else ""
            why = f": {one.reason}" if one.reason else ""
            typer.echo(f"  từ {time_words(one.from_at)} dùng bản số {one.release_id}{off}{why}")


def _in_use(site: Site) -> Catalogue | None:
    with site.database.reading() as session:
        row = activations.active(session, site.office.unit_id, site.clock())
        return releases.load(session, row) if row else None


def _catalogue(site: Site, named: str) -> Catalogue:
    """Return a kept release by its number, else what a file holds."""
    if not named.isdecimal():
        return read(Path(named))
    with site.database.reading() as session:
        return releases.load(session, releases.kept(session, site.office.unit_id, int(named)))


def _report(catalogue: Catalogue) -> None:
    typer.echo(f"Đọc được {len(catalogue)} thủ tục.")
    _list("dòng không đọc được", list(catalogue.problems))
    _list("điều cần xem lại", findings(catalogue.procedures, catalogue.rows))


def _list(what: str, problems: list[Problem]) -> None:
    typer.echo(f"{len(problems)} {what}.")
    for problem in problems[:_MOST_SHOWN]:
        row = f"dòng {problem.row}" if problem.row else ""
        place = ", ".join(part for part in (row, problem.code) if part)
        typer.echo(f"  {place}: {problem.sentence}")
    _rest(len(problems))


def _show(found: ReleaseDiff, before: str) -> None:
    """Print what changes against a release."""
    typer.echo(f"So với bản “{before}”:")
    _names("mới", found.added)
    typer.echo(f"{len(found.abolished)} bãi bỏ.")
    for procedure in found.abolished[:_MOST_SHOWN]:
        likely = found.likely.get(procedure.code)
        instead = f" – có thể thay bằng {likely.code} {likely.name}" if likely else ""
        typer.echo(f"  {procedure.code} {procedure.name}{instead}")
    _rest(len(found.abolished))
    _changes("đổi tên", found.renamed)
    _changes("đổi nội dung", found.changed)


def _names(what: str, procedures: Sequence[Procedure]) -> None:
    typer.echo(f"{len(procedures)} {what}.")
    for procedure in procedures[:_MOST_SHOWN]:
        typer.echo(f"  {procedure.code} {procedure.name}")
    _rest(len(procedures))


def _changes(what: str, changed: Sequence[Changed]) -> None:
    typer.echo(f"{len(changed)} {what}.")
    for one in changed[:_MOST_SHOWN]:
        typer.echo(f"  {one.procedure.code} {one.procedure.name}")
        for change in one.changes:
            before, after = _briefly(change.before, change.after)
            typer.echo(f"    {change.field}: {before} → {after}")
    _rest(len(changed))


def _briefly(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return two texts cut to a line each; what long ones begin with alike is left out."""
    texts = ["; ".join(lines) for lines in (before, after)]
    start = 0
    if max(map(len, texts)) > _LONGEST_LINE:
        pairs = enumerate(zip(*texts, strict=False))
        alike = next((at for at, (one, other) in pairs if one != other), min(map(len, texts)))
        start = texts[0].rfind(" ", 0, max(0, alike - _LONGEST_LINE // 4)) + 1
    return _cut(texts[0], start), _cut(texts[1], start)


def _cut(text: str, start: int) -> str:
    rest = shortened(text[start:], _LONGEST_LINE)
    return f"… {rest}" if start else rest or "(không có)"


def _rest(number: int) -> None:
    if number > _MOST_SHOWN:
        typer.echo(f"  … và {number - _MOST_SHOWN} mục nữa.")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeopleError(f"Chưa hiểu ngày “{text}”.", "Bạn viết dạng 2026-07-18.") from None


def _moment(text: str) -> datetime | None:
    """Return a moment of Viet Nam as an instant; None where none was given."""
    if not text:
        return None
    try:
        return local(datetime.fromisoformat(text))
    except ValueError:
        raise PeopleError(
            f"Chưa hiểu thời điểm “{text}”.", "Bạn viết dạng 2026-12-01T07:00."
        ) from None
