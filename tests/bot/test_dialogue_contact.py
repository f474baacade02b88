"""Consent, name, phone, address: asked with the reason, kept only when the person says so."""

import pytest

from api.people.consent import consent_text
from bot.dialogue.model import Step
from tests.bot.desk import LAN, WARD
from tests.bot.talk import LAMP, RUDE, Talk, at


def test_consent_is_asked_with_all_words_and_two_plain_buttons() -> None:
    talk = at(Step.CONSENT)
    assert consent_text(WARD.name, WARD.phone) in talk.heard
    assert talk.labels == ["Đồng ý", "Không đồng ý"]
    assert talk.draft.consented is False


@pytest.mark.parametrize("words", ["tiếp tục", "rồi sao nữa", "0912345678", "3"])
def test_nothing_but_an_answer_counts_as_consent(words: str) -> None:
    talk = at(Step.CONSENT)
    assert talk.says(words).startswith("Bạn bấm một nút bên dưới")
    assert (talk.draft.step, talk.draft.consented) == (Step.CONSENT, False)
    assert talk.labels == ["Đồng ý", "Không đồng ý"]


@pytest.mark.parametrize("words", ["đồng ý", "dong y", "vâng", "OK", "1"])
def test_consent_may_be_typed(words: str) -> None:
    talk = at(Step.CONSENT)
    talk.says(words)
    assert (talk.draft.step, talk.draft.consented) == (Step.NAME, True)


@pytest.mark.parametrize("words", ["không đồng ý", "khong", "2"])
def test_without_consent_nothing_is_asked_and_nothing_kept(words: str) -> None:
    talk = at(Step.CONSENT)
    said = talk.says(words)
    assert "không lưu thông tin liên hệ" in said
    assert f"đến trực tiếp {WARD.address}" in said
    assert not talk.draft.is_writing
    assert talk.effects == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("  nguyen   thi lan ", "nguyen thi lan"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Tô Ý", "Tô Ý"),
        ("Huy", "Huy"),
        ("Trần Quốc Huy", "Trần Quốc Huy"),
    ],
)
def test_a_name_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    talk = at(Step.NAME)
    talk.says(typed)
    assert (talk.draft.step, talk.draft.name) == (Step.PHONE, kept)


@pytest.mark.parametrize(
    "typed", ["A", "12", "N" * 101, "Ai đọc được tên của tôi?", "ẩn danh đi", "bỏ qua", "ko"]
)
def test_what_is_no_name_is_asked_for_again_with_what_is_needed(typed: str) -> None:
    talk = at(Step.NAME)
    said = talk.says(typed)
    assert "họ và tên" in said
    assert (talk.draft.step, talk.draft.name) == (Step.NAME, "")
    assert talk.draft.content == LAMP


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "(+84) 0912-345-678",
        "０９１２３４５６７８",
    ],
)
def test_a_phone_number_is_kept_in_its_national_form(typed: str) -> None:
    talk = at(Step.PHONE)
    talk.says(typed)
    assert (talk.draft.step, talk.draft.phone) == (Step.ADDRESS, "0912345678")


def test_a_number_of_a_land_line_is_a_phone_number() -> None:
    talk = at(Step.PHONE)
    talk.says("0220 3700 001")
    assert talk.draft.phone == "02203700001"


@pytest.mark.parametrize("typed", ["0912", "1912345678", "0912345678901", "+1 212 555"])
def test_what_is_no_phone_number_is_asked_for_again_with_an_example(typed: str) -> None:
    talk = at(Step.PHONE)
    said = talk.says(typed)
    assert "0912 345 678" in said
    assert (talk.draft.step, talk.draft.phone) == (Step.PHONE, "")


