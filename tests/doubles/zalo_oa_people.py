"""What people do to the account, as events; and what a test sees of the double."""

import copy
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from .zalo_oa_state import Call, Delivery, Fault, Json, Ledger, Pending, Sent, World

T = TypeVar("T")


class People:
    """Each method queues an event for the webhook and returns it."""

    world: World

    def say(self, user: str, text: str, name: str = "chị Lan") -> Json:
        """Somebody writes; also what a pressed oa.query button does with its payload."""
        return self._message(user, "user_send_text", {"text": text}, name)

    def tap(self, user: str, title: str) -> Json:
        """Press a button of the account's last message that has one of this title."""
        with self.world.lock:
            offered = [b for sent in self.world.ledger.sent.get(user, []) for b in sent.buttons]
        payloads = [payload for label, payload in offered if label == title]
        if not payloads:
            raise ValueError(f"no button {title!r} was offered")
        return self.say(user, payloads[-1])

    def send_media(self, user: str, kind: str, content: bytes, **payload: str) -> Json:
        """Send an image, gif, audio, video or file; its address is one of the double."""
        with self.world.lock:
            number = self.world.new_id("media-")
            self.world.ledger.media[number] = content
        text = {"text": payload.pop("caption")} if "caption" in payload else {}
        part = {"type": kind, "payload": {"url": f"{self.world.url}/media/{number}", **payload}}
        return self._message(user, f"user_send_{kind}", {**text, "attachments": [part]})

    def send_location(self, user: str, latitude: str, longitude: str, name: str = "") -> Json:
        """Send a place; coordinates are strings."""
        part = {"coordinates": {"latitude": latitude, "longitude": longitude}}
        place = {"attachments": [{"type": "location", "payload": part}], "text": name}
        return self._message(user, "user_send_location", place)

    def send_sticker(self, user: str) -> Json:
        """Send a sticker."""
        part = {"type": "sticker", "payload": {"id": "1", "url": "https://zalo.me/s.png"}}
        return self._message(user, "user_send_sticker", {"attachments": [part]})

    def follow(self, user: str, name: str = "chị Lan") -> Json:
        """Begin to follow the account; the event has neither sender nor message."""
        self._met(user, name)
        return self._queue("follow", {"oa_id": self.world.oa_id, "follower": {"id": user}})

    def submit_info(self, user: str, **info: Any) -> Json:
        """Share name, phone and address after being asked."""
        self._met(user, "")
        return self._queue("user_submit_info", {**self._between(user), "info": info})

    def echo(self, user: str, text: str) -> Json:
        """What Zalo tells of the account's own message."""
        body = {"sender": {"id": self.world.oa_id}, "recipient": {"id": user}}
        message = {"text": text, "msg_id": self.world.new_id("msg-")}
        return self._queue("oa_send_text", {**body, "message": message})

    def receipt(self, user: str) -> Json:
        """What Zalo tells when the user's phone has a message."""
        body = {"sender": {"id": self.world.oa_id}, "recipient": {"id": user}}
        return self._queue(
            "user_received_message", {**body, "message": {"msg_id": self.world.new_id("msg-")}}
        )

    def event(self, name: str, **body: Any) -> Json:
        """Any event of any shape."""
        return self._queue(name, body)

    def _message(self, user: str, name: str, message: Json, who: str = "") -> Json:
        self._met(user, who)
        message = {"msg_id": self.world.new_id("in-"), **message}
        return self._queue(name, {**self._between(user), "message": message})

    def _between(self, user: str) -> Json:
        return {"sender": {"id": user}, "recipient": {"id": self.world.oa_id}}

    def _met(self, user: str, name: str) -> None:
        with self.world.lock:
            self.world.ledger.last_in[user] = self.world.now()
            self.world.ledger.names[user] = name or self.world.ledger.names.get(user, "chị Lan")

    def _queue(self, name: str, body: Json) -> Json:
        with self.world.lock:
            at = str(int(self.world.now() * 1000))
            event = {"app_id": self.world.app_id, "event_name": name, "timestamp": at, **body}
            self.world.ledger.queue.append(Pending(copy.deepcopy(event)))
            self.world.lock.notify_all()
        return event


