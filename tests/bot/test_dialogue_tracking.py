"""What became of a case, words added to it, and the public results."""

from dataclasses import replace

import pytest

from api.cases.models import Kind, State
from bot.dialogue.model import AddNote, Headline, Input, Step, Supply
from tests.bot.desk import FOREIGN, OWN, WARD, case
from tests.bot.talk import FORM, LAMP, Talk, at

DARK = "Ngõ vẫn tối lắm, mong anh chị làm sớm giúp dân."


@pytest.fixture
def lan() -> Talk:
    """Chị Lan, who sent one case; bác Tư sent another."""
    talk = Talk()
    talk.desk.own = [case(OWN)]
    talk.desk.foreign = [case(FOREIGN, State.IN_PROGRESS, Kind.CONDUCT)]
    return talk


@pytest.mark.parametrize(
    "typed",
    [
        OWN,
        OWN.lower(),
        OWN.replace("-", ""),
        OWN.replace("-", "").lower(),
        OWN.replace("-", " "),
        f"  {OWN.replace('-', '–')}. ",
        f"mã {OWN} nhé",
        f"xem {OWN.replace('-', '').lower()}",
    ],
)
@pytest.mark.parametrize("step", [Step.IDLE, Step.CODE])
def test_a_code_is_understood_in_any_typing(lan: Talk, step: Step, typed: str) -> None:
    if step is Step.CODE:
        lan.taps("menu:status")
    said = lan.says(typed)
    assert f"Hồ sơ {OWN} (Phản ánh hiện trường)" in said
    assert "Tình trạng: Chờ tiếp nhận" in said
    assert "Nhận lúc: 09:00, 16/11/2026" in said
    assert "Hạn trả lời: thứ Ba, 08/12/2026" in said
    assert lan.draft.step is Step.IDLE


@pytest.mark.parametrize(
    ("state", "next_step"),
    [
        (State.RECEIVED, "cán bộ xem nội dung và tiếp nhận"),
        (State.IN_PROGRESS, "đơn vị phụ trách xử lý và trả lời bạn tại đây"),
        (State.ANSWERED, "xem xét công khai kết quả"),
        (State.PUBLISHED, f"{WARD.url}/ket-qua/{OWN}"),
        (State.WITHHELD, "Kết quả đã gửi riêng cho người gửi"),
    ],
)
def test_each_state_says_what_happens_next(lan: Talk, state: State, next_step: str) -> None:
    lan.desk.own = [case(OWN, state)]
    said = lan.says(OWN)
    assert next_step in said
    assert ("Hạn trả lời" in said) is (state in {State.RECEIVED, State.IN_PROGRESS})
    assert "\n\n" not in said


def test_anybody_with_the_code_may_see_the_state(lan: Talk) -> None:
    assert "Tình trạng: Đang xử lý" in lan.says(FOREIGN)


def test_an_unknown_code_is_said_to_be_unknown() -> None:
    assert Talk().says(FOREIGN).startswith("Không tìm thấy hồ sơ với mã này.")


def test_a_mistyped_code_is_said_to_be_unknown(lan: Talk) -> None:
    lan.taps("menu:status")
    wrong = OWN[:-1] + ("2" if OWN[-1] != "2" else "3")
    assert lan.says(wrong).startswith("Không tìm thấy hồ sơ với mã này.")
    assert lan.draft.step is Step.CODE
    assert "Tình trạng" in lan.says(OWN)


def test_own_cases_are_offered_with_their_state(lan: Talk) -> None:
    assert lan.taps("menu:status").startswith("Bạn chọn một hồ sơ đã gửi")
    assert lan.labels == [f"{OWN} · Chờ tiếp nhận"]
    assert f"Hồ sơ {OWN}" in lan.says("1")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("đăng ký tạm trú mất bao lâu", "Thời hạn giải quyết:"),
        (LAMP, "Mình ghi nhận nội dung bạn vừa nhắn."),
    ],
)
def test_whoever_changes_the_subject_instead_of_giving_a_code_is_heard(
    lan: Talk, text: str, answer: str
) -> None:
    lan.taps("menu:status")
    assert answer in lan.says(text)


def test_longer_words_with_a_code_are_offered_as_a_note(lan: Talk) -> None:
    assert OWN in lan.says(f"{OWN} {DARK}")
    assert lan.labels == ["Bổ sung vào hồ sơ", "Xem tình trạng"]
    assert lan.effects == ()


def test_a_note_is_added_to_the_own_case_word_for_word(lan: Talk) -> None:
    lan.says(f"{OWN} {DARK}")
    said = lan.presses("Bổ sung vào hồ sơ")
    assert lan.effects == (AddNote(OWN, f"{OWN} {DARK}"),)
    assert said.startswith(f"Đã thêm lời nhắn của bạn vào hồ sơ {OWN}.")


def test_a_note_is_added_once_however_often_the_button_is_pressed(lan: Talk) -> None:
    lan.says(f"{OWN} {DARK}")
    lan.presses("Bổ sung vào hồ sơ")
    lan.taps(f"note:{OWN}")
    assert lan.effects == ()
    assert DARK not in lan.heard


