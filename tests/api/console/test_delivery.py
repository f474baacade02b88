"""What came in and was not understood, what was owed and not delivered: seen, and tried again."""

from datetime import timedelta
from secrets import token_hex

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from api.cases import intake
from api.cases.events import By
from api.cases.models import Case, CaseEvent
from api.chats.models import Chat, Update
from api.outbox import queue
from api.outbox.models import NoticeCall, OutboxMessage
from api.people.models import Staff
from api.web.site import Site
from bot.arrival import Arrival
from bot.inbox import Received
from bot.service import Service
from tests.api.cases.cast import LAN, StaffDesk
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE, sends
from tests.conftest import FrozenClock

TORN = {"step": "một bước không còn nữa"}


def look(desk: TestClient) -> Page:
    return Page(desk.get("/can-bo/gui-nhan").text)


def press(desk: TestClient, part: str) -> Page:
    """Press the first button of a part (nhan: received, gui: sent)."""
    action = next(action for action in look(desk).actions if f"/gui-nhan/{part}/" in action)
    return Page(desk.post(action).text)


def arrives(service: Service, text: str, key: str = "a" * 64) -> Received:
    """Chị Lan writes in the web chat."""
    raw = {"chat": key, "text": text, "action": ""}
    return service.inbox.receive(
        Arrival(channel="web", key=token_hex(8), chat_key=key, text=text, raw=raw)
    )


@pytest.fixture
def torn(site: Site, service: Service) -> Chat:
    """A conversation whose draft cannot be read any more."""
    arrives(service, "xin chào")
    set_draft(site, TORN)
    assert arrives(service, "Đèn đường hỏng") is Received.FAILED
    with site.database.reading() as session:
        return session.exec(select(Chat)).one()


def set_draft(site: Site, draft: dict[str, str]) -> None:
    with site.database.writing() as session:
        session.exec(select(Chat)).one().draft = draft


@pytest.fixture
def undelivered(site: Site) -> str:
    """A notice on Telegram that its receiver has blocked; gives the code of its case."""
    code = sends(site, channel="telegram")
    with site.database.writing() as session:
        case = session.exec(select(Case)).one()
        queue.enqueue(
            session, case.chat_id, "Đã trả lời hồ sơ của bạn.", site.clock(), case_id=case.id
        )
    with site.database.writing() as session:
        (message,) = queue.claim(session, "telegram", site.clock())
        queue.mark_failed(session, message, site.clock(), "Forbidden: bot was blocked by the user")
    return code


@ON_SQLITE
def test_where_nothing_is_stuck_the_page_says_so(desk: TestClient) -> None:
    page = look(desk)
    assert "tin đang chờ gửi 0 tin gửi chưa được 0 tin nhận chưa xử lý được 0" in page.main
    assert "Không có tin nào bị kẹt." in page.main
    assert "Telegram Chưa nối Chưa có Chưa có" in page.main


def test_an_update_that_failed_is_shown_with_its_error(desk: TestClient, torn: Chat) -> None:
    page = look(desk)

    assert "tin nhận chưa xử lý được 1" in page.main
    assert "Đèn đường hỏng" in page.main
    assert "ValidationError" in page.main
    assert "Có tin chưa xử lý được" in page.main


def test_a_failed_update_is_handled_once_its_cause_is_gone(
    desk: TestClient, site: Site, torn: Chat
) -> None:
    set_draft(site, {})

    page = press(desk, "nhan")

    assert "Không có tin nào bị kẹt." in page.main
    with site.database.reading() as session:
        replies = session.exec(select(OutboxMessage.text).order_by(col(OutboxMessage.id))).all()
        failed = session.exec(select(Update).where(Update.text == "Đèn đường hỏng")).one()
    assert len(replies) == 3  # a greeting, an apology, and now the answer
    assert (failed.attempts, failed.error) == (2, "")


def test_an_update_that_fails_again_is_kept(desk: TestClient, torn: Chat) -> None:
    action = next(action for action in look(desk).actions if "/nhan/" in action)

    answer = desk.post(action)

    assert answer.status_code == 400
    assert Page(answer.text).title == "Tin này vẫn chưa xử lý được."
    assert "Đèn đường hỏng" in look(desk).main


@ON_SQLITE
def test_an_update_that_was_handled_meanwhile_is_not_said_to_fail(
    desk: TestClient, site: Site, torn: Chat
) -> None:
    action = next(action for action in look(desk).actions if "/nhan/" in action)
    set_draft(site, {})
    desk.post(action)

    again = Page(desk.post(action).text)

    assert "vẫn chưa xử lý được" not in again.main


def test_a_message_that_was_not_delivered_is_shown_with_its_case_and_reason(
    desk: TestClient, undelivered: str
) -> None:
    page = look(desk)

    assert "tin gửi chưa được 1" in page.main
    assert "Đã trả lời hồ sơ của bạn." in page.main
    assert "Forbidden: bot was blocked by the user" in page.main
    assert f"/can-bo/ho-so/{undelivered}" in page.links


