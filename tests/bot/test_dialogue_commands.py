"""The words "hủy", "quay lại" and "menu" work at every step."""

from dataclasses import replace

import pytest

from api.cases.models import State
from bot.dialogue.model import Draft, Step
from tests.bot.desk import OWN, case
from tests.bot.talk import FORM, LAMP, Talk, at

BEFORE = {
    Step.CONTENT: Step.CONTENT,
    Step.KIND: Step.CONTENT,
    Step.PLACE: Step.KIND,
    Step.FILES: Step.PLACE,
    Step.CONSENT: Step.FILES,
    Step.REUSE: Step.CONSENT,
    Step.NAME: Step.CONSENT,
    Step.PHONE: Step.NAME,
    Step.ADDRESS: Step.PHONE,
    Step.REMEMBER: Step.ADDRESS,
    Step.CONFIRM: Step.REMEMBER,
}


def written(draft: Draft) -> Draft:
    """What the person wrote, without the buttons offered last."""
    return draft.model_copy(update={"options": ()})


@pytest.mark.parametrize("step", FORM)
def test_cancelling_at_any_step_deletes_the_draft_and_says_so(step: Step) -> None:
    talk = at(step)
    said = talk.says("hủy")
    assert said.startswith("Đã hủy. Bản nháp được xóa")
    assert written(talk.draft) == Draft()
    assert len(talk.labels) == 5


@pytest.mark.parametrize("word", ["Hủy", "HUỶ!", "hủy bỏ", "/huy", "thôi không gửi nữa"])
def test_cancelling_is_understood_in_any_typing(word: str) -> None:
    talk = at(Step.FILES)
    talk.says(word)
    assert not talk.draft.is_writing


@pytest.mark.parametrize("step", [Step.IDLE, Step.CODE])
def test_where_nothing_is_written_there_is_nothing_to_cancel(step: Step) -> None:
    talk = at(step)
    assert talk.says("hủy") == "Hiện không có việc gì đang làm dở."
    assert talk.draft.step is Step.IDLE


@pytest.mark.parametrize(
    ("state", "move", "button", "said"),
    [
        (State.SUPPLEMENT, "supplement_given", "Gửi bổ sung", "Mình chưa gửi gì cho hồ sơ"),
        (State.PUBLISHED, "reopened", "Mở lại hồ sơ", "Vâng, hồ sơ"),
    ],
)
def test_cancelling_while_a_case_waits_for_words_leaves_the_case_as_it_was(
    state: State, move: str, button: str, said: str
) -> None:
    talk = Talk()
    talk.desk.own = [replace(case(OWN, state), own=True, moves=frozenset({move}))]
    talk.says(OWN)
    talk.presses(button)
    answer = talk.says("hủy")
    assert answer.startswith(said)
    assert OWN in answer
    assert talk.draft.step is Step.IDLE
    assert talk.effects == ()


def test_the_button_cancel_deletes_the_draft() -> None:
    talk = at(Step.CONFIRM)
    assert talk.presses("Hủy").startswith("Đã hủy.")
    assert not talk.draft.is_writing
    assert talk.effects == ()


@pytest.mark.parametrize("step", FORM)
def test_going_back_asks_the_question_before(step: Step) -> None:
    talk = at(step)
    before = talk.draft
    talk.says("quay lại")
    assert talk.draft.step is BEFORE[step]
    assert talk.draft.content == before.content
    assert talk.draft.name == before.name


@pytest.mark.parametrize("step", FORM)
def test_the_question_asked_after_going_back_is_that_of_its_step(step: Step) -> None:
    talk = at(step)
    talk.says("quay lại")
    assert talk.reply.text == at(BEFORE[step]).reply.text


@pytest.mark.parametrize("step", [Step.IDLE, Step.CODE])
def test_going_back_where_nothing_is_written_shows_the_menu(step: Step) -> None:
    talk = at(step)
    talk.says("trở lại")
    assert talk.draft.step is Step.IDLE
    assert talk.labels[0] == "Hỏi thủ tục"


def test_whoever_went_back_to_the_content_can_go_on_without_adding_to_it() -> None:
    talk = at(Step.KIND)
    talk.says("quay lại")
    talk.presses("Tiếp tục")
    assert (talk.draft.step, talk.draft.content) == (Step.KIND, LAMP)


@pytest.mark.parametrize("step", FORM)
def test_the_menu_shows_at_any_step_and_keeps_the_draft(step: Step) -> None:
    talk = at(step)
    before, question = talk.draft, talk.reply
    said = talk.says("menu")
    assert "Bản nháp phản ánh của bạn vẫn được giữ" in said
    assert talk.labels[0] == "Viết tiếp"
    assert len(talk.labels) == 6
    assert written(talk.draft) == written(before)
    assert question.text.removeprefix("Mình ghi nhận nội dung bạn vừa nhắn. ") in talk.presses(
        "Viết tiếp"
    )
    assert talk.reply.buttons == question.buttons


@pytest.mark.parametrize("step", [s for s in FORM if s is not Step.CONTENT])
@pytest.mark.parametrize("entry", ["Kết quả công khai", "Gặp cán bộ", "Tra cứu tình trạng"])
def test_looking_at_something_else_keeps_the_draft_and_its_place(step: Step, entry: str) -> None:
    talk = at(step)
    before = talk.draft
    talk.says("menu")
    talk.presses(entry)
    assert written(talk.draft) == written(before)


def test_the_topic_outlives_a_cancelled_draft() -> None:
    talk = Talk()
    talk.says("đăng ký tạm trú cần giấy tờ gì", LAMP, "hủy")
    assert "Thời hạn giải quyết:" in talk.says("mấy ngày?")
