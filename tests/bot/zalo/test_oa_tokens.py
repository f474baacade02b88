"""The pair of tokens: renewed in time, by one, kept before it is used, loud when it is dead."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.web.site import Site
from bot.zalo_oa.check import check
from bot.zalo_oa.errors import UnreachableError
from bot.zalo_oa.tokens import LEASE, BeingRenewedError, TokenKeeper, UnlinkedError
from tests.bot.conftest import Commits, sqlite_only
from tests.bot.people import Person
from tests.bot.zalo.conftest import Wire, kept_pair, link_up
from tests.conftest import FrozenClock
from tests.doubles.zalo_oa import TOKEN_PATH, ZaloOaDouble

Keeper = tuple[TokenKeeper, Callable[..., Any]]


def exchanges(zalo: ZaloOaDouble) -> list[int]:
    return [call.code for call in zalo.called(TOKEN_PATH)]


@sqlite_only
def test_a_young_token_is_used_as_it_is(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    tokens, run = keeper
    clock.pass_(hours=19)
    assert run(tokens.access()) == kept_pair(oa_site).access
    assert exchanges(zalo) == []


def test_at_twenty_hours_the_pair_is_renewed_and_kept(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    tokens, run = keeper
    old = kept_pair(oa_site)
    clock.pass_(hours=20)
    access = run(tokens.access())
    new = kept_pair(oa_site)
    assert access == new.access != old.access
    assert new.refresh != old.refresh
    assert (new.expires_at - clock()).total_seconds() == 90_000
    assert exchanges(zalo) == [0]


def test_two_workers_renew_a_pair_once(
    oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    clock.pass_(hours=21)

    async def both() -> list[str]:
        async with httpx.AsyncClient() as http:
            site = oa_site
            keepers = [
                TokenKeeper(site.database, site.settings, site.clock, http) for _ in range(2)
            ]
            return list(await asyncio.gather(*(keeper.access() for keeper in keepers)))

    asyncio.run(both())
    assert exchanges(zalo) == [0]
    assert kept_pair(oa_site).refused_at is None


@sqlite_only
def test_who_comes_second_gets_what_the_first_kept(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble
) -> None:
    tokens, run = keeper
    stale = kept_pair(oa_site).access
    first = run(tokens.renew(stale))
    assert run(tokens.renew(stale)) == first
    assert exchanges(zalo) == [0]


@sqlite_only
def test_a_token_that_zalo_no_longer_knows_is_renewed_and_the_message_goes(
    lan: Person, wire: Wire, zalo: ZaloOaDouble
) -> None:
    lan.says("xin chào")
    zalo.pass_(hours=26)
    zalo.meet(lan.key)
    wire.deliver_all()
    assert len(zalo.sent(lan.key)) == 1
    assert [call.code for call in zalo.called("/message/cs")] == [-220, 0]


@sqlite_only
def test_a_pair_that_could_not_be_kept_is_not_used(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock, commits: Commits
) -> None:
    tokens, run = keeper
    old = kept_pair(oa_site)
    clock.pass_(hours=26)

    def fail_next(_response: httpx.Response) -> None:
        commits.failing = 1

    async def watched() -> None:
        async def after(response: httpx.Response) -> None:
            fail_next(response)

        async with httpx.AsyncClient(event_hooks={"response": [after]}) as http:
            broken = TokenKeeper(oa_site.database, oa_site.settings, oa_site.clock, http)
            await broken.access()

    with pytest.raises(OSError, match="no space"):
        asyncio.run(watched())
    assert kept_pair(oa_site).refresh == old.refresh

    with pytest.raises(BeingRenewedError):
        run(tokens.access())
    clock.pass_(seconds=LEASE.total_seconds())
    with pytest.raises(UnlinkedError):
        run(tokens.access())
    assert exchanges(zalo) == [0, -14014]


def test_a_used_up_refresh_token_is_told_to_people_and_not_tried_again(
    keeper: Keeper,
    oa_site: Site,
    zalo: ZaloOaDouble,
    clock: FrozenClock,
    logged: list[dict[str, Any]],
) -> None:
    tokens, run = keeper
    zalo.world.ledger.used.add(kept_pair(oa_site).refresh)
    clock.pass_(hours=26)
    for _ in range(3):
        with pytest.raises(UnlinkedError):
            run(tokens.access())
    assert exchanges(zalo) == [-14014]
    assert kept_pair(oa_site).refused_at == clock()
    (alarm,) = [entry for entry in logged if entry["log_level"] == "error"]
    assert "link the account again" in alarm["event"]
    found = asyncio.run(check(oa_site)).findings
    assert any("Liên kết lại tại http://127.0.0.1:8000/can-bo/zalo-oa" in line for line in found)


@sqlite_only
def test_a_refused_renewal_leaves_the_token_that_still_lives(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    tokens, run = keeper
    pair = kept_pair(oa_site)
    zalo.world.ledger.used.add(pair.refresh)
    clock.pass_(hours=21)
    assert run(tokens.access()) == pair.access


@sqlite_only
def test_a_zalo_that_is_busy_or_away_is_asked_again(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    tokens, run = keeper
    clock.pass_(hours=26)
    for code, status in ((-32, 200), (0, 503)):
        zalo.fault(TOKEN_PATH, code, status=status)
        with pytest.raises(UnreachableError):
            run(tokens.access())
    assert run(tokens.access()) == kept_pair(oa_site).access
    assert kept_pair(oa_site).refused_at is None


@sqlite_only
def test_messages_wait_unharmed_while_the_account_is_not_linked(
    lan: Person, wire: Wire, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    lan.says("xin chào")
    zalo.world.ledger.used.add(kept_pair(oa_site).refresh)
    zalo.pass_(hours=26)
    zalo.meet(lan.key)
    clock.pass_(hours=26)
    for _ in range(10):
        wire.deliver_all()
        clock.pass_(minutes=10)
    assert lan.owed()[-1].error == "Zalo OA cần được liên kết lại."
    link_up(oa_site, zalo)
    wire.deliver_all()
    assert len(zalo.sent(lan.key)) == 1


@sqlite_only
def test_the_timetable_renews_before_anybody_needs_it(
    keeper: Keeper, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    tokens, run = keeper
    assert run(tokens.keep_fresh()) is False
    clock.pass_(hours=20)
    assert run(tokens.keep_fresh()) is True
    assert exchanges(zalo) == [0]


@sqlite_only
def test_tokens_show_in_no_log_and_in_no_printed_row(
    keeper: Keeper,
    oa_site: Site,
    zalo: ZaloOaDouble,
    clock: FrozenClock,
    logged: list[dict[str, Any]],
) -> None:
    tokens, run = keeper
    clock.pass_(hours=26)
    run(tokens.access())
    zalo.world.ledger.used.add(kept_pair(oa_site).refresh)
    clock.pass_(hours=26)
    with pytest.raises(UnlinkedError):
        run(tokens.access())
    pair = kept_pair(oa_site)
    shown = f"{logged} {pair!r}"
    assert logged
    assert pair.access not in shown
    assert pair.refresh not in shown


@sqlite_only
def test_a_healthy_account_has_nothing_to_find_but_its_address(oa_site: Site) -> None:
    found = asyncio.run(check(oa_site))
    assert found.findings == ("PAKN_BASE_URL cần là địa chỉ https:// công khai để Zalo gọi tới.",)
    assert found.token_until == kept_pair(oa_site).expires_at


@sqlite_only
def test_zalos_own_trouble_is_told_with_its_code(oa_site: Site, zalo: ZaloOaDouble) -> None:
    zalo.fault("/oa/getoa", -224)
    assert any("-224" in line for line in asyncio.run(check(oa_site)).findings)
