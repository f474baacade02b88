"""Chị Lan in her browser."""

from typing import Any

from sqlmodel import col, select
from starlette.testclient import TestClient

from api.outbox.models import OutboxMessage
from api.web.site import Site
from tests.bot.channel_contract.side import Side, Update


class WebSide(Side):
    """A browser sends forms; it fetches what it is owed by itself."""

    name = "web"
    repeats = False  # a form that is sent twice is two messages

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._browser = TestClient(self.service.app, raise_server_exceptions=False)
        self._browser.get("/tro-chuyen")
        self._greetings = len(self._owed())

    def restart(self) -> None:
        super().restart()
        cookies = self._browser.cookies
        self._browser = TestClient(self.service.app, raise_server_exceptions=False)
        self._browser.cookies = cookies

    def text(self, words: str) -> Update:
        return Update({"data": {"text": words}}, {})

    def press(self, label: str) -> Update:
        action = dict(self._owed()[-1].buttons)[label]
        return Update({"data": {"action": action}}, {})

    def picture(self, content: bytes, caption: str = "") -> Update:
        return Update({"data": {"text": caption}, "files": {"tep": ("anh.png", content)}}, {})

    def hand(self, update: Update) -> int:
        form: dict[str, Any] = update.body
        return self._browser.post("/tro-chuyen/tin", **form).status_code

    def heard(self) -> list[str]:
        page = self._browser.get("/tro-chuyen")
        assert page.status_code == 200
        return [message.text for message in self._owed()[self._greetings :]]

    def _owed(self) -> list[OutboxMessage]:
        with self.site.database.reading() as session:
            return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))
