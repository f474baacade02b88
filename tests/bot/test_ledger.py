"""What happened is written down together, and what breaks takes nothing else with it."""

import asyncio

import pytest
from sqlmodel import Session, col, select

from api.db import Database
from api.people.models import Unit
from bot.ledger import Entry, Ledger


def named(name: str) -> Entry:
    return lambda session: session.add(Unit(prefix=name, name=name))


def kept(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.exec(select(Unit.prefix).where(col(Unit.prefix).startswith("L"))))


class Counting(Database):
    """Counts the transactions."""

    commits = 0

    def writing(self):  # type: ignore[no-untyped-def]
        self.commits += 1
        return super().writing()


def test_what_comes_while_one_is_committed_goes_together_next(database_url: str) -> None:
    database = Counting(database_url)

    async def ten() -> None:
        ledger = Ledger(database)
        await asyncio.gather(*(ledger.write(named(f"L{n}")) for n in range(10)))

    asyncio.run(ten())
    assert kept(database) == {f"L{n}" for n in range(10)}
    assert database.commits < 10
    database.close()


def test_one_that_breaks_is_told_so_and_the_others_are_kept(database_url: str) -> None:
    database = Database(database_url)

    def breaks(_session: Session) -> None:
        raise ValueError("hỏng")

    async def three() -> list[object]:
        ledger = Ledger(database)
        entries = [named("L1"), breaks, named("L2")]
        return await asyncio.gather(*map(ledger.write, entries), return_exceptions=True)

    first, second, third = asyncio.run(three())
    assert (first, third) == (None, None)
    assert isinstance(second, ValueError)
    assert kept(database) == {"L1", "L2"}
    database.close()


def test_who_is_stopped_while_waiting_has_written_what_happened(database_url: str) -> None:
    database = Database(database_url)

    async def stopped() -> None:
        task = asyncio.create_task(Ledger(database).write(named("L1")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stopped())
    assert kept(database) == {"L1"}
    database.close()