def test_a_message_tried_again_waits_for_delivery(
    desk: TestClient, site: Site, undelivered: str
) -> None:
    page = press(desk, "gui")

    assert "tin đang chờ gửi 1 tin gửi chưa được 0" in page.main
    with site.database.writing() as session:
        assert len(queue.claim(session, "telegram", site.clock())) == 1


@ON_SQLITE
def test_what_is_held_until_the_person_writes_is_counted_apart(
    desk: TestClient, site: Site
) -> None:
    sends(site, channel="zalo_oa")
    with site.database.writing() as session:
        case = session.exec(select(Case)).one()
        queue.enqueue(session, case.chat_id, "Đã trả lời.", site.clock(), case_id=case.id)
    with site.database.writing() as session:
        (message,) = queue.claim(session, "zalo_oa", site.clock())
        queue.hold(session, message, site.clock(), "quá 48 giờ", "")
    main = look(desk).main
    assert "tin đang chờ gửi 0" in main
    assert "tin giữ tới khi người dân nhắn 1" in main


@ON_SQLITE
def test_what_still_waits_is_not_said_to_have_arrived(desk: TestClient, undelivered: str) -> None:
    assert "Mọi tin đã tới nơi." not in press(desk, "gui").main


@ON_SQLITE
def test_what_a_browser_will_fetch_by_itself_is_not_counted_as_waiting(
    desk: TestClient, service: Service
) -> None:
    arrives(service, "xin chào")
    assert "tin đang chờ gửi 0" in look(desk).main


@ON_SQLITE
def test_a_message_that_is_not_stuck_cannot_be_sent_again(
    desk: TestClient, site: Site, undelivered: str
) -> None:
    action = next(action for action in look(desk).actions if "/gui/" in action)
    desk.post(action)
    assert desk.post(action).status_code == 404


@ON_SQLITE
def test_what_does_not_exist_cannot_be_tried_again(desk: TestClient) -> None:
    for part in ("nhan", "gui"):
        answer = desk.post(f"/can-bo/gui-nhan/{part}/99/thu-lai")
        assert answer.status_code == 404
        assert Page(answer.text).title == "Không tìm thấy tin này."


@ON_SQLITE
def test_the_page_says_when_a_channel_last_spoke(desk: TestClient, service: Service) -> None:
    arrives(service, "xin chào")
    assert "Trang web Bình thường 09:00, 16/11/2026 Chưa có" in look(desk).main


@ON_SQLITE
def test_a_notice_that_cannot_arrive_becomes_a_call(
    desk: TestClient, site: Site, undelivered: str
) -> None:
    page = look(desk)
    assert "người gửi cần gọi điện 1" in page.main
    assert f"Hồ sơ {undelivered}" in page.main

    assert "người gửi cần gọi điện 0" in press(desk, "goi").main
    with site.database.reading() as session:
        fact = session.exec(select(CaseEvent).where(CaseEvent.name == "notice_by_phone")).one()
        made = session.exec(select(NoticeCall)).one()
    assert fact.staff_id == made.staff_id
    assert "tin gửi chưa được 0" in look(desk).main


@ON_SQLITE
def test_a_notice_that_waits_too_long_becomes_a_call_once(
    desk: TestClient, site: Site, clock: FrozenClock
) -> None:
    sends(site, channel="telegram")
    ago = timedelta(hours=site.settings.notice_hours)
    with site.database.writing() as session:
        case = session.exec(select(Case)).one()
        notice = queue.enqueue(session, case.chat_id, "Đã trả lời.", clock() - ago, case_id=case.id)
    assert "người gửi cần gọi điện 0" in look(desk).main
    with site.database.writing() as session:
        session.get(OutboxMessage, notice.id).created_at = clock() - ago - timedelta(seconds=1)
    action = next(action for action in look(desk).actions if "/goi/" in action)
    desk.post(action)
    assert desk.post(action).status_code == 409
    with site.database.writing() as session:
        assert queue.claim(session, "telegram", clock()) == []


def test_a_call_of_a_restricted_case_is_seen_by_those_named_alone(
    desk: TestClient, site: Site, minh: Staff, undelivered: str
) -> None:
    assert undelivered in look(desk).main
    call = next(action for action in look(desk).actions if "/goi/" in action)

    with site.database.writing() as session:
        session.exec(select(Case).where(Case.code == undelivered)).one().restricted = True
    assert undelivered not in look(desk).main
    assert desk.post(call).status_code == 403

    with site.database.writing() as session:
        session.get_one(Staff, minh.id).denunciations = True
    assert undelivered in look(desk).main


def test_whoever_sent_by_phone_is_on_the_list_of_calls_and_on_no_other(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    with site.database.writing() as session:
        case = intake.register(
            session, site.office, LAN, "phone", site.clock(), by=By.staff(minh), at=site.clock()
        )
    StaffDesk(site, minh).ask_supplement(case, "Số nhà nào?")

    page = look(desk)
    assert "Số nhà nào?" in page.main
    assert not any("/thu-lai" in action for action in page.actions)

    told = press(desk, "goi")
    assert "Số nhà nào?" not in told.main
