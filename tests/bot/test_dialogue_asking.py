"""Questions in the conversation: answers, asking back, follow-ups, and small talk."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from api.cases.models import Kind
from bot.dialogue import clarifying
from bot.dialogue.model import LONGEST_MESSAGE, Draft, Step
from knowledge.aspects import Aspect
from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk
from knowledge.decide import Decision
from knowledge.readers import read
from knowledge.taught import TaughtAsk
from tests.bot.desk import OWN, WARD, FakeDesk, case, small_clerk
from tests.bot.talk import LAMP, Talk
from tests.shared import shared

RESIDENCE, COPY, MARRIAGE = "1.004194", "2.000815", "1.000894"
ENTRIES = [
    "Hỏi thủ tục",
    "Gửi phản ánh, kiến nghị",
    "Tra cứu tình trạng",
    "Kết quả công khai",
    "Gặp cán bộ",
]


OPEN = "làm khai sinh cần giấy tờ gì"
UNKNOWN = "thủ tục xuất khẩu gạo sang châu Âu cần gì"


@pytest.fixture
def lan() -> Talk:
    """Chị Lan, who has said nothing yet, before a clerk who finds one question open."""
    talk = Talk()
    talk.desk.decisions = {OPEN: Decision.CLARIFY, UNKNOWN: Decision.NONE}
    return talk


def talk_of(names: Mapping[str, str]) -> Talk:
    """Begin a talk where the catalogue has nothing but these procedures."""
    catalogue = small_clerk().catalogue
    model = catalogue.by_code[RESIDENCE]
    named = [model.model_copy(update={"code": code, "name": name}) for code, name in names.items()]
    return Talk(FakeDesk(Clerk(Catalogue(catalogue.release, tuple(named)))))


def name_of(code: str) -> str:
    return small_clerk().catalogue.by_code[code].name


@pytest.mark.parametrize("text", ["/start", "xin chào", "chao ban"])
def test_a_greeting_is_answered_with_a_welcome_and_the_menu(lan: Talk, text: str) -> None:
    assert lan.says(text).startswith(f"Xin chào bạn! Đây là trợ lý tự động của {WARD.name}.")
    assert lan.labels == ENTRIES


@pytest.mark.parametrize("text", ["menu", "MENU!", "Trang chủ", "trang chu", "/help", "giúp"])
def test_the_word_menu_shows_the_menu(lan: Talk, text: str) -> None:
    assert lan.says(text).startswith("Bạn cần việc gì?")
    assert lan.labels == ENTRIES


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("Hỏi thủ tục", "Bạn muốn hỏi thủ tục nào?"),
        ("Gửi phản ánh, kiến nghị", "Bạn kể giúp sự việc hoặc điều muốn đề xuất"),
        ("Tra cứu tình trạng", f"Bạn nhắn mã hồ sơ, ví dụ {WARD.code_example}"),
        ("Kết quả công khai", "Chưa có kết quả nào được công khai."),
        ("Gặp cán bộ", f"{WARD.name}, {WARD.address}\nĐiện thoại: {WARD.phone}"),
    ],
)
def test_each_entry_of_the_menu_leads_on(lan: Talk, entry: str, words: str) -> None:
    lan.says("menu")
    assert words in lan.presses(entry)


def test_an_entry_that_does_not_exist_shows_the_menu(lan: Talk) -> None:
    for action in ("menu:khong-co", "gi-do:1", "menu", ":", "   "):
        lan.taps(action)
        assert lan.labels == ENTRIES, action


@pytest.mark.parametrize("text", ["đăng ký tạm trú mất bao lâu", "dang ky tam tru mat bao lau"])
def test_the_asked_part_comes_first_and_the_source_last(lan: Talk, text: str) -> None:
    blocks = lan.says(text).split("\n\n")
    assert blocks[0] == f"{name_of(RESIDENCE)} (mã {RESIDENCE})"
    assert blocks[1].startswith("Thời hạn giải quyết:\n")
    assert "ngày" in blocks[1]
    assert blocks[2].startswith("Theo Quyết định")
    assert blocks[2].endswith(f"Xem đầy đủ: {WARD.url}/thu-tuc/{RESIDENCE}")
    assert len(blocks) == 3


def test_a_question_about_no_part_is_answered_with_papers_time_fee_and_place(lan: Talk) -> None:
    said = lan.says("đăng ký tạm trú")
    for title in ("Giấy tờ cần có:", "Thời hạn giải quyết:", "Phí, lệ phí:", "Nơi nộp hồ sơ:"):
        assert title in said


def test_a_part_that_was_not_shown_is_one_button_away(lan: Talk) -> None:
    lan.says("đăng ký tạm trú mất bao lâu")
    assert "Thời hạn" not in lan.labels
    assert "Giấy tờ cần có:" in lan.presses("Giấy tờ")
    assert lan.draft.topic == RESIDENCE


def test_a_part_that_does_not_exist_shows_the_summary(lan: Talk) -> None:
    said = lan.taps(f"aspect:{RESIDENCE}/mau-sac")
    assert "Giấy tờ cần có:" in said
    assert "Nơi nộp hồ sơ:" in said


def test_a_procedure_that_is_no_longer_there_is_said_so(lan: Talk) -> None:
    lan.says("đăng ký tạm trú mất bao lâu")
    assert lan.taps("procedure:9.999999").startswith("Thủ tục này không còn trong danh mục")
    assert lan.draft.topic == ""


@pytest.fixture
def asked_back(lan: Talk) -> Talk:
    """Chị Lan after a question that could mean several procedures."""
    lan.says(OPEN)
    assert lan.heard == "Để trả lời đúng, bạn đang hỏi việc nào dưới đây?"
    return lan


def test_an_open_question_is_asked_back_with_at_most_three_choices(asked_back: Talk) -> None:
    choices = [action for _, action in asked_back.reply.buttons]
    assert 2 <= len(choices) - 1 <= 3
    assert all(action.startswith("procedure:") for action in choices[:-1])
    assert asked_back.reply.buttons[-1] == ("Việc khác", "menu:other")


def test_a_long_name_gives_way_to_what_people_call_it() -> None:
    small = small_clerk().catalogue
    longest = "Thủ tục " + "xác nhận thông tin về cư trú của công dân Việt Nam " * 4
    renamed = small.by_code[COPY].model_copy(update={"name": longest})
    clerk = Clerk(Catalogue(small.release, (renamed,)))
    assert clerk.short_name(renamed) == "Sao y bản chính"


def test_a_long_name_nobody_has_words_for_is_cut_between_words_to_fit_a_button() -> None:
    small = small_clerk().catalogue
    longest = "Thủ tục " + "xác nhận thông tin về cư trú của công dân Việt Nam " * 4
    renamed = [
        p.model_copy(update={"name": longest, "code": f"9.00000{n}"})
        for n, p in enumerate(small.procedures[:2])
    ]
    talk = Talk(FakeDesk(Clerk(Catalogue(small.release, tuple(renamed)))))
    talk.desk.decisions = {OPEN: Decision.CLARIFY}
    talk.says(OPEN)
    label = talk.labels[0]
    assert len(label) <= 60
    assert label.endswith(" …")
    assert f"{longest} ".startswith(f"Thủ tục x{label.removesuffix('…')[1:]}")


@pytest.mark.parametrize("typed", ["2", " 2. ", "２", "②"])
def test_a_choice_may_be_typed_as_its_number(asked_back: Talk, typed: str) -> None:
    _, action = asked_back.reply.buttons[1]
    said = asked_back.says(typed)
    assert said.startswith(name_of(action.removeprefix("procedure:")))
    assert "Giấy tờ cần có:" in said


@pytest.mark.parametrize("change", [str, str.upper, lambda words: f"  {words}. "])
def test_a_choice_may_be_typed_as_its_words(asked_back: Talk, change: type[str]) -> None:
    label, action = asked_back.reply.buttons[1]
    asked_back.says(change(label))
    assert asked_back.draft.topic == action.removeprefix("procedure:")


def test_a_choice_may_be_typed_without_marks(asked_back: Talk) -> None:
    assert "Bạn nói rõ hơn giúp mình" in asked_back.says("viec khac")
    assert "Bạn có ảnh hoặc tệp muốn gửi kèm không?" in asked_back.presses("Chuyển cho cán bộ")


@pytest.mark.parametrize(
    "typed", ["0", "9", "-1", "፩", "9" * 4_500], ids=["0", "9", "-1", "Ethiopic one", "4500 nines"]
)
def test_a_number_that_was_not_offered_presses_nothing(asked_back: Talk, typed: str) -> None:
    asked_back.says(typed)
    assert asked_back.draft.topic == ""
    assert asked_back.effects == ()


def test_a_question_back_may_be_answered_in_own_words(asked_back: Talk) -> None:
    heard = asked_back.says("chồng em có yếu tố nước ngoài")
    assert "khai sinh có yếu tố nước ngoài" in heard.splitlines()[0]


def test_words_that_leave_it_open_are_met_with_an_officer_and_no_third_question(
    asked_back: Talk,
) -> None:
    vague = "bên nội nhà em nhờ hỏi"
    asked_back.desk.decisions |= {vague: Decision.NONE, f"{OPEN} {vague}": Decision.CLARIFY}
    assert asked_back.says(vague).startswith("Mình vẫn chưa chắc bạn cần việc nào.")
    assert asked_back.labels[-1] == "Chuyển cho cán bộ"
    assert asked_back.draft.pending == f"{OPEN} {vague}"


def test_another_question_after_a_question_back_is_simply_answered(asked_back: Talk) -> None:
    assert name_of(RESIDENCE) in asked_back.says("đăng ký tạm trú ở đâu")


def test_only_the_buttons_of_the_last_reply_can_be_typed(asked_back: Talk) -> None:
    asked_back.says("cảm ơn")
    asked_back.says("2")
    assert asked_back.draft.topic == ""


def test_a_question_that_the_catalogue_does_not_know_may_go_to_an_officer(lan: Talk) -> None:
    said = lan.says(UNKNOWN)
    assert said.startswith("Mình chưa tìm thấy điều bạn hỏi trong danh mục thủ tục")
    assert lan.labels == ["Chuyển cho cán bộ", "Gửi như phản ánh"]
    lan.presses("Chuyển cho cán bộ")
    assert (lan.draft.kind, lan.draft.content, lan.draft.step) == (
        Kind.QUESTION,
        UNKNOWN,
        Step.FILES,
    )


def test_a_question_passed_on_is_sent_as_a_question_about_the_procedure(lan: Talk) -> None:
    lan.says("đăng ký tạm trú mất bao lâu", "cho tôi gặp cán bộ")
    lan.presses("Chuyển cho cán bộ")
    if lan.draft.step is Step.CONTENT:
        lan.says("Nhà đang thuê chưa có hợp đồng thì làm sao?")
    lan.presses("Tiếp tục")
    lan.presses("Đồng ý")
    lan.says("Nguyễn Thị Lan", "0912345678")
    lan.presses("Bỏ qua")
    lan.presses("Chỉ dùng lần này")
    lan.presses("Gửi")
    assert lan.sent.feedback.kind is Kind.QUESTION
    assert lan.sent.feedback.procedure_code == RESIDENCE


def test_a_question_that_is_not_known_may_become_a_feedback(lan: Talk) -> None:
    lan.says(UNKNOWN)
    lan.presses("Gửi như phản ánh")
    assert lan.draft.content == UNKNOWN
    assert lan.draft.step is Step.KIND


@pytest.mark.parametrize(
    ("follow_up", "title"),
    [
        ("lệ phí bao nhiêu?", "Phí, lệ phí:"),
        ("mấy ngày?", "Thời hạn giải quyết:"),
        ("may ngay", "Thời hạn giải quyết:"),
        ("nộp online được không?", "Nộp trực tuyến:"),
        ("nộp ở đâu vậy", "Nơi nộp hồ sơ:"),
    ],
)
def test_a_follow_up_stays_with_the_procedure(lan: Talk, follow_up: str, title: str) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    blocks = lan.says(follow_up).split("\n\n")
    assert blocks[0] == f"{name_of(RESIDENCE)} (mã {RESIDENCE})"
    assert blocks[1].startswith(title)


def test_a_follow_up_that_names_another_procedure_moves_on(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    said = lan.says("lệ phí chứng thực bản sao?")
    assert said.startswith(f"{name_of(COPY)} (mã {COPY})")
    assert lan.says("mấy ngày?").startswith(f"{name_of(COPY)} (mã {COPY})")


@pytest.mark.parametrize("turned", ["không, ý tôi là gia hạn", "thế còn gia hạn thì sao"])
def test_a_correction_moves_to_the_sibling_of_the_last_answer(turned: str) -> None:
    names = {RESIDENCE: "Đăng ký tạm trú", "1.002755": "Gia hạn tạm trú"}
    lan = talk_of(names)
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    assert lan.says(turned).startswith("Gia hạn tạm trú (mã 1.002755)")


@pytest.mark.parametrize("told", ["mẹ tôi mất tuần trước", "ong noi e mat roi", "ba em mat o nha"])
def test_a_death_in_the_family_is_no_call_for_help(lan: Talk, told: str) -> None:
    assert "113" not in lan.says(told)


@pytest.mark.parametrize("told", ["mẹ tôi mất tích từ hôm qua", "ba toi bi nga ngat roi cuu voi"])
def test_whoever_is_lost_or_hurt_is_in_danger(lan: Talk, told: str) -> None:
    assert "113" in lan.says(told)


def test_idle_talk_gets_a_friendly_word_and_the_menu(lan: Talk) -> None:
    assert lan.says("hôm nay trời có mưa không ta").startswith("Chuyện này mình không rành")
    assert lan.labels == ENTRIES


def test_two_questions_in_one_message_get_two_answers(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì? Còn đăng ký kết hôn lệ phí bao nhiêu?")
    first, second = (reply.text.split("\n\n") for reply in lan.last.replies)
    assert first[0] == f"{name_of(RESIDENCE)} (mã {RESIDENCE})"
    assert first[1].startswith("Giấy tờ cần có:")
    assert second[0] == f"{name_of(MARRIAGE)} (mã {MARRIAGE})"
    assert second[1].startswith("Phí, lệ phí:")


def test_two_parts_of_one_procedure_are_one_question(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì và lệ phí bao nhiêu?")
    assert len(lan.last.replies) == 1


def test_a_part_without_a_procedure_asks_which_and_is_answered_when_it_is_named(lan: Talk) -> None:
    assert lan.says("lệ phí bao nhiêu?").startswith("Bạn đang hỏi về thủ tục nào?")
    blocks = lan.says("đăng ký tạm trú").split("\n\n")
    assert blocks[0] == f"{name_of(RESIDENCE)} (mã {RESIDENCE})"
    assert blocks[1].startswith("Phí, lệ phí:")


def test_a_part_asked_after_asking_back_repeats_the_choices(asked_back: Talk) -> None:
    before = asked_back.reply.buttons[:-1]
    asked_back.says("lệ phí bao nhiêu?")
    assert asked_back.reply.buttons[: len(before)] == before
    asked_back.says("1")
    assert "Phí, lệ phí:" in asked_back.heard


@pytest.mark.parametrize("name", ["tạm trú", "khai sinh", "ket hon", "hộ kinh doanh"])
def test_the_bare_name_of_a_procedure_is_a_question(lan: Talk, name: str) -> None:
    said = lan.says(name)
    assert "(mã " in said or lan.labels[-1:] == ["Việc khác"]


def test_thanks_are_answered_politely(lan: Talk) -> None:
    assert lan.says("cảm ơn nhé").startswith("Dạ không có gì ạ.")


def test_abuse_is_answered_calmly_with_the_phone_and_the_menu(lan: Talk) -> None:
    said = lan.says("đồ ngu")
    assert said.startswith("Mình chưa hiểu ý bạn.")
    assert WARD.phone in said
    assert lan.labels == ENTRIES


def test_whoever_asks_for_an_officer_learns_where_and_when(lan: Talk) -> None:
    said = lan.says("cho tôi gặp cán bộ")
    for fact in (WARD.address, WARD.phone, WARD.hours, "5 ngày làm việc"):
        assert fact in said


def test_whoever_asks_for_the_state_of_a_case_is_asked_for_its_code(lan: Talk) -> None:
    assert lan.says("tôi muốn tra cứu hồ sơ").startswith("Bạn nhắn mã hồ sơ")
    assert lan.draft.step is Step.CODE


@pytest.mark.parametrize("text", ["😡😡😡", "…", "?!"])
def test_a_message_without_letters_is_asked_for_in_words(lan: Talk, text: str) -> None:
    assert lan.says(text).startswith("Mình chưa đọc được nội dung này.")


def test_a_message_that_is_too_long_says_the_limit_and_changes_nothing(asked_back: Talk) -> None:
    before = asked_back.draft
    said = asked_back.says("a" * (LONGEST_MESSAGE + 1))
    assert "5.000 ký tự" in said
    assert asked_back.draft == before


def test_a_message_in_decomposed_letters_is_read_like_any_other(lan: Talk) -> None:
    decomposed = "\u0111a\u0306ng ky\u0301 ta\u0323m tru\u0301 ma\u0302\u0301t bao la\u0302u"
    assert lan.says(decomposed).startswith(name_of(RESIDENCE))


def test_a_feedback_is_not_mistaken_for_a_question(lan: Talk) -> None:
    lan.says(LAMP)
    assert lan.draft.step is Step.KIND
    assert lan.draft.content == LAMP


def test_every_part_of_every_procedure_can_be_shown(lan: Talk) -> None:
    for code in small_clerk().catalogue.by_code:
        for aspect in Aspect:
            said = lan.taps(f"aspect:{code}/{aspect}")
            assert said.startswith(f"{name_of(code)} (mã {code})")
            assert len(said) <= 2_000


@pytest.mark.parametrize("typed", ["asdf", "bot ngu như bò"])
def test_random_signs_and_a_scolding_are_met_calmly(typed: str) -> None:
    talk = Talk()
    assert "Mình chưa hiểu ý bạn." in talk.says(typed)
    assert talk.labels == ENTRIES


def test_a_yes_to_nothing_is_met_kindly() -> None:
    assert "Cần gì thêm" in Talk().says("uh")


def test_a_matter_told_beside_a_question_is_offered_to_be_sent() -> None:
    talk = Talk()
    said = talk.says(
        "chào em, nhà bác có hai chuyện, đèn đường trước nhà hỏng cả tuần nay chưa ai sửa tối lắm, "
        "hai là bác muốn hỏi đăng ký tạm trú cần giấy tờ gì"
    )
    assert "Giấy tờ cần có" in said
    assert "Bạn còn kể một việc giống phản ánh." in said
    talk.presses("Gửi như phản ánh")
    assert talk.draft.content == "đèn đường trước nhà hỏng cả tuần nay chưa ai sửa tối lắm"
    assert talk.draft.kind is Kind.INFRASTRUCTURE


def test_who_asks_what_it_is_is_told() -> None:
    assert "trợ lý tự động" in Talk().says("mày là robot hả")


@pytest.mark.parametrize(
    "said", ["tôi muốn rút đơn", "ho so cua toi", "quên mã hồ sơ", "bổ sung thêm"]
)
def test_words_about_what_was_sent_lead_to_the_cases_of_the_person(said: str) -> None:
    talk = Talk()
    talk.desk.own = [case()]
    talk.says(said)
    assert talk.labels == [f"{OWN} · Chờ tiếp nhận"]


def test_when_it_is_done_is_asked_of_the_procedure_where_nothing_was_sent(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    assert "Thời hạn giải quyết" in lan.says("bao giờ xong")
    lan.desk.own = [case()]
    assert "Bạn chọn một hồ sơ đã gửi" in lan.says("bao giờ xong")


@pytest.mark.parametrize("said", ["mất bao lâu", "lệ phí bao nhiêu"])
def test_a_part_of_a_matter_that_is_not_ours_is_asked_of_where_it_belongs(said: str) -> None:
    talk = Talk()
    talk.says("đăng ký tạm trú cần giấy tờ gì")
    outside = talk.says("làm hộ chiếu ở đâu")
    assert "chưa có trong danh mục" in outside
    assert talk.says(said) == outside


def test_a_follow_up_that_names_a_matter_of_its_own_is_no_sibling(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    assert "chưa có trong danh mục" in lan.says("thế còn hộ chiếu")


def test_a_few_words_that_tell_nothing_become_no_feedback() -> None:
    talk = Talk()
    assert "Mình chưa hiểu ý bạn" in talk.says("wifi không")
    assert talk.draft.content == ""


def test_another_matter_shows_the_menu(lan: Talk) -> None:
    lan.says("việc khác")
    assert lan.labels == ENTRIES


def test_a_question_beside_a_feedback_is_answered_and_the_feedback_begins() -> None:
    talk = Talk()
    heard = talk.says(
        "Đèn đường ngõ 5 hỏng cả tuần nay không ai sửa, tối đi nguy hiểm lắm, đề nghị phường sửa "
        "gấp. Đăng ký tạm trú cần giấy tờ gì?"
    )
    assert "Đăng ký tạm trú" in heard
    assert "Phản ánh hiện trường" in heard
    assert "tạm trú" not in talk.draft.content
    assert "Đèn đường" in talk.draft.content


def test_a_short_matter_told_beside_a_question_is_offered_to_be_sent() -> None:
    talk = Talk()
    talk.says("đăng ký tạm trú cần giấy tờ gì, với lại đèn đường ngõ 5 hỏng cả tuần")
    assert "Gửi như phản ánh" in talk.labels


@pytest.mark.parametrize("said", ["đồ ngu", "yêu em"])
def test_scolding_and_flirting_find_no_procedure(said: str) -> None:
    talk = Talk()
    talk.says(said)
    assert talk.labels in (ENTRIES, [])


def test_a_thumb_up_is_a_yes() -> None:
    assert Talk().says("👍").startswith("Dạ vâng")


@pytest.mark.parametrize("said", ["tôi không hài lòng", "chưa giải quyết gì cả"])
def test_a_discontent_without_a_case_begins_a_feedback(said: str) -> None:
    talk = Talk()
    assert "Bạn kể giúp sự việc" in talk.says(said)


def test_a_but_behind_thanks_is_what_is_meant() -> None:
    talk = Talk()
    assert "không có gì" not in talk.says(
        "cảm ơn nhưng đèn đường ngõ 5 vẫn hỏng, tối om không ai sửa"
    )
    assert "Đúng rồi" in talk.labels


@pytest.mark.parametrize("said", ["không phải", "chưa đúng", "sai rồi"])
def test_an_answer_that_is_rejected_in_words_is_doubted_as_by_its_button(said: str) -> None:
    talk = Talk()
    talk.says("đăng ký tạm trú cần giấy tờ gì")
    assert "mình hiểu chưa đúng" in talk.says(said)


@pytest.mark.parametrize(
    ("said", "words"), [("tôi muốn khiếu nại", "Luật Khiếu nại"), ("tố cáo", "Luật Tố cáo")]
)
def test_a_wish_to_complain_or_denounce_is_told_where_it_belongs(said: str, words: str) -> None:
    assert words in Talk().says(said)


@pytest.mark.parametrize(("said", "asks"), [("ừ", True), ("chắc chắn", True), ("không", False)])
def test_a_withdrawal_is_confirmed_or_dropped_in_words(said: str, asks: bool) -> None:
    talk = Talk()
    talk.desk.own = [replace(case(), own=True, moves=frozenset({"withdraw"}))]
    talk.taps(f"withdraw:{OWN}")
    talk.says(said)
    assert bool(talk.effects) is asks


def test_a_note_is_added_by_a_yes() -> None:
    talk = Talk()
    talk.desk.own = [case()]
    talk.says(f"{OWN} đèn vẫn tối lắm anh chị ơi")
    talk.says("ừ")
    assert len(talk.effects) == 1


def test_the_code_of_a_dossier_is_sent_to_the_national_portal() -> None:
    assert "dichvucong.gov.vn" in Talk().says("H23.45.12-251120-0012")


@pytest.mark.parametrize(
    ("said", "code"),
    [("con 3 tuổi", "under"), ("cháu 5t", "under"), ("18 tuổi rồi", "over"), ("em 2 bé", "")],
)
def test_an_age_chooses_what_is_for_it(said: str, code: str) -> None:
    offered = (
        ("Dưới 6 tuổi", "procedure:under"),
        ("Từ đủ 14 tuổi trở lên", "procedure:over"),
    )
    assert clarifying.chosen(Draft(options=offered), said) == code


@pytest.fixture(scope="module")
def commune() -> Clerk:
    """A clerk of the real catalogue; skips where it is not on this machine."""
    return Clerk(read(shared("catalogue/commune.jsonl")))


def test_of_two_names_with_one_part_both_are_answered(commune: Clerk) -> None:
    talk = Talk(FakeDesk(commune))
    heard = talk.says("khai sinh với khai tử cần gì")
    assert "Thủ tục đăng ký khai sinh" in heard
    assert "Thủ tục đăng ký khai tử" in heard


def test_a_with_inside_one_matter_makes_no_two(commune: Clerk) -> None:
    talk = Talk(FakeDesk(commune))
    talk.says("đăng ký kết hôn với người Hàn cần gì")
    assert len(talk.last.replies) == 1


FOREIGN = "2.000806"


def with_siblings() -> Talk:
    names = {MARRIAGE: "Đăng ký kết hôn", FOREIGN: "Đăng ký kết hôn có yếu tố nước ngoài"}
    return talk_of(names)


@pytest.mark.parametrize("told", ["vợ tôi người Lào", "vo em quoc tich Han Quoc thi sao"])
def test_what_is_told_after_an_answer_leads_to_the_sibling_it_means(told: str) -> None:
    lan = with_siblings()
    lan.says("đăng ký kết hôn cần giấy tờ gì")
    blocks = lan.says(told).split("\n\n")
    assert blocks[0] == f"Đăng ký kết hôn có yếu tố nước ngoài (mã {FOREIGN})"
    assert blocks[1].startswith("Giấy tờ cần có:")


def test_what_changes_nothing_stays_with_the_procedure_and_offers_its_parts(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    said = lan.says("chủ nhà không cho")
    assert said.startswith(f"Mình hiểu trường hợp bạn vừa kể vẫn theo “{name_of(RESIDENCE)}”")
    assert "Chuyển cho cán bộ" in lan.labels
    assert lan.says("mấy ngày?").startswith(f"{name_of(RESIDENCE)} (mã {RESIDENCE})")


def test_a_matter_of_its_own_is_not_taken_for_more_of_the_last_one(lan: Talk) -> None:
    lan.says("đăng ký tạm trú cần giấy tờ gì")
    assert "vẫn theo" not in lan.says("sổ đỏ")


def test_an_age_told_after_an_answer_is_no_call_for_help(lan: Talk) -> None:
    lan.says("đăng ký khai sinh cho con cần giấy tờ gì")
    assert "113" not in lan.says("bé 3 tuổi rồi")


def test_a_new_age_takes_the_place_of_the_one_before() -> None:
    names = {
        "1.014061": "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên",
        "1.014062": "Cấp thẻ căn cước cho người dưới 14 tuổi",
    }
    lan = talk_of(names)
    assert lan.says("làm căn cước cho con 6 tuổi").startswith(names["1.014062"])
    assert lan.says("con 15 tuổi thì sao").startswith(names["1.014061"])


def test_what_staff_taught_can_be_told_more_of() -> None:
    taught = TaughtAsk("làm giấy ở nhờ nhà chị", RESIDENCE)
    lan = Talk(FakeDesk(small_clerk().with_taught([taught])))
    assert lan.says(taught.text).startswith(f"{name_of(RESIDENCE)} (mã {RESIDENCE})")
    assert lan.says("chủ nhà không cho")
