"""What the Telegram double remembers, behind one lock."""

import copy
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .telegram_markup import callback_data
from .telegram_shapes import ApiError, Json, bot_user, chat, file_part, person

HANG = 0
"""A fault status: no answer at all, until the client gives up."""


DOWNLOAD = "file"
"""What a download is called in faults and calls."""

KINDS = ("text", "photo", "document", "voice", "location", "contact")


class Call(NamedTuple):
    """A request: parameters as they came (strings in a form), the status answered."""

    method: str
    params: Json
    status: int


class Delivery(NamedTuple):
    """One attempt to post an update; status 0 means that no answer came."""

    update_id: int
    status: int


class Answer(NamedTuple):
    """What a tap was answered with; ``text`` is empty when nothing is shown."""

    query_id: str
    text: str
    show_alert: bool


@dataclass(eq=False)
class Pending:
    """An update that waits; ``again`` ones ignore the offset and leave once handed out."""

    update: Json
    again: bool = False


@dataclass(eq=False)
class Stored:
    """A message of either side; ``at`` in seconds since the epoch."""

    raw: Json
    at: float
    kind: str
    from_bot: bool
    markup: Json | None = None
    offered: set[str] = field(default_factory=set)

    def show(self, markup: Json | None) -> None:
        """Puts the markup under the message; Telegram gives back only inline keyboards."""
        self.markup = markup
        self.raw.pop("reply_markup", None)
        if markup is not None and "inline_keyboard" in markup:
            self.raw["reply_markup"] = markup
            self.offered |= callback_data(markup)


@dataclass(eq=False)
class StoredFile:
    """A file; ``size`` (bytes) may be claimed larger than the content."""

    path: str
    content: bytes
    size: int


@dataclass(eq=False)
class Webhook:
    """Where updates are posted, and the last failure in doing so."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass(eq=False)
class Fault:
    """An answer to give instead of the true one, so many times."""

    method: str
    status: int
    times: int
    retry_after: int | None
    after_effect: bool

    def error(self) -> ApiError:
        """The error the client sees."""
        known = {
            401: "Unauthorized",
            403: "Forbidden: bot was blocked by the user",
            404: "Not Found",
            429: f"Too Many Requests: retry after {self.retry_after}",
            500: "Internal Server Error",
            502: "Bad Gateway",
        }
        reason = known.get(self.status, "fault of the test double")
        wait = None if self.retry_after is None else {"retry_after": self.retry_after}
        return ApiError(self.status, reason, wait)


@dataclass(eq=False)
class Ledger:
    """All that ``reset`` forgets."""

    chats: dict[int, Json] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    messages: dict[tuple[int, int], Stored] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queue: list[Pending] = field(default_factory=list)
    history: dict[int, Json] = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    queries_too_old: bool = False
    held: bool = False
    polls: int = 0
    webhook: Webhook | None = None
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    actions: list[tuple[int, str]] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)


class World:
    """The ledger with its lock: hold ``lock`` to read or write, notify after a change."""

    def __init__(self, token: str, username: str, clock: Callable[[], float] = time.time) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.ledger = Ledger()
        self.closed = False
        self.token = token
        self.bot = bot_user(token, username)
        self.clock = clock
        self._update_ids = itertools.count(800_000_001)
        self._message_ids = itertools.count(1)
        self._other_ids = itertools.count(5_000_000_001)

    def now(self) -> int:
        """Whole seconds since the epoch, as Telegram dates things."""
        return int(self.clock())

    def new_id(self) -> int:
        """A number no other query, file or person has."""
        return next(self._other_ids)

    def know_chat(self, chat_id: int, name: str, chat_type: str) -> Json:
        """The chat, created at first mention; afterwards its name and type stay."""
        return self.ledger.chats.setdefault(chat_id, chat(chat_id, name, chat_type))

    def writer(self, chat_json: Json, name: str, user_id: int | None) -> Json:
        """The person who writes; in a private chat their id is the chat's."""
        if user_id is None and chat_json["type"] == "private":
            user_id = chat_json["id"]
        if user_id is None:
            user_id = self.ledger.people.get(name) or self.new_id()
        self.ledger.people[name] = user_id
        return person(user_id, name)

    def push(self, kind: str, content: Json) -> int:
        """Queues an update of the kind, unless ``allowed_updates`` leaves it out; its id."""
        update_id = next(self._update_ids)
        update = {"update_id": update_id, kind: copy.deepcopy(content)}
        self.ledger.history[update_id] = update
        if not self.ledger.allowed or kind in self.ledger.allowed:
            self.ledger.queue.append(Pending(update))
        self.lock.notify_all()
        return update_id

    def store(self, chat_json: Json, sender: Json, body: Json, markup: Json | None) -> Stored:
        """Writes a message into the chat."""
        at = self.clock()
        raw: Json = {"message_id": next(self._message_ids), "from": sender, "chat": chat_json}
        raw |= {"date": int(at), **body}
        kind = next(kind for kind in KINDS if kind in body)
        stored = Stored(raw, at, kind, bool(sender["is_bot"]))
        stored.show(markup)
        self.ledger.messages[chat_json["id"], raw["message_id"]] = stored
        return stored

    def keep_file(self, folder: str, content: bytes, suffix: str, size: int | None = None) -> Json:
        """Stores bytes for download and gives the fields a file object begins with."""
        number = self.new_id()
        kept = StoredFile(f"{folder}/file_{number}{suffix}", content, size or len(content))
        self.ledger.files[f"f{number}"] = kept
        return file_part(f"f{number}", kept.size)

    def take_fault(self, method: str) -> Fault | None:
        """The fault set for the method, counted down."""
        for fault in self.ledger.faults:
            if fault.times > 0 and fault.method.lower() == method.lower():
                fault.times -= 1
                return fault
        return None
