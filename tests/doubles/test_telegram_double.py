"""The Bot API of the double, through python-telegram-bot and plain HTTP."""

from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, InvalidToken

from .conftest import Ask
from .telegram import TelegramDouble

LAN = 1001
GROUP = -200
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Đồng ý", callback_data="yes")]])


@pytest.fixture(autouse=True)
def _known(telegram: TelegramDouble) -> None:
    telegram.open_chat(LAN)


def test_get_me_names_the_bot(ask: Ask[Any]) -> None:
    me = ask(lambda bot: bot.get_me())
    assert (me.is_bot, me.username) == (True, "tro_ly_phuong_bot")


def test_a_wrong_token_is_unauthorized_for_methods_and_downloads(
    base: str, http: httpx.Client
) -> None:
    answer = http.get(f"{base}x/getMe")
    assert (answer.status_code, answer.json()["error_code"]) == (401, 401)
    assert http.get(f"{base}x/a.jpg".replace("/bot", "/file/bot")).status_code == 401


def test_an_unknown_method_is_not_found(ask: Ask[Any], base: str, http: httpx.Client) -> None:
    assert http.post(f"{base}/sendNothing").status_code == 404
    with pytest.raises(InvalidToken, match="not found"):
        ask(lambda bot: bot.set_chat_title(LAN, "Tổ 5"))


@pytest.mark.parametrize("how", ["query", "json", "form", "multipart", "lower case"])
def test_parameters_come_in_every_form_telegram_takes(
    how: str, base: str, http: httpx.Client, telegram: TelegramDouble
) -> None:
    given: dict[str, Any] = {"chat_id": LAN, "text": "Chào bác Tư"}
    sent: dict[str, dict[str, Any]] = {
        "query": {"params": given},
        "json": {"json": given},
        "form": {"data": given},
        "multipart": {"data": given, "files": {"extra": b"x"}},
        "lower case": {"data": given},
    }
    method = "sendmessage" if how == "lower case" else "sendMessage"
    answer = http.request("GET" if how == "query" else "POST", f"{base}/{method}", **sent[how])
    assert answer.json()["result"]["text"] == "Chào bác Tư"
    assert [s.text for s in telegram.sent(LAN)] == ["Chào bác Tư"]
    assert telegram.calls[-1].method == "sendMessage"


def test_a_body_that_is_not_json_is_a_bad_request(base: str, http: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    assert http.post(f"{base}/sendMessage", content=b"{", headers=headers).status_code == 400


def test_a_message_is_returned_and_seen_with_its_inline_keyboard(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    message: Message = ask(lambda bot: bot.send_message(LAN, " Đã nhận ", reply_markup=YES))
    (sent,) = telegram.sent(LAN)
    assert (message.text, message.reply_markup) == ("Đã nhận", YES)
    assert message.from_user is not None
    assert message.from_user.is_bot
    assert (sent.message_id, sent.kind, sent.edited) == (message.message_id, "text", False)
    assert sent.buttons() == {"Đồng ý": "yes"}
    assert int(sent.at) == int(message.date.timestamp())


def test_a_reply_keyboard_is_seen_but_not_returned(ask: Ask[Any], telegram: TelegramDouble) -> None:
    place = KeyboardButton("Gửi vị trí", request_location=True)
    keyboard = ReplyKeyboardMarkup([[place]])
    message = ask(lambda bot: bot.send_message(LAN, "Ở đâu?", reply_markup=keyboard))
    assert message.reply_markup is None
    assert telegram.sent(LAN)[0].markup == keyboard.to_dict()


@pytest.mark.parametrize("asked", ["request_location", "request_contact"])
def test_place_and_phone_are_asked_in_private_chats_only(
    asked: str, ask: Ask[Any], telegram: TelegramDouble
) -> None:
    telegram.open_chat(GROUP)
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Gửi", **{asked: True})]])  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match="private chats only"):
        ask(lambda bot: bot.send_message(GROUP, "?", reply_markup=keyboard))


def test_a_text_has_at_most_4096_utf16_units(ask: Ask[Any]) -> None:
    assert ask(lambda bot: bot.send_message(LAN, "😀" * 2048)).text == "😀" * 2048
    with pytest.raises(BadRequest, match="Message is too long"):
        ask(lambda bot: bot.send_message(LAN, "😀" * 2048 + "a"))


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": LAN, "text": "  "}, "message text is empty"),
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 9, "text": "a"}, "chat not found"),
        ({"chat_id": LAN, "text": "a", "reply_markup": "{"}, "can't parse reply markup"),
        ({"chat_id": LAN, "text": "a", "reply_markup": "[]"}, "object expected"),
        ({"chat_id": LAN, "text": "a", "parse_mode": "HTML"}, "not covered"),
    ],
)
def test_a_wrong_message_is_refused_with_its_reason(
    params: dict[str, Any], reason: str, base: str, http: httpx.Client, telegram: TelegramDouble
) -> None:
    answer = http.post(f"{base}/sendMessage", data=params)
    assert answer.status_code == 400
    assert reason in answer.json()["description"]
    assert telegram.sent(LAN) == []


