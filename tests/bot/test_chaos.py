"""A short bad day in one process: two instances, repeated, reordered and poisonous updates,
commits that die, a platform that fails. The long one with killed processes is tests.bench.chaos.
"""

import random

import pytest

import bot.inbox
from api.web.site import Site
from bot.inbox import Inbox, Received
from bot.service import build
from bot.telegram.receive import read_update
from tests.bench import chaos
from tests.bench.chaos_count import Count, tally
from tests.bench.chaos_server import poisoned
from tests.bench.platforms import Parcel, TelegramSide
from tests.bot.conftest import Commits, Wire, sqlite_only
from tests.conftest import FrozenClock
from tests.doubles.telegram import TelegramDouble

pytestmark = sqlite_only

PLAN = chaos.Plan(updates=100, chats=8, reordered=0.1, poison=0.05)


def takes(inbox: Inbox, parcel: Parcel) -> Received | None:
    """Let an instance receive an update; None where it died and the platform was not told."""
    arrival = read_update(parcel.raw)
    assert arrival
    try:
        return inbox.receive(arrival)
    except OSError:
        return None


def test_a_bad_day_loses_nothing_doubles_nothing_and_keeps_the_order(
    telegram_site: Site,
    wire: Wire,
    telegram: TelegramDouble,
    commits: Commits,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.inbox, "turn", poisoned)
    chance = random.Random(PLAN.seed)  # noqa: S311  # a day that can be repeated
    sides = [TelegramSide(telegram)]
    chats = chaos.begin(telegram_site, sides, PLAN.chats)
    count = Count(updates=PLAN.updates)
    lanes, count.expected_cases, count.poisonous = chaos.lanes_of(PLAN, chats, chance)
    instances = [build(telegram_site).inbox for _ in range(2)]

    for lane in lanes:
        for parcel in lane.parcels:
            if chance.random() < 0.1:
                commits.failing = 2  # neither what was done nor that it failed can be kept
            while takes(chance.choice(instances), parcel) is None:
                pass
            lane.note(parcel)
            if chance.random() < PLAN.repeated:
                assert takes(chance.choice(instances), parcel) is Received.DUPLICATE
    sides[0].lost_answers = 4
    for status, more in ((429, {}), (500, {}), (500, {"after_effect": True})) * 4:
        telegram.fault("sendMessage", status, **more)
        wire.deliver()
    for _ in range(40):
        wire.deliver_all()
        clock.pass_(minutes=5)

    tally(count, telegram_site, sides, chaos.handed_by(lanes))
    assert count.wrong == []
    assert count.cases == PLAN.chats
    assert count.sent_twice <= 4
