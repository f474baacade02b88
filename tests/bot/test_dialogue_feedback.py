"""Writing a feedback: one question at a time, and nothing a person wrote is lost."""

from datetime import UTC, datetime

import pytest

from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Kind
from api.cases.similar import Lookalike
from api.cases.wording import KIND_LABELS
from bot.dialogue.model import JoinCase, Step
from tests.bot.desk import OWN, WARD
from tests.bot.talk import FORM, LAMP, RUDE, Talk, at

RULE = "Quy định thu phí bản sao hiện nay không còn phù hợp thực tế."
WISH = "Đề nghị phường mở thêm giờ làm việc sáng thứ Bảy để người đi làm nộp hồ sơ."
ASKED = (Step.KIND, Step.PLACE, *FORM[FORM.index(Step.CONSENT) :])


def test_words_already_sent_are_the_content_and_not_asked_for_again() -> None:
    talk = Talk()
    said = talk.says(LAMP)
    assert said.startswith("Mình ghi nhận nội dung bạn vừa nhắn.")
    assert (talk.draft.step, talk.draft.content) == (Step.KIND, LAMP)


@pytest.mark.parametrize(
    ("content", "kind", "label"),
    [
        (LAMP, Kind.INFRASTRUCTURE, "Phản ánh hiện trường"),
        (RUDE, Kind.CONDUCT, "Phản ánh về cán bộ, cách làm việc"),
        (RULE, Kind.REGULATION, "Phản ánh về quy định, thủ tục"),
        (WISH, Kind.RECOMMENDATION, "Kiến nghị, đề xuất"),
    ],
)
def test_the_kind_is_proposed_in_words(content: str, kind: Kind, label: str) -> None:
    talk = Talk()
    assert f"“{label}”" in talk.says(content)
    assert talk.draft.kind is kind
    assert talk.labels == ["Đúng rồi", "Loại khác"]


def test_the_proposed_kind_can_be_corrected() -> None:
    talk = at(Step.KIND)
    talk.presses("Loại khác")
    talk.presses("Kiến nghị, đề xuất")
    assert talk.draft.kind is Kind.RECOMMENDATION
    assert talk.draft.step is Step.FILES


@pytest.mark.parametrize("word", ["không phải", "sai", "chua dung"])
def test_a_denied_kind_offers_all_kinds(word: str) -> None:
    talk = at(Step.KIND)
    talk.says(word)
    assert talk.labels == [*KIND_LABELS.values(), "Tôi chỉ hỏi thủ tục"]
    assert talk.draft.content == LAMP


@pytest.mark.parametrize("kind", Kind)
def test_whatever_kind_is_chosen_consent_and_name_are_asked(kind: Kind) -> None:
    talk = at(Step.KIND)
    talk.presses("Loại khác")
    talk.taps(f"feedback:kind-{kind}")
    for _ in range(2):
        if talk.draft.step in {Step.PLACE, Step.FILES}:
            talk.taps("feedback:next")
    assert talk.draft.kind is kind
    assert talk.draft.step is Step.CONSENT


@pytest.mark.parametrize(
    ("content", "asked"), [(LAMP, True), (RUDE, True), (RULE, False), (WISH, False)]
)
def test_the_place_is_asked_only_where_it_matters(content: str, asked: bool) -> None:
    talk = Talk()
    talk.says(content)
    talk.presses("Đúng rồi")
    assert (talk.draft.step is Step.PLACE) is asked


def test_a_place_named_in_the_story_is_one_button_away() -> None:
    talk = at(Step.PLACE, "Đèn đường ngõ 12 phố Thạch Khôi hỏng cả tuần nay, tối rất nguy hiểm.")
    talk.presses("ngõ 12 phố Thạch Khôi")
    assert (talk.draft.step, talk.draft.place) == (Step.FILES, "ngõ 12 phố Thạch Khôi")


@pytest.mark.parametrize("word", ["bỏ qua", "ko co", "xong"])
def test_the_place_may_be_left_open(word: str) -> None:
    talk = at(Step.PLACE)
    talk.says(word)
    assert (talk.draft.step, talk.draft.place) == (Step.FILES, "")


