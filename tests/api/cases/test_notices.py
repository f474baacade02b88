"""What the sender of a case is told."""

import re

import pytest

from api.cases import notices
from api.cases.models import Case, Kind, State, Verdict
from api.cases.wording import EVENT_LABELS, KIND_LABELS, date_words
from api.chats.models import Chat
from api.outbox.models import OutboxMessage
from api.web.site import Site
from tests.api.cases.cast import (
    MOVES,
    StaffDesk,
    case_in,
    fresh,
    messages_to,
    send,
    set_day,
)

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
    *("late_progress", "judge_replied"),
}
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
    assert "hạn trả lời mới là thứ Tư, 09/12/2026" in message.text


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
    assert set(notices.texts()) == {*TOLD, *TOLD_OTHERWISE}
    told_as_events = set(notices.texts()) - {"late_apology", "late_progress", "judge_replied"}
    assert told_as_events <= set(EVENT_LABELS)


def test_every_text_renders_with_nothing_left_open(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    parts = {"note": "lý do", "answer": "câu trả lời", "where": "nơi khác"}
    for event in sorted(set(notices.texts()) - {"late_note"}):  # that one is the officer's words
        text = notices.render(site.office, case, event, phone="0220 3700 001", **parts)
        assert not re.search(r"[{}]", text), event
        assert case.code in text, event
        assert (date_words(case.due_on) in text) == (event in WITH_DUE_DAY), event
