"""pakn ask: one question, or a list of them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import offline
from bot.dialogue.cards import SUMMARY, chat_card
from knowledge.clerk import Clerk, Finding
from knowledge.decide import Decision

MOST_CODES = 10


def ask(
    question: Annotated[str, typer.Argument(help="Câu hỏi, có dấu hoặc không dấu.")] = "",
    catalogue: Annotated[
        Path | None, typer.Option(help="Tệp danh mục; trống là danh mục đang dùng.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help='Tệp câu hỏi, mỗi dòng {"id","q"}; in ra mỗi dòng một JSON.')
    ] = None,
) -> None:
    """Hỏi danh mục thủ tục."""
    clerk = offline.clerk(catalogue)
    if batch:
        for row in offline.lines(batch, ("id", "q")):
            typer.echo(json.dumps(batch_line(row["id"], clerk.ask(str(row["q"])))))
        return
    _explain(clerk, clerk.ask(question))


def batch_line(key: object, finding: Finding) -> dict[str, object]:
    """Return what `--batch` prints for one question; a fixed contract.

    aspects are the parts that would be answered: those asked for, else those of the summary.
    """
    best = finding.candidates[:MOST_CODES]
    answered = finding.aspects or (SUMMARY if finding.decision is not Decision.NONE else ())
    return {
        "id": key,
        "decision": finding.decision.value,
        "codes": [c.procedure.code for c in best],
        "scores": [round(c.score, 4) for c in best],
        "aspects": [aspect.value for aspect in answered],
        "ms": round(finding.milliseconds, 3),
    }


def _explain(clerk: Clerk, finding: Finding) -> None:
    """Print the answer, and below it why: candidates with what their score is made of."""
    if finding.decision is Decision.ANSWER:
        code = finding.candidates[0].procedure.code
        card = clerk.card(code, finding.aspects)
        if card:
            typer.echo(chat_card(card, card.url))
    elif finding.decision is Decision.CLARIFY:
        back = finding.asks_back
        typer.echo(back.question if back else "Câu hỏi có thể thuộc một trong các thủ tục:")
        for words, procedure in zip(finding.choice_labels, finding.choices, strict=True):
            typer.echo(f"• {words}: {procedure.code} {procedure.name}")
    else:
        typer.echo("Chưa tìm thấy trong danh mục.")
    asked = ", ".join(aspect.value for aspect in finding.aspects) or "không rõ"
    typer.echo(f"\n[{finding.decision.value}; hỏi phần: {asked}; {finding.milliseconds:.1f} ms]")
    for candidate in finding.candidates[:5]:
        parts = " ".join(f"{name}={value:.2f}" for name, value in candidate.features.items())
        typer.echo(f"{candidate.score:.3f} {candidate.procedure.code} {parts}")
        typer.echo(f"      {candidate.procedure.name[:90]}")
        typer.echo(f"      khớp: {', '.join(clerk.matched(finding, candidate)) or 'không từ nào'}")