@pytest.mark.parametrize("step", FORM)
def test_a_file_may_be_sent_at_any_step(step: Step) -> None:
    talk = at(step)
    before = talk.draft
    said = talk.sends("anh-1")
    assert talk.draft.files == ("anh-1",)
    assert talk.draft.step is step
    assert talk.draft.content == before.content
    assert ("Đã nhận 1 tệp." in said) or step is Step.CONTENT


def test_a_picture_before_any_word_asks_for_words_and_is_kept() -> None:
    talk = Talk()
    assert talk.sends("anh-1").startswith("Mình đã nhận tệp.")
    talk.says(LAMP)
    assert (talk.draft.step, talk.draft.files) == (Step.KIND, ("anh-1",))


def test_a_picture_before_any_word_is_kept_when_the_menu_is_used() -> None:
    talk = Talk()
    talk.sends("anh-1")
    talk.says("menu")
    talk.presses("Gửi phản ánh, kiến nghị")
    assert talk.draft.files == ("anh-1",)


def test_the_words_below_a_picture_are_the_content() -> None:
    talk = Talk()
    talk.sends("anh-1", caption=LAMP)
    assert (talk.draft.step, talk.draft.content) == (Step.KIND, LAMP)
    assert talk.draft.kind is Kind.INFRASTRUCTURE
    assert "Đã nhận 1 tệp." in talk.heard


def test_the_words_below_a_later_picture_are_added_to_the_content() -> None:
    talk = at(Step.FILES)
    talk.sends("anh-1", caption="Đây là cột đèn số 7.")
    assert talk.draft.content == f"{LAMP}\nĐây là cột đèn số 7."


@pytest.mark.parametrize("step", [Step.IDLE, Step.CONTENT, Step.FILES, Step.NAME])
def test_too_many_files_keep_the_first_and_say_so(step: Step) -> None:
    talk = at(step)
    said = talk.sends("1", "2", "3", "4", "5")
    assert talk.draft.files == ("1", "2", "3")
    assert "tối đa 3 tệp" in said


@pytest.mark.parametrize(
    "unusable",
    ["👍", "a" * 5_001, "tệp hỏng"],
    ids=["without letters", "too long", "a refused file"],
)
def test_what_cannot_be_taken_leaves_the_question_and_its_buttons_open(unusable: str) -> None:
    talk = at(Step.CONSENT)
    if unusable == "tệp hỏng":
        assert "Chưa nhận được loại tệp" in talk.sends(refused="Chưa nhận được loại tệp này.")
    else:
        talk.says(unusable)
    assert talk.labels == ["Đồng ý", "Không đồng ý"]
    assert talk.draft.step is Step.CONSENT


@pytest.mark.parametrize("step", [Step.KIND, Step.FILES, Step.CONFIRM])
def test_words_that_answer_nothing_are_added_to_the_content(step: Step) -> None:
    talk = at(step)
    said = talk.says("Hôm qua bác Tư suýt ngã xe ở đó.")
    assert said.startswith("Đã thêm vào nội dung.")
    assert talk.draft.content == f"{LAMP}\nHôm qua bác Tư suýt ngã xe ở đó."
    assert talk.draft.step is step


@pytest.mark.parametrize("step", ASKED)
def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(step: Step) -> None:
    talk = at(step)
    before, question = talk.draft, talk.reply
    said = talk.says("đăng ký tạm trú mất bao lâu?")
    assert "Thời hạn giải quyết:" in said
    assert "Mình quay lại phản ánh của bạn." in talk.reply.text
    assert talk.reply.buttons == question.buttons
    assert talk.draft == before


@pytest.mark.parametrize("step", [s for s in FORM if s is not Step.CONTENT])
@pytest.mark.parametrize("action", ["aspect:1.004194/fee", "procedure:1.004194", "menu:ask"])
def test_a_button_about_a_procedure_does_not_lose_the_place_in_the_form(
    step: Step, action: str
) -> None:
    talk = at(step)
    question = talk.reply
    talk.taps(action)
    talk.says("menu")
    resumed = talk.presses("Viết tiếp")
    assert talk.draft.step is step
    assert question.text in resumed
    assert talk.draft.content == LAMP