def test_an_address_must_be_more_than_a_word_and_less_than_a_letter() -> None:
    talk = at(Step.ADDRESS)
    for wrong in ("HN", "x" * 301):
        assert "địa chỉ rõ hơn" in talk.says(wrong)
        assert talk.draft.step is Step.ADDRESS
    talk.says("Số 5 ngõ 12")
    assert (talk.draft.step, talk.draft.address) == (Step.REMEMBER, "Số 5 ngõ 12")


@pytest.mark.parametrize("way", ["Bỏ qua", "bo qua", "không có", "1"])
def test_a_report_of_a_place_needs_no_address(way: str) -> None:
    talk = at(Step.ADDRESS)
    assert talk.labels == ["Bỏ qua"]
    talk.says(way)
    assert (talk.draft.step, talk.draft.address) == (Step.REMEMBER, "")


def test_a_question_to_an_officer_needs_no_address() -> None:
    talk = Talk()
    talk.says("cho tôi gặp cán bộ")
    talk.presses("Chuyển cho cán bộ")
    if talk.draft.step is Step.CONTENT:
        talk.says("Nhà đang thuê chưa có hợp đồng thì làm sao?")
    talk.presses("Tiếp tục")
    talk.presses("Đồng ý")
    talk.says(LAN.name, LAN.phone)
    assert talk.labels == ["Bỏ qua"]


@pytest.mark.parametrize("way", ["bỏ qua", "xong"])
def test_a_feedback_on_conduct_needs_an_address(way: str) -> None:
    talk = at(Step.ADDRESS, RUDE)
    assert talk.labels == []
    talk.taps("feedback:no-address")
    assert talk.draft.step is Step.ADDRESS
    assert "cần địa chỉ" in talk.says(way)
    assert (talk.draft.step, talk.draft.address) == (Step.ADDRESS, "")


@pytest.mark.parametrize(
    ("way", "remember"), [("Nhớ cho lần sau", True), ("Chỉ dùng lần này", False)]
)
def test_the_contact_is_remembered_only_where_the_person_says_so(way: str, remember: bool) -> None:
    talk = at(Step.REMEMBER)
    talk.presses(way)
    talk.presses("Gửi")
    assert talk.sent.feedback.remember is remember


@pytest.mark.parametrize(("word", "remember"), [("có", True), ("không", False)])
def test_whether_to_remember_may_be_typed(word: str, remember: bool) -> None:
    talk = at(Step.REMEMBER)
    talk.says(word)
    assert (talk.draft.step, talk.draft.remember) == (Step.CONFIRM, remember)


@pytest.fixture
def known() -> Talk:
    """Chị Lan, whose contact is remembered, at the question of consent."""
    talk = Talk()
    talk.desk.person = LAN
    talk.says(LAMP)
    talk.presses("Đúng rồi")
    talk.says("ngõ 12")
    talk.presses("Tiếp tục")
    return talk


def test_a_remembered_contact_is_not_shown_before_consent(known: Talk) -> None:
    assert known.draft.step is Step.CONSENT
    assert LAN.phone not in known.heard
    known.taps("feedback:reuse")
    assert (known.draft.step, known.draft.phone) == (Step.CONSENT, "")


def test_a_remembered_contact_is_shown_after_consent_and_can_be_used_again(known: Talk) -> None:
    said = known.presses("Đồng ý")
    assert f"{LAN.name}, {LAN.phone}, {LAN.address}" in said
    known.presses("Dùng lại")
    assert known.draft.step is Step.CONFIRM
    known.presses("Gửi")
    sent = known.sent.feedback
    assert (sent.name, sent.phone, sent.address) == (LAN.name, LAN.phone, LAN.address)
    assert sent.remember is True


def test_another_contact_may_be_given_instead(known: Talk) -> None:
    known.presses("Đồng ý")
    known.presses("Ghi thông tin khác")
    assert known.draft.step is Step.NAME
    known.says("Trần Văn Tư", "0987654321")
    known.presses("Bỏ qua")
    known.presses("Chỉ dùng lần này")
    known.presses("Gửi")
    sent = known.sent.feedback
    assert (sent.name, sent.phone, sent.remember) == ("Trần Văn Tư", "0987654321", False)