def test_callback_data_has_at_most_64_bytes(base: str, http: httpx.Client) -> None:
    def status(data: str) -> int:
        markup = {"inline_keyboard": [[{"text": "Chọn", "callback_data": data}]]}
        params = {"chat_id": LAN, "text": "a", "reply_markup": markup}
        return http.post(f"{base}/sendMessage", json=params).status_code

    assert [status("ư" * 32), status("ư" * 32 + "a"), status("")] == [200, 400, 400]


def test_an_answer_quotes_the_message_it_replies_to(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    asked = telegram.say(LAN, "Mấy giờ mở cửa?").message_id
    told = ask(lambda bot: bot.send_message(LAN, "7 giờ", reply_parameters=ReplyParameters(asked)))
    assert told.reply_to_message.text == "Mấy giờ mở cửa?"
    with pytest.raises(BadRequest, match="replied not found"):
        ask(lambda bot: bot.send_message(LAN, "7", reply_parameters=ReplyParameters(999_999)))


def test_a_sent_photo_and_document_can_be_downloaded(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    async def round_trip(bot: Bot) -> tuple[bytes, bytes]:
        photo = await bot.send_photo(LAN, b"picture", caption="Ổ gà")
        paper = await bot.send_document(LAN, b"pdf", filename="đơn.pdf")
        again = await bot.send_document(LAN, paper.document.file_id)  # type: ignore[union-attr]
        first = await bot.get_file(photo.photo[-1].file_id)
        second = await bot.get_file(again.document.file_id)  # type: ignore[union-attr]
        return bytes(await first.download_as_bytearray()), bytes(
            await second.download_as_bytearray()
        )

    assert ask(round_trip) == (b"picture", b"pdf")
    assert [s.kind for s in telegram.sent(LAN)] == ["photo", "document", "document"]
    assert telegram.sent(LAN)[0].text == "Ổ gà"
    assert telegram.sent(LAN)[1].raw["document"]["file_name"] == "đơn.pdf"


def test_media_limits_hold(ask: Ask[Any]) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        ask(lambda bot: bot.send_photo(LAN, b"x", caption="a" * 1025))
    with pytest.raises(BadRequest, match="too big for a photo"):
        ask(lambda bot: bot.send_photo(LAN, bytes((10 << 20) + 1)))
    with pytest.raises(BadRequest, match="rong remote file"):
        ask(lambda bot: bot.send_photo(LAN, "no-such-file"))


def test_a_place_and_a_chat_action_reach_the_chat(ask: Ask[Any], telegram: TelegramDouble) -> None:
    assert ask(lambda bot: bot.send_location(LAN, 10.79, 106.78)).location.longitude == 106.78
    assert ask(lambda bot: bot.send_chat_action(LAN, "typing"))
    assert telegram.actions == [(LAN, "typing")]
    with pytest.raises(BadRequest, match="rong parameter action"):
        ask(lambda bot: bot.send_chat_action(LAN, "dancing"))
    with pytest.raises(BadRequest, match="rong latitude"):
        ask(lambda bot: bot.send_location(LAN, 91, 0))
