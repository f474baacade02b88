"""pakn staff: accounts of the console."""

import getpass
from typing import Annotated

import typer

from api.people import staff as accounts
from api.people.models import Role
from api.people.staff import NewMember
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
    password: Annotated[
        str, typer.Option(envvar="PAKN_NEW_PASSWORD", help="Trống thì hỏi khi chạy.")
    ] = "",
) -> None:
    """Thêm tài khoản."""
    site = open_site(Settings())
    secret = password or getpass.getpass("Mật khẩu: ")
    with site.database.writing() as session:
        new = NewMember(username, name, secret, role)
        accounts.create(session, site.office.unit_id, new, site.clock())
    typer.echo(f"Đã thêm tài khoản {username}.")
