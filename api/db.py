"""The database: engine, the one place that commits, and the column types all tables share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Field, Session, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Query = TypeVar("Query", bound=sa.Select[Any])

_PATIENCE = 15  # seconds that a writer waits for its turn on SQLite

EMPTY: dict[str, Any] = {"server_default": sa.text("''")}
NO: dict[str, Any] = {"server_default": sa.false()}
"""What rows hold that are older than a column."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant kept in UTC; SQLite gives back naive values, which are made aware again."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def instant(**options: Any) -> Any:
    """Return the field of a column that holds an instant."""
    return Field(sa_type=UtcDateTime, **options)


def one_of(kinds: type[StrEnum], **options: Any) -> Any:
    """Return the field of a text column that holds only the values of an enum (checked there)."""
    column_type = sa.Enum(
        kinds,
        native_enum=False,
        create_constraint=True,
        name=kinds.__name__.lower(),
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return Field(sa_type=column_type, **options)


def held(query: Query, *, skip: bool = False, of: Any = None) -> Query:
    """Return a query whose rows nobody else changes until the transaction ends.

    Rows that point to them may be written meanwhile: on PostgreSQL whoever wrote such a pointer
    holds the row a little, and two who then want it wholly would wait for each other. skip leaves
    out what others hold; of names the table whose rows are meant.
    """
    return query.with_for_update(key_share=True, skip_locked=skip, of=of)


def dialect_of(session: Session) -> str:
    """Return "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def insert_into(dialect: str, table: type[SQLModel]) -> Any:
    """Return an insertion that can say what happens where the unique key is taken."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def insert_new(session: Session, row: SQLModel) -> bool:
    """Insert a row at once unless its unique key is taken; tells whether it was inserted.

    It then belongs to the session as if it had been added and flushed. Where somebody else is
    about to insert the same key, this waits for them; nothing raises and no savepoint is needed.
    """
    insert, keys = _insertion(dialect_of(session), type(row))
    number = session.connection().execute(insert, {k: getattr(row, k) for k in keys}).scalar()
    if number is None:
        return False
    row.id = number
    make_transient_to_detached(row)
    session.add(row)
    return True


@cache  # building a statement takes longer than running it
def _insertion(dialect: str, table: type[SQLModel]) -> tuple[Any, tuple[str, ...]]:
    """Return the insertion of a row whose key is free, and the columns that it names."""
    keys = tuple(column.key for column in sa.inspect(table).columns if column.key != "id")
    return insert_into(dialect, table).on_conflict_do_nothing().returning(sa.column("id")), keys


class _Turn:
    """Lets the threads of this process write to SQLite one after the other.

    SQLite itself makes writers sleep and look again, ever longer: under load most of the time
    nobody writes, and whoever came first may come last. Other processes still meet there.
    """

    def __init__(self, one_writes: Lock) -> None:
        self._one_writes = one_writes
        self._is_ours = False

    def begin(self) -> None:
        """Wait for the turn, though not for ever: whoever is late asks SQLite itself."""
        self._is_ours = self._one_writes.acquire(timeout=_PATIENCE)

    def end(self) -> None:
        """Let the next one write."""
        if self._is_ours:
            self._is_ours = False
            self._one_writes.release()


class Database:
    """Opens transactions. Nothing else in the program commits."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.engine = _engine(url, pool_size)
        self._one_writes = Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads; whatever was changed in it is forgotten."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that commits at its end, or undoes everything when anything raises.

        On SQLite the write lock is taken at once, so that two writers queue instead of failing.
        """
        turn = _Turn(self._one_writes)
        bound = self.engine.execution_options(immediate=True, turn=turn)
        try:
            with Session(bound, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            turn.end()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _engine(url: str, pool_size: int) -> Engine:
    is_file = sa.make_url(url).get_backend_name() == "sqlite"  # which does not hang up
    engine = sa.create_engine(url, pool_size=pool_size, max_overflow=2, pool_pre_ping=not is_file)
    if is_file:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions by itself
    patience = f"busy_timeout={_PATIENCE * 1000}"
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", patience, "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    immediate = options.get("immediate", False)
    if immediate and "turn" in options:
        options["turn"].begin()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
