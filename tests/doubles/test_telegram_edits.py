"""Edits, taps, blocks and faults of the double, through python-telegram-bot."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from .conftest import Ask
from .telegram import HANG, TelegramDouble

LAN = 1001
GROUP = -200
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Đồng ý", callback_data="yes")]])
NO = InlineKeyboardMarkup([[InlineKeyboardButton("Không", callback_data="no")]])


@pytest.fixture(autouse=True)
def _known(telegram: TelegramDouble) -> None:
    telegram.open_chat(LAN)


def test_text_and_buttons_of_a_sent_message_change(ask: Ask[Any], telegram: TelegramDouble) -> None:
    number = ask(lambda bot: bot.send_message(LAN, "Chọn", reply_markup=YES)).message_id
    edited = ask(lambda bot: bot.edit_message_reply_markup(LAN, number, reply_markup=NO))
    assert edited.edit_date is not None
    assert telegram.sent(LAN)[0].buttons() == {"Không": "no"}
    ask(lambda bot: bot.edit_message_text("Xong", LAN, number))
    (sent,) = telegram.sent(LAN)
    assert (sent.text, sent.markup, sent.edited) == ("Xong", None, True)


def test_an_edit_that_changes_nothing_is_refused(ask: Ask[Any]) -> None:
    number = ask(lambda bot: bot.send_message(LAN, "Chọn", reply_markup=YES)).message_id
    with pytest.raises(BadRequest, match="Message is not modified"):
        ask(lambda bot: bot.edit_message_text("Chọn", LAN, number, reply_markup=YES))
    with pytest.raises(BadRequest, match="Message is not modified"):
        ask(lambda bot: bot.edit_message_reply_markup(LAN, number, reply_markup=YES))


def test_only_own_messages_without_reply_keyboard_are_edited(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    theirs = telegram.say(LAN, "Chào").message_id
    keyboard = ReplyKeyboardMarkup([["Có"]])
    kept = ask(lambda bot: bot.send_message(LAN, "a", reply_markup=keyboard)).message_id
    photo = ask(lambda bot: bot.send_photo(LAN, b"x")).message_id

    async def edit_all(bot: Bot) -> None:
        wrong = [(theirs, "edited"), (kept, "edited"), (photo, "no text"), (0, "found")]
        for number, reason in wrong:
            with pytest.raises(BadRequest, match=reason):
                await bot.edit_message_text("b", LAN, number)

    ask(edit_all)


def test_a_tap_is_answered_unless_it_is_too_old(ask: Ask[Any], telegram: TelegramDouble) -> None:
    number = ask(lambda bot: bot.send_message(LAN, "Chọn", reply_markup=YES)).message_id
    telegram.tap(LAN, number, "yes")
    query = ask(lambda bot: bot.get_updates())[0].callback_query
    assert (query.data, query.message.reply_markup, query.from_user.id) == ("yes", YES, LAN)
    assert ask(lambda bot: bot.answer_callback_query(query.id, "Đã ghi", show_alert=True))
    assert telegram.answers == [(query.id, "Đã ghi", True)]
    with pytest.raises(BadRequest, match="Message_too_long"):
        ask(lambda bot: bot.answer_callback_query(query.id, "a" * 201))
    telegram.age_queries()
    with pytest.raises(BadRequest, match="Query is too old"):
        ask(lambda bot: bot.answer_callback_query(query.id))
    telegram.age_queries(old=False)
    assert ask(lambda bot: bot.answer_callback_query(query.id))


def test_the_profile_is_set_and_checked(ask: Ask[Any], telegram: TelegramDouble) -> None:
    ask(lambda bot: bot.set_my_commands([BotCommand("help", "Trợ giúp")]))
    ask(lambda bot: bot.set_my_description("Trợ lý của phường"))
    ask(lambda bot: bot.set_my_short_description("Trợ lý"))
    assert telegram.profile == {
        "commands": [{"command": "help", "description": "Trợ giúp"}],
        "description": "Trợ lý của phường",
        "short_description": "Trợ lý",
    }
    with pytest.raises(BadRequest):
        ask(lambda bot: bot.set_my_commands([BotCommand("Giúp", "x")]))
    with pytest.raises(BadRequest):
        ask(lambda bot: bot.set_my_short_description("a" * 121))


def test_a_blocked_bot_is_forbidden_until_it_is_let_in_again(
    ask: Ask[Any], telegram: TelegramDouble
) -> None:
    telegram.open_chat(GROUP)
    telegram.block(LAN)
    telegram.block(GROUP)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        ask(lambda bot: bot.send_message(LAN, "a"))
    with pytest.raises(Forbidden, match="kicked from the group chat"):
        ask(lambda bot: bot.send_message(GROUP, "a"))
    change = ask(lambda bot: bot.get_updates())[0].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    telegram.unblock(LAN)
    assert ask(lambda bot: bot.send_message(LAN, "a")).text == "a"


def test_a_429_says_how_long_to_wait_and_ends(
    ask: Ask[Any], telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    telegram.fault("sendMessage", 429, 1, retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        ask(lambda bot: bot.send_message(LAN, "a"))
    assert caught.value.retry_after == timedelta(seconds=7)
    assert telegram.sent(LAN) == []
    ask(lambda bot: bot.send_message(LAN, "a"))
    assert [c.status for c in telegram.calls if c.method == "sendMessage"] == [429, 200]


@pytest.mark.parametrize(
    ("status", "error", "wait"), [(500, NetworkError, 5), (HANG, TimedOut, 0.1)]
)
def test_a_fault_after_the_effect_leaves_the_message_sent(
    status: int, error: type[Exception], wait: float, ask: Ask[Any], telegram: TelegramDouble
) -> None:
    telegram.fault("sendMessage", status, 1, after_effect=True)
    with pytest.raises(error):
        ask(lambda bot: bot.send_message(LAN, "Một lần", read_timeout=wait))
    assert [s.text for s in telegram.wait_for(lambda: telegram.sent(LAN))] == ["Một lần"]


def test_a_fault_on_a_method_that_is_not_covered_is_a_mistake(telegram: TelegramDouble) -> None:
    with pytest.raises(ValueError, match="sendMesage"):
        telegram.fault("sendMesage", 500, 1)