@pytest.mark.parametrize("way", ["Dùng lại", "Ghi thông tin khác"])
def test_a_contact_that_was_forgotten_meanwhile_is_asked_for(known: Talk, way: str) -> None:
    known.presses("Đồng ý")
    known.desk.person = None
    known.presses(way)
    assert (known.draft.step, known.draft.name) == (Step.NAME, "")


@pytest.mark.parametrize("typed", ["sđt của tôi là 0987 654 321", "0987.654.321 nhé em"])
def test_a_number_within_words_is_found(typed: str) -> None:
    talk = at(Step.PHONE)
    talk.says(typed)
    assert (talk.draft.phone, talk.draft.step) == ("0987654321", Step.ADDRESS)


def test_of_two_numbers_none_is_guessed() -> None:
    talk = at(Step.PHONE)
    assert "chưa đúng" in talk.says("0987654321 hoặc 0912345678")


@pytest.mark.parametrize(
    ("typed", "step", "address"),
    [
        ("Lan 0912345678", Step.ADDRESS, ""),
        ("Nguyễn Thị Lan, 0912 345 678", Step.ADDRESS, ""),
        ("Lan\n0912345678\nsố 5 ngõ 12", Step.REMEMBER, "số 5 ngõ 12"),
    ],
)
def test_name_number_and_address_may_come_in_one_message(
    typed: str, step: Step, address: str
) -> None:
    talk = at(Step.NAME)
    talk.says(typed)
    assert talk.draft.name.endswith("Lan")
    assert (talk.draft.step, talk.draft.phone, talk.draft.address) == (step, "0912345678", address)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Lan ạ", "Lan"), ("tên: Lan", "Lan"), ("huy", "huy"), ("Lê Thị Phải", "Lê Thị Phải")],
)
def test_words_around_a_name_are_left_out_and_names_like_words_are_names(
    typed: str, kept: str
) -> None:
    talk = at(Step.NAME)
    talk.says(typed)
    assert (talk.draft.name, talk.draft.step) == (kept, Step.PHONE)


@pytest.mark.parametrize("typed", ["0912345678 gọi sau 5h chiều", "o912345678"])
def test_a_number_with_a_remark_or_a_letter_o_is_found(typed: str) -> None:
    talk = at(Step.PHONE)
    talk.says(typed)
    assert talk.draft.phone == "0912345678"


def test_whoever_has_no_telephone_gives_an_address_instead() -> None:
    talk = at(Step.PHONE)
    talk.says("tôi không có điện thoại")
    assert (talk.draft.step, talk.labels) == (Step.ADDRESS, [])
    assert "cần địa chỉ" in talk.says("không cần đâu")
    talk.says("Số 5 ngõ 12")
    talk.presses("Chỉ dùng lần này")
    assert "Điện thoại: không có" in talk.heard


@pytest.mark.parametrize(
    ("step", "typed", "after"),
    [
        (Step.CONSENT, "dạ vâng ạ", Step.NAME),
        (Step.CONSENT, "chấp nhận", Step.NAME),
        (Step.CONSENT, "gửi đi", Step.CONSENT),
        (Step.REUSE, "dùng lại đi", Step.CONFIRM),
        (Step.REUSE, "tôi đổi số rồi", Step.NAME),
        (Step.REMEMBER, "chỉ lần này thôi", Step.CONFIRM),
        (Step.REMEMBER, "thôi khỏi", Step.CONFIRM),
        (Step.REMEMBER, "gửi đi", Step.REMEMBER),
    ],
)
def test_a_choice_is_understood_in_words(step: Step, typed: str, after: Step) -> None:
    talk = at(step)
    talk.says(typed)
    assert talk.draft.step is after
    assert not (after is Step.CONFIRM and step is Step.REMEMBER and talk.draft.remember)
