"""What a test sees of the Telegram double."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from .telegram_shapes import Json
from .telegram_state import Answer, Call, Delivery, World

T = TypeVar("T")


@dataclass(frozen=True)
class Sent:
    """A message of the bot as it stands now.

    ``text`` is the text or the caption; ``markup`` the reply markup as sent (inline keyboard,
    reply keyboard, removal) or None; ``at`` seconds since the epoch; ``kind`` one of text, photo,
    document, location; ``raw`` the whole Message.
    """

    message_id: int
    text: str
    markup: Json | None
    at: float
    kind: str
    edited: bool
    raw: Json

    def buttons(self) -> dict[str, str]:
        """Inline buttons from label to ``callback_data``."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return {b["text"]: b.get("callback_data", "") for row in rows for b in row}


class Sightings:
    """Snapshots that any thread may take."""

    world: World

    def sent(self, chat_id: int) -> list[Sent]:
        """The bot's messages in the chat, oldest first."""
        with self.world.lock:
            return [
                Sent(
                    stored.raw["message_id"],
                    str(stored.raw.get("text") or stored.raw.get("caption") or ""),
                    copy.deepcopy(stored.markup),
                    stored.at,
                    stored.kind,
                    "edit_date" in stored.raw,
                    copy.deepcopy(stored.raw),
                )
                for (where, _), stored in self.world.ledger.messages.items()
                if where == chat_id and stored.from_bot
            ]

    def pending(self) -> int:
        """How many updates wait to be confirmed or taken."""
        with self.world.lock:
            return len(self.world.ledger.queue)

    @property
    def calls(self) -> list[Call]:
        """Every answered request, in the order of the answers; downloads are ``file``."""
        with self.world.lock:
            return list(self.world.ledger.calls)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to post to the webhook."""
        with self.world.lock:
            return list(self.world.ledger.deliveries)

    @property
    def answers(self) -> list[Answer]:
        """What taps were answered with."""
        with self.world.lock:
            return list(self.world.ledger.answers)

    @property
    def actions(self) -> list[tuple[int, str]]:
        """Chat actions shown, as (chat id, action)."""
        with self.world.lock:
            return list(self.world.ledger.actions)

    @property
    def profile(self) -> dict[str, Any]:
        """What the bot set of ``commands``, ``description`` and ``short_description``."""
        with self.world.lock:
            return copy.deepcopy(self.world.ledger.profile)

    def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """The predicate's first true value, looked at after every change of the double.

        Raises ``TimeoutError`` after ``timeout`` seconds. The predicate runs under the lock: it
        may look at the double, and must not wait for anything else.
        """
        with self.world.lock:
            seen = self.world.lock.wait_for(predicate, timeout)
            if not seen:
                done = [f"{call.method} {call.status}" for call in self.world.ledger.calls]
                raise TimeoutError(f"not seen in {timeout} s; calls: {done}")
            return seen
