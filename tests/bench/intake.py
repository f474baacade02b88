"""How fast messages are taken and answered, beside the least that any server could do.

`python -m tests.bench.intake [--messages 200] [--rate 50]` prints for SQLite and PostgreSQL how
many messages a second one process takes from webhook to committed reply, and how many rows a bare
FastAPI route inserts and commits in the same database, in turns within one run. Then messages
come at a steady rate, and the time from each to its answer at the Telegram double is taken.
"""

import argparse
import http.client
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from urllib.parse import urlsplit

from api.web.site import Site
from tests.bench.chaos import installation
from tests.bench.platforms import Parcel, TelegramSide
from tests.bench.servers import Servers
from tests.doubles.server import serve
from tests.doubles.telegram import TelegramDouble

_CONNECTIONS = 8
_ROUNDS = 3
_SENDERS = 32  # threads that keep the rate even while answers are slow
_STEADY_SECONDS = 20
_PATIENCE = 60.0
_SHARE = 0.45  # of what is taken without delivering, which costs about as much again
_UNPACED = {"PAKN_TELEGRAM_PER_SECOND": "1000"}  # else Telegram's own 30 a second are measured
_SAID = ("đăng ký tạm trú mất bao lâu?", "làm giấy khai sinh cần giấy tờ gì?", "/menu", "xin chào?")


class People:
    """Everybody writes one message; the chats are all new."""

    def __init__(self) -> None:
        self.side = TelegramSide(TelegramDouble())
        self._chat = 10_000

    def write(self, many: int) -> list[Parcel]:
        """Return so many messages of as many people."""
        self._chat += many
        first = self._chat - many
        return [self.side.say(str(first + n), _SAID[n % len(_SAID)]) for n in range(many)]


def report(kind: str, messages: int, rate: float) -> None:
    """Print the figures of one kind of database."""
    people = People()
    with ExitStack() as stack:
        site = stack.enter_context(installation(kind == "postgresql"))
        channel = people.side.settings(stack.enter_context(serve(people.side.double)))
        ours, bare = intake(site, channel, people, messages)
        print(
            f"{kind:>10}: {ours:6.1f} messages/s to the committed reply, "
            f"{bare:6.1f} rows/s by the bare route, ratio {ours / bare:.2f}"
        )
        pace = min(rate, _SHARE * ours)
        waits = steady(site, channel, people, pace)
        p50, p95 = (waits[int(len(waits) * part)] * 1000 for part in (0.5, 0.95))
        why = "" if pace == rate else f" (this machine does not give {rate:.0f})"
        print(
            f"{'':>10}  at {pace:.1f} messages/s{why}: {len(waits)} answered, "
            f"p50 {p50:.0f} ms, p95 {p95:.0f} ms from message to answer"
        )


def intake(
    site: Site, channel: dict[str, str], people: People, messages: int
) -> tuple[float, float]:
    """Return messages a second of ours and of the bare route, one process each, in turns.

    Ours delivers nothing meanwhile: what is measured is what the platform waits for.
    """
    spent = {"service": 0.0, "bare": 0.0}
    with ExitStack() as stack:
        servers = {}
        for what in spent:
            servers[what] = Servers(site.settings, {**channel, "PAKN_WORKER": "false"}, what)
            stack.callback(servers[what].stop)
            servers[what].start(1)
            _post_all(servers[what].url, people.write(_CONNECTIONS * 2))  # what is loaded once
        for _ in range(_ROUNDS):
            for what, server in servers.items():
                parcels = people.write(messages)
                started = time.perf_counter()
                _post_all(server.url, parcels)
                spent[what] += time.perf_counter() - started
    whole = _ROUNDS * messages
    return whole / spent["service"], whole / spent["bare"]


def steady(site: Site, channel: dict[str, str], people: People, rate: float) -> list[float]:
    """Return the seconds from each message to its answer, sorted, at a rate a second."""
    parcels = people.write(int(rate * _STEADY_SECONDS))
    began: dict[str, float] = {}
    server = Servers(site.settings, {**channel, **_UNPACED})
    try:
        server.start(1)
        _answered(people, [*_warmed(server, people)])
        start = time.time() + 1
        due = iter([(start + n / rate, parcel) for n, parcel in enumerate(parcels)])
        _run(_SENDERS, lambda: _send_on_time(server.url, due, began))
        _answered(people, [parcel.chat for parcel in parcels])
        first = {chat: people.side.double.sent(int(chat))[0].at for chat in began}
    finally:
        server.stop()
    return sorted(first[chat] - began[chat] for chat in began)


def _warmed(server: Servers, people: People) -> Iterator[str]:
    parcels = people.write(_CONNECTIONS * 2)
    _post_all(server.url, parcels)
    return (parcel.chat for parcel in parcels)


def _answered(people: People, chats: Sequence[str]) -> None:
    """Wait until everybody has an answer; raises TimeoutError."""
    left = [int(chat) for chat in chats]
    until = time.monotonic() + _PATIENCE
    while left := [chat for chat in left if not people.side.double.sent(chat)]:
        if time.monotonic() > until:
            raise TimeoutError(f"{len(left)} of {len(chats)} messages were not answered")
        time.sleep(0.2)


_turn = threading.Lock()


def _next(due: Iterator[tuple[float, Parcel]]) -> tuple[float, Parcel] | None:
    with _turn:
        return next(due, None)


def _send_on_time(url: str, due: Iterator[tuple[float, Parcel]], began: dict[str, float]) -> None:
    """Post each message when it is due; a late start counts as waiting."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    while (job := _next(due)) is not None:
        at, parcel = job
        time.sleep(max(0.0, at - time.time()))
        began[parcel.chat] = at
        _post(connection, parcel)
    connection.close()


def _post_all(url: str, parcels: Sequence[Parcel]) -> None:
    left = iter([(0.0, parcel) for parcel in parcels])
    _run(_CONNECTIONS, lambda: _send_on_time(url, left, {}))


def _post(connection: http.client.HTTPConnection, parcel: Parcel) -> None:
    """Post a message; a connection that the server closed because it rested is opened anew."""
    for again in (True, False):
        try:
            connection.request("POST", parcel.path, parcel.body, parcel.headers)
            answer = connection.getresponse()
        except ConnectionError:
            connection.close()
            if not again:
                raise
        else:
            break
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"the server answered {answer.status}")


def _run(many: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    """Print the figures of each database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=200)
    asked.add_argument("--rate", type=float, default=50)
    asked.add_argument("--database", choices=["sqlite", "postgresql"])
    given = asked.parse_args()
    for kind in ("sqlite", "postgresql"):
        if given.database in {None, kind}:
            report(kind, given.messages, given.rate)


if __name__ == "__main__":
    main()
