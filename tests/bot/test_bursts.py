"""Lines sent one after the other are one message; nothing of them is lost or read twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import select

from api.chats.models import Handling, PendingLine
from api.outbox.models import OutboxMessage
from api.web.site import Site
from bot.arrival import RemoteFile
from bot.inbox import Inbox, Received
from bot.service import build
from tests.bot.conftest import Commits
from tests.bot.people import Person, updates
from tests.conftest import FrozenClock

STORY = ("Đèn đường ngõ 12", "hỏng cả tuần nay", "tối rất nguy hiểm")


@pytest.fixture
def inbox(site: Site) -> Inbox:
    """An inbox that waits three seconds for more lines."""
    settings = site.settings.model_copy(update={"burst_seconds": 3.0})
    return build(replace(site, settings=settings)).inbox


def line(person: Person, text: str = "", position: int = 0, **more: object) -> Received:
    """Send a line as a platform does that sends line by line."""
    told = person.message(text, **more)
    return person.sends(replace(told, gathers=True, position=position))


def unread(site: Site) -> list[str]:
    with site.database.reading() as session:
        return [row.text for row in session.exec(select(PendingLine))]


def test_lines_of_a_burst_are_read_as_one_message(
    lan: Person, inbox: Inbox, site: Site, clock: FrozenClock
) -> None:
    for text in STORY:
        line(lan, text)
        clock.pass_(seconds=1)
    assert inbox.read_lines() == 0
    assert lan.owed() == []
    clock.pass_(seconds=2)
    assert inbox.read_lines() == 1
    with site.database.reading() as session:
        assert lan.chat(session).draft["content"] == "\n".join(STORY)
    assert len(lan.owed()) == 1
    assert unread(site) == []


def test_lines_that_came_in_another_order_are_read_as_they_were_written(
    lan: Person, inbox: Inbox, site: Site, clock: FrozenClock
) -> None:
    for position in (2, 0, 1):
        line(lan, STORY[position], position)
    clock.pass_(seconds=3)
    inbox.read_lines()
    with site.database.reading() as session:
        assert lan.chat(session).draft["content"] == "\n".join(STORY)


def test_a_question_mark_ends_a_burst_at_once(lan: Person) -> None:
    line(lan, "cho em hỏi đăng ký tạm trú")
    assert lan.owed() == []
    line(lan, "mất bao lâu ạ?")
    assert "Thời hạn giải quyết:" in lan.hears()
    assert len(lan.owed()) == 1


def test_a_button_or_a_command_never_waits(lan: Person) -> None:
    line(lan, "/start")
    lan.taps("menu:ask")
    assert len(lan.owed()) == 2


def test_a_danger_never_waits(lan: Person) -> None:
    line(lan, "cháy nhà ở ngõ 12 cứu với")
    assert "114" in lan.hears()


def test_what_was_written_before_a_button_is_read_before_it(lan: Person, site: Site) -> None:
    line(lan, "Đèn đường ngõ 12 hỏng cả tuần nay")
    lan.taps("menu:status")
    first, second = (message.text for message in lan.owed())
    assert "Đúng không bạn?" in first
    assert "mã hồ sơ" in second
    assert unread(site) == []


def test_an_album_is_one_message(lan: Person, inbox: Inbox, site: Site, clock: FrozenClock) -> None:
    for n in range(3):
        picture = lan.message(
            "Cột đèn đổ" if n == 0 else "", remotes=(RemoteFile(f"f{n}", "a.jpg"),)
        )
        lan.sends(replace(picture, gathers=True, album=True, position=n))
    assert lan.owed() == []
    clock.pass_(seconds=3)
    inbox.read_lines()
    assert len(lan.owed()) == 1
    assert "Đã nhận 3 tệp." in lan.hears()


def test_someone_who_never_stops_writing_is_answered_all_the_same(
    lan: Person, inbox: Inbox, clock: FrozenClock
) -> None:
    for n in range(16):
        line(lan, f"và chuyện thứ {n}", n)
        clock.pass_(seconds=1)
    line(lan, "còn nữa", 99)
    clock.pass_(seconds=2)
    read = inbox.read_lines()
    clock.pass_(seconds=3)
    assert read + inbox.read_lines() >= 1
    assert lan.owed()


def test_a_process_that_dies_leaves_the_lines_for_the_next(
    lan: Person, site: Site, clock: FrozenClock, commits: Commits
) -> None:
    for text in STORY:
        line(lan, text)
    clock.pass_(seconds=3)
    settings = site.settings.model_copy(update={"burst_seconds": 3.0})
    restarted = build(replace(site, settings=settings)).inbox
    assert restarted.read_lines() == 1
    with site.database.reading() as session:
        assert lan.chat(session).draft["content"] == "\n".join(STORY)


def test_two_instances_read_a_burst_once(
    lan: Person, inbox: Inbox, site: Site, clock: FrozenClock
) -> None:
    for text in STORY:
        line(lan, text)
    clock.pass_(seconds=3)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: inbox.read_lines(), range(2)))
    with site.database.reading() as session:
        assert len(session.exec(select(OutboxMessage)).all()) == 1


def test_lines_that_cannot_be_read_are_kept_for_the_staff_and_the_person_is_told(
    lan: Person, inbox: Inbox, site: Site, clock: FrozenClock, commits: Commits
) -> None:
    line(lan, STORY[0])
    clock.pass_(seconds=3)
    commits.failing = 1
    inbox.read_lines()
    with site.database.reading() as session:
        assert [row.handling for row in updates(session)] == [Handling.FAILED]
    assert unread(site) == []
    assert "gặp trục trặc" in lan.hears()


def test_past_the_limit_words_wait_for_the_next_minute_and_the_person_is_told_once(
    site: Site, clock: FrozenClock
) -> None:
    strict = site.settings.model_copy(update={"chat_per_minute": 2})
    inbox = build(replace(site, settings=strict)).inbox
    lan = Person(inbox)
    for n in range(4):
        line(lan, f"Đoạn thứ {n} của câu chuyện.", n)
    told = [message.text for message in lan.owed() if "chưa đọc kịp" in message.text]
    assert len(told) == 1
    assert unread(site) == ["Đoạn thứ 2 của câu chuyện.", "Đoạn thứ 3 của câu chuyện."]
    clock.pass_(minutes=1)
    assert inbox.read_lines() == 1
    assert unread(site) == []


def test_past_the_limit_of_all_others_are_told_too(site: Site) -> None:
    strict = site.settings.model_copy(update={"total_per_minute": 1})
    inbox = build(replace(site, settings=strict)).inbox
    line(Person(inbox, "lan"), "xin chào")
    tu = Person(inbox, "tu")
    tu.taps("menu:ask")
    assert "chờ khoảng một phút" in tu.hears()
