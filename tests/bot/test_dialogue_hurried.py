"""People in a hurry: openings, half answers, refusals, words beside the point."""

import pytest

from bot.dialogue.model import Draft, Step
from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk
from tests.bot.desk import FakeDesk, small_clerk
from tests.bot.talk import LAMP, RUDE, Talk

FOREIGN, PLAIN = "2.000528", "1.001193"


@pytest.fixture
def asked() -> Talk:
    """Chị Lan was asked back whether a foreigner has part in it."""
    choices = (
        ("Có người nước ngoài", f"procedure:{FOREIGN}"),
        ("Không, đều là người Việt Nam trong nước", f"procedure:{PLAIN}"),
    )
    talk = Talk()
    talk.kept = Draft(pending="con ngoài giá thú", options=choices).model_dump_json()
    return talk


@pytest.mark.parametrize("text", ["không", "không có ai nước ngoài đâu, ở quê hết", "ko co dau"])
def test_a_denial_is_the_choice_that_says_no(asked: Talk, text: str) -> None:
    asked.says(text)

    assert asked.draft.topic == PLAIN


@pytest.mark.parametrize("text", ["không biết", "khong ro", "không hiểu"])
def test_who_does_not_know_chooses_nothing_and_is_offered_an_officer(
    asked: Talk, text: str
) -> None:
    asked.says(text)

    assert asked.draft.topic == ""
    assert "chuyển câu hỏi cho cán bộ" in asked.heard


@pytest.mark.parametrize("text", ["cho hỏi", "dạ cho em hỏi ạ", "giúp tôi với"])
def test_an_opening_is_answered_with_an_invitation_to_ask(text: str) -> None:
    assert Talk().says(text).startswith("Bạn muốn hỏi thủ tục nào?")


@pytest.mark.parametrize("text", ["tôi muốn phản ánh", "toi muon gop y", "cho tôi gửi kiến nghị"])
def test_who_says_only_that_there_is_a_feedback_is_asked_for_it(text: str) -> None:
    talk = Talk()

    assert talk.says(text).startswith("Bạn kể giúp sự việc")
    assert talk.draft.content == ""


@pytest.mark.parametrize(
    "text", ["tôi không muốn sống nữa", "toi muon tu tu", "đất sạt lở sau nhà, bùn tràn vào bếp"]
)
def test_who_is_in_danger_reads_whom_to_call_and_may_have_it_noted_later(text: str) -> None:
    talk = Talk()

    assert "115" in talk.says(text)
    assert talk.labels == ["Gửi như phản ánh"]


def test_a_part_named_in_one_word_is_one_of_the_last_answer() -> None:
    talk = Talk()
    talk.says("làm giấy khai sinh cần giấy tờ gì")

    assert "Phí, lệ phí" in talk.says("còn phí")


@pytest.mark.parametrize(
    "text", ["hỏi tên làm gì", "thôi không gửi nữa mà", "tôi khai trên kia rồi"]
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    talk = at_the_name()

    talk.says(text)

    assert (talk.draft.step, talk.draft.name) == (Step.NAME, "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tên tôi là Lê Văn Tám", "Lê Văn Tám"),
        ("em tên Hoa", "Hoa"),
        ("Lê Thị Là", "Lê Thị Là"),
        ("khong van minh", "khong van minh"),
    ],
)
def test_a_name_may_be_introduced(text: str, name: str) -> None:
    talk = at_the_name()

    talk.says(text)

    assert talk.draft.name == name


def test_a_telephone_number_is_no_address() -> None:
    talk = at_the_name()

    talk.says("Lê Văn Tám", "0912345678", "0912345678")

    assert (talk.draft.step, talk.draft.address) == (Step.ADDRESS, "")


def test_a_person_who_is_accused_is_not_offered_as_the_place() -> None:
    talk = Talk()
    talk.says("tôi muốn phản ánh", f"{RUDE} Cán bộ địa chính Nguyễn Văn Hùng vòi tiền.", "đúng")

    assert not [words for words in talk.labels if "Hùng" in words]


def at_the_name() -> Talk:
    talk = Talk()
    talk.says(LAMP, "đúng", "ngõ 12", "không có ảnh", "tôi đồng ý")
    assert talk.draft.step is Step.NAME
    return talk


def test_where_nothing_is_published_of_a_part_an_officer_is_offered() -> None:
    small = small_clerk().catalogue
    silent = small.by_code[PLAIN].model_copy(update={"requirements": ""})
    talk = Talk(FakeDesk(Clerk(Catalogue(small.release, (silent,)))))
    talk.says("làm giấy khai sinh cần giấy tờ gì")

    assert "Chưa công bố" in talk.says("điều kiện thế nào")
    assert "Chuyển cho cán bộ" in talk.labels

    talk.says("phí bao nhiêu")
    assert "Chuyển cho cán bộ" not in talk.labels
