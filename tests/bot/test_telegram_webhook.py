"""The address that Telegram calls, and the whole way of a message over real HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from api.chats.models import Chat, Update
from api.web.site import Site
from bot.service import Service, build
from bot.telegram.receive import ALLOWED
from tests.bot.conftest import LAN_CHAT, SECRET, TU_CHAT, Commits, sqlite_only, with_bot
from tests.bot.people import cases
from tests.bot.talk import LAMP
from tests.doubles.server import serve
from tests.doubles.telegram import TelegramDouble

pytestmark = sqlite_only

PATH = "/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
RIGHT = {HEADER: SECRET}


@pytest.fixture
def hooked(site: Site, double_host: tuple[TelegramDouble, str]) -> Site:
    """The installation with its bot in webhook mode; nothing runs in the background."""
    return with_bot(site, double_host[1], telegram_mode="webhook", worker=False, max_body_mb=1)


@pytest.fixture
def client(hooked: Site) -> TestClient:
    """Whoever calls the address."""
    return TestClient(build(hooked).app, raise_server_exceptions=False)


def greeting(telegram: TelegramDouble, text: str = "xin chào") -> dict[str, Any]:
    """Return an update of chị Lan as Telegram would post it."""
    return telegram.world.ledger.history[telegram.say(LAN_CHAT, text).update_id]


def kept(site: Site) -> list[Update]:
    with site.database.reading() as session:
        return list(session.exec(select(Update)))


def test_an_update_with_the_right_secret_is_taken(
    client: TestClient, telegram: TelegramDouble, hooked: Site
) -> None:
    answer = client.post(PATH, json=greeting(telegram), headers=RIGHT)
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert [update.text for update in kept(hooked)] == ["xin chào"]


@pytest.mark.parametrize("headers", [{HEADER: "doan mo"}, {HEADER: ""}, {}, {HEADER: SECRET[:-1]}])
def test_an_update_without_the_right_secret_is_refused_and_not_kept(
    client: TestClient, telegram: TelegramDouble, hooked: Site, headers: dict[str, str]
) -> None:
    assert client.post(PATH, json=greeting(telegram), headers=headers).status_code == 403
    assert kept(hooked) == []


def test_a_webhook_without_a_secret_or_an_address_cannot_be_set_up(hooked: Site) -> None:
    for missing in ({"telegram_secret": ""}, {"base_url": ""}):
        with pytest.raises(ValueError, match="PAKN_TELEGRAM_SECRET"):
            with_bot(hooked, "http://127.0.0.1:9", **missing)


@pytest.mark.parametrize(
    "body", [b"", b"khong phai json", b"\xff\xfe", b"[]", b"null", b"{}", b'"x"', b'{"update_id":1']
)
def test_what_is_no_update_is_a_bad_request(client: TestClient, hooked: Site, body: bytes) -> None:
    assert client.post(PATH, content=body, headers=RIGHT).status_code == 400
    assert kept(hooked) == []


def test_what_is_said_in_a_group_is_acknowledged_and_forgotten(
    client: TestClient, telegram: TelegramDouble, hooked: Site
) -> None:
    update = telegram.world.ledger.history[telegram.say(-100_500, "xin chào").update_id]
    assert client.post(PATH, json=update, headers=RIGHT).status_code == 200
    assert kept(hooked) == []


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused(client: TestClient, hooked: Site, chunked: bool) -> None:
    body = json.dumps({"update_id": 1, "x": "a" * 2**20}).encode()
    parts: Iterator[bytes] = (body[at : at + 2**16] for at in range(0, len(body), 2**16))
    answer = client.post(PATH, content=parts if chunked else body, headers=RIGHT)
    assert answer.status_code == 413
    assert kept(hooked) == []


def test_a_tap_is_answered_in_the_reply_itself(
    client: TestClient, telegram: TelegramDouble
) -> None:
    said = telegram.say(LAN_CHAT, "menu")
    tap = telegram.tap(LAN_CHAT, said.message_id, "menu:ask", forged=True)
    update = telegram.world.ledger.history[tap.update_id]
    answer = client.post(PATH, json=update, headers=RIGHT).json()
    assert answer == {
        "method": "answerCallbackQuery",
        "callback_query_id": update["callback_query"]["id"],
    }


def test_a_message_that_could_not_be_kept_at_all_is_not_acknowledged(
    client: TestClient, telegram: TelegramDouble, commits: Commits, hooked: Site
) -> None:
    update = greeting(telegram)
    commits.failing = 2
    assert client.post(PATH, json=update, headers=RIGHT).status_code == 500
    assert client.post(PATH, json=update, headers=RIGHT).status_code == 200
    assert len(kept(hooked)) == 1


def test_a_message_that_failed_but_was_kept_is_acknowledged(
    client: TestClient, telegram: TelegramDouble, commits: Commits, hooked: Site
) -> None:
    commits.failing = 1
    assert client.post(PATH, json=greeting(telegram), headers=RIGHT).status_code == 200
    assert [update.error for update in kept(hooked)] == ["OSError: no space left on device"]


def test_a_polling_installation_has_no_such_address(
    site: Site, double_host: tuple[TelegramDouble, str], telegram: TelegramDouble
) -> None:
    client = TestClient(build(with_bot(site, double_host[1], worker=False)).app)
    assert client.post(PATH, json=greeting(telegram), headers=RIGHT).status_code == 404


@pytest.fixture
def live(hooked: Site, telegram: TelegramDouble) -> Iterator[Service]:
    """The served installation with its worker; Telegram knows its address."""
    service = build(hooked)
    with serve(service.app) as url:
        hooked.settings.base_url = url
        service.worker.start()
        telegram.wait_for(lambda: telegram.world.ledger.webhook)
        yield service
        service.worker.stop()


def test_the_worker_tells_telegram_the_address_the_secret_and_what_to_send(
    live: Service, telegram: TelegramDouble
) -> None:
    (call,) = [call for call in telegram.calls if call.method == "setWebhook"]
    assert call.params["url"] == f"{live.site.settings.base_url}{PATH}"
    assert call.params["secret_token"] == SECRET
    asked = call.params["allowed_updates"]
    assert (json.loads(asked) if isinstance(asked, str) else asked) == ALLOWED


def test_a_greeting_is_answered_over_the_wire(live: Service, telegram: TelegramDouble) -> None:
    telegram.say(LAN_CHAT, "xin chào")
    (welcome,) = telegram.wait_for(lambda: telegram.sent(LAN_CHAT))
    assert welcome.text.startswith("Xin chào bạn!")
    assert list(welcome.buttons()) == [
        "Hỏi thủ tục",
        "Gửi phản ánh, kiến nghị",
        "Tra cứu tình trạng",
        "Kết quả công khai",
        "Gặp cán bộ",
    ]


def test_a_feedback_is_sent_over_the_wire_and_opened_once(
    live: Service, telegram: TelegramDouble
) -> None:
    lan = Phone(telegram)
    lan.says(LAMP)
    lan.taps("Đúng rồi")
    lan.says("ngõ 12 phố Thạch Khôi")
    lan.taps("Tiếp tục")
    lan.taps("Đồng ý")
    lan.says("Nguyễn Thị Lan")
    lan.says("0912 345 678")
    lan.taps("Bỏ qua")
    lan.taps("Chỉ dùng lần này")
    said = lan.taps("Gửi")
    with live.site.database.reading() as session:
        (case,) = cases(session)
    assert f"Mã hồ sơ: {case.code}" in said
    telegram.repeat(lan.last_update)
    telegram.wait_for(lambda: telegram.pending() == 0)
    telegram.say(TU_CHAT, "xin chào")
    telegram.wait_for(lambda: telegram.sent(TU_CHAT))
    with live.site.database.reading() as session:
        assert len(cases(session)) == 1
        assert len(session.exec(select(Chat)).all()) == 2
    assert telegram.sent(LAN_CHAT)[-1].text == said


class Phone:
    """Chị Lan's phone: each thing she does waits for the reply."""

    def __init__(self, telegram: TelegramDouble) -> None:
        self._telegram = telegram
        self.last_update = 0

    def says(self, text: str) -> str:
        seen = len(self._telegram.sent(LAN_CHAT))
        self.last_update = self._telegram.say(LAN_CHAT, text).update_id
        return self._reply_after(seen)

    def taps(self, label: str) -> str:
        sent = self._telegram.sent(LAN_CHAT)
        message = sent[-1]
        tap = self._telegram.tap(LAN_CHAT, message.message_id, message.buttons()[label])
        self.last_update = tap.update_id
        return self._reply_after(len(sent))

    def _reply_after(self, seen: int) -> str:
        telegram = self._telegram
        return telegram.wait_for(lambda: telegram.sent(LAN_CHAT)[seen:])[-1].text
