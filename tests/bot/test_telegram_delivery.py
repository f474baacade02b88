"""Sending what is owed over Telegram: order, waiting, giving up, and never losing a message."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from api.cases import handling, lookup
from api.cases.events import Deed
from api.chats.models import Chat
from api.files.store import Upload
from api.outbox.models import OutboxMessage
from api.outbox.queue import BACK_OFF, JITTER, enqueue
from api.people.models import Staff
from api.web.site import Site
from bot.channel import Pace
from bot.telegram.link import channel_of
from tests.bot.conftest import LAN_CHAT, TU_CHAT, Wire, picture, sqlite_only, with_bot
from tests.bot.people import Person
from tests.conftest import FrozenClock
from tests.doubles.telegram import TelegramDouble

pytestmark = sqlite_only


def texts(telegram: TelegramDouble, chat_id: int = LAN_CHAT) -> list[str]:
    return [message.text for message in telegram.sent(chat_id)]


def owe(person: Person, *sentences: str) -> None:
    """Owe messages to somebody whose conversation has begun."""
    database, at = person.inbox.database, person.inbox.clock()
    with database.writing() as session:
        for sentence in sentences:
            enqueue(session, person.chat(session).id or 0, sentence, at)


@pytest.fixture
def lan(chat_lan: Person, wire: Wire, telegram: TelegramDouble) -> Person:
    """Chị Lan, who was greeted; what the double saw of it is forgotten."""
    return begun(chat_lan, wire, telegram, LAN_CHAT)


@pytest.fixture
def tu(chat_tu: Person, wire: Wire, telegram: TelegramDouble) -> Person:
    """Bác Tư, who was greeted; what the double saw of it is forgotten."""
    return begun(chat_tu, wire, telegram, TU_CHAT)


def begun(person: Person, wire: Wire, telegram: TelegramDouble, chat_id: int) -> Person:
    person.says("xin chào")
    wire.deliver_all()
    known = list(telegram.world.ledger.chats)
    telegram.reset()
    for known_id in {*known, chat_id}:
        telegram.open_chat(known_id)
    return person


def test_a_message_arrives_with_its_buttons_one_below_the_other(
    lan: Person, wire: Wire, telegram: TelegramDouble
) -> None:
    lan.says("menu")
    assert wire.deliver() == 1
    (menu,) = telegram.sent(LAN_CHAT)
    assert menu.text.startswith("Bạn cần việc gì?")
    rows = (menu.markup or {})["inline_keyboard"]
    assert [len(row) for row in rows] == [1] * 5
    assert menu.buttons()["Hỏi thủ tục"] == "menu:ask"


def test_a_message_without_buttons_has_no_keyboard(
    lan: Person, wire: Wire, telegram: TelegramDouble
) -> None:
    lan.says("cảm ơn nhé")
    wire.deliver()
    assert telegram.sent(LAN_CHAT)[0].markup is None


def test_what_was_sent_is_marked_with_its_number_and_not_sent_again(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    lan.says("menu")
    wire.deliver_all()
    sent = lan.owed()[-1]
    assert (sent.sent_at, sent.platform_id) == (clock(), str(telegram.sent(LAN_CHAT)[0].message_id))
    assert wire.deliver() == 0
    assert len(telegram.sent(LAN_CHAT)) == 1


def test_messages_of_a_chat_arrive_in_order(
    lan: Person, wire: Wire, telegram: TelegramDouble
) -> None:
    owe(lan, *(f"câu {n}" for n in range(5)))
    wire.deliver_all()
    assert texts(telegram) == [f"câu {n}" for n in range(5)]


def test_nothing_overtakes_a_message_that_has_to_wait(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "một", "hai")
    telegram.fault("sendMessage", 500)
    wire.deliver_all()
    assert texts(telegram) == []
    clock.pass_(seconds=BACK_OFF[0] * (1 + JITTER))
    wire.deliver_all()
    assert texts(telegram) == ["một", "hai"]


def test_a_chat_that_waits_does_not_hold_up_another(
    lan: Person, tu: Person, wire: Wire, telegram: TelegramDouble
) -> None:
    owe(lan, "cho chị Lan")
    telegram.fault("sendMessage", 500)
    wire.deliver_all()
    owe(tu, "cho bác Tư")
    wire.deliver_all()
    assert (texts(telegram), texts(telegram, TU_CHAT)) == ([], ["cho bác Tư"])


def test_the_wait_that_telegram_names_is_kept(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "một")
    telegram.fault("sendMessage", 429, retry_after=70)
    wire.deliver_all()
    waiting = lan.owed()[-1]
    assert waiting.due_at >= clock() + timedelta(seconds=70)
    assert waiting.failed_at is None
    clock.pass_(seconds=69)
    assert wire.deliver() == 0
    clock.at = waiting.due_at
    wire.deliver_all()
    assert texts(telegram) == ["một"]


def test_being_told_to_wait_never_uses_up_the_tries(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "một")
    telegram.fault("sendMessage", 429, times=len(BACK_OFF) + 3, retry_after=1)
    for _ in range(len(BACK_OFF) + 4):
        wire.deliver_all()
        clock.pass_(seconds=5)
    assert texts(telegram) == ["một"]


def test_an_error_of_telegram_is_tried_again_later_and_later_then_shown(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "một")
    telegram.fault("sendMessage", 500, times=len(BACK_OFF) + 1)
    waits = []
    for _ in BACK_OFF:
        assert wire.deliver() == 1
        due: datetime = lan.owed()[-1].due_at
        waits.append((due - clock()).total_seconds())
        clock.at = due
    assert waits == pytest.approx(list(BACK_OFF), rel=JITTER)
    wire.deliver()
    given_up = lan.owed()[-1]
    assert given_up.failed_at == clock()
    assert given_up.error.startswith("Chưa kết nối được Telegram")
    assert wire.deliver() == 0


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_loses_no_message(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock, status: int
) -> None:
    owe(lan, "một")
    telegram.fault("sendMessage", status)
    wire.deliver()
    assert lan.owed()[-1].error == "Mã bot Telegram không còn đúng"
    clock.pass_(hours=1)
    wire.deliver_all()
    assert texts(telegram) == ["một"]


def test_an_unreachable_telegram_loses_no_message(
    lan: Person, site: Site, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "một")
    cut_off = channel_of(with_bot(site, "http://127.0.0.1:9").settings)
    assert Wire(site, cut_off, wire.run).deliver() == 1
    assert lan.owed()[-1].failed_at is None
    clock.pass_(hours=1)
    wire.deliver_all()
    assert texts(telegram) == ["một"]


def test_a_message_whose_receipt_was_lost_is_sent_again_rather_than_lost(
    lan: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "một", "hai")
    telegram.fault("sendMessage", 500, after_effect=True)
    wire.deliver_all()
    clock.pass_(hours=1)
    wire.deliver_all()
    assert texts(telegram) == ["một", "một", "hai"]


def test_a_blocked_bot_gives_up_at_once_and_says_so(
    lan: Person, wire: Wire, telegram: TelegramDouble, site: Site, clock: FrozenClock
) -> None:
    owe(lan, "một")
    telegram.block(LAN_CHAT)
    wire.deliver_all()
    given_up = lan.owed()[-1]
    assert given_up.failed_at == clock()
    assert given_up.error == "Người nhận đã chặn hoặc rời cuộc trò chuyện."
    with site.database.reading() as session:
        assert lan.chat(session).blocked_at == clock()


def test_whoever_writes_again_is_no_longer_taken_to_have_blocked(
    lan: Person, wire: Wire, telegram: TelegramDouble, site: Site
) -> None:
    owe(lan, "một")
    telegram.block(LAN_CHAT)
    wire.deliver_all()
    telegram.unblock(LAN_CHAT)
    lan.says("xin chào")
    wire.deliver_all()
    with site.database.reading() as session:
        assert lan.chat(session).blocked_at is None
    assert len(texts(telegram)) == 1


def test_a_chat_that_telegram_does_not_know_is_given_up_with_the_reason(
    wire: Wire, telegram: TelegramDouble, inbox: Person
) -> None:
    nobody = Person(inbox, "424242")
    nobody.says("xin chào")
    wire.deliver_all()
    assert nobody.owed()[-1].error == "Telegram từ chối: Chat not found"
    assert nobody.owed()[-1].failed_at is not None


@pytest.fixture
def answered(lan: Person, minh: Staff, site: Site) -> str:
    """A long answer of anh Minh to chị Lan's feedback, with a picture as proof."""
    case = lan.sends_a_feedback()
    long_answer = "Đội điện đã thay bóng đèn ngõ 12. " * 200
    with site.database.writing() as session:
        row = lookup.by_code(session, case.code)
        proof = site.files.keep(session, Upload("đã sửa.png", picture()), site.clock())
        deed = Deed(minh, site.clock(), row.version)
        handling.answer(session, site.office, row, deed, long_answer, proofs=[proof])
    return long_answer.strip()


