"""Run by alembic with the connection that migrate() or a test hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString

from api.db import UtcDateTime
from api.tables import metadata


def render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types in plain words when a migration is generated."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
