"""The contract of a channel: nothing lost, nothing twice, in order, and said when it fails."""

import pytest
from sqlmodel import select

from api.chats.models import Chat, Handling
from api.files.models import Attachment
from api.outbox.models import OutboxMessage
from api.outbox.queue import enqueue
from bot.channel import cut
from bot.dialogue.model import Draft
from tests.bot.channel_contract.side import PushedSide, Side
from tests.bot.conftest import picture
from tests.bot.people import updates
from tests.bot.talk import LAMP
from tests.conftest import FrozenClock

QUESTION = "đăng ký tạm trú mất bao lâu?"


def chat(side: Side) -> Chat:
    with side.site.database.reading() as session:
        return session.exec(select(Chat).where(Chat.channel == side.name)).one()


def draft(side: Side) -> Draft:
    return Draft.model_validate(chat(side).draft)


def owe(side: Side, *texts: str) -> None:
    with side.site.database.writing() as session:
        for text in texts:
            enqueue(session, chat(side).id or 0, text, side.site.clock())


def owed(side: Side) -> list[OutboxMessage]:
    with side.site.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.chat_id == chat(side).id)
        return list(session.exec(query))


def test_a_question_is_answered(side: Side) -> None:
    assert "Thời hạn giải quyết:" in side.say(QUESTION)


def test_a_menu_is_shown_and_an_entry_can_be_chosen(side: Side) -> None:
    assert "Bạn cần việc gì?" in side.say("menu")
    side.hand(side.press("Hỏi thủ tục"))
    assert side.heard()[-1].startswith("Bạn muốn hỏi thủ tục nào?")


def test_a_number_typed_chooses_from_the_menu(side: Side) -> None:
    side.say("menu")
    assert side.say("3").startswith("Bạn nhắn mã hồ sơ")


def test_a_picture_belongs_to_the_draft(side: Side) -> None:
    side.say(LAMP)
    assert side.hand(side.picture(picture())) < 400
    assert "Đã nhận 1 tệp." in side.heard()[-1]
    assert len(draft(side).files) == 1


def test_a_picture_is_fetched_after_its_message(pushed: PushedSide) -> None:
    pushed.say(LAMP)
    pushed.hand(pushed.picture(picture()))
    assert pushed.fetch() == 1
    with pushed.site.database.reading() as session:
        assert session.exec(select(Attachment)).one().media_type == "image/jpeg"


def test_a_repeated_update_changes_nothing(side: Side) -> None:
    if not side.repeats:
        pytest.skip("this platform does not name its updates")
    update = side.text(LAMP)
    for _ in range(5):
        assert side.hand(update) == 200
    assert len(side.heard()) == 1
    with side.site.database.reading() as session:
        assert len(updates(session)) == 1


def test_updates_in_another_order_are_each_answered_once(side: Side) -> None:
    first, second = side.text(QUESTION), side.text("menu")
    assert [side.hand(second), side.hand(first)] == [200, 200]
    heard = side.heard()
    assert [part in heard[n] for n, part in enumerate(("Bạn cần việc gì?", "Thời hạn"))] == [
        True,
        True,
    ]
    assert len(heard) == 2


def test_a_message_longer_than_the_platform_takes_arrives_whole_and_in_order(
    pushed: PushedSide,
) -> None:
    pushed.say(QUESTION)
    before = len(pushed.arrived)
    channel = pushed.link.channel
    assert channel is not None
    words = " ".join(f"câu-{n}" for n in range(channel.longest_text // 3))
    owe(pushed, words)
    parts = pushed.heard()[before:]
    assert len(parts) == len(cut(words, channel.longest_text)) > 1
    assert " ".join(parts) == words


def test_messages_arrive_in_the_order_in_which_they_are_owed(pushed: PushedSide) -> None:
    pushed.say(QUESTION)
    owe(pushed, "một", "hai", "ba")
    assert pushed.heard()[-3:] == ["một", "hai", "ba"]


def test_whoever_has_left_is_known_and_the_message_is_given_up_with_a_reason(
    pushed: PushedSide,
) -> None:
    if not pushed.tells_of_leaving:
        pytest.skip("this platform does not tell who has left")
    pushed.say(QUESTION)
    pushed.block()
    owe(pushed, "một")
    pushed.heard()
    given_up = owed(pushed)[-1]
    assert given_up.failed_at
    assert given_up.error
    assert chat(pushed).blocked_at


def test_told_to_wait_we_wait_and_lose_nothing(pushed: PushedSide, clock: FrozenClock) -> None:
    pushed.say(QUESTION)
    pushed.busy(30)
    owe(pushed, "một", "hai")
    assert "một" not in pushed.heard()
    clock.pass_(hours=3)
    assert pushed.heard()[-2:] == ["một", "hai"]


def test_a_poisonous_update_is_kept_told_and_handled_after_the_repair(side: Side) -> None:
    side.say(QUESTION)
    set_draft(side, {"step": "một bước không còn nữa"})
    assert side.hand(side.text(LAMP)) < 400
    assert "gặp trục trặc" in side.heard()[-1]
    with side.site.database.reading() as session:
        failed = updates(session)[-1]
    assert (failed.handling, failed.text) == (Handling.FAILED, LAMP)
    set_draft(side, {})
    assert side.service.app.state.handle_again(failed)
    assert draft(side).content == LAMP


def set_draft(side: Side, kept: dict[str, str]) -> None:
    with side.site.database.writing() as session:
        session.exec(select(Chat).where(Chat.channel == side.name)).one().draft = kept


def test_a_conversation_goes_on_after_a_restart(side: Side) -> None:
    side.say(LAMP)
    side.restart()
    side.hand(side.press("Đúng rồi"))
    assert side.heard()[-1].startswith("Việc này ở đâu?")
    assert draft(side).content == LAMP


def test_what_was_owed_before_a_restart_arrives_after_it(pushed: PushedSide) -> None:
    pushed.hand(pushed.text(QUESTION))
    pushed.restart()
    assert len(pushed.heard()) == 1