class Controls(People):
    """What a test does besides: tokens, time, faults, repeated and forged events."""

    def meet(self, user: str, name: str = "chị Lan") -> None:
        """Let somebody have written just now, without an event."""
        self._met(user, name)

    def issue(self) -> Json:
        """A pair of tokens as if the administrator had consented."""
        with self.world.lock:
            return self.world.issue()

    def consent(self, code_challenge: str) -> str:
        """Let the administrator consent; returns the code that the callback gets."""
        with self.world.lock:
            code = self.world.new_id("code-")
            self.world.ledger.codes[code] = code_challenge
        return code

    def pass_(self, **span: float) -> None:
        """Let time pass at Zalo."""
        with self.world.lock:
            self.world.ahead += timedelta(**span).total_seconds()

    def block(self, user: str) -> None:
        """Let somebody refuse the account's messages."""
        with self.world.lock:
            self.world.ledger.left.add(user)

    def approve(self, template_id: str, *parameters: str) -> None:
        """Have a ZBS template with these parameters."""
        with self.world.lock:
            self.world.ledger.templates[template_id] = parameters

    def repeat(self, event: Json) -> None:
        """Post an event once more, unchanged."""
        self._again(Pending(copy.deepcopy(event)))

    def forge(self, event: Json) -> None:
        """Post an event with a signature made with another secret."""
        self._again(Pending(copy.deepcopy(event), wrongly=True))

    def _again(self, pending: Pending) -> None:
        with self.world.lock:
            self.world.ledger.queue.append(pending)
            self.world.lock.notify_all()

    def signed(self, event: Json, secret: str = "") -> tuple[bytes, dict[str, str]]:
        """The bytes and headers with which Zalo posts an event."""
        raw = json.dumps(event, ensure_ascii=False).encode()
        stamp = f"{event['timestamp']}{secret or self.world.oa_secret}".encode()
        mac = hashlib.sha256(self.world.app_id.encode() + raw + stamp).hexdigest()
        return raw, {"X-ZEvent-Signature": f"mac={mac}", "Content-Type": "application/json"}

    def fault(
        self, path: str, code: int = 0, times: int = 1, *, status: int = 200, after: bool = False
    ) -> None:
        """The next calls of a path (its end) get this code, or this HTTP status; 0 never answers.

        With after the work is done first, so the client cannot know.
        """
        with self.world.lock:
            self.world.ledger.faults.append(Fault(path, status, code, times, after))

    def hook(self, url: str) -> None:
        """Post events to this address from now on."""
        with self.world.lock:
            self.world.ledger.webhook = url
            self.world.lock.notify_all()

    def reset(self) -> None:
        """Forget everything, as a new double, but never use an id twice."""
        with self.world.lock:
            self.world.ledger = Ledger()
            self.world.ahead = 0.0
            self.world.life = 90_000
            self.world.lock.notify_all()


class Sightings:
    """Snapshots that any thread may take."""

    world: World

    def sent(self, user: str) -> list[Sent]:
        """The account's messages to somebody, oldest first."""
        with self.world.lock:
            return list(self.world.ledger.sent.get(user, []))

    @property
    def calls(self) -> list[Call]:
        """Every answered request."""
        with self.world.lock:
            return list(self.world.ledger.calls)

    def called(self, path: str) -> list[Call]:
        """Every answered request of a path (its end)."""
        return [call for call in self.calls if call.path.endswith(path)]

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to post to the webhook."""
        with self.world.lock:
            return list(self.world.ledger.deliveries)

    def pending(self) -> int:
        """How many events wait for the webhook."""
        with self.world.lock:
            return len(self.world.ledger.queue)

    def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """The predicate's first true value; raises ``TimeoutError`` after ``timeout`` seconds."""
        value: T = self.world.wait_for(predicate, timeout)
        return value
