"""What a conversation leaves for the learning loop."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlmodel import select

from api.catalogue.desk import CatalogueDesk
from api.jobs import timetable
from api.learning.models import AnswerCount, AskedQuestion, Outcome
from api.web.site import Site
from bot.dialogue.model import ChooseProcedure, CountAnswer, KeepQuestion, Learnt, PassOn
from bot.inbox import Inbox
from bot.service import build
from knowledge.decide import Decision
from tests.bot.people import Person
from tests.bot.talk import Talk
from tests.conftest import FrozenClock

RESIDENCE, BIRTH = "1.004194", "1.001193"
CLEAR = "đăng ký tạm trú mất bao lâu"
OPEN = "làm khai sinh cần giấy tờ gì"
UNKNOWN = "thủ tục xuất khẩu gạo sang châu Âu cần gì"


@pytest.fixture
def lan() -> Talk:
    """Chị Lan before a clerk who finds one question open and another unknown."""
    talk = Talk()
    talk.desk.decisions = {OPEN: Decision.CLARIFY, UNKNOWN: Decision.NONE}
    return talk


def test_an_answer_is_counted_and_may_be_doubted(lan: Talk) -> None:
    lan.says(CLEAR)

    assert lan.effects == (CountAnswer(RESIDENCE),)
    assert lan.labels[-1] == "Chưa đúng ý tôi"


def test_a_part_shown_after_its_button_is_no_new_question(lan: Talk) -> None:
    lan.says(CLEAR)
    lan.presses("Giấy tờ")

    assert lan.effects == ()


def test_a_doubted_answer_is_kept_and_leads_on(lan: Talk) -> None:
    lan.says(CLEAR)
    said = lan.presses("Chưa đúng ý tôi")

    assert lan.effects == (KeepQuestion(CLEAR, Outcome.UNHELPFUL, RESIDENCE),)
    assert said.startswith("Xin lỗi bạn, mình hiểu chưa đúng.")
    assert lan.labels[-1] == "Chuyển cho cán bộ"
    assert f"procedure:{RESIDENCE}" not in dict(lan.reply.buttons).values()


def test_an_answer_is_doubted_in_words_too(lan: Talk) -> None:
    lan.says(CLEAR, "chua dung y toi")

    assert lan.effects == (KeepQuestion(CLEAR, Outcome.UNHELPFUL, RESIDENCE),)


def test_an_answer_may_be_doubted_after_a_look_at_its_parts(lan: Talk) -> None:
    lan.says(CLEAR)
    lan.presses("Giấy tờ")
    lan.taps("unhelpful:last")

    assert lan.effects == (KeepQuestion(CLEAR, Outcome.UNHELPFUL, RESIDENCE),)


def test_an_answer_is_doubted_once(lan: Talk) -> None:
    lan.says(CLEAR)
    lan.taps("unhelpful:last")
    lan.taps("unhelpful:last")

    assert lan.effects == ()
    assert "Bạn muốn hỏi thủ tục nào?" in lan.heard


def test_an_open_question_is_kept_with_what_was_picked(lan: Talk) -> None:
    lan.says(OPEN)
    (kept,) = lan.effects
    assert isinstance(kept, KeepQuestion)
    assert (kept.text, kept.outcome) == (OPEN, Outcome.CLARIFY)

    lan.taps(f"procedure:{BIRTH}")
    assert lan.effects == (ChooseProcedure(OPEN, BIRTH),)


def test_a_question_that_finds_nothing_is_kept_and_passed_on(lan: Talk) -> None:
    lan.says(UNKNOWN)
    (kept,) = lan.effects
    assert isinstance(kept, KeepQuestion)
    assert kept.outcome is Outcome.NONE

    lan.presses("Chuyển cho cán bộ")
    assert lan.effects == (PassOn(UNKNOWN),)


def test_a_denunciation_is_never_kept_as_a_question(lan: Talk) -> None:
    lan.says("Tôi tố cáo ông Nguyễn Văn Hùng cán bộ địa chính nhận hối lộ 20 triệu đồng")
    assert not any(isinstance(effect, Learnt) for effect in lan.effects)
    lan.taps("officer:ask")
    assert not any(isinstance(effect, Learnt) for effect in lan.effects)


@pytest.mark.parametrize("text", ["xin chào", "cảm ơn bạn nhé", "menu"])
def test_small_talk_is_not_kept(lan: Talk, text: str) -> None:
    lan.says(text)
    assert lan.effects == ()


def test_an_answer_beside_a_form_is_counted_too(lan: Talk) -> None:
    lan.says("menu")
    lan.presses("Gửi phản ánh, kiến nghị")
    lan.says("Đèn đường ngõ 12 hỏng cả tuần nay, tối rất nguy hiểm.")
    lan.says(f"{CLEAR}?")

    assert lan.effects == (CountAnswer(RESIDENCE),)


@pytest.fixture
def tu(site: Site) -> Person:
    """Bác Tư at an installation with a clerk of its own: he is taught in these tests."""
    own = replace(site, catalogue=CatalogueDesk(site.office.unit_id))
    return Person(build(own).inbox, "tu")


def kept(inbox: Inbox) -> Sequence[AskedQuestion]:
    with inbox.database.reading() as session:
        return session.exec(select(AskedQuestion)).all()


def test_what_is_kept_names_neither_the_chat_nor_the_person(tu: Person) -> None:
    tu.says("thủ tục xuất khẩu gạo sang châu Âu cần gì, 0912 345 678")

    (row,) = kept(tu.inbox)
    assert "xuất khẩu gạo" in row.text
    assert "0912" not in row.text
    assert (row.channel, row.outcome) == ("telegram", Outcome.NONE)
    assert "chat_id" not in AskedQuestion.model_fields


def test_answers_in_two_conversations_are_counted_in_the_database(tu: Person) -> None:
    tu.says(CLEAR)
    Person(tu.inbox, "lan").says(CLEAR)

    with tu.inbox.database.reading() as session:
        (row,) = session.exec(select(AnswerCount)).all()
    assert (row.code, row.times) == (RESIDENCE, 2)


def test_a_question_goes_on_to_an_officer_in_one_row(tu: Person) -> None:
    tu.says("mua vé xem đá bóng ở đâu")
    tu.taps("officer:ask")

    (row,) = kept(tu.inbox)
    assert row.passed_on_at is not None


def test_questions_too_old_are_forgotten_in_the_night(
    tu: Person, site: Site, clock: FrozenClock
) -> None:
    tu.says("mua vé xem đá bóng ở đâu")
    clock.pass_(days=site.settings.question_days + 1)
    tu.says("mua vé xem ca nhạc ở đâu")
    assert len(kept(tu.inbox)) == 2

    timetable.step(site)

    assert [row.text for row in kept(tu.inbox)] == ["mua vé xem ca nhạc ở đâu"]


def test_a_message_that_fails_keeps_no_question(
    tu: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError("torn")

    monkeypatch.setattr("bot.inbox.enqueue", fails)
    with pytest.raises(RuntimeError, match="torn"):
        tu.says("mua vé xem đá bóng ở đâu")

    assert kept(tu.inbox) == []