def test_a_second_story_does_not_push_out_the_first() -> None:
    talk = at(Step.NAME)
    talk.taps("menu:ask")
    talk.says("Đường Trần Hưng Đạo ngập nước cả tuần nay chưa ai xử lý.")
    assert LAMP in talk.draft.content


def test_beginning_again_goes_on_with_the_draft() -> None:
    talk = at(Step.NAME)
    said = talk.taps("menu:feedback")
    assert said.startswith("Mình tiếp tục bản nháp của bạn.")
    assert "họ và tên" in said
    assert talk.draft.content == LAMP


def test_the_summary_shows_all_that_is_sent() -> None:
    talk = at(Step.CONFIRM)
    talk.sends("anh-1")
    for fact in (
        "Loại: Phản ánh hiện trường",
        f"Nội dung: {LAMP}",
        "Nơi xảy ra: ngõ 12 phố Thạch Khôi",
        "Kèm 1 tệp",
        "Họ tên: Nguyễn Thị Lan",
        "Điện thoại: 0912345678",
        "Địa chỉ: Số 5 ngõ 12 phố Thạch Khôi",
        f"Gửi cho {WARD.name}?",
    ):
        assert fact in talk.heard
    assert talk.labels == ["Gửi", "Sửa nội dung", "Sửa mục khác", "Hủy"]


@pytest.mark.parametrize("word", ["gửi", "GUI DI", "đồng ý", "1"])
def test_sending_opens_one_case_with_everything_and_empties_the_draft(word: str) -> None:
    talk = at(Step.CONFIRM)
    talk.sends("anh-1")
    talk.says(word)
    sent = talk.sent.feedback
    assert (sent.kind, sent.content, sent.place) == (
        Kind.INFRASTRUCTURE,
        LAMP,
        "ngõ 12 phố Thạch Khôi",
    )
    assert (sent.name, sent.phone, sent.address) == (
        "Nguyễn Thị Lan",
        "0912345678",
        "Số 5 ngõ 12 phố Thạch Khôi",
    )
    assert (sent.attachments, sent.remember) == (("anh-1",), False)
    assert not talk.draft.is_writing


def test_a_long_story_is_cut_in_the_summary_but_sent_whole() -> None:
    story = LAMP + " Tối nào cũng tối om, trẻ con đi học về rất sợ." * 40
    talk = at(Step.CONFIRM, story)
    assert len(talk.reply.text) < 1_500
    talk.presses("Gửi")
    assert talk.sent.feedback.content == story


def test_edited_content_replaces_the_old_and_comes_back_to_the_summary() -> None:
    talk = at(Step.CONFIRM)
    assert talk.presses("Sửa nội dung").startswith("Bạn viết lại nội dung nhé.")
    said = talk.says("Đèn đường ngõ 14 hỏng đã ba hôm.")
    assert "Nội dung: Đèn đường ngõ 14 hỏng đã ba hôm." in said
    assert LAMP not in said
    assert talk.draft.step is Step.CONFIRM
    assert talk.draft.name == "Nguyễn Thị Lan"


@pytest.mark.parametrize("way_out", ["quay lại", "menu"])
def test_content_is_not_lost_before_its_replacement_is_written(way_out: str) -> None:
    talk = at(Step.CONFIRM)
    talk.presses("Sửa nội dung")
    talk.says(way_out)
    assert talk.draft.content == LAMP


def test_a_story_may_come_in_several_messages_up_to_the_limit() -> None:
    talk = at(Step.FILES)
    part = "b" * 4_900
    talk.says(part)
    said = talk.says(part, "c" * 400)
    assert "10.000 ký tự" in said
    assert talk.draft.content == f"{LAMP}\n{part}\n{part}"
    assert talk.draft.step is Step.FILES


def test_the_words_below_pictures_keep_to_the_same_limit() -> None:
    talk = at(Step.FILES)
    for number in range(3):
        talk.sends(f"anh-{number}", caption="b" * 4_900)
    assert len(talk.draft.content) <= LONGEST_CONTENT
    assert "10.000 ký tự" in talk.heard


