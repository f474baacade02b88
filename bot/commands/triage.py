"""pakn triage: what kind of message a text is."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import offline
from knowledge.triage import TriageReader


def triage(
    batch: Annotated[
        Path, typer.Option(help='Tệp tin nhắn, mỗi dòng {"id","text"}; in ra mỗi dòng một JSON.')
    ],
) -> None:
    """Phân loại tin nhắn đầu tiên của người dân."""
    reader = TriageReader.shipped()
    for row in offline.lines(batch, ("id", "text")):
        found = reader.read(str(row["text"]))
        line = {"id": row["id"], "label": found.label.value, "score": round(found.score, 4)}
        typer.echo(json.dumps(line))
