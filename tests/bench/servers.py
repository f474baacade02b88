"""Server processes on one socket: started, killed at random, started again."""

import os
import random
import socket
import subprocess
import sys
import threading
from pathlib import Path

import bot
from api.settings import Settings
from tests.bench import chaos_server
from tests.doubles.telegram import TOKEN

SECRET = "bi_mat-1"


def environment(settings: Settings, port: int, telegram_url: str) -> dict[str, str]:
    """Return the variables of a server on this database that talks to the double."""
    return {
        **os.environ,
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        "PAKN_DATA_DIR": str(settings.data_dir),
        "PAKN_DATABASE_URL": settings.database,
        "PAKN_WARD_PREFIX": settings.ward_prefix,
        "PAKN_BASE_URL": f"http://127.0.0.1:{port}",
        "PAKN_TELEGRAM_TOKEN": TOKEN,
        "PAKN_TELEGRAM_MODE": "webhook",
        "PAKN_TELEGRAM_SECRET": SECRET,
        "PAKN_TELEGRAM_BASE_URL": f"{telegram_url}/bot",
        "PAKN_TELEGRAM_FILE_URL": f"{telegram_url}/file/bot",
        "PAKN_TELEGRAM_PER_SECOND": "1000",
        "PAKN_TELEGRAM_CHAT_PER_MINUTE": "1000",
        "PAKN_CHAT_PER_MINUTE": "100000",
        "PAKN_TOTAL_PER_MINUTE": "1000000",
        "PAKN_CASES_PER_DAY": "100000",
        "PAKN_BURST_SECONDS": "1",
    }


class Servers:
    """So many processes that answer at one address, which outlives them.

    One is killed only after all have started, so that a slow machine is not left without any.
    """

    def __init__(self, settings: Settings, telegram_url: str, what: str = "service") -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._listener.set_inheritable(True)
        port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._environment = environment(settings, port, telegram_url)
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

    def kill_now_and_then(self, times: int, pauses: tuple[float, float], seed: int) -> None:
        """Kill one of the processes again and again, and start another in its place."""
        self._killer = threading.Thread(target=self._kill, args=(times, pauses, seed))
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

    def _kill(self, times: int, pauses: tuple[float, float], seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # a plan that can be repeated
        for _ in range(times):
            if self._stopped.wait(chance.uniform(*pauses)):
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
