"""Sending through Zalo OA: words, buttons, files, the window, and what waits for a call."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.cases.models import Case
from api.chats.models import Chat
from api.outbox.calls import to_call
from api.outbox.models import OutboxMessage
from api.outbox.queue import enqueue
from api.web.site import Site
from bot.channel import HeldError, Piece, SentFile, UndeliverableError
from bot.zalo_oa.pictures import MOST_BYTES, fitted
from bot.zalo_oa.send import ZaloOaChannel
from bot.zalo_oa.window import Window, window_of
from tests.bot.conftest import sqlite_only
from tests.bot.people import Person
from tests.bot.zalo.conftest import LAN_ID, Post, Wire, changed, wired
from tests.conftest import FrozenClock
from tests.doubles.zalo_oa import ZaloOaDouble

TEMPLATE = "201234"


def owe(person: Person, text: str, case: Case | None = None, files: tuple[str, ...] = ()) -> None:
    """Owe a message to somebody whose conversation has begun."""
    database, at = person.inbox.database, person.inbox.clock()
    with database.writing() as session:
        chat_id = person.chat(session).id or 0
        enqueue(
            session,
            chat_id,
            text,
            at,
            case_id=case.id if case else None,
            extra={"files": list(files)} if files else {},
        )


def texts(zalo: ZaloOaDouble) -> list[str]:
    return [message.text for message in zalo.sent(LAN_ID)]


def stay_silent(clock: FrozenClock, zalo: ZaloOaDouble, **span: float) -> None:
    """Let time pass for the office and for Zalo; the tokens outlive it."""
    zalo.pass_(**span)
    clock.pass_(**span)


@pytest.fixture
def zalo(zalo: ZaloOaDouble) -> ZaloOaDouble:
    """The double, whose tokens live for months here: the window is what these tests are about."""
    zalo.world.life = 10**7
    return zalo


@sqlite_only
def test_a_greeting_is_answered_with_a_numbered_menu_and_five_buttons(
    post: Post, zalo: ZaloOaDouble, wire: Wire
) -> None:
    post(zalo.say(LAN_ID, "xin chào"))
    wire.deliver_all()
    (welcome,) = zalo.sent(LAN_ID)
    assert "1. Hỏi thủ tục\n2. Gửi phản ánh, kiến nghị" in welcome.text
    assert [title for title, _ in welcome.buttons][:2] == ["Hỏi thủ tục", "Gửi phản ánh, kiến nghị"]
    assert len(welcome.buttons) == 5


@sqlite_only
def test_a_button_and_its_number_lead_to_the_same_reply(
    post: Post, zalo: ZaloOaDouble, wire: Wire
) -> None:
    post(zalo.say(LAN_ID, "xin chào"))
    wire.deliver_all()
    post(zalo.tap(LAN_ID, "Tra cứu tình trạng"))
    wire.deliver_all()
    post(zalo.say(LAN_ID, "menu"))
    post(zalo.say(LAN_ID, "3"))
    wire.deliver_all()
    assert texts(zalo)[1] == texts(zalo)[3]


@sqlite_only
def test_more_than_five_buttons_are_only_numbered(
    lan: Person, wire: Wire, zalo: ZaloOaDouble
) -> None:
    lan.says("xin chào")
    with lan.inbox.database.writing() as session:
        buttons = [(f"Việc {n}", f"menu:{n}") for n in range(1, 8)]
        at = lan.inbox.clock()
        enqueue(session, lan.chat(session).id or 0, "Chọn:", at, buttons=buttons)
    wire.deliver_all()
    menu = zalo.sent(LAN_ID)[-1]
    assert menu.buttons == ()
    assert menu.text.endswith("7. Việc 7")


@sqlite_only
def test_a_text_of_2100_characters_arrives_whole_in_two(
    lan: Person, wire: Wire, zalo: ZaloOaDouble
) -> None:
    lan.says("xin chào")
    wire.deliver_all()
    owe(lan, ("ổ gà " * 420).strip())
    wire.deliver_all()
    parts = texts(zalo)[1:]
    assert len(parts) == 2
    assert " ".join(parts).split() == ("ổ gà " * 420).split()
    assert max(map(len, parts)) <= 2000


@pytest.mark.parametrize(
    ("hours", "window"),
    [(0, "free"), (48, "free"), (48.01, "paid"), (168, "paid"), (168.01, "closed")],
)
def test_the_window_is_free_for_48_hours_and_closed_after_seven_days(
    hours: float, window: str
) -> None:
    at = FrozenClock().at
    assert window_of(at - timedelta(hours=hours), at) == Window(window)
    assert window_of(None, at) is Window.CLOSED


@pytest.fixture
def case(lan: Person, wire: Wire, zalo: ZaloOaDouble) -> Case:
    """A feedback of chị Lan; what was said of it has been sent."""
    case = lan.sends_a_feedback()
    wire.deliver_all()
    return case


def to_be_called(person: Person) -> list[int | None]:
    """Return the messages of which staff has to tell by phone."""
    with person.inbox.database.reading() as session:
        found = to_call(session, person.inbox.clock(), timedelta(hours=24), seen=sa.true())
        return [message.id for message, _ in found]


def newest(person: Person) -> OutboxMessage:
    return person.owed()[-1]


def test_what_may_not_go_free_waits_visibly_and_goes_when_the_person_writes(
    lan: Person, case: Case, wire: Wire, zalo: ZaloOaDouble, clock: FrozenClock, post: Post
) -> None:
    before = len(texts(zalo))
    stay_silent(clock, zalo, hours=49)
    owe(lan, "Đã sửa đèn.", case)
    wire.deliver_all()
    waiting = newest(lan)
    assert (waiting.sent_at, waiting.failed_at, waiting.held_at) == (None, None, clock())
    assert waiting.error == "Người dân chưa nhắn lại trong thời hạn Zalo cho gửi; cần gọi điện."
    assert len(texts(zalo)) == before
    assert to_be_called(lan) == [waiting.id]
    post(zalo.say(LAN_ID, "cảm ơn"))
    wire.deliver_all()
    assert texts(zalo)[before] == "Đã sửa đèn."
    assert len(texts(zalo)) == before + 2


@sqlite_only
def test_an_office_that_pays_sends_until_the_seventh_day(
    lan: Person, case: Case, oa_site: Site, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    paying = changed(oa_site, zalo_oa_paid_replies=True)
    stay_silent(clock, zalo, days=3)
    owe(lan, "Đã sửa đèn.", case)
    for paid in wired(paying, ZaloOaChannel(paying)):
        paid.deliver_all()
        assert texts(zalo)[-1] == "Đã sửa đèn."
        stay_silent(clock, zalo, days=5)
        owe(lan, "Đã công khai.", case)
        paid.deliver_all()
    assert texts(zalo)[-1] == "Đã sửa đèn."
    assert newest(lan).held_at == clock()


@pytest.fixture
def announcing(oa_site: Site, zalo: ZaloOaDouble) -> Iterator[Wire]:
    """The account of an office that has an approved ZBS template."""
    zalo.approve(TEMPLATE, "ma_ho_so", "trang_thai")
    data = {"ma_ho_so": "code", "trang_thai": "state"}
    site = changed(oa_site, zalo_oa_template_id=TEMPLATE, zalo_oa_template_data=data)
    yield from wired(site, ZaloOaChannel(site))


def test_a_template_tells_of_each_news_once_and_the_words_follow(
    lan: Person,
    case: Case,
    announcing: Wire,
    zalo: ZaloOaDouble,
    clock: FrozenClock,
    post: Post,
) -> None:
    stay_silent(clock, zalo, days=9)
    owe(lan, "Đã sửa đèn.", case)
    owe(lan, "Đã công khai.", case)
    announcing.deliver_all()
    told = [sent for sent in zalo.sent(LAN_ID) if sent.kind == "zbs"]
    assert [sent.text for sent in told] == [f"{case.code} Chờ tiếp nhận"] * 2
    assert newest(lan).extra["announced"] == told[-1].message_id
    assert newest(lan).error.startswith("Đã báo bằng mẫu tin ZBS")
    assert to_be_called(lan) == []
    post(zalo.say(LAN_ID, "cảm ơn"))
    announcing.deliver_all()
    assert texts(zalo)[-3:-1] == ["Đã sửa đèn.", "Đã công khai."]
    assert len([sent for sent in zalo.sent(LAN_ID) if sent.kind == "zbs"]) == 2


@sqlite_only
def test_a_window_that_zalo_takes_to_be_closed_falls_to_the_template(
    lan: Person, case: Case, announcing: Wire, zalo: ZaloOaDouble
) -> None:
    zalo.fault("/message/cs", -230)
    owe(lan, "Đã sửa đèn.", case)
    announcing.deliver_all()
    assert zalo.sent(LAN_ID)[-1].kind == "zbs"
    assert newest(lan).held_at is not None


@sqlite_only
def test_a_template_that_zalo_refuses_leaves_the_message_to_a_call(
    lan: Person, case: Case, announcing: Wire, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    stay_silent(clock, zalo, days=9)
    zalo.fault("/oa/message/template", -321)
    owe(lan, "Đã sửa đèn.", case)
    announcing.deliver_all()
    assert "cần gọi điện" in newest(lan).error
    assert "announced" not in newest(lan).extra
    assert newest(lan).held_at is not None


@sqlite_only
def test_a_template_tells_nothing_that_names_the_person(
    lan: Person, case: Case, announcing: Wire, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    stay_silent(clock, zalo, days=9)
    owe(lan, "Đã sửa đèn.", case)
    announcing.deliver_all()
    said = str(zalo.sent(LAN_ID)[-1].body["template_data"])
    assert "Lan" not in said
    assert "0912345678" not in said


def test_a_parameter_that_is_no_fact_of_a_case_cannot_be_set(site: Site) -> None:
    with pytest.raises(ValueError, match="citizen_name"):
        changed(site, zalo_oa_template_data={"ten": "citizen_name"})


@sqlite_only
def test_the_parameters_of_a_template_are_read_from_the_environment_or_a_file(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAKN_ZALO_OA_TEMPLATE_DATA", '{"ma": "code"}')
    assert type(site.settings)().zalo_oa_template_data == {"ma": "code"}
    monkeypatch.delenv("PAKN_ZALO_OA_TEMPLATE_DATA")
    path = tmp_path / "mau.json"
    path.write_text('{"han": "due"}', encoding="utf-8")
    monkeypatch.setenv("PAKN_ZALO_OA_TEMPLATE_DATA_FILE", str(path))
    assert type(site.settings)().zalo_oa_template_data == {"han": "due"}
    path.write_text("ma=code", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON"):
        type(site.settings)()


@sqlite_only
def test_a_message_that_found_the_window_closed_just_as_the_person_wrote_is_not_set_aside(
    lan: Person, wire: Wire, zalo: ZaloOaDouble, clock: FrozenClock
) -> None:
    lan.says("xin chào")
    wire.deliver_all()
    owe(lan, "Đã sửa đèn.")

    class Slow(ZaloOaChannel):
        async def send(self, chat: Chat, piece: Piece) -> str:
            clock.pass_(seconds=1)
            lan.says("còn ai không")
            raise HeldError("muộn")

    assert Wire(wire.site, Slow(wire.site), wire.run).deliver() == 1
    wire.deliver_all()
    assert "Đã sửa đèn." in texts(zalo)
    assert texts(zalo)[-1] != "Đã sửa đèn."


@sqlite_only
@pytest.mark.parametrize("code", [-213, -217, -244])
def test_somebody_who_refuses_the_account_is_known_and_not_tried_again(
    lan: Person, wire: Wire, zalo: ZaloOaDouble, oa_site: Site, code: int
) -> None:
    lan.says("xin chào")
    zalo.fault("/message/cs", code)
    wire.deliver_all()
    assert newest(lan).error.startswith("Người nhận không nhận tin của OA.")
    with oa_site.database.reading() as session:
        assert lan.chat(session).blocked_at is not None


@sqlite_only
@pytest.mark.parametrize(("code", "status"), [(-32, 200), (-200, 200), (0, 502)])
def test_a_busy_zalo_is_tried_again(
    lan: Person, wire: Wire, zalo: ZaloOaDouble, clock: FrozenClock, code: int, status: int
) -> None:
    lan.says("xin chào")
    zalo.fault("/message/cs", code, status=status)
    wire.deliver_all()
    assert texts(zalo) == []
    clock.pass_(seconds=30)
    wire.deliver_all()
    assert len(texts(zalo)) == 1


@sqlite_only
@pytest.mark.parametrize("code", [-211, -224, -321])
def test_what_only_a_person_can_put_right_never_uses_up_the_tries(
    lan: Person, wire: Wire, zalo: ZaloOaDouble, clock: FrozenClock, code: int
) -> None:
    lan.says("xin chào")
    zalo.fault("/message/cs", code, times=20)
    for _ in range(20):
        wire.deliver_all()
        clock.pass_(hours=1)
    wire.deliver_all()
    assert len(texts(zalo)) == 1


@sqlite_only
def test_an_error_that_nobody_knows_is_shown_with_its_code(
    lan: Person, wire: Wire, zalo: ZaloOaDouble
) -> None:
    lan.says("xin chào")
    zalo.fault("/message/cs", -98765)
    wire.deliver_all()
    assert newest(lan).failed_at is not None
    assert "-98765" in newest(lan).error


@pytest.fixture
def chat(lan: Person, oa_site: Site) -> Chat:
    """Chị Lan's conversation, in which she has just written."""
    lan.says("xin chào")
    with oa_site.database.reading() as session:
        row = lan.chat(session)
        session.expunge_all()
    return row


