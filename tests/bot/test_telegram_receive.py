"""Reading what Telegram hands over: who, what, which files; what asks for nothing is left."""

import unicodedata
from typing import Any

import pytest

from bot.arrival import RemoteFile
from bot.telegram.receive import MOST_BYTES, read_update
from tests.bot.conftest import LAN_CHAT
from tests.doubles.telegram import TelegramDouble

GROUP = -100_500


def raw(double: TelegramDouble, update_id: int) -> dict[str, Any]:
    """Return an update as it would be delivered."""
    return double.world.ledger.history[update_id]


def test_a_message_says_who_wrote_what_under_which_key(telegram: TelegramDouble) -> None:
    said = telegram.say(LAN_CHAT, "đăng ký tạm trú mất bao lâu")
    arrival = read_update(raw(telegram, said.update_id))
    assert (arrival.channel, arrival.key, arrival.chat_key) == (
        "telegram",
        str(said.update_id),
        str(LAN_CHAT),
    )
    assert (arrival.text, arrival.action) == ("đăng ký tạm trú mất bao lâu", "")
    assert arrival.raw == raw(telegram, said.update_id)


def test_words_are_brought_to_composed_letters(telegram: TelegramDouble) -> None:
    said = telegram.say(LAN_CHAT, unicodedata.normalize("NFD", "đăng ký"))
    assert read_update(raw(telegram, said.update_id)).text == "đăng ký"


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("/start", ""),
        ("/start procedure_1_001193", "procedure:1.001193"),
        ("/start procedure_1_001193_000_00_00_H24", "procedure:1.001193.000.00.00.H24"),
        ("/start menu_feedback", "menu:feedback"),
        ("/start feedback", "menu:feedback"),
        ("/start case_TK26789ABCS", "status:TK26789ABCS"),
        ("/start status_TK-26-789ABC-S", "status:TK-26-789ABC-S"),
        ("bắt đầu procedure_1_001193", ""),
    ],
)
def test_a_deep_link_is_read_as_a_pressed_button(
    telegram: TelegramDouble, words: str, action: str
) -> None:
    said = telegram.say(LAN_CHAT, words)
    assert read_update(raw(telegram, said.update_id)).action == action


def test_a_tap_is_read_as_its_action(telegram: TelegramDouble) -> None:
    said = telegram.say(LAN_CHAT, "menu")
    tap = telegram.tap(LAN_CHAT, said.message_id, "menu:ask", forged=True)
    arrival = read_update(raw(telegram, tap.update_id))
    assert (arrival.chat_key, arrival.action, arrival.text) == (str(LAN_CHAT), "menu:ask", "")


def test_a_photo_is_its_largest_size_with_the_caption_as_words(telegram: TelegramDouble) -> None:
    sent = telegram.send_photo(LAN_CHAT, b"x" * 500, caption="cột đèn số 7")
    update = raw(telegram, sent.update_id)
    arrival = read_update(update)
    largest = update["message"]["photo"][-1]
    assert arrival.text == "cột đèn số 7"
    assert arrival.remotes == (RemoteFile(largest["file_id"], "anh.jpg", 500),)


def test_a_document_keeps_its_name(telegram: TelegramDouble) -> None:
    sent = telegram.send_document(LAN_CHAT, b"%PDF-1.7", "đơn của tôi.pdf")
    (file,) = read_update(raw(telegram, sent.update_id)).remotes
    assert (file.name, file.size) == ("đơn của tôi.pdf", 8)


def test_a_voice_message_is_a_file(telegram: TelegramDouble) -> None:
    sent = telegram.send_voice(LAN_CHAT, b"OggS")
    (file,) = read_update(raw(telegram, sent.update_id)).remotes
    assert file.name == "ghi-am.ogg"


def test_a_file_too_big_for_telegram_is_refused_with_its_name_and_the_limit(
    telegram: TelegramDouble,
) -> None:
    sent = telegram.send_document(LAN_CHAT, b"%PDF", "bản đồ.pdf", size=MOST_BYTES + 1)
    arrival = read_update(raw(telegram, sent.update_id))
    assert arrival.remotes == ()
    assert "“bản đồ.pdf” lớn hơn 20 MB" in arrival.refused


def test_a_place_is_written_out_in_degrees(telegram: TelegramDouble) -> None:
    sent = telegram.send_location(LAN_CHAT, 20.9373, 106.3146)
    assert read_update(raw(telegram, sent.update_id)).text == "Vị trí: 20.937300, 106.314600"


def test_a_contact_card_is_its_phone_number(telegram: TelegramDouble) -> None:
    sent = telegram.send_contact(LAN_CHAT, "84912345678")
    assert read_update(raw(telegram, sent.update_id)).text == "84912345678"


def test_what_is_said_in_a_group_is_left_alone(telegram: TelegramDouble) -> None:
    said = telegram.say(GROUP, "đăng ký tạm trú mất bao lâu")
    assert read_update(raw(telegram, said.update_id)) is None


def test_a_tap_in_a_group_is_left_alone(telegram: TelegramDouble) -> None:
    said = telegram.say(GROUP, "menu")
    tap = telegram.tap(GROUP, said.message_id, "menu:ask", forged=True)
    assert read_update(raw(telegram, tap.update_id)) is None


def test_a_correction_names_the_message_it_changes(telegram: TelegramDouble) -> None:
    said = telegram.say(LAN_CHAT, "đăng ký tạm chú")
    edited = telegram.edit(LAN_CHAT, said.message_id, "đăng ký tạm trú")
    arrival = read_update(raw(telegram, edited.update_id))
    assert (arrival.edited, arrival.text) == (True, "đăng ký tạm trú")
    assert arrival.message_key == str(said.message_id)


def test_a_corrected_caption_brings_no_second_picture(telegram: TelegramDouble) -> None:
    sent = telegram.send_photo(LAN_CHAT, b"x" * 500, caption="cột đèn số 7")
    edited = telegram.edit(LAN_CHAT, sent.message_id, "cột đèn số 8")
    arrival = read_update(raw(telegram, edited.update_id))
    assert (arrival.text, arrival.remotes) == ("cột đèn số 8", ())


@pytest.mark.parametrize(("left", "leave"), [(True, "block"), (False, "unblock")])
def test_who_blocks_the_bot_or_lets_it_in_again_is_known(
    telegram: TelegramDouble, left: bool, leave: str
) -> None:
    arrival = read_update(raw(telegram, getattr(telegram, leave)(LAN_CHAT)))
    assert (arrival.chat_key, arrival.left, arrival.text) == (str(LAN_CHAT), left, "")


def test_a_command_in_a_group_is_answered_with_the_way_to_us_and_not_kept(
    telegram: TelegramDouble,
) -> None:
    said = telegram.say(GROUP, "/start", name="bác Tư")
    arrival = read_update(raw(telegram, said.update_id))
    assert "trò chuyện riêng" in arrival.notice
    assert arrival.raw == {"update_id": said.update_id}


def test_pictures_of_an_album_know_that_they_belong_together(telegram: TelegramDouble) -> None:
    sent = telegram.send_photo(LAN_CHAT, b"x" * 500, media_group_id="a1")
    assert read_update(raw(telegram, sent.update_id)).album


@pytest.mark.parametrize("broken", [{}, {"update_id": 1, "message": {}}, [], None, "x"])
def test_what_is_no_update_is_an_error_that_the_webhook_knows(broken: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        read_update(broken)
