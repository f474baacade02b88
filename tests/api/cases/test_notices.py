"""What the sender of a case is told."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from api.cases import intake, notices
from api.cases.events import SYSTEM
from api.cases.models import Case, Kind, State, Verdict
from api.cases.wording import EVENT_LABELS, KIND_LABELS, date_words
from api.chats.models import Chat
from api.outbox import queue
from api.outbox.calls import to_call
from api.outbox.models import OutboxMessage
from api.web.site import Site
from tests.api.cases.cast import (
    LAN,
    MOVES,
    StaffDesk,
    case_in,
    fresh,
    join,
    messages_to,
    send,
    set_day,
)
from tests.conftest import FrozenClock

TOLD = {
    "accept": State.RECEIVED,
    "reclassify": State.RECEIVED,
    "answer": State.IN_PROGRESS,
    "publish": State.ANSWERED,
    "withhold": State.ANSWERED,
    "refuse": State.RECEIVED,
    "moved_inside": State.IN_PROGRESS,
    "supplement_asked": State.IN_PROGRESS,
    "supplement_given": State.SUPPLEMENT,
    "transferred_out": State.IN_PROGRESS,
    "returned": State.TRANSFERRED,
    "transferred_in": State.IN_PROGRESS,
    "approve": State.DRAFTED,
    "withdraw": State.IN_PROGRESS,
    "merge": State.IN_PROGRESS,
    "unmerge": State.MERGED,
    "judge": State.IN_PROGRESS,
    "split": State.IN_PROGRESS,
    "reopened": State.ANSWERED,
}
WITH_DUE_DAY = {
    *("received", "accept", "reclassify", "due_moved", "moved_inside", "supplement_given"),
    *(
        "returned",
        "transferred_in",
        "split",
        "joined",
        "merged_in",
        "reopened",
        "extended",
        "late_apology",
    ),
    *("late_progress", "transferred_out", "judge", "unmerge"),
}
TOLD_OTHERWISE = {
    *("received", "due_moved", "joined", "merged_in", "extended", "late_note", "late_apology"),
    "late_progress",
}
VARIANTS = ("_closed", "_followed", "_late", "_replied")
"""What the name of a text ends in that stands in for another one."""

MORE_BUTTONS = {"answer": 2, "approve": 2, "supplement_asked": 1}


def told_by(name: str, lan: Chat, desk: StaffDesk) -> tuple[Case, list[OutboxMessage]]:
    """Make a move and return the case with the messages that this move gave."""
    case = case_in(TOLD[name], lan, desk)
    before = len(messages_to(desk.site, lan))
    case = MOVES[name](desk, case)
    return case, messages_to(desk.site, lan)[before:]


@pytest.mark.parametrize("name", TOLD)
def test_each_event_that_concerns_the_sender_gives_one_message_with_the_code(
    lan: Chat, hoas_desk: StaffDesk, name: str
) -> None:
    case, [message] = told_by(name, lan, hoas_desk)

    assert case.code in message.text
    assert message.case_id == case.id
    assert message.due_at == hoas_desk.site.clock()
    assert message.buttons[-1] == ["Xem tình trạng", f"status:{case.code}"]
    assert len(message.buttons) == 1 + MORE_BUTTONS.get(name, 0)


@pytest.mark.parametrize("name", ["accept", "reclassify"])
def test_the_due_day_is_said_in_words_with_its_weekday(
    lan: Chat, minhs_desk: StaffDesk, name: str
) -> None:
    _, [message] = told_by(name, lan, minhs_desk)

    assert "Hạn trả lời là thứ Ba, 08/12/2026" in message.text


def test_a_moved_due_day_is_told_with_the_reason(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    set_day(site, case.due_on, works=False, reason="nghỉ bù của phường")

    [message] = messages_to(site, lan)
    assert case.code in message.text
    assert "thứ Ba, 08/12/2026: nghỉ bù của phường" in message.text
    assert "theo hạn mới là thứ Tư, 09/12/2026" in message.text


def test_the_words_of_the_answer_reach_the_sender_unchanged(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    minhs_desk.answer(send(site, lan), "Đã sửa {xong} 100%.\nCảm ơn bạn.")

    assert "Đã sửa {xong} 100%.\nCảm ơn bạn." in messages_to(site, lan)[-1].text


def test_the_new_kind_is_told_by_its_name(lan: Chat, minhs_desk: StaffDesk) -> None:
    _, [message] = told_by("reclassify", lan, minhs_desk)

    assert f"“{KIND_LABELS[Kind.RECOMMENDATION]}”" in message.text


def test_a_public_result_is_told_with_its_address(lan: Chat, minhs_desk: StaffDesk) -> None:
    case, [message] = told_by("publish", lan, minhs_desk)

    assert f"http://127.0.0.1:8000/ket-qua/{case.code}" in message.text


def test_the_reason_for_withholding_is_told(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    minhs_desk.withhold(case_in(State.ANSWERED, lan, minhs_desk), "Có thông tin về trẻ em.")

    assert "Lý do: Có thông tin về trẻ em." in messages_to(site, lan)[-1].text


def test_a_due_day_that_waits_is_told_as_the_earliest(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    minhs_desk.transfer_out(send(site, lan))

    assert "là thứ Ba, 08/12/2026 (sớm nhất, vì đang tạm dừng tính hạn)" in (
        messages_to(site, lan)[-1].text
    )


def test_a_verdict_after_the_answer_promises_no_answer(lan: Chat, minhs_desk: StaffDesk) -> None:
    minhs_desk.judge(case_in(State.PUBLISHED, lan, minhs_desk), Verdict.PARTLY)

    told = messages_to(minhs_desk.site, lan)[-1].text
    assert "kết luận về nội dung phản ánh: Đúng một phần." in told
    assert "Câu trả lời đã gửi vẫn giữ nguyên" in told


def test_a_case_without_a_conversation_is_told_nobody(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        session.get_one(Case, case.id).chat_id = None

    minhs_desk.answer(fresh(site, case))

    assert messages_to(site, lan) == []


def test_there_is_a_text_for_every_event_that_tells_and_for_no_other() -> None:
    plain = {name for name in notices.texts() if not name.endswith(VARIANTS)}
    assert plain == {*TOLD, *TOLD_OTHERWISE, "answer_verdict"}
    assert {name.rsplit("_", 1)[0] for name in set(notices.texts()) - plain} <= plain
    told_as_events = plain - {"late_apology", "late_progress", "answer_verdict"}
    assert told_as_events <= set(EVENT_LABELS)


def test_every_text_renders_with_nothing_left_open(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    parts = {"note": "lý do", "answer": "câu trả lời", "where": "nơi khác"}
    for event in sorted({*TOLD, *TOLD_OTHERWISE} - {"late_note"}):  # that is the officer's words
        text = notices.render(site.office, case, event, phone="0220 3700 001", **parts)
        assert not re.search(r"[{}]", text), event
        assert case.code in text, event
        assert (date_words(case.due_on) in text) == (event in WITH_DUE_DAY), event


def registered(site: Site) -> Case:
    """A case that came by phone."""
    with site.database.writing() as session:
        return intake.register(
            session, site.office, LAN, "phone", site.clock(), by=SYSTEM, at=site.clock()
        )


def calls(site: Site, case: Case) -> list[str]:
    with site.database.reading() as session:
        rows = to_call(session, site.clock(), timedelta(days=1), seen=Case.id == case.id)
        return [message.text for message, _ in rows]


def test_whoever_gets_no_messages_is_to_be_called_when_something_is_wanted_of_them(
    site: Site, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.accept(registered(site))
    assert calls(site, case) == []

    minhs_desk.answer(minhs_desk.take_supplement(minhs_desk.ask_supplement(case, "Số nhà nào?")))

    asked, answered = calls(site, case)
    assert "Số nhà nào?" in asked
    assert "Kết quả đã có." in answered


def test_nothing_is_sent_to_whoever_gets_no_messages(site: Site, minhs_desk: StaffDesk) -> None:
    minhs_desk.answer(registered(site))

    with site.database.writing() as session:
        for channel in ("none", "phone"):
            assert queue.claim(session, channel, site.clock()) == []


@pytest.mark.parametrize("name", ["answer", "refuse"])
def test_reopening_is_offered_to_the_sender_alone(
    site: Site, lan: Chat, hoas_desk: StaffDesk, name: str
) -> None:
    case = join(site, send(site, lan), "tu")
    MOVES[name](hoas_desk, case)
    with site.database.reading() as session:
        tu = session.exec(select(Chat).where(Chat.key == "tu")).one()

    assert "mở lại hồ sơ" in messages_to(site, lan)[-1].text
    assert "mở lại hồ sơ" not in messages_to(site, tu)[-1].text


def test_reopening_is_not_offered_where_an_office_has_none(site: Site, lan: Chat) -> None:
    office = replace(site.office, reopen_days=0)

    told = notices.render(office, send(site, lan), "answer", phone="0220", answer="Đã xong.")

    assert "mở lại" not in told
    assert "Đã xong." in told


def test_whoever_follows_hears_that_the_clock_waits_and_goes_on_but_not_what_was_asked(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = join(site, send(site, lan), "tu")
    minhs_desk.take_supplement(minhs_desk.ask_supplement(case, "Chị Lan ở số nào?"), "Số 7.")
    with site.database.reading() as session:
        tu = session.exec(select(Chat).where(Chat.key == "tu")).one()

    asked, given = [message.text for message in messages_to(site, tu)][-2:]
    assert "đang chờ người gửi" in asked
    assert "tạm dừng tính hạn" in asked
    assert "Hạn trả lời là thứ Ba, 08/12/2026" in given
    assert not any(word in asked + given for word in ("Lan", "Số 7"))


def test_a_late_case_that_asks_for_more_promises_no_pause(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan)
    clock.pass_(days=30)
    minhs_desk.ask_supplement(case)

    told = messages_to(site, lan)[-1].text
    assert "tạm dừng" not in told
    assert "08/12/2026 (đã quá hạn)" in told