@pytest.mark.parametrize("step", [s for s in FORM if s is not Step.CONFIRM])
@pytest.mark.parametrize("action", ["send", "kind-question", "kind-conduct", "next", "remember"])
def test_an_old_button_leads_no_way_around_consent_content_and_name(
    step: Step, action: str
) -> None:
    talk = at(step)
    talk.taps(f"feedback:{action}")
    reached = talk.draft
    talk.taps("feedback:send")
    assert talk.effects == () or (reached.consented and reached.name and reached.content)
    assert reached.step is not Step.CONFIRM or (reached.consented and reached.name)


@pytest.mark.parametrize("action", ["next", "kind-conduct", "kind-question", "done", "no-address"])
def test_no_old_button_leads_on_before_there_are_words(action: str) -> None:
    talk = at(Step.CONTENT)
    talk.taps(f"feedback:{action}")
    assert talk.draft.step is Step.CONTENT


@pytest.mark.parametrize("action", ["send", "next", "agree", "kind-conduct", "resume", "pending"])
def test_an_old_button_of_the_form_begins_one_where_none_is_written(action: str) -> None:
    talk = Talk()
    assert talk.taps(f"feedback:{action}").startswith("Bạn kể giúp sự việc")
    assert talk.effects == ()
    assert talk.draft.step is Step.CONTENT


@pytest.mark.parametrize("word", ["dạ đúng rồi ạ", "ung roi", "vang dung roi em", "ok nha"])
def test_a_polite_or_southern_yes_is_a_yes(word: str) -> None:
    talk = at(Step.KIND)
    talk.says(word)
    assert talk.draft.content == LAMP
    assert talk.draft.step is Step.PLACE


@pytest.mark.parametrize("word", ["hủy nhé", "thoi khong phan anh nua", "tôi không muốn gửi nữa"])
def test_a_change_of_mind_ends_the_feedback(word: str) -> None:
    talk = at(Step.PLACE)
    assert "Đã hủy" in talk.says(word)
    assert talk.draft.step is Step.IDLE


def test_huy_in_a_name_is_a_name() -> None:
    talk = at(Step.NAME)
    talk.says("Dạ Huy")
    assert (talk.draft.name, talk.draft.step) == ("Dạ Huy", Step.PHONE)


def test_a_question_before_the_kind_was_agreed_on_is_answered_and_not_written_down() -> None:
    talk = at(Step.KIND)
    said = talk.says("thôi cho hỏi đăng ký tạm trú cần giấy tờ gì")
    assert "Giấy tờ cần có" in said
    assert "Mình quay lại phản ánh của bạn." in said
    assert talk.draft.content == LAMP


def test_who_only_asked_is_answered_and_leaves_no_draft() -> None:
    talk = Talk()
    talk.taps("menu:feedback")
    talk.says("Đăng ký tạm trú cần giấy tờ gì mà hỏi cán bộ một cửa cả tuần không ai nói.")
    talk.presses("Loại khác")
    assert "Giấy tờ cần có" in talk.presses("Tôi chỉ hỏi thủ tục")
    assert not talk.draft.is_writing


def test_a_yes_to_pictures_waits_for_them() -> None:
    talk = at(Step.FILES)
    assert "Mời bạn gửi ảnh" in talk.says("có ạ")
    assert (talk.draft.step, talk.draft.content) == (Step.FILES, LAMP)


def test_a_wish_to_meet_an_officer_is_no_question_and_the_question_is_asked_for() -> None:
    talk = Talk()
    talk.says("cho tôi gặp cán bộ")
    talk.presses("Chuyển cho cán bộ")
    assert (talk.draft.step, talk.draft.content) == (Step.CONTENT, "")


def test_what_goes_to_an_officer_is_read_back() -> None:
    talk = Talk()
    talk.says("tiêm vắc xin cho trẻ ở đâu")
    assert "“tiêm vắc xin cho trẻ ở đâu”" in talk.presses("Chuyển cho cán bộ")


