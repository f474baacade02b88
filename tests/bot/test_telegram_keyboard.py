"""Buttons as Telegram takes them: labels that can be read, actions of at most 64 bytes."""

import json

from bot.telegram.send import keyboard


def test_a_label_is_cut_to_sixty_characters_and_an_action_too_long_is_left_out() -> None:
    made = keyboard([["n" * 70, "menu:ask"], ["quá dài", "x:" + "đ" * 32], ["vừa", "x" * 64]])
    assert made is not None
    shown = json.loads(made.to_json())["inline_keyboard"]
    assert [(len(row[0]["text"]), row[0]["callback_data"]) for row in shown] == [
        (60, "menu:ask"),
        (3, "x" * 64),
    ]
    assert keyboard([]) is None
