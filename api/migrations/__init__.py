"""Changes of the tables, applied in order at start-up."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

_FOLDER = Path(__file__).parent
_LOCK = 7_263_001  # any number of our own: PostgreSQL lets one instance migrate at a time


def migrate(engine: Engine) -> None:
    """Bring the database to the newest version; safe when several instances start together."""
    config = configuration()
    with engine.execution_options(immediate=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    """Return the configuration of alembic without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
