"""What the Zalo OA double remembers, behind one lock."""

import itertools
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]

HANG = 0
"""A fault status: no answer at all, until the client gives up."""


class ApiError(Exception):
    """An error as Zalo gives it: a negative code and a message, with HTTP 200."""

    def __init__(self, code: int, message: str, name: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.name = name


class Call(NamedTuple):
    """A request: its path, its parameters, the code answered (0 is success)."""

    path: str
    params: Json
    code: int


class Delivery(NamedTuple):
    """One attempt to post an event; status 0 means that no answer came."""

    event: Json
    status: int
    num_retry: int


@dataclass(frozen=True)
class Sent:
    """A message of the account; buttons are (title, payload); kind is text, image, file or zbs."""

    message_id: str
    text: str
    kind: str
    buttons: tuple[tuple[str, str], ...]
    at: float
    body: Json


@dataclass(eq=False)
class Fault:
    """An answer to give instead of the true one, so many times.

    code is Zalo's (HTTP 200) where status is 200; with after_effect the work is done first.
    """

    path: str
    status: int
    code: int
    times: int
    after_effect: bool


@dataclass(eq=False)
class Pending:
    """An event on its way to the webhook."""

    event: Json
    tries: int = 0
    wrongly: bool = False


@dataclass(eq=False)
class Ledger:
    """All that ``reset`` forgets."""

    access: dict[str, float] = field(default_factory=dict)
    refresh: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    last_in: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    sent: dict[str, list[Sent]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    queue: list[Pending] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    templates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    webhook: str = ""


class World:
    """The ledger with its lock: hold ``lock`` to read or write, notify after a change."""

    def __init__(self, app_id: str, app_secret: str, oa_secret: str) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.ledger = Ledger()
        self.closed = False
        self.app_id = app_id
        self.app_secret = app_secret
        self.oa_secret = oa_secret
        self.oa_id = "388613280878808645"
        self.url = ""
        self.life = 90_000
        self.ahead = 0.0
        self._numbers = itertools.count(1)

    def now(self) -> float:
        """Seconds since the epoch, with what a test moved it ahead."""
        return time.time() + self.ahead

    def new_id(self, kind: str) -> str:
        """An id that nothing else has."""
        return f"{kind}{next(self._numbers):06d}{secrets.token_hex(4)}"

    def issue(self) -> Json:
        """A new pair of tokens; the life in seconds is a string, as Zalo sends it."""
        access, refresh = self.new_id("access-"), self.new_id("refresh-")
        self.ledger.access[access] = self.now() + self.life
        self.ledger.refresh.add(refresh)
        return {"access_token": access, "refresh_token": refresh, "expires_in": str(self.life)}

    def take_fault(self, path: str) -> Fault | None:
        """The fault set for the path, counted down."""
        for fault in self.ledger.faults:
            if fault.times > 0 and path.endswith(fault.path):
                fault.times -= 1
                return fault
        return None

    def wait_for(self, predicate: Callable[[], Any], timeout: float) -> Any:
        """The predicate's first true value, looked at after every change; TimeoutError else."""
        with self.lock:
            seen = self.lock.wait_for(predicate, timeout)
            if not seen:
                done = [f"{call.path} {call.code}" for call in self.ledger.calls]
                raise TimeoutError(f"not seen in {timeout} s; calls: {done}")
            return seen
