"""The `pakn` command."""

import sys

import typer
from pydantic import ValidationError

from api.errors import PeopleError
from bot.commands import (
    ask,
    calendar,
    case,
    catalogue,
    channels,
    due,
    questions,
    serve,
    staff,
    triage,
)
from knowledge.readers import UnreadableFileError

cli = typer.Typer(
    help="Trợ lý hỏi đáp thủ tục và theo dõi phản ánh, kiến nghị của xã, phường.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.command("serve")(serve.serve)
cli.command("ask")(ask.ask)
cli.command("triage")(triage.triage)
cli.command("due")(due.due)
cli.add_typer(catalogue.cli, name="catalogue")
cli.add_typer(calendar.cli, name="calendar")
cli.add_typer(questions.cli, name="questions")
cli.add_typer(case.cli, name="case")
cli.add_typer(channels.cli, name="channels")
cli.add_typer(staff.cli, name="staff")


def app() -> None:
    """Run the command line; an error for people is a sentence, not a trace."""
    try:
        cli()
    except ValidationError as error:
        for detail in error.errors():
            name = "PAKN_" + "_".join(str(part) for part in detail["loc"]).upper()
            typer.echo(f"Cài đặt {name.rstrip('_')} chưa đúng: {detail['msg']}", err=True)
        sys.exit(1)
    except UnreadableFileError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except PeopleError as error:
        typer.echo(f"{error.sentence} {error.next_step}".strip(), err=True)
        sys.exit(1)


if __name__ == "__main__":
    app()
