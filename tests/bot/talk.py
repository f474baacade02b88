"""A conversation of chị Lan with the pure dialogue, and the way to every step of the form."""

from bot.dialogue.engine import turn
from bot.dialogue.model import Draft, Effect, Input, OpenCase, Reply, Step, Turn
from tests.bot.desk import LAN, FakeDesk

LAMP = "Đèn đường ngõ 12 hỏng cả tuần nay, tối rất nguy hiểm."
RUDE = "Cán bộ một cửa nạt nộ, bắt tôi chờ cả buổi sáng mà không giải thích."
OUTSIDE = {Step.IDLE, Step.CODE, Step.SUPPLY, Step.REOPEN, Step.HANDED, Step.PROVE}
FORM = tuple(s for s in Step if s not in OUTSIDE)  # all that a form may wait at


class Talk:
    """Keeps the draft between messages as JSON, as the database does."""

    def __init__(self, desk: FakeDesk | None = None) -> None:
        self.desk = desk or FakeDesk()
        self.kept = Draft().model_dump_json()
        self.last = Turn(Draft())

    @property
    def draft(self) -> Draft:
        """What would be read from the database now."""
        return Draft.model_validate_json(self.kept)

    @property
    def reply(self) -> Reply:
        """The reply that was given last."""
        return self.last.replies[-1]

    @property
    def labels(self) -> list[str]:
        """The buttons below the last reply."""
        return [words for words, _ in self.reply.buttons]

    @property
    def heard(self) -> str:
        """All that was replied to the last message."""
        return "\n".join(reply.text for reply in self.last.replies)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the last message asks the tracker to do."""
        return self.last.effects

    @property
    def sent(self) -> OpenCase:
        """The one case that the last message opened."""
        (effect,) = self.effects
        assert isinstance(effect, OpenCase)
        return effect

    def says(self, *texts: str) -> str:
        """Send messages of words; returns what was replied to the last."""
        for text in texts:
            self.takes(Input(text))
        return self.heard

    def taps(self, action: str) -> str:
        """Press a button of any message, offered or not."""
        return self.takes(Input(action=action))

    def presses(self, label: str) -> str:
        """Press a button of the last reply."""
        return self.taps(dict(self.reply.buttons)[label])

    def sends(self, *files: str, caption: str = "", refused: str = "") -> str:
        """Send files by their tokens."""
        return self.takes(Input(caption, files=files, refused=refused))

    def takes(self, given: Input) -> str:
        """Take one turn."""
        self.last = turn(self.draft, given, self.desk)
        self.kept = self.last.draft.model_dump_json()
        return self.heard


def at(step: Step, content: str = LAMP) -> Talk:
    """Walk to a step as a person would; at REUSE the person was remembered."""
    talk = Talk()
    if step is Step.REUSE:
        talk.desk.person = LAN
    if step is Step.CODE:
        talk.taps("menu:status")
    elif step is not Step.IDLE:
        talk.taps("menu:feedback")
        for go_on in _GO_ON:
            if talk.draft.step is step:
                break
            go_on(talk, content)
    assert talk.draft.step is step
    return talk


_GO_ON = (
    lambda talk, content: talk.says(content),
    lambda talk, _: talk.presses("Đúng rồi"),
    lambda talk, _: talk.says("ngõ 12 phố Thạch Khôi"),
    lambda talk, _: talk.presses("Tiếp tục"),
    lambda talk, _: talk.presses("Đồng ý"),
    lambda talk, _: talk.says("Nguyễn Thị Lan"),
    lambda talk, _: talk.says("0912 345 678"),
    lambda talk, _: talk.says("Số 5 ngõ 12 phố Thạch Khôi"),
    lambda talk, _: talk.presses("Chỉ dùng lần này"),
)
