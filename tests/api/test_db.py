"""The database: one place that commits, instants in UTC, rules that the database itself holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from api.cases.models import Case
from api.chats.models import Chat, Handling, Update
from api.db import Database
from api.people.models import Staff, Unit
from api.tables import metadata
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, chat_of, send

LISTED = [
    ("feedback_case", "kind"),
    ("feedback_case", "state"),
    ("feedback_case", "competence"),
    ("feedback_case", "verdict"),
    ("staff", "role"),
    ("inbound_update", "handling"),
]
# no row to spoil here, or rows that nobody may change: test_migrations looks for their checks
CHECKED_ELSEWHERE = [
    ("asked_question", "outcome"),
    ("calendar_change", "kind"),
    ("case_event", "actor"),
    ("case_event", "audience"),
    ("handoff", "matter"),
    ("ruling", "verdict"),
]


def prefixes(database: Database) -> set[str]:
    """Return the prefixes of all units."""
    with database.reading() as session:
        return set(session.exec(select(Unit.prefix)).all())


def test_a_write_is_kept_when_its_transaction_ends(site: Site) -> None:
    with site.database.writing() as session:
        session.add(Unit(prefix="XB", name="Xã Bên"))

    assert prefixes(site.database) == {"TK", "XB"}


def test_a_write_is_undone_when_anything_raises(site: Site) -> None:
    def write_and_stumble() -> None:
        with site.database.writing() as session:
            session.add(Unit(prefix="XB", name="Xã Bên"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_stumble()

    assert prefixes(site.database) == {"TK"}


def test_threads_of_one_process_write_in_turn_and_none_is_turned_away(site: Site) -> None:
    with site.database.writing() as session:
        session.add(Unit(prefix="XB", name="0"))

    def impatient(connection: Any, _record: object) -> None:
        if site.database.engine.dialect.name == "sqlite":
            connection.execute("PRAGMA busy_timeout=0")  # whoever meets another writer fails

    def add_one(_turn: int) -> None:
        with site.database.writing() as session:
            row = session.exec(select(Unit).where(Unit.prefix == "XB").with_for_update()).one()
            row.name = str(int(row.name) + 1)

    event.listen(site.database.engine, "connect", impatient)
    site.database.close()  # the next connections are new ones
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_one, range(40)))

    with site.database.reading() as session:
        assert session.exec(select(Unit.name).where(Unit.prefix == "XB")).one() == "40"


def test_the_first_of_two_writes_is_undone_when_the_second_is_refused(site: Site) -> None:
    def write_twice() -> None:
        with site.database.writing() as session:
            session.add(Unit(prefix="XB", name="Xã Bên"))
            session.flush()
            session.add(Unit(prefix="XB", name="Xã Bên, lần nữa"))

    with pytest.raises(IntegrityError):
        write_twice()

    assert prefixes(site.database) == {"TK"}


def test_what_is_changed_while_reading_is_forgotten(site: Site) -> None:
    with site.database.reading() as session:
        session.add(Unit(prefix="XB", name="Xã Bên"))
        session.flush()

    assert prefixes(site.database) == {"TK"}


def test_what_is_not_committed_is_seen_by_nobody_else(site: Site) -> None:
    with site.database.writing() as session:
        session.add(Unit(prefix="XB", name="Xã Bên"))
        session.flush()

        assert prefixes(site.database) == {"TK"}


def test_an_instant_without_a_time_zone_is_refused(site: Site) -> None:
    naive = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001  # what must be refused

    with (
        pytest.raises(StatementError, match="time zone"),
        site.database.writing() as session,
    ):
        session.add(Chat(channel="web", key="k", draft_at=naive, created_at=site.clock()))

    with site.database.reading() as session:
        assert session.exec(select(Chat)).all() == []


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=9, minutes=30))]
)
def test_an_instant_comes_back_in_utc_to_the_microsecond(site: Site, zone: timezone) -> None:
    at = datetime(2026, 11, 16, 23, 59, 59, 123456, tzinfo=zone)
    with site.database.writing() as session:
        chat = Chat(channel="web", key="k", draft_at=at, created_at=at, last_in_at=None)
        session.add(chat)

    with site.database.reading() as session:
        kept = session.get_one(Chat, chat.id)
    assert kept.draft_at == at
    assert kept.draft_at.tzinfo is UTC
    assert kept.last_in_at is None


def test_instants_compare_in_the_database_across_time_zones(site: Site) -> None:
    viet_nam = timezone(timedelta(hours=7))
    at = datetime(2026, 11, 16, 6, 30, tzinfo=viet_nam)  # 23:30 on the day before in UTC
    with site.database.writing() as session:
        session.add(Chat(channel="web", key="k", draft_at=at, created_at=at))

    with site.database.reading() as session:
        midnight = datetime(2026, 11, 16, tzinfo=UTC)
        assert session.exec(select(Chat).where(Chat.draft_at < midnight)).all() != []


def test_the_tests_know_every_column_that_holds_one_of_a_list() -> None:
    found = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    }

    assert found == {*LISTED, *CHECKED_ELSEWHERE}


@pytest.mark.parametrize(("table", "column"), LISTED)
def test_a_value_outside_its_list_is_refused_by_the_database_itself(
    site: Site, minh: Staff, table: str, column: str
) -> None:
    lan = chat_of(site)
    StaffDesk(site, minh).accept(send(site, lan))
    with site.database.writing() as session:
        at = site.clock()
        session.add(Update(channel="web", key="1", received_at=at, handling=Handling.DONE))

    with pytest.raises(IntegrityError), site.database.writing() as session:
        session.execute(sa.text(f"UPDATE {table} SET {column} = 'bậy'"))  # noqa: S608


def test_a_row_cannot_point_at_one_that_does_not_exist(site: Site) -> None:
    at = site.clock()

    with pytest.raises(IntegrityError), site.database.writing() as session:
        session.add(Chat(channel="web", key="k", citizen_id=999, draft_at=at, created_at=at))


@pytest.mark.parametrize("table", ["citizen", "chat", "unit"])
def test_what_a_case_stands_on_cannot_be_taken_away(site: Site, table: str) -> None:
    send(site, chat_of(site))

    with pytest.raises(IntegrityError), site.database.writing() as session:
        session.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608

    with site.database.reading() as session:
        assert len(session.exec(select(Case)).all()) == 1


def test_a_conversation_has_one_row_a_channel(site: Site) -> None:
    chat_of(site, "lan", "telegram")
    chat_of(site, "lan", "web")

    with pytest.raises(IntegrityError):
        chat_of(site, "lan", "telegram")
