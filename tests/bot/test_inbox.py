"""Receiving a message: once, in order, with everything it leads to in one transaction."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlmodel import col, select

from api.cases.models import Audience, CaseEvent, Kind
from api.files.models import Attachment
from api.files.store import Upload
from api.people.consent import consent_hash
from api.people.models import Citizen, Consent
from api.web.site import Site
from bot.arrival import Arrival
from bot.inbox import Inbox, Received
from bot.service import build
from tests.bot.conftest import picture
from tests.bot.people import Person, cases, updates
from tests.bot.talk import LAMP
from tests.conftest import FrozenClock

STORM = "Đường Trần Hưng Đạo ngập nước cả tuần nay chưa ai xử lý."


def test_a_repeated_update_opens_one_case_and_owes_one_set_of_replies(
    lan: Person, site: Site
) -> None:
    lan.writes_up_to_sending()
    sending = lan.message(action="feedback:send")
    assert lan.sends(sending) is Received.HANDLED
    owed = [message.id for message in lan.owed()]
    assert lan.sends(sending) is Received.DUPLICATE
    with site.database.reading() as session:
        assert len(cases(session)) == 1
    assert [message.id for message in lan.owed()] == owed


def test_the_same_words_under_another_key_are_another_message(lan: Person) -> None:
    lan.says("xin chào")
    assert lan.says("xin chào") is Received.HANDLED
    assert len(lan.owed()) == 2


def test_the_same_key_of_another_channel_is_another_message(lan: Person, inbox: Inbox) -> None:
    first = lan.message("xin chào")
    assert lan.sends(first) is Received.HANDLED
    assert inbox.receive(replace(first, channel="web")) is Received.HANDLED


def test_several_replies_are_owed_in_the_order_they_were_given(lan: Person) -> None:
    lan.says(LAMP)
    before = len(lan.owed())
    lan.says("đăng ký tạm trú mất bao lâu?")
    card, question = lan.owed()[before:]
    assert "Thời hạn giải quyết:" in card.text
    assert question.text.startswith("Mình quay lại phản ánh của bạn.")
    assert question.buttons == [["Đúng rồi", "feedback:next"], ["Loại khác", "feedback:kinds"]]


def test_a_case_is_opened_as_it_was_confirmed(lan: Person, site: Site) -> None:
    lan.says(LAMP, "đúng rồi", "ngõ 12", "xong", "đồng ý", "Nguyễn Thị Lan", "0912 345 678")
    lan.says("bỏ qua", "không", "gửi")
    with site.database.reading() as session:
        (case,) = cases(session)
    assert (case.kind, case.content, case.place) == (Kind.INFRASTRUCTURE, LAMP, "ngõ 12")
    assert case.channel == "telegram"
    with site.database.reading() as session:
        sender = session.get(Citizen, case.citizen_id)
        assert (sender.name, sender.phone) == ("Nguyễn Thị Lan", "0912345678")
        assert sender.remembered is False


def test_the_sender_is_told_code_and_due_date_in_words(lan: Person) -> None:
    case = lan.sends_a_feedback()
    said = lan.hears()
    assert f"Mã hồ sơ: {case.code}" in said
    assert "Hạn trả lời: thứ Ba, 08/12/2026" in said
    assert lan.owed()[-1].buttons == [["Xem tình trạng", f"status:{case.code}"]]


def test_consent_is_proved_by_what_was_shown_when_and_where(
    lan: Person, site: Site, clock: FrozenClock
) -> None:
    case = lan.sends_a_feedback()
    with site.database.reading() as session:
        (proof,) = session.exec(select(Consent)).all()
    assert proof.citizen_id == case.citizen_id
    assert proof.text_hash == consent_hash("Phường Thạch Khôi", "0220 3700 001")
    assert (proof.version, proof.channel, proof.given_at) == ("1", "telegram", clock())
    assert proof.remember is False


def test_a_contact_is_offered_again_only_where_remembering_was_agreed(
    lan: Person, tu: Person
) -> None:
    for person, choice in ((lan, "feedback:remember"), (tu, "feedback:forget")):
        person.writes_up_to_sending()
        person.says("quay lại")
        person.taps(choice)
        person.taps("feedback:send")
        person.taps("menu:feedback")
        person.says(STORM)
        person.taps("feedback:kind-infrastructure")
        person.says("ngã tư", "xong", "đồng ý")
    assert "Lần trước bạn để lại: Nguyễn Thị Lan, 0912345678" in lan.hears()
    assert "họ và tên" in tu.hears()


def test_a_contact_used_again_belongs_to_the_same_person(lan: Person, site: Site) -> None:
    lan.writes_up_to_sending()
    lan.says("quay lại")
    lan.taps("feedback:remember")
    lan.taps("feedback:send")
    lan.taps("menu:feedback")
    lan.says(STORM)
    lan.taps("feedback:kind-infrastructure")
    lan.says("ngã tư", "xong", "đồng ý")
    lan.taps("feedback:reuse")
    lan.taps("feedback:send")
    with site.database.reading() as session:
        first, second = cases(session)
        assert first.citizen_id == second.citizen_id
        assert len(session.exec(select(Consent)).all()) == 2


def test_a_draft_survives_a_restart(lan: Person, site: Site) -> None:
    lan.writes_up_to_sending()
    restarted = Person(build(site).inbox)
    restarted.taps("feedback:send")
    with site.database.reading() as session:
        assert [case.content for case in cases(session)] == [LAMP]


def test_a_draft_is_forgotten_after_the_days_of_the_setting(
    lan: Person, site: Site, clock: FrozenClock
) -> None:
    lan.writes_up_to_sending()
    clock.pass_(days=7, seconds=1)
    lan.says("gửi")
    with site.database.reading() as session:
        assert cases(session) == []


def test_a_draft_is_kept_until_then_counted_from_the_last_message(
    lan: Person, site: Site, clock: FrozenClock
) -> None:
    lan.writes_up_to_sending()
    for _ in range(2):
        clock.pass_(days=7)
        lan.says("menu")
    lan.taps("feedback:send")
    with site.database.reading() as session:
        assert len(cases(session)) == 1


def test_the_limit_of_a_day_is_said_and_the_draft_is_kept(
    inbox: Inbox, site: Site, clock: FrozenClock
) -> None:
    strict = replace(inbox, office=replace(inbox.office, cases_per_day=1))
    lan = Person(strict)
    lan.sends_a_feedback()
    lan.writes_up_to_sending(STORM)
    lan.taps("feedback:send")
    assert lan.hears().startswith("Bạn đã gửi 1 nội dung trong 24 giờ qua.")
    assert "0220 3700 001" in lan.hears()
    clock.pass_(days=1)
    lan.taps("feedback:send")
    with site.database.reading() as session:
        assert [case.content for case in cases(session)] == [LAMP, STORM]


def test_a_message_of_ten_thousand_characters_is_answered_with_the_limit(
    lan: Person, site: Site
) -> None:
    assert lan.says("ngập nước " * 1_000) is Received.HANDLED
    assert lan.hears().startswith("Tin nhắn dài hơn 5.000 ký tự")
    with site.database.reading() as session:
        assert len(updates(session)[-1].text) >= 9_999


def test_words_in_decomposed_letters_are_kept_composed(lan: Person) -> None:
    case = lan.sends_a_feedback(unicodedata.normalize("NFD", LAMP))
    assert case.content == LAMP


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("👍👍", "Mình chưa đọc được nội dung này."),
        ("TK-26-222222-2", "Không tìm thấy hồ sơ với mã này."),
    ],
)
def test_what_cannot_be_used_is_answered_and_opens_nothing(
    lan: Person, site: Site, text: str, reply: str
) -> None:
    lan.taps("menu:status")
    lan.says(text)
    assert lan.hears().startswith(reply)
    with site.database.reading() as session:
        assert cases(session) == []


@pytest.mark.parametrize("text", ["đèn\x00đường hỏng", "\x00", "đèn \ud83d hỏng"])
def test_letters_that_no_database_keeps_do_no_harm(lan: Person, text: str) -> None:
    assert lan.says(text) is Received.HANDLED
    assert lan.owed()


def test_two_deliveries_of_an_update_at_once_open_one_case(lan: Person, site: Site) -> None:
    lan.writes_up_to_sending()
    before = len(lan.owed())
    sending = lan.message(action="feedback:send")
    received = at_once(lan.inbox, [sending, sending])
    assert sorted(received) == [Received.DUPLICATE, Received.HANDLED]
    with site.database.reading() as session:
        assert len(cases(session)) == 1
    assert len(lan.owed()) == before + 1


def test_two_first_messages_at_once_begin_one_conversation(lan: Person, site: Site) -> None:
    received = at_once(lan.inbox, [lan.message("xin chào"), lan.message("menu")])
    assert received == [Received.HANDLED, Received.HANDLED]
    assert len(lan.owed()) == 2


def test_words_sent_at_once_are_all_kept(lan: Person, site: Site) -> None:
    lan.says(LAMP)
    lan.taps("feedback:kind-recommendation")
    parts = [f"Đoạn thứ {n} của câu chuyện." for n in range(4)]
    at_once(lan.inbox, [lan.message(part) for part in parts])
    with site.database.reading() as session:
        content = lan.chat(session).draft["content"]
    assert sorted(content.split("\n")) == sorted([LAMP, *parts])


def at_once(inbox: Inbox, arrivals: list[Arrival]) -> list[Received]:
    """Let as many threads receive as there are arrivals, all starting together."""
    gate = Barrier(len(arrivals))

    def receive(arrival: Arrival) -> Received:
        gate.wait()
        return inbox.receive(arrival)

    with ThreadPoolExecutor(len(arrivals)) as pool:
        return list(pool.map(receive, arrivals))


def test_a_picture_becomes_an_attachment_of_the_case(lan: Person, site: Site) -> None:
    lan.uploads(Upload("đèn hỏng.png", picture()), text=LAMP)
    with site.database.reading() as session:
        (kept,) = session.exec(select(Attachment)).all()
        assert (kept.name, kept.media_type, kept.case_id) == ("đèn hỏng.png", "image/jpeg", None)
    lan.taps("feedback:kind-recommendation")
    lan.says("xong", "đồng ý", "Nguyễn Thị Lan", "0912345678", "Số 5 ngõ 12")
    lan.taps("feedback:forget")
    lan.taps("feedback:send")
    with site.database.reading() as session:
        assert session.exec(select(Attachment)).one().case_id == cases(session)[-1].id


def test_a_file_that_is_not_taken_is_named_and_the_others_are_kept(lan: Person) -> None:
    lan.says(LAMP)
    lan.uploads(Upload("virus.exe", b"MZ" + b"\0" * 200), Upload("đèn.png", picture()))
    assert "Đã nhận 1 tệp." in lan.hears()
    assert "“virus.exe”" in lan.hears()


def test_a_file_of_another_conversation_is_not_attached(
    lan: Person, tu: Person, site: Site
) -> None:
    tu.uploads(Upload("của bác Tư.png", picture()))
    with site.database.writing() as session:
        token = session.exec(select(Attachment)).one().token
    lan.writes_up_to_sending()
    with site.database.writing() as session:
        chat = lan.chat(session)
        chat.draft = {**chat.draft, "files": [token]}
    lan.taps("feedback:send")
    with site.database.reading() as session:
        assert session.exec(select(Attachment)).one().case_id is None


def test_a_note_is_added_to_the_own_case_for_the_officer_to_read(lan: Person, site: Site) -> None:
    case = lan.sends_a_feedback()
    lan.says(f"{case.code} Hôm qua bác Tư suýt ngã xe ở đó.")
    lan.taps(f"note:{case.code}")
    assert lan.hears().startswith("Đã thêm lời nhắn của bạn")
    with site.database.reading() as session:
        newest = session.exec(select(CaseEvent).order_by(col(CaseEvent.number).desc())).first()
    assert (newest.name, newest.audience) == ("citizen_note", Audience.CITIZEN)
    assert "Hôm qua bác Tư suýt ngã xe ở đó." in newest.note


def test_no_note_is_added_to_the_case_of_another_conversation(
    lan: Person, tu: Person, site: Site
) -> None:
    case = lan.sends_a_feedback()
    tu.says(f"{case.code} Việc này xong rồi, đóng hồ sơ đi.")
    tu.taps(f"note:{case.code}")
    assert "gửi từ chính cuộc trò chuyện này" in tu.hears()
    with site.database.reading() as session:
        assert [fact.name for fact in session.exec(select(CaseEvent))] == ["received"]


def test_a_note_is_added_to_an_own_case_however_old(lan: Person) -> None:
    oldest = lan.sends_a_feedback()
    for number in range(5):
        lan.sends_a_feedback(f"{STORM} Lần {number}.")
    lan.says(f"{oldest.code} Đèn vẫn chưa sáng đâu ạ.")
    lan.taps(f"note:{oldest.code}")
    assert lan.hears().startswith("Đã thêm lời nhắn của bạn")


def test_an_update_keeps_the_words_of_the_pressed_button(lan: Person, site: Site) -> None:
    lan.says(LAMP)
    lan.taps("feedback:next")
    with site.database.reading() as session:
        assert [update.text for update in updates(session)] == [LAMP, "Đúng rồi"]
