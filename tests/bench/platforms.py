"""The three platforms of a bad day: what they post, how they fail, what arrived there."""

import json
import random
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from api import clock
from api.outbox.models import OutboxMessage
from api.web.site import Site
from bot.channel import cut
from bot.menus import written
from bot.telegram import webhook as telegram_webhook
from bot.zalo_bot import webhook as zalo_bot_webhook
from bot.zalo_oa import tokens
from bot.zalo_oa import webhook as zalo_oa_webhook
from bot.zalo_oa.oauth import Pair
from tests.doubles import telegram, zalo_bot, zalo_oa
from tests.doubles.telegram import TelegramDouble
from tests.doubles.zalo_bot import ZaloBotDouble
from tests.doubles.zalo_oa import ZaloOaDouble

SECRET = "bi_mat-1"
_MOST_HANGS = 6  # each holds a thread of the double until the end


@dataclass(frozen=True)
class Parcel:
    """One update as its platform posts it; key is what the platform numbers it by."""

    channel: str
    chat: str
    key: str
    text: str
    path: str
    body: bytes
    headers: dict[str, str]

    @property
    def raw(self) -> dict[str, Any]:
        """The decoded body."""
        return dict(json.loads(self.body))


@dataclass
class Side(ABC):
    """One platform. lost_answers counts what it did without saying so."""

    double: Any
    channel: ClassVar[str]
    longest: ClassVar[int]
    numbered: ClassVar[bool]
    lost_answers: int = 0
    _left: dict[str, int] = field(default_factory=lambda: {"hang": _MOST_HANGS, "429": 2})

    @abstractmethod
    def settings(self, url: str) -> dict[str, str]:
        """Return the PAKN_* variables of an installation that talks to the double at this URL."""

    @abstractmethod
    def say(self, chat: str, text: str) -> Parcel:
        """Let somebody write; the parcel is posted by the caller, not by the double."""

    @abstractmethod
    def fail(self, chance: random.Random) -> None:
        """Let the next calls fail, unless an earlier fault still waits for its call."""

    @abstractmethod
    def recover(self) -> None:
        """Forget faults that still wait for a call."""

    @abstractmethod
    def arrived(self, chat: str) -> list[str]:
        """Return the texts that reached somebody, the oldest first."""

    def prepare(self, site: Site, chats: list[str]) -> None:  # noqa: B027  # not all need it
        """Have what this platform needs before the first message."""

    def owed(self, message: OutboxMessage) -> list[str]:
        """Return the texts in which a message of the outbox arrives here."""
        buttons = [(label, action) for label, action in message.buttons]
        menu = f"\n\n{written(buttons)}" if buttons and self.numbered else ""
        return cut(f"{message.text}{menu}", self.longest)

    def _may(self, what: str) -> bool:
        """Tell whether a costly fault may happen once more."""
        self._left[what] -= 1
        return self._left[what] >= 0


class TelegramSide(Side):
    """Telegram: numbered updates, 429 with the seconds to wait."""

    channel, longest, numbered = "telegram", 4096, False

    def settings(self, url: str) -> dict[str, str]:
        return {
            "PAKN_TELEGRAM_TOKEN": telegram.TOKEN,
            "PAKN_TELEGRAM_MODE": "webhook",
            "PAKN_TELEGRAM_SECRET": SECRET,
            "PAKN_TELEGRAM_BASE_URL": f"{url}/bot",
            "PAKN_TELEGRAM_FILE_URL": f"{url}/file/bot",
            "PAKN_TELEGRAM_PER_SECOND": "1000",
            "PAKN_TELEGRAM_CHAT_PER_MINUTE": "1000",
        }

    def prepare(self, site: Site, chats: list[str]) -> None:
        for chat in chats:
            self.double.open_chat(int(chat), "chị Lan")

    def say(self, chat: str, text: str) -> Parcel:
        number = self.double.say(int(chat), text).update_id
        ledger = self.double.world.ledger
        body = json.dumps(ledger.history[number]).encode()
        ledger.queue.clear()
        headers = {telegram_webhook.SECRET_HEADER: SECRET}
        path = telegram_webhook.PATH
        return Parcel(self.channel, chat, str(number), text, path, body, headers)

    def fail(self, chance: random.Random) -> None:
        if any(fault.times > 0 for fault in self.double.world.ledger.faults):
            return
        way = chance.choice(["429", "500", "502", "after", "hang"])
        if way == "hang" and self._may("hang"):
            self.double.fault("sendMessage", telegram.HANG)
        elif way == "429":
            self.double.fault("sendMessage", 429, retry_after=1)
        elif way == "after":
            self.lost_answers += 1
            self.double.fault("sendMessage", 500, after_effect=True)
        else:
            self.double.fault("sendMessage", 500 if way == "500" else 502, times=2)

    def recover(self) -> None:
        self.double.world.ledger.faults.clear()

    def arrived(self, chat: str) -> list[str]:
        return [message.text for message in self.double.sent(int(chat))]


