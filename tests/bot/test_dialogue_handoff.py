"""Dangers, denunciations and complaints: said at once where they belong, no case opened."""

import pytest

from api.cases.handoff_models import Matter
from bot.dialogue.model import HandOff, Step
from tests.bot.desk import WARD
from tests.bot.talk import FORM, LAMP, Talk, at

FIRE = "Cháy nhà rồi, lửa lan nhanh lắm, cứu với!"
BRIBE = "Tôi tố cáo ông Nguyễn Văn Tư cán bộ địa chính nhận hối lộ 20 triệu đồng."
FINE = "Tôi khiếu nại quyết định xử phạt số 12/QĐ-XPHC của Chủ tịch phường đối với tôi."
NUMBERS = ("113", "114", "115")


@pytest.mark.parametrize(
    "danger",
    [
        FIRE,
        "chay nha roi cuu voi",
        "Có người bị điện giật bất tỉnh, cần cấp cứu gấp",
        "Đang có đánh nhau cầm dao trước cổng chợ, gọi công an giúp",
    ],
)
def test_a_danger_is_answered_with_the_three_numbers(danger: str) -> None:
    talk = Talk()
    said = talk.says(danger)
    assert all(number in said for number in NUMBERS)
    assert talk.effects == (HandOff(Matter.EMERGENCY),)
    assert not talk.draft.is_writing


@pytest.mark.parametrize("proverb", ["công cha như núi Thái Sơn", "biết chuyện ông Bảy chưa"])
def test_idle_words_that_sound_a_little_like_an_accusation_get_a_friendly_reply(
    proverb: str,
) -> None:
    talk = Talk()
    said = talk.says(proverb)
    assert "tố cáo" not in said
    assert talk.effects == ()


@pytest.mark.parametrize("step", [*FORM, Step.CODE])
def test_a_danger_at_any_step_is_answered_at_once(step: Step) -> None:
    talk = at(step)
    before = talk.draft
    said = talk.says(FIRE)
    assert all(number in said for number in NUMBERS)
    assert before.content in talk.draft.content
    assert talk.draft.name == before.name


def test_a_danger_told_below_a_picture_is_answered_at_once() -> None:
    talk = Talk()
    said = talk.sends("anh-1", caption=FIRE)
    assert all(number in said for number in NUMBERS)


def test_a_danger_told_where_a_question_to_an_officer_was_asked_is_answered_at_once() -> None:
    talk = Talk()
    talk.taps("officer:ask")
    said = talk.says(FIRE)
    assert all(number in said for number in NUMBERS)


@pytest.mark.parametrize(
    ("text", "law", "time"),
    [
        (BRIBE, "Luật Tố cáo 2018", "không quá 30 ngày"),
        (FINE, "Luật Khiếu nại 2011", "không quá 45 ngày"),
    ],
)
def test_a_denunciation_or_complaint_is_told_place_law_and_time(
    text: str, law: str, time: str
) -> None:
    talk = Talk()
    said = talk.says(text)
    for fact in (law, time, WARD.name, WARD.address, WARD.phone):
        assert fact in said
    [noted] = talk.effects
    assert isinstance(noted, HandOff)
    assert noted.words == ""
    assert not talk.draft.is_writing
    assert talk.labels == ["Gửi như phản ánh", "Ghi lại giúp tôi"]


def test_words_are_kept_only_where_the_person_asks_for_it() -> None:
    talk = Talk()
    talk.says(BRIBE)
    talk.taps("handoff:denunciation")
    said = talk.says("Ông ấy nhận tiền ngày 3/11.")

    assert "Đã ghi lại cho người được giao." in said
    assert talk.effects[-1] == HandOff(Matter.DENUNCIATION, "Ông ấy nhận tiền ngày 3/11.")
    assert talk.draft.pending == ""


@pytest.mark.parametrize("text", [BRIBE, FINE])
def test_it_is_recognised_also_where_a_feedback_was_begun(text: str) -> None:
    talk = at(Step.CONTENT)
    assert "Tiếp công dân" in talk.says(text)
    assert not talk.draft.is_writing


@pytest.mark.parametrize("text", [BRIBE, FINE])
def test_it_is_recognised_also_below_a_picture(text: str) -> None:
    talk = Talk()
    assert "Tiếp công dân" in talk.sends("anh-1", caption=text)


def test_the_person_may_say_that_it_is_only_a_feedback() -> None:
    talk = Talk()
    talk.says(BRIBE)
    talk.presses("Gửi như phản ánh")
    assert (talk.draft.step, talk.draft.content) == (Step.KIND, BRIBE)


def test_a_picture_sent_before_is_still_there_when_it_is_only_a_feedback() -> None:
    talk = Talk()
    talk.sends("anh-1")
    talk.says(BRIBE)
    talk.presses("Gửi như phản ánh")
    assert (talk.draft.content, talk.draft.files) == (BRIBE, ("anh-1",))


def test_an_old_button_of_a_denunciation_does_not_replace_a_draft() -> None:
    talk = Talk()
    talk.says(BRIBE, LAMP)
    talk.taps("feedback:pending")
    assert LAMP in talk.draft.content


@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        (BRIBE, "gửi đơn ở đâu", "Bạn gửi đơn hoặc đến trình bày trực tiếp"),
        (BRIBE, "co lo ten toi khong", "Luật Tố cáo 2018 buộc"),
        (BRIBE, "mất bao lâu", "Thời hạn giải quyết không quá 30 ngày"),
        (FINE, "nộp ở đâu ạ", "Lần đầu, bạn gửi đơn đến"),
        (FINE, "đơn ghi gì", "Đơn khiếu nại ghi"),
    ],
)
def test_what_is_asked_after_the_place_was_told_is_answered_and_can_go_on(
    told: str, asked: str, answer: str
) -> None:
    talk = Talk()
    talk.says(told)
    offered = talk.labels
    assert talk.says(asked).startswith(answer)
    assert talk.labels == offered
    assert talk.effects == ()


def test_another_question_after_the_place_was_told_is_a_question() -> None:
    talk = Talk()
    talk.says(FINE)
    assert talk.says("đăng ký tạm trú cần giấy tờ gì").startswith("Đăng ký tạm trú (mã")