@sqlite_only
def test_a_picture_arrives_as_a_picture(
    chat: Chat, wire: Wire, zalo: ZaloOaDouble, tmp_path: Path
) -> None:
    path = tmp_path / "a1.jpg"
    path.write_bytes(b"jpeg")
    wire.run(wire.channel.send(chat, Piece(file=SentFile("đã sửa.png", "image/jpeg", path))))
    assert zalo.sent(LAN_ID)[-1].kind == "image"


@sqlite_only
def test_a_document_arrives_as_a_file_and_a_recording_is_named(
    chat: Chat, wire: Wire, zalo: ZaloOaDouble, tmp_path: Path
) -> None:
    for name, media_type in (("a.pdf", "application/pdf"), ("b.ogg", "audio/ogg")):
        path = tmp_path / name
        path.write_bytes(b"%PDF")
        wire.run(wire.channel.send(chat, Piece(file=SentFile(name, media_type, path))))
    document, named = zalo.sent(LAN_ID)
    assert document.kind == "file"
    assert "“b.ogg”" in named.text


def test_a_large_picture_is_made_small_enough(tmp_path: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    path = tmp_path / "rauschen.jpg"
    Image.effect_noise((1800, 1800), 100).convert("RGB").save(path, quality=95)
    content = path.read_bytes()
    assert len(content) > MOST_BYTES >= len(fitted(content))
    assert fitted(b"small") == b"small"


@sqlite_only
def test_a_payload_that_zalo_refuses_is_undeliverable(
    chat: Chat, wire: Wire, zalo: ZaloOaDouble
) -> None:
    with pytest.raises(UndeliverableError, match="-210"):
        wire.run(wire.channel.send(chat, replace(Piece("a" * 2001))))
