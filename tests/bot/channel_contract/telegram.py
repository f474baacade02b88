"""Chị Lan on Telegram."""

from collections.abc import Callable
from typing import Any

from api.web.site import Site
from tests.bot.channel_contract.side import PushedSide, Update
from tests.bot.conftest import LAN_CHAT, SECRET, with_bot
from tests.doubles.telegram import TelegramDouble


class TelegramSide(PushedSide):
    """Updates are those of the double, posted to the webhook by the test itself."""

    name = "telegram"

    def __init__(
        self, site: Site, run: Callable[[Any], Any], double: TelegramDouble, url: str
    ) -> None:
        self.double = double
        super().__init__(with_bot(site, url, telegram_mode="webhook", worker=False), run)

    def text(self, words: str) -> Update:
        return self._update(self.double.say(LAN_CHAT, words).update_id)

    def press(self, label: str) -> Update:
        message = self.double.sent(LAN_CHAT)[-1]
        action = message.buttons()[label]
        return self._update(self.double.tap(LAN_CHAT, message.message_id, action).update_id)

    def picture(self, content: bytes, caption: str = "") -> Update:
        return self._update(self.double.send_photo(LAN_CHAT, content, caption or None).update_id)

    def hand(self, update: Update) -> int:
        answer = self.client.post("/telegram/webhook", json=update.body, headers=update.headers)
        return answer.status_code

    @property
    def arrived(self) -> list[str]:
        return [message.text for message in self.double.sent(LAN_CHAT)]

    def block(self) -> None:
        self.double.block(LAN_CHAT)

    def busy(self, seconds: int) -> None:
        self.double.fault("sendMessage", 429, retry_after=seconds)

    def _update(self, update_id: int) -> Update:
        body = self.double.world.ledger.history[update_id]
        return Update(body, {"X-Telegram-Bot-Api-Secret-Token": SECRET})
