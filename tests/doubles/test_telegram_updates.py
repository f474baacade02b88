"""Updates of the double: what people do, and long polls."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, NetworkError

from .conftest import Ask
from .telegram import TelegramDouble

LAN = 1001
TU = 1002
GROUP = -100200


def _updates(ask: Ask[Any], **params: Any) -> list[Update]:
    return list(ask(lambda bot: bot.get_updates(**params)))


def test_an_offset_confirms_what_is_before_it(ask: Ask[Any], telegram: TelegramDouble) -> None:
    first = telegram.say(LAN, "một").update_id
    second = telegram.say(LAN, "hai").update_id
    assert [u.update_id for u in _updates(ask)] == [first, second]
    assert [u.update_id for u in _updates(ask, limit=1)] == [first]
    assert [u.update_id for u in _updates(ask, offset=second)] == [second]
    assert telegram.pending() == 1
    assert _updates(ask, offset=second + 1) == []
    assert telegram.pending() == 0


def test_a_negative_offset_keeps_only_the_last(ask: Ask[Any], telegram: TelegramDouble) -> None:
    telegram.say(LAN, "một")
    last = telegram.say(LAN, "hai").update_id
    assert [u.update_id for u in _updates(ask, offset=-1)] == [last]
    assert telegram.pending() == 1


def test_a_long_poll_returns_when_an_update_comes(ask: Ask[Any], telegram: TelegramDouble) -> None:
    async def poll(bot: Bot) -> tuple[Update, ...]:
        waiting = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(telegram.wait_for, lambda: telegram.world.ledger.polls == 1)
        telegram.say(LAN, "đây")
        return await asyncio.wait_for(waiting, 10)

    assert [u.message.text for u in ask(poll)] == ["đây"]


def test_a_second_poller_ends_the_first(ask: Ask[Any], telegram: TelegramDouble) -> None:
    async def poll_twice(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(telegram.wait_for, lambda: telegram.world.ledger.polls == 1)
        await bot.get_updates()
        with pytest.raises(Conflict, match="other getUpdates request"):
            await asyncio.wait_for(first, 10)

    ask(poll_twice)


def test_a_webhook_ends_polls_and_forbids_them(ask: Ask[Any], telegram: TelegramDouble) -> None:
    async def poll(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(telegram.wait_for, lambda: telegram.world.ledger.polls == 1)
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(Conflict, match="terminated by setWebhook"):
            await asyncio.wait_for(first, 10)
        with pytest.raises(Conflict, match="while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == ()

    ask(poll)


def test_an_update_that_is_repeated_comes_again_after_it_was_confirmed(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    number = telegram.say(LAN, "một").update_id
    assert _updates(ask, offset=number + 1) == []
    telegram.repeat(number)
    assert [u.update_id for u in _updates(ask, offset=number + 1)] == [number]
    assert _updates(ask, offset=number + 1) == []


def test_updates_on_hold_gather_and_leave_in_order(ask: Ask[Any], telegram: TelegramDouble) -> None:
    telegram.hold()
    numbers = [telegram.say(LAN, text).update_id for text in ("một", "hai", "ba")]
    assert (_updates(ask), telegram.pending()) == ([], 3)
    telegram.release()
    assert [u.update_id for u in _updates(ask)] == numbers


def test_kinds_that_are_not_allowed_do_not_come(ask: Ask[Any], telegram: TelegramDouble) -> None:
    _updates(ask, allowed_updates=["message"])
    said = telegram.say(LAN, "một")
    telegram.edit(LAN, said.message_id, "hai")
    assert [u.update_id for u in _updates(ask)] == [said.update_id]


def test_a_command_carries_its_entity(ask: Ask[Any], telegram: TelegramDouble) -> None:
    telegram.say(LAN, "/start pa_12", name="chị Lan")
    message = _updates(ask)[0].message
    assert message is not None
    assert message.from_user is not None
    assert message.from_user.first_name == "chị Lan"
    assert (message.chat.type, message.chat.id) == ("private", LAN)
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bot_command", 0, 6)]


def test_people_in_a_group_keep_their_own_ids(ask: Ask[Any], telegram: TelegramDouble) -> None:
    for name in ("chị Lan", "bác Tư", "chị Lan"):
        telegram.say(GROUP, "Chào", name=name)
    lan, tu, lan_again = (u.effective_user for u in _updates(ask))
    assert lan is not None
    assert tu is not None
    assert lan_again is not None
    assert (lan.id, tu.first_name) == (lan_again.id, "bác Tư")
    assert len({lan.id, tu.id, GROUP}) == 3
    telegram.say(-7, "Chào", chat_type="group", user_id=TU)
    last = _updates(ask)[-1]
    assert last.effective_chat is not None
    assert last.effective_user is not None
    assert (last.effective_chat.type, last.effective_user.id) == ("group", TU)


def test_a_photo_is_downloaded_from_its_largest_size(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    for caption in ("Ổ gà", None):
        telegram.send_photo(LAN, b"picture", caption, media_group_id="album")
    first, second = (u.message for u in _updates(ask))
    assert first is not None
    assert second is not None
    assert (first.caption, first.media_group_id, second.media_group_id) == (
        "Ổ gà",
        "album",
        "album",
    )

    async def load(bot: Bot) -> bytes:
        file = await bot.get_file(first.photo[-1].file_id)
        assert file.file_size == 7
        return bytes(await file.download_as_bytearray())

    assert ask(load) == b"picture"
    assert first.photo[0].file_id != first.photo[-1].file_id


def test_files_voices_places_and_phones_have_their_fields(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    telegram.send_document(LAN, b"%PDF", "đơn.pdf", caption="Đơn của tôi")
    telegram.send_voice(LAN, b"OggS", seconds=4)
    telegram.send_location(LAN, 10.79, 106.78, accuracy=20)
    telegram.send_contact(LAN, "+84900000000")
    telegram.send_contact(LAN, "+84900000001", of="anh Minh cán bộ")
    paper, voice, place, own, other = (u.to_dict()["message"] for u in _updates(ask))
    assert [paper["document"]["file_name"], paper["caption"]] == ["đơn.pdf", "Đơn của tôi"]
    assert [voice["voice"]["file_size"], voice["voice"]["duration"]] == [4, 4]
    assert place["location"]["horizontal_accuracy"] == 20
    assert own["contact"]["user_id"] == LAN
    assert "user_id" not in other["contact"]


def test_a_file_over_20_mb_is_too_big_to_download(ask: Ask[Any], telegram: TelegramDouble) -> None:
    telegram.send_document(LAN, b"x", size=(20 << 20) + 1)
    message = _updates(ask)[0].message
    assert message is not None
    assert message.document is not None
    file_id = message.document.file_id
    with pytest.raises(BadRequest, match="File is too big"):
        ask(lambda bot: bot.get_file(file_id))
    with pytest.raises(BadRequest, match="rong file_id"):
        ask(lambda bot: bot.get_file("none"))


def test_a_download_can_fail(base: str, http: httpx.Client, telegram: TelegramDouble) -> None:
    telegram.send_voice(LAN, b"OggS")
    (kept,) = telegram.world.ledger.files.values()
    address = f"{base.replace('/bot', '/file/bot')}/{kept.path}"
    telegram.fault("file", 500, 1)
    assert [http.get(address).status_code for _ in range(2)] == [500, 200]
    assert http.get(address + "x").status_code == 404


def test_an_edited_message_keeps_its_id(ask: Ask[Any], telegram: TelegramDouble) -> None:
    number = telegram.say(LAN, "ổ gà").message_id
    telegram.edit(LAN, number, "ổ voi")
    first, second = _updates(ask)
    assert first.message is not None
    assert second.edited_message is not None
    assert first.message.text == "ổ gà"
    assert (second.edited_message.text, second.edited_message.message_id) == ("ổ voi", number)


def test_only_buttons_that_were_offered_are_tapped(ask: Ask[Any], telegram: TelegramDouble) -> None:
    telegram.open_chat(LAN)
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="yes")]])
    number = ask(lambda bot: bot.send_message(LAN, "Chọn", reply_markup=markup)).message_id
    with pytest.raises(ValueError, match="no button"):
        telegram.tap(LAN, number, "no")
    telegram.tap(LAN, number, "no", forged=True)
    ask(lambda bot: bot.edit_message_text("Hết hạn", LAN, number))
    telegram.tap(LAN, number, "yes")
    data = [u.callback_query.data for u in _updates(ask) if u.callback_query]
    assert data == ["no", "yes"]


def test_updates_lost_in_a_failed_answer_come_again(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    number = telegram.say(LAN, "một").update_id
    telegram.fault("getUpdates", 500, 1, after_effect=True)
    with pytest.raises(NetworkError):
        _updates(ask)
    assert [u.update_id for u in _updates(ask)] == [number]


def test_waiting_in_vain_names_the_calls(
    telegram: TelegramDouble, base: str, http: httpx.Client
) -> None:
    http.get(f"{base}/getMe")
    with pytest.raises(TimeoutError, match="getMe 200"):
        telegram.wait_for(lambda: telegram.sent(LAN), 0.01)


def test_people_keep_to_what_a_real_client_allows(telegram: TelegramDouble) -> None:
    with pytest.raises(ValueError, match="4096"):
        telegram.say(LAN, "a" * 4097)
    with pytest.raises(ValueError, match="1024"):
        telegram.send_photo(LAN, b"x", "a" * 1025)
    telegram.say(LAN, "a")
    telegram.block(LAN)
    with pytest.raises(ValueError, match="unblock"):
        telegram.say(LAN, "a")
