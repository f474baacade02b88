"""pakn case: the history of a case and every day of its clock."""

from typing import Annotated

import typer
from sqlmodel import Session

from api.cases import clock, lookup
from api.cases.events import history
from api.cases.hiding import hidden
from api.cases.models import Audience, Case, CaseEvent
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import ACTOR_LABELS, EVENT_LABELS, KIND_LABELS, date_words, time_words
from api.cases.workdays import weekday_name
from api.clock import local_date
from api.people.models import Staff
from api.settings import Settings
from bot.service import open_site

cli = typer.Typer(help="Hồ sơ phản ánh, kiến nghị.", no_args_is_help=True)


@cli.callback()
def case() -> None:
    """Xem hồ sơ trên máy chủ."""


@cli.command()
def show(code: Annotated[str, typer.Argument(help="Mã hồ sơ.")]) -> None:
    """In diễn biến và cách tính hạn từng ngày; thông tin cá nhân trong lời được che."""
    site = open_site(Settings())
    today = local_date(site.clock())
    with site.database.reading() as session:
        found = lookup.by_code(session, code)
        days = clock.trace(session, site.office, found, today)
        _head(found)
        for event in history(session, found, Audience.INTERNAL):
            _event(session, found, event)
    typer.echo("")
    for day in days:
        count = f"{day.number:>3}" if day.number else "  –"
        typer.echo(f"{count}  {day.on:%d/%m/%Y}  {weekday_name(day.on):<9}  {day.reason}")


def _head(found: Case) -> None:
    typer.echo(f"{found.code}  {KIND_LABELS[found.kind]}  {STATE_LABELS[found.state]}")
    if found.state in OPEN_STATES:
        typer.echo(f"Hạn trả lời {date_words(found.due_on)}")
        if found.paused_on:
            typer.echo(f"Đang tạm dừng từ {date_words(found.paused_on)}; hạn trên là sớm nhất")
        if found.index_due_on and found.index_due_on != found.due_on:
            typer.echo(f"Hạn tính cho bộ chỉ số {date_words(found.index_due_on)}")
    typer.echo(f"Chính sách {found.policy}, bản lịch {found.calendar_version}")
    typer.echo("")


def _event(session: Session, found: Case, event: CaseEvent) -> None:
    """Print who did what, when and why. Nobody is signed in here, so the words pass the gate."""
    member = session.get(Staff, event.staff_id) if event.staff_id else None
    who = member.name if member else ACTOR_LABELS[event.actor]
    label = EVENT_LABELS.get(event.name, event.name)
    typer.echo(f"{event.number:>3}  {time_words(event.at)}  {who}: {label}")
    for line in _reason(session, found, event).splitlines():
        typer.echo(f"{'':5}{line}")


def _reason(session: Session, found: Case, event: CaseEvent) -> str:
    if found.restricted and event.note:
        return "(chỉ người được giao mới xem được)"
    return hidden(session, found, event.note)