def test_no_note_is_added_to_the_case_of_somebody_else(lan: Talk) -> None:
    lan.says(f"{FOREIGN} {DARK}")
    said = lan.taps(f"note:{FOREIGN}")
    assert lan.effects == ()
    assert "gửi từ chính cuộc trò chuyện này" in said
    assert WARD.phone in said


def test_the_state_may_be_seen_instead_of_adding_a_note(lan: Talk) -> None:
    lan.says(f"{OWN} {DARK}")
    assert "Tình trạng:" in lan.presses("Xem tình trạng")
    assert lan.effects == ()


@pytest.mark.parametrize("step", [s for s in FORM if s is not Step.CONTENT])
def test_a_code_in_the_middle_of_a_form_shows_the_state_and_the_form_stays(step: Step) -> None:
    talk = at(step)
    talk.desk.own = [case(OWN)]
    before = talk.draft
    assert f"Hồ sơ {OWN}" in talk.says(OWN)
    assert (talk.draft.step, talk.draft.content) == (step, before.content)
    assert talk.draft.place == before.place


def test_the_newest_results_are_named_with_where_all_are(lan: Talk) -> None:
    lan.desk.news = [Headline(FOREIGN, "Đèn đường ngõ 9 đã sửa")]
    said = lan.taps("menu:results")
    assert f"• Đèn đường ngõ 9 đã sửa ({FOREIGN})" in said
    assert f"{WARD.url}/ket-qua" in said


def test_where_there_are_no_results_that_is_said_with_the_address() -> None:
    said = Talk().taps("menu:results")
    assert "Chưa có kết quả nào được công khai." in said
    assert f"{WARD.url}/ket-qua" in said


def asked_for_more() -> Talk:
    """Chị Lan, whose case waits for more, has pressed "Gửi bổ sung"."""
    talk = Talk()
    waiting = case(OWN, State.SUPPLEMENT)
    talk.desk.own = [replace(waiting, own=True, moves=frozenset({"supplement_given"}))]
    talk.says(OWN)
    talk.presses("Gửi bổ sung")
    return talk


def test_a_picture_that_was_asked_for_goes_to_the_case_with_the_words_after_it() -> None:
    talk = asked_for_more()
    assert "Mình đã nhận 1 tệp." in talk.takes(Input(files=("hố",)))
    talk.says("Trước số nhà 27.")
    assert talk.effects == (Supply(OWN, "Trước số nhà 27.", ("hố",)),)
    assert talk.draft.step is Step.IDLE
    assert talk.draft.supplied == ()


def test_a_picture_that_was_asked_for_needs_no_words() -> None:
    talk = asked_for_more()
    talk.takes(Input(files=("hố", "đường")))
    talk.presses("Gửi bổ sung")
    sent = Supply(OWN, "Người gửi gửi 2 tệp, không ghi thêm lời.", ("hố", "đường"))
    assert talk.effects == (sent,)


def test_the_caption_of_a_picture_that_was_asked_for_is_the_answer() -> None:
    talk = asked_for_more()
    talk.takes(Input("Trước số nhà 27.", files=("hố",)))
    assert talk.effects == (Supply(OWN, "Trước số nhà 27.", ("hố",)),)


def test_a_picture_that_was_refused_is_asked_for_again() -> None:
    talk = asked_for_more()
    assert talk.takes(Input(refused="Tệp lớn quá.")) == "Tệp lớn quá."
    assert talk.draft.step is Step.SUPPLY


def test_a_code_where_an_answer_is_awaited_asks_for_that_case_and_sends_nothing() -> None:
    talk = asked_for_more()
    assert f"Hồ sơ {OWN}" in talk.says(OWN)
    assert talk.effects == ()
    assert talk.draft.step is Step.IDLE


def test_words_for_a_case_that_can_no_longer_be_reopened_free_the_conversation() -> None:
    talk = Talk()
    talk.desk.own = [replace(case(OWN, State.ANSWERED), own=True, moves=frozenset({"reopened"}))]
    talk.taps(f"reopen:{OWN}")
    talk.desk.own = [replace(case(OWN, State.ANSWERED), own=True)]
    assert "chưa làm được" in talk.says("Đèn lại tắt rồi.")
    assert (talk.effects, talk.draft.step) == ((), Step.IDLE)


def test_a_case_joined_with_another_says_where_it_is_handled_and_asks_nothing_of_its_sender() -> (
    None
):
    talk = Talk()
    talk.desk.own = [replace(case(OWN, State.IN_PROGRESS), known=True, merged_into=FOREIGN)]
    assert f"giải quyết chung với hồ sơ {FOREIGN}" in talk.says(OWN)
    assert talk.labels == []


@pytest.mark.parametrize("typed", ["TK26AAAAAAA", "tk-26-abcdef"])
def test_a_code_typed_wrongly_is_taken_for_a_code(typed: str) -> None:
    assert "Không tìm thấy hồ sơ" in Talk().says(typed)