@pytest.mark.parametrize(
    "step", [Step.KIND, Step.PLACE, Step.FILES, Step.NAME, Step.PHONE, Step.ADDRESS]
)
@pytest.mark.parametrize("said", ["đăng ký tạm trú cần giấy tờ gì", "đăng ký tạm trú mất bao lâu?"])
def test_a_question_in_the_middle_of_the_form_is_answered_and_the_form_goes_on(
    step: Step, said: str
) -> None:
    talk = at(step)
    before = talk.draft
    assert "Đăng ký tạm trú" in talk.says(said)
    assert (talk.draft.step, talk.draft.content) == (step, before.content)
    assert "Mình quay lại phản ánh của bạn." in talk.heard


@pytest.mark.parametrize(
    "place",
    [
        *("ngõ 12 phố Mới", "trước cổng trường tiểu học", "chợ huyện cũ", "ủy ban phường", "tổ 5"),
        *("khu tập thể nhà máy", "chỗ đăng ký xe công an phường", "nghĩa trang xã", "cầu đò"),
    ],
)
def test_a_place_is_no_question(place: str) -> None:
    talk = at(Step.PLACE)
    talk.says(place)
    assert talk.draft.place == place


@pytest.mark.parametrize("step", [Step.FILES, Step.PLACE, Step.REMEMBER])
def test_enough_declines_what_was_asked_and_deletes_nothing(step: Step) -> None:
    talk = at(step)
    talk.says("thôi")
    assert talk.draft.content == LAMP
    assert talk.draft.step is not step


@pytest.mark.parametrize("said", ["không gửi", "bỏ đi", "thôi khỏi"])
def test_not_to_send_pictures_is_not_to_send_nothing(said: str) -> None:
    talk = at(Step.FILES)
    talk.says(said)
    assert (talk.draft.step, talk.draft.content) == (Step.CONSENT, LAMP)


@pytest.mark.parametrize("said", ["thôi em", "không gửi", "bỏ"])
def test_enough_where_nothing_can_be_declined_asks_before_it_deletes(said: str) -> None:
    talk = at(Step.CONFIRM)
    talk.says(said)
    assert (talk.labels, talk.draft.content) == (["Xóa bản nháp", "Viết tiếp"], LAMP)
    assert "Đã hủy" in talk.presses("Xóa bản nháp")


@pytest.mark.parametrize("said", ["không sửa nữa", "thôi giữ nguyên", "để nguyên đi", "thôi"])
def test_a_refusal_to_mend_leaves_the_content_as_it_was(said: str) -> None:
    talk = at(Step.CONFIRM)
    talk.presses("Sửa nội dung")
    assert talk.labels == ["Không sửa gì"]
    assert "Bạn xem lại trước khi gửi" in talk.says(said)
    assert talk.draft.content == LAMP


def test_a_danger_that_is_told_in_the_form_stays_in_the_story() -> None:
    talk = at(Step.PLACE)
    words = "có người bị tai nạn nằm bất tỉnh ở đó rồi, cứu với"
    assert "115" in talk.says(words)
    assert talk.draft.content == f"{LAMP}\n{words}"


@pytest.mark.parametrize("said", ["đúng hết rồi", "ừ gửi đi cháu", "dạ vâng ạ", "chốt", "gửi giùm"])
def test_the_summary_is_agreed_to_in_many_words(said: str) -> None:
    talk = at(Step.CONFIRM)
    talk.says(said)
    assert talk.sent.feedback.content == LAMP


@pytest.mark.parametrize("step", [Step.KIND, Step.FILES, Step.CONFIRM])
def test_what_may_be_no_more_of_the_story_is_asked_about_and_not_lost(step: Step) -> None:
    talk = at(step)
    talk.says("ngõ ba")
    assert talk.draft.content == LAMP
    talk.presses("Thêm vào nội dung")
    assert talk.draft.content == f"{LAMP}\nngõ ba"
    assert talk.draft.step is step


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("bao lâu có kết quả?", "ngày hạn trả lời"),
        ("có ai biết tên tôi không?", "đã được che"),
        ("tôi sợ bị trả thù", "đã được che"),
        ("gửi phản ánh có mất tiền không", "không mất tiền"),
    ],
)
@pytest.mark.parametrize("step", [Step.KIND, Step.FILES, Step.CONSENT, Step.NAME, Step.CONFIRM])
def test_what_people_ask_of_the_form_is_answered_and_the_form_goes_on(
    step: Step, said: str, answered: str
) -> None:
    talk = at(step)
    assert answered in talk.says(said)
    assert (talk.draft.step, talk.draft.content) == (step, LAMP)


