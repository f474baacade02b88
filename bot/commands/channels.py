"""pakn channels: whether each channel works, in words."""

import asyncio
from collections.abc import Sequence

import typer

from api.cases.wording import CHANNEL_LABELS
from api.settings import Settings
from api.web.site import Site
from bot.checking import look, own_findings
from bot.link import Link
from bot.service import links_of, open_site

cli = typer.Typer(help="Các kênh nhắn tin.", no_args_is_help=True)


@cli.callback()
def channels() -> None:
    """Các kênh nhắn tin."""


@cli.command("check")
def check() -> None:
    """Hỏi từng nền tảng và cơ sở dữ liệu xem kênh có chạy không; mã thoát 1 khi có việc cần sửa."""
    site = open_site(Settings())
    try:
        links = links_of(site)
        found = asyncio.run(_all(site, links))
    finally:
        site.database.close()
    for name, findings in found.items():
        typer.echo(f"{CHANNEL_LABELS.get(name, name)}: {'có việc cần sửa' if findings else 'tốt'}")
        for sentence in findings:
            typer.echo(f"  - {sentence}")
    off = [label for name, label in CHANNEL_LABELS.items() if name not in found]
    if off:
        typer.echo(f"Chưa nối: {', '.join(off)}")
    if any(found.values()):
        raise typer.Exit(1)


async def _all(site: Site, links: Sequence[Link]) -> dict[str, list[str]]:
    found = {}
    for link in links:
        async with link.opened():
            checkup = await look(site, link)
        found[link.name] = [*checkup.findings, *own_findings(site, link, site.clock())]
    return found