class ZaloOaSide(Side):
    """Zalo Official Account: signed events, errors as codes with HTTP 200."""

    channel, longest, numbered = "zalo_oa", 2000, True

    def settings(self, url: str) -> dict[str, str]:
        return {
            "PAKN_ZALO_OA_APP_ID": zalo_oa.APP_ID,
            "PAKN_ZALO_OA_APP_SECRET": zalo_oa.APP_SECRET,
            "PAKN_ZALO_OA_SECRET": zalo_oa.OA_SECRET,
            "PAKN_ZALO_OA_BASE_URL": url,
            "PAKN_ZALO_OA_OAUTH_URL": url,
        }

    def prepare(self, site: Site, chats: list[str]) -> None:
        """Link the account, as after the administrator's consent."""
        given = self.double.issue()
        life = timedelta(seconds=int(given["expires_in"]))
        pair = Pair(given["access_token"], given["refresh_token"], life)
        with site.database.writing() as session:
            tokens.link(session, pair, self.double.world.oa_id, None, clock.now())

    def say(self, chat: str, text: str) -> Parcel:
        event = self.double.say(chat, text)
        self.double.world.ledger.queue.clear()
        body, headers = self.double.signed(event)
        key = event["message"]["msg_id"]
        return Parcel(self.channel, chat, key, text, zalo_oa_webhook.PATH, body, headers)

    def fail(self, chance: random.Random) -> None:
        if any(fault.times > 0 for fault in self.double.world.ledger.faults):
            return
        way = chance.choice(["busy", "500", "502", "after", "hang"])
        if way == "hang" and self._may("hang"):
            self.double.fault("/message/cs", status=zalo_oa.HANG)
        elif way == "busy":
            self.double.fault("/message/cs", -32)
        elif way == "after":
            self.lost_answers += 1
            self.double.fault("/message/cs", status=500, after=True)
        else:
            self.double.fault("/message/cs", status=500 if way == "500" else 502, times=2)

    def recover(self) -> None:
        self.double.world.ledger.faults.clear()

    def arrived(self, chat: str) -> list[str]:
        return [message.text for message in self.double.sent(chat)]


class ZaloBotSide(Side):
    """Zalo Bot Platform: no buttons; 429 names no time and costs minutes, so it is rare."""

    channel, longest, numbered = "zalo_bot", 2000, True

    def settings(self, url: str) -> dict[str, str]:
        return {
            "PAKN_ZALO_BOT_TOKEN": zalo_bot.TOKEN,
            "PAKN_ZALO_BOT_MODE": "webhook",
            "PAKN_ZALO_BOT_SECRET": SECRET,
            "PAKN_ZALO_BOT_BASE_URL": f"{url}/bot",
        }

    def say(self, chat: str, text: str) -> Parcel:
        update = self.double.say(chat, text)
        self.double.ledger.queue.clear()
        body = json.dumps({"ok": True, "result": update}).encode()
        headers = {zalo_bot_webhook.SECRET_HEADER: SECRET}
        key = update["message"]["message_id"]
        return Parcel(self.channel, chat, key, text, zalo_bot_webhook.PATH, body, headers)

    def fail(self, chance: random.Random) -> None:
        if any(times > 0 for _, _, times in self.double.ledger.faults):
            return
        way = chance.choice(["429", "500", "502", "hang"])
        if way == "hang" and self._may("hang"):
            self.double.fault("sendMessage", zalo_bot.HANG)
        elif way == "429" and self._may("429"):
            self.double.fault("sendMessage", 429)
        else:
            self.double.fault("sendMessage", 500 if way == "500" else 502, times=2)

    def recover(self) -> None:
        self.double.ledger.faults.clear()

    def arrived(self, chat: str) -> list[str]:
        return [message.text for message in self.double.sent(chat)]


def all_sides() -> list[Side]:
    """Return the three, each with a double of its own that nobody serves yet."""
    return [
        TelegramSide(TelegramDouble()),
        ZaloOaSide(ZaloOaDouble()),
        ZaloBotSide(ZaloBotDouble()),
    ]
