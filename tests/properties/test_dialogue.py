"""Whatever is said, pressed or sent in whatever order: the conversation holds its promises."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from bot.dialogue.model import AddNote, ChooseProcedure, Draft, Input, OpenCase, Step
from bot.dialogue.texts import menu_buttons, say
from knowledge.text import nfc
from tests.bot.desk import FOREIGN, LAN, OWN, WARD, FakeDesk, case, small_clerk
from tests.bot.talk import LAMP, RUDE, Talk

MENU = [action for _, action in menu_buttons()]
LONGEST_REPLY, LONGEST_ACTION = 4_096, 64  # characters, bytes

SENTENCES = st.sampled_from(
    [
        LAMP,
        RUDE,
        "Cháy nhà rồi, cứu với!",
        "Tôi tố cáo ông Nguyễn Văn Tư cán bộ địa chính nhận hối lộ 20 triệu đồng.",
        "đăng ký tạm trú cần giấy tờ gì",
        "đăng ký tạm trú mất bao lâu?",
        "lệ phí bao nhiêu?",
        "thủ tục xuất khẩu gạo sang châu Âu cần gì",
        "Hôm qua bác Tư suýt ngã xe ở đó.",
        "xin chào",
        "cảm ơn nhé",
        OWN,
        f"{OWN} Ngõ vẫn tối lắm, mong anh chị làm sớm giúp dân.",
        f"{FOREIGN} Việc này xong rồi, đóng hồ sơ đi.",
    ]
)
ANSWERS = st.sampled_from(
    [
        "đúng rồi",
        "không",
        "có",
        "bỏ qua",
        "xong",
        "đồng ý",
        "gửi",
        "1",
        "2",
        "Nguyễn Thị Lan",
        "0912 345 678",
        "Số 5 ngõ 12 phố Thạch Khôi",
        "ngõ 12",
    ]
)
COMMANDS = st.sampled_from(["hủy", "quay lại", "menu", "/start", "huy", "trở lại"])
ODD = st.one_of(
    st.text(max_size=60),
    st.text("0123456789፩²٣", min_size=1, max_size=6),
    st.text("\u0301\u0323\u200b\ufeff\u202e 👍🏽đÐ", max_size=12),
    st.sampled_from(["{ward}", "%s", "9" * 4_400, "a" * 5_001, "\x00", "<b>"]),
)
ACTIONS = st.one_of(
    st.sampled_from(MENU),
    st.sampled_from(["procedure:1.004194", "procedure:x", "aspect:1.004194/fee", "aspect:/"]),
    st.sampled_from(["officer:ask", "note:x", f"note:{OWN}", f"note:{FOREIGN}", f"status:{OWN}"]),
    st.sampled_from(
        [
            "agree",
            "anew",
            "cancel",
            "disagree",
            "edit",
            "forget",
            "kind-conduct",
            "kind-question",
            "kind-x",
            "kinds",
            "next",
            "no-address",
            "pending",
            "remember",
            "resume",
            "reuse",
            "send",
            "",
        ]
    ).map(lambda choice: f"feedback:{choice}"),
    st.text(max_size=20),
)


class Conversation(RuleBasedStateMachine):
    """Chị Lan, who does anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        desk = FakeDesk()
        desk.own, desk.foreign = [case(OWN)], [case(FOREIGN)]
        self.talk = Talk(desk)
        self.files = 0
        self.editing = False

    @rule(text=st.one_of(SENTENCES, ANSWERS, COMMANDS, ODD))
    def says(self, text: str) -> None:
        before = self.talk.draft
        self.take(Input(text))
        self.check_words_are_kept(before, text)

    @precondition(lambda self: self.talk.draft.options)
    @rule(data=st.data())
    def presses(self, data: st.DataObject) -> None:
        _, action = data.draw(st.sampled_from(self.talk.draft.options))
        self.take(Input(action=action))

    @rule(action=ACTIONS)
    def presses_an_old_or_invented_button(self, action: str) -> None:
        self.take(Input(action=action))

    @rule(count=st.integers(0, 4), caption=st.one_of(st.just(""), SENTENCES, ODD))
    def sends_files(self, count: int, caption: str) -> None:
        before = self.talk.draft
        names = tuple(f"anh-{self.files + n}" for n in range(count))
        self.files += count
        refused = "" if count else "Chưa nhận được loại tệp này."
        self.take(Input(caption, files=names, refused=refused))
        if len(caption) <= 5_000 and self.talk.draft.is_writing:
            limit = self.talk.desk.limits.files
            assert self.talk.draft.files == (*before.files, *names)[:limit]

    @rule(remembered=st.booleans())
    def is_remembered_or_forgotten(self, remembered: bool) -> None:
        self.talk.desk.person = LAN if remembered else None

    @rule()
    def asks_for_the_menu(self) -> None:
        before = self.talk.draft
        self.take(Input("menu"))
        assert [action for _, action in self.talk.reply.buttons][-5:] == MENU
        assert self.talk.draft.model_copy(update={"options": (), "step": before.step}) == (
            before.model_copy(update={"options": ()})
        )

    @rule()
    def walks_on_as_the_form_asks(self) -> None:
        draft = self.talk.draft
        if draft.step in {Step.NAME, Step.PHONE, Step.ADDRESS, Step.CONTENT}:
            words = {Step.NAME: LAN.name, Step.PHONE: LAN.phone, Step.ADDRESS: LAN.address}
            self.says(words.get(draft.step, LAMP))
        elif draft.options:
            self.take(Input(action=draft.options[0][1]))

    def take(self, given: Input) -> None:
        """Take one turn and check what always holds."""
        before = self.talk.draft
        self.talk.takes(given)
        after = self.talk.draft
        assert after == self.talk.last.draft
        assert self.talk.last.replies or self.talk.effects
        for reply in self.talk.last.replies:
            assert reply.text.strip()
            assert len(reply.text) <= LONGEST_REPLY
            assert all(words and action for words, action in reply.buttons)
            assert all(len(action.encode()) <= LONGEST_ACTION for _, action in reply.buttons)
        for effect in self.talk.effects:
            self.check_effect(effect, before)
        self.check_content(before, after)

    def check_effect(self, effect: object, before: Draft) -> None:
        if isinstance(effect, OpenCase):
            assert before.step is Step.CONFIRM
            assert before.consented
            assert effect.feedback.content.strip()
            assert effect.feedback.name.strip()
            assert effect.feedback.phone
            assert not self.talk.draft.is_writing
        elif isinstance(effect, AddNote):
            assert effect.code == OWN
            assert effect.text == before.pending
        elif isinstance(effect, ChooseProcedure):
            assert effect.code in small_clerk().catalogue.by_code
            assert effect.text == before.pending

    def check_content(self, before: Draft, after: Draft) -> None:
        """Content goes only when it is sent, thrown away on purpose, or rewritten."""
        heard = self.talk.heard
        if self.talk.last.replies and self.talk.last.replies[0].text == say("edit_prompt"):
            self.editing = True
        kept = any(isinstance(effect, OpenCase | AddNote) for effect in self.talk.effects)
        over = kept or heard.startswith(
            (say("cancelled"), say("consent_declined", address=WARD.address)[:40])
        )
        # who says that they only asked has no draft any more
        asks = any(action == "feedback:ask" for _, action in before.options)
        over = over or (asks and not after.is_writing)
        rewritten = self.editing and before.step is Step.CONTENT
        assert over or rewritten or before.content in after.content
        if over or (rewritten and after.content != before.content):
            self.editing = False

    def check_words_are_kept(self, before: Draft, text: str) -> None:
        """Words that were taken as content stand in it as they were typed."""
        if self.talk.heard.startswith((say("content_more"), say("content_kept"))):
            offered = any(action == "feedback:add" for _, action in before.options)
            asked_for = (nfc(text).strip(), before.pending) if offered else (nfc(text).strip(),)
            assert any(words in self.talk.draft.content for words in asked_for)
            assert before.content in self.talk.draft.content


Conversation.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, derandomize=True
)
TestConversation = pytest.mark.filterwarnings("error")(Conversation.TestCase)
