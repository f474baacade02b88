"""Server processes on one socket: started, killed at random, started again."""

import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import bot
from api.settings import Settings
from tests.bench import chaos_server


def environment(settings: Settings, port: int, channels: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a server on this database, with those of its channels."""
    return {
        **os.environ,
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        "PAKN_DATA_DIR": str(settings.data_dir),
        "PAKN_DATABASE_URL": settings.database,
        "PAKN_WARD_PREFIX": settings.ward_prefix,
        "PAKN_BASE_URL": f"http://127.0.0.1:{port}",
        "PAKN_CHAT_PER_MINUTE": "100000",
        "PAKN_TOTAL_PER_MINUTE": "1000000",
        "PAKN_CASES_PER_DAY": "100000",
        "PAKN_BURST_SECONDS": "1",
        **channels,
    }


class Servers:
    """So many processes that answer at one address, which outlives them.

    One is killed only after all have started, so that a slow machine is not left without any.
    """

    def __init__(
        self, settings: Settings, channels: Mapping[str, str], what: str = "service"
    ) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._listener.set_inheritable(True)
        port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._environment = environment(settings, port, channels)
        self._what = what
        self._processes: list[subprocess.Popen[bytes]] = []
        self._stopped = threading.Event()
        self._killer: threading.Thread | None = None
        self.killed = 0

    def start(self, count: int) -> None:
        """Start processes and wait until they answer."""
        self._processes = [self._begin() for _ in range(count)]
        for process in self._processes:
            _wait_until_ready(process)

    def kill_at(self, marks: Sequence[float], done: Callable[[], int], seed: int) -> None:
        """Kill one of the processes whenever done() passes a mark; start another in its place."""
        self._killer = threading.Thread(target=self._kill, args=(marks, done, seed))
        self._killer.start()

    def wait_for_the_killer(self) -> None:
        """Return when all the killing is done."""
        if self._killer:
            self._killer.join()

    def stop(self) -> None:
        """Stop everything."""
        self._stopped.set()
        self.wait_for_the_killer()
        for process in self._processes:
            _end(process)
        self._listener.close()

    def _kill(self, marks: Sequence[float], done: Callable[[], int], seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # a plan that can be repeated
        for mark in marks:
            while done() < mark:
                if self._stopped.wait(0.02):
                    return
            victim = chance.randrange(len(self._processes))
            _end(self._processes[victim])
            self.killed += 1
            self._processes[victim] = self._begin()
            _wait_until_ready(self._processes[victim])

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, chaos_server.__file__, str(self._listener.fileno()), self._what],
            env=self._environment,
            pass_fds=[self._listener.fileno()],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    if not process.stdout.readline():
        raise RuntimeError("a server process did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill without a warning, as a power cut does."""
    process.kill()
    process.wait(30)
    if process.stdout:
        process.stdout.close()