def test_a_long_answer_arrives_whole_in_several_messages(
    answered: str, lan: Person, wire: Wire, telegram: TelegramDouble
) -> None:
    wire.deliver_all()
    assert " ".join(texts(telegram)).split().count("Đội") == answered.count("Đội") == 200
    assert failed(lan.owed()) == []


def test_the_proof_of_an_answer_arrives_as_a_picture(
    answered: str, wire: Wire, telegram: TelegramDouble
) -> None:
    wire.deliver_all()
    assert "photo" in {message.kind for message in telegram.sent(LAN_CHAT)}


def failed(messages: list[OutboxMessage]) -> list[str]:
    return [message.error for message in messages if message.failed_at]


def test_a_message_to_the_web_is_left_to_the_browser(
    wire: Wire, inbox: Person, telegram: TelegramDouble, session: Session
) -> None:
    web = Chat(channel="web", key="abc", draft_at=inbox.clock(), created_at=inbox.clock())
    session.add(web)
    session.flush()
    enqueue(session, web.id or 0, "một", inbox.clock())
    session.commit()
    assert wire.deliver() == 0


def test_told_to_wait_about_one_person_the_others_are_served(
    lan: Person, tu: Person, wire: Wire, telegram: TelegramDouble
) -> None:
    owe(lan, "cho chị Lan")
    telegram.fault("sendMessage", 429, retry_after=60)
    wire.deliver_all()
    owe(tu, "cho bác Tư")
    wire.deliver_all()
    assert (texts(telegram), texts(telegram, TU_CHAT)) == ([], ["cho bác Tư"])


