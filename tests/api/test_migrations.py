"""Migrations: from nothing to the tables of the models, and back."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from api.db import Database
from api.migrations import configuration, migrate
from api.tables import metadata
from tests.conftest import postgres_url

START_UP = """
import sys
from api.db import Database
from api.migrations import migrate
database = Database(sys.argv[1], pool_size=2)
migrate(database.engine)
database.close()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The engine of a migrated database that no other test sees: here the tables change."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path}/own.sqlite3"
        if request.param == "postgresql":
            server = request.getfixturevalue("postgres")
            url = stack.enter_context(own_postgres_database(server))
        database = Database(url, pool_size=2)
        stack.callback(database.close)
        migrate(database.engine)
        yield database.engine


@contextmanager
def own_postgres_database(server: str) -> Iterator[str]:
    """Make an empty database and give its address; it is dropped at the end."""
    name = f"own_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield postgres_url(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def differences(engine: Engine) -> list[object]:
    """Return what a migration would still have to change to reach the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, metadata))


def downgrade(engine: Engine) -> None:
    """Take every migration back."""
    config = configuration()
    with engine.execution_options(immediate=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def tables(engine: Engine) -> set[str]:
    """Return the names of the tables that exist."""
    return set(sa.inspect(engine).get_table_names())


def checks(engine: Engine) -> set[tuple[str, str | None]]:
    """Return the check constraints that exist, by table and name."""
    look = sa.inspect(engine)
    return {
        (table, check["name"])
        for table in tables(engine)
        for check in look.get_check_constraints(table)
    }


def test_the_migrations_lead_to_the_tables_of_the_models(engine: Engine) -> None:
    assert differences(engine) == []
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_the_migrations_make_every_check_of_the_models(engine: Engine) -> None:
    wanted = {
        (table.name, f"ck_{table.name}_{column.type.name}")
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    }

    assert len(wanted) >= 10
    assert wanted <= checks(engine)


def test_taking_the_migrations_back_leaves_no_table(engine: Engine) -> None:
    downgrade(engine)

    assert tables(engine) <= {"alembic_version"}


def test_after_going_back_the_way_forward_leads_to_the_same_tables(engine: Engine) -> None:
    before = checks(engine)
    downgrade(engine)

    migrate(engine)

    assert differences(engine) == []
    assert checks(engine) == before


def test_migrating_a_database_that_is_new_enough_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO unit (prefix, name) VALUES ('TK', 'Thạch Khôi')"))

    migrate(engine)

    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT prefix FROM unit")).scalars().all() == ["TK"]


def test_instances_that_start_together_migrate_once(engine: Engine) -> None:
    downgrade(engine)
    address = engine.url.render_as_string(hide_password=False)

    instances = [
        subprocess.Popen([sys.executable, "-c", START_UP, address], stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    complaints = [instance.communicate()[1].decode() for instance in instances]

    assert [instance.returncode for instance in instances] == [0, 0], complaints
    assert differences(engine) == []


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory.from_config(configuration()).get_heads()) == 1
