"""What cannot be handled is undone whole, kept for the staff, told to the person, and retried."""

import pytest
from sqlmodel import select

from api.catalogue import activations
from api.catalogue.activations import Order
from api.catalogue.models import CatalogueProcedure, CatalogueRelease
from api.chats.models import Handling, Update
from api.web.site import Site
from bot.inbox import Inbox, Received
from tests.bot.conftest import Commits
from tests.bot.people import Person, cases, updates
from tests.bot.talk import LAMP
from tests.conftest import FrozenClock


@pytest.fixture
def ready(lan: Person) -> Person:
    """Chị Lan, who has only "Gửi" left to press."""
    lan.writes_up_to_sending()
    return lan


def test_a_failure_undoes_everything_that_was_begun(
    ready: Person, commits: Commits, site: Site
) -> None:
    with site.database.reading() as session:
        before = ready.chat(session).draft
    commits.failing = 1
    assert ready.taps("feedback:send") is Received.FAILED
    with site.database.reading() as session:
        assert cases(session) == []
        assert ready.chat(session).draft == before


def test_a_failed_update_is_kept_as_it_came_with_its_error(
    ready: Person, commits: Commits, site: Site
) -> None:
    commits.failing = 1
    ready.says("gửi")
    with site.database.reading() as session:
        kept = updates(session)[-1]
    assert kept.handling is Handling.FAILED
    assert (kept.text, kept.raw) == ("gửi", ready.arrivals[-1].raw)
    assert kept.error == "OSError: no space left on device"


def test_the_person_is_told_honestly_and_where_to_call(ready: Person, commits: Commits) -> None:
    before = len(ready.owed())
    commits.failing = 1
    ready.taps("feedback:send")
    (told,) = ready.owed()[before:]
    assert told.text.startswith("Xin lỗi bạn, hệ thống vừa gặp trục trặc")
    assert "0220 3700 001" in told.text


def test_a_failed_update_delivered_again_stays_failed(
    ready: Person, commits: Commits, site: Site
) -> None:
    commits.failing = 1
    sending = ready.message(action="feedback:send")
    ready.sends(sending)
    assert ready.sends(sending) is Received.DUPLICATE
    with site.database.reading() as session:
        assert cases(session) == []
        assert len([u for u in updates(session) if u.key == sending.key]) == 1


def test_a_retry_handles_a_failed_update_once(ready: Person, commits: Commits, site: Site) -> None:
    commits.failing = 1
    sending = ready.message(action="feedback:send")
    ready.sends(sending)
    assert ready.inbox.retry(sending) is Received.HANDLED
    assert ready.inbox.retry(sending) is Received.DUPLICATE
    with site.database.reading() as session:
        (case,) = cases(session)
        kept = updates(session)[-1]
    assert (kept.handling, kept.error, kept.attempts) == (Handling.DONE, "", 2)
    assert f"Mã hồ sơ: {case.code}" in ready.hears()


def test_a_retry_that_fails_leaves_the_update_failed(
    ready: Person, commits: Commits, site: Site
) -> None:
    sending = ready.message(action="feedback:send")
    commits.failing = 1
    ready.sends(sending)
    before = len(ready.owed())
    commits.failing = 1
    assert ready.inbox.retry(sending) is Received.FAILED
    with site.database.reading() as session:
        assert updates(session)[-1].handling is Handling.FAILED
    assert len(ready.owed()) == before


def test_an_update_that_never_failed_is_not_handled_again(ready: Person, site: Site) -> None:
    sending = ready.message(action="feedback:send")
    ready.sends(sending)
    assert ready.inbox.retry(sending) is Received.DUPLICATE
    assert ready.inbox.retry(ready.message("chưa từng tới")) is Received.DUPLICATE
    with site.database.reading() as session:
        assert len(cases(session)) == 1


def test_where_not_even_the_failure_can_be_kept_the_platform_is_not_told(
    ready: Person, commits: Commits, site: Site
) -> None:
    sending = ready.message(action="feedback:send")
    commits.failing = 2
    with pytest.raises(OSError, match="no space left"):
        ready.sends(sending)
    assert ready.sends(sending) is Received.HANDLED
    with site.database.reading() as session:
        assert len(cases(session)) == 1


@pytest.fixture
def broken_release(site: Site, clock: FrozenClock) -> int:
    """A release whose only record cannot be read; gives the number of the one before."""
    with site.database.writing() as session:
        good = activations.active(session, site.office.unit_id, site.clock())
        clock.pass_(minutes=1)
        bad = CatalogueRelease(
            unit_id=site.office.unit_id,
            name="hỏng",
            source="",
            imported_at=clock(),
        )
        session.add(bad)
        session.flush()
        session.add(
            CatalogueProcedure(release_id=bad.id, position=0, code="1", facts={"fees": "?"})
        )
        activations.activate(session, site.office.unit_id, bad.id, clock())
        return good.id


def test_a_message_that_met_a_broken_catalogue_is_handled_after_the_repair(
    lan: Person, inbox: Inbox, site: Site, clock: FrozenClock, broken_release: int
) -> None:
    question = lan.message("đăng ký tạm trú mất bao lâu")
    assert lan.sends(question) is Received.FAILED
    clock.pass_(minutes=1)
    with site.database.writing() as session:
        back = Order(reason="bản mới bị hỏng")
        activations.activate(session, site.office.unit_id, broken_release, clock(), back)
    assert inbox.retry(question) is Received.HANDLED
    assert "Thời hạn giải quyết:" in lan.hears()


def test_one_failed_message_does_not_hold_up_the_next(
    ready: Person, commits: Commits, site: Site
) -> None:
    commits.failing = 1
    ready.says("Còn một điều nữa.")
    assert ready.taps("feedback:send") is Received.HANDLED
    with site.database.reading() as session:
        assert [case.content for case in cases(session)] == [LAMP]
        failed = session.exec(select(Update).where(Update.handling == Handling.FAILED)).all()
    assert [update.text for update in failed] == ["Còn một điều nữa."]