def test_told_to_wait_about_two_people_the_whole_bot_is_quiet(
    lan: Person, tu: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    owe(lan, "cho chị Lan")
    owe(tu, "cho bác Tư")
    telegram.fault("sendMessage", 429, times=2, retry_after=60)
    deliverer = wire.deliverer()
    assert wire.run(deliverer.step()) == 2
    tried = len(telegram.calls)
    clock.pass_(seconds=59)
    assert wire.run(deliverer.step()) == 0
    assert len(telegram.calls) == tried
    clock.pass_(seconds=2)
    wire.run(deliverer.step())
    assert (texts(telegram), texts(telegram, TU_CHAT)) == (["cho chị Lan"], ["cho bác Tư"])


def test_a_bot_sends_no_more_in_a_second_than_the_setting_allows(
    lan: Person, tu: Person, site: Site, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    clock.pass_(minutes=2)
    owe(lan, "một")
    owe(tu, "hai")
    wire.channel.pace = Pace(per_second=1)
    wire.deliver_all()
    assert len(texts(telegram) + texts(telegram, TU_CHAT)) == 1
    clock.pass_(seconds=1)
    wire.deliver_all()
    assert len(texts(telegram) + texts(telegram, TU_CHAT)) == 2


def test_a_long_conversation_waits_for_its_next_minute_and_holds_up_nobody(
    lan: Person, tu: Person, wire: Wire, telegram: TelegramDouble, clock: FrozenClock
) -> None:
    clock.pass_(minutes=2)
    owe(lan, "một", "hai", "ba")
    owe(tu, "cho bác Tư")
    wire.channel.pace = Pace(per_chat_minute=2)
    wire.deliver_all()
    assert texts(telegram) == ["một", "hai"]
    assert texts(telegram, TU_CHAT) == ["cho bác Tư"]
    clock.pass_(minutes=1)
    wire.deliver_all()
    assert texts(telegram) == ["một", "hai", "ba"]
