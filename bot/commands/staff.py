"""pakn staff: accounts of the console."""

import getpass
from typing import Annotated

import typer

from api.people import departments
from api.people import staff as accounts
from api.people.models import Role
from api.people.staff import NewMember, Standing
from api.settings import Settings
from bot.service import open_site

cli = typer.Typer(help="Tài khoản cán bộ.", no_args_is_help=True)


@cli.callback()
def callback() -> None:
    """Tài khoản cán bộ."""


@cli.command()
def add(
    username: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    name: Annotated[str, typer.Option(help="Họ tên hiển thị.")],
    role: Annotated[Role, typer.Option(help="Vai trò.")] = Role.OFFICER,
    department: Annotated[str, typer.Option(help="Tên bộ phận; trống là xem mọi bộ phận.")] = "",
    denunciations: Annotated[
        bool, typer.Option("--denunciations", help="Được giao xem bản ghi tố cáo.")
    ] = False,
    password: Annotated[
        str, typer.Option(envvar="PAKN_NEW_PASSWORD", help="Trống thì hỏi khi chạy.")
    ] = "",
) -> None:
    """Thêm tài khoản."""
    site = open_site(Settings())
    secret = password or getpass.getpass("Mật khẩu: ")
    with site.database.writing() as session:
        new = NewMember(username, name, secret, role)
        unit_id = site.office.unit_id
        home = departments.named(session, unit_id, department).id if department else None
        member = accounts.create(session, unit_id, new, site.clock())
        accounts.place(session, member, Standing(role, home, denunciations))
    typer.echo(f"Đã thêm tài khoản {username}.")


@cli.command("departments")
def list_departments(
    add_one: Annotated[str, typer.Option("--add", help="Tên bộ phận cần thêm.")] = "",
) -> None:
    """Liệt kê bộ phận, thêm bộ phận."""
    site = open_site(Settings())
    with site.database.writing() as session:
        departments.reception(session, site.office.unit_id, site.clock())
        if add_one:
            departments.add(session, site.office.unit_id, add_one, site.clock())
        names = [one.name for one in departments.every(session, site.office.unit_id)]
    for name in names:
        typer.echo(name)
