"""Questions about the ward, and social words, where they stand in the conversation."""

from bot.dialogue.model import Step
from tests.bot.desk import FakeDesk
from tests.bot.talk import LAMP, Talk, at


def test_a_question_about_a_procedure_stays_one() -> None:
    talk = Talk()
    assert "Thẻ thông tin" not in talk.says("làm khai sinh mấy giờ")
    assert "Thẻ thông tin" not in talk.says("nộp ở đâu")


def test_a_question_about_the_ward_in_the_middle_of_a_form_keeps_the_form() -> None:
    talk = at(Step.NAME)
    heard = talk.says("phường mấy giờ đóng cửa?")
    assert "Thẻ thông tin: hours" in heard
    assert talk.draft.step is Step.NAME
    assert talk.draft.content == LAMP


class _TalkativeDesk(FakeDesk):
    """A ward that has an answer of its own to everything."""

    def about_ward(self, text: str) -> str:
        return f"Phường trả lời: {text}"


def test_a_danger_goes_before_the_card() -> None:
    talk = Talk(_TalkativeDesk())
    assert "114" in talk.says("Cháy nhà rồi, lửa lan nhanh lắm, cứu với!")
    assert "Phường trả lời" in talk.says("gửi xe ở đâu")


def test_social_words_get_a_short_human_reply() -> None:
    talk = Talk()
    assert talk.says("ok").startswith("Dạ vâng.")
    assert "cứ nhắn lại" in talk.says("tạm biệt nhé")
    assert "không phải cán bộ" in talk.says("bạn là ai")
    assert "chưa hiểu ý" in talk.says("đồ ngu")