@pytest.mark.parametrize("said", ["ok", "vâng", "xin chào", "bỏ qua"])
def test_words_that_tell_nothing_are_no_content(said: str) -> None:
    talk = at(Step.CONTENT)
    assert "Bạn kể giúp sự việc" in talk.says(said)
    assert talk.draft.content == ""


def test_a_short_matter_is_a_content() -> None:
    talk = at(Step.CONTENT)
    talk.says("mất nước")
    assert talk.draft.content == "mất nước"


@pytest.mark.parametrize(
    ("said", "kind"),
    [("kiến nghị", Kind.RECOMMENDATION), ("đây là góp ý", Kind.RECOMMENDATION)],
)
def test_the_kind_is_named_in_words(said: str, kind: Kind) -> None:
    talk = at(Step.KIND)
    talk.says(said)
    assert talk.draft.kind is kind
    assert talk.draft.content == LAMP


@pytest.mark.parametrize("said", ["đúng rồi", "như trên", "tôi ghi rồi"])
def test_the_place_that_was_told_is_taken(said: str) -> None:
    talk = at(Step.PLACE)
    talk.says(said)
    assert (talk.draft.place, talk.draft.step) == ("ngõ 12", Step.FILES)


@pytest.mark.parametrize(
    "said", ["mình không có ảnh", "hông có hình", "k co anh dau", "không cần ảnh đâu", "đủ rồi"]
)
def test_no_pictures_is_no_more_of_the_story(said: str) -> None:
    talk = at(Step.FILES)
    talk.says(said)
    assert (talk.draft.step, talk.draft.content) == (Step.CONSENT, LAMP)


def test_a_parked_draft_is_offered_again_and_goes_on() -> None:
    talk = at(Step.PLACE)
    talk.taps("menu:ask")
    talk.says("đăng ký tạm trú cần giấy tờ gì")
    assert "Viết tiếp" in talk.labels
    talk.says("viết tiếp")
    assert talk.draft.step is Step.PLACE


@pytest.mark.parametrize("said", ["để sau", "chờ chút", "khoan đã"])
def test_whoever_wants_to_wait_loses_nothing(said: str) -> None:
    talk = at(Step.CONFIRM)
    assert "vẫn được giữ" in talk.says(said)
    assert talk.draft.content == LAMP


@pytest.mark.parametrize(
    "story",
    [
        "Đường Trần Hưng Đạo ngập nước cả tuần nay chưa ai xử lý.",
        "Họ đào đường để làm gì mà ba tháng rồi không lấp?",
        "Tôi gửi đơn ba lần mà không ai đọc, không biết bao giờ trả lời.",
    ],
)
def test_a_story_with_words_that_people_ask_of_the_form_is_a_content(story: str) -> None:
    talk = at(Step.CONTENT)
    talk.says(story)
    assert talk.draft.content == story


@pytest.mark.parametrize(
    ("said", "joins"),
    [("đúng rồi", True), ("thêm tôi vào", True), ("không phải", False), ("gửi mới", False)],
)
def test_whether_it_is_the_same_case_is_said_in_words(said: str, joins: bool) -> None:
    talk = at(Step.CONFIRM)
    talk.desk.twins = [Lookalike(OWN, LAMP, datetime(2026, 11, 16, tzinfo=UTC))]
    talk.says("gửi")
    assert "Có phải việc này không?" in talk.heard
    talk.says(said)
    (effect,) = talk.effects
    assert isinstance(effect, JoinCase) is joins


def test_other_words_at_the_question_of_twins_ask_it_again() -> None:
    talk = at(Step.CONFIRM)
    talk.desk.twins = [Lookalike(OWN, LAMP, datetime(2026, 11, 16, tzinfo=UTC))]
    talk.says("gửi")
    assert "Có phải việc này không?" in talk.says("để tôi xem nào")
    assert talk.draft.content == LAMP
