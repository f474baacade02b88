"""While a case waits for its sender, what comes may be the answer: the person is asked."""

from dataclasses import replace

import pytest

from api.cases.models import State
from bot.dialogue.model import Step, Supply
from knowledge.decide import Decision
from tests.bot.desk import OWN, case
from tests.bot.talk import LAMP, Talk

ASKED = "Đèn hỏng trước số nhà nào?"
YES, NO = "Đúng, gửi cho cán bộ", "Không, việc khác"


@pytest.fixture
def waited_for() -> Talk:
    talk = Talk()
    waiting = case(state=State.SUPPLEMENT)
    moves = frozenset({"supplement_given"})
    talk.desk.own = [replace(waiting, own=True, moves=moves, asked=ASKED)]
    return talk


def test_words_that_come_while_a_case_waits_are_offered_as_the_answer(waited_for: Talk) -> None:
    said = waited_for.says("nhà số 15 đó em")
    assert said.startswith(f"Cán bộ đang chờ bạn bổ sung cho hồ sơ {OWN}. “{ASKED}”")
    assert waited_for.labels == [YES, NO]
    assert waited_for.effects == ()


@pytest.mark.parametrize("yes", [YES, "đúng rồi", "dạ vâng ạ", "1"])
def test_a_yes_sends_them_to_the_office(waited_for: Talk, yes: str) -> None:
    waited_for.says("nhà số 15 đó em")
    waited_for.says(yes)
    assert waited_for.effects == (Supply(OWN, "nhà số 15 đó em", ()),)
    assert waited_for.draft.pending == ""


def test_a_no_takes_them_for_what_else_they_are(waited_for: Talk) -> None:
    waited_for.says(LAMP)
    waited_for.says("không phải")
    assert waited_for.effects == ()
    assert waited_for.draft.step is Step.KIND
    assert waited_for.draft.content == LAMP


def test_a_picture_that_comes_while_a_case_waits_is_offered_as_the_answer(waited_for: Talk) -> None:
    said = waited_for.sends("ảnh-1")
    assert said.startswith("Cán bộ đang chờ bạn bổ sung")
    waited_for.presses(YES)
    files_only = "Người gửi gửi 1 tệp, không ghi thêm lời."
    assert waited_for.effects == (Supply(OWN, files_only, ("ảnh-1",)),)


def test_a_picture_of_another_matter_begins_a_feedback(waited_for: Talk) -> None:
    waited_for.sends("ảnh-1")
    waited_for.presses(NO)
    assert waited_for.draft.files == ("ảnh-1",)
    assert waited_for.draft.step is Step.CONTENT


@pytest.mark.parametrize(
    "words",
    [
        "đăng ký tạm trú cần giấy tờ gì",
        "cảm ơn em",
        "chào em",
        "mấy giờ làm việc",
        "Cháy nhà rồi, lửa lan nhanh lắm, cứu với!",
        "ok em",
    ],
)
def test_what_answers_nothing_is_not_offered_as_the_answer(waited_for: Talk, words: str) -> None:
    assert "bổ sung cho hồ sơ" not in waited_for.says(words)


def test_what_answers_a_question_back_or_goes_on_with_an_answer_is_no_supplement(
    waited_for: Talk,
) -> None:
    waited_for.says("đăng ký tạm trú cần giấy tờ gì")
    assert "bổ sung cho hồ sơ" not in waited_for.says("chủ nhà không cho")
    waited_for.desk.decisions["giấy tờ nhà"] = Decision.CLARIFY
    waited_for.says("giấy tờ nhà")
    assert "bổ sung cho hồ sơ" not in waited_for.says("không biết nữa")


def test_an_old_button_does_not_send_what_was_said_since(waited_for: Talk) -> None:
    waited_for.says("nhà số 15 đó em")
    waited_for.says("đăng ký tạm trú cần giấy tờ gì")
    waited_for.taps(f"supply:{OWN}/given")
    assert waited_for.effects == ()
    assert waited_for.draft.step is Step.SUPPLY


def test_where_no_case_waits_words_are_heard_as_before() -> None:
    talk = Talk()
    talk.desk.own = [replace(case(), own=True)]
    assert "bổ sung cho hồ sơ" not in talk.says("nhà số 15 đó em")
