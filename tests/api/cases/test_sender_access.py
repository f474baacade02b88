"""Code and the last figures of the phone open what the sender may know; nothing else does."""

import pytest

from api.cases import sender_access
from api.cases.models import Audience, Case, State
from api.chats.models import Chat
from api.clock import local_date
from api.errors import TooManyError
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, case_in, chat_of, events_of, fresh, send
from tests.conftest import FrozenClock

RIGHT = "5678"  # chị Lan's phone is 0912 345 678


@pytest.fixture
def lan(site: Site) -> Chat:
    return chat_of(site)


def prove(site: Site, code: str, figures: str) -> Case | None:
    with site.database.writing() as session:
        return sender_access.prove(session, code, figures, site.clock())


def view(site: Site, case: Case) -> sender_access.SenderView:
    with site.database.reading() as session:
        own = session.get_one(Case, case.id)
        return sender_access.view(session, site.office, own, local_date(site.clock()))


def internal_names(site: Site, case: Case) -> list[str]:
    return [event.name for event in events_of(site, case)]


def test_code_and_four_figures_open_the_case(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    for figures in (RIGHT, "345 678", "0912.345.678"):
        opened = prove(site, case.code, figures)
        assert opened is not None, figures
        assert opened.id == case.id


def test_anything_else_opens_nothing(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    for figures in ("5679", "678", "", "bốn số", "00912345678"):
        assert prove(site, case.code, figures) is None, figures


def test_a_code_of_no_case_opens_nothing(site: Site, lan: Chat) -> None:
    send(site, lan)
    assert prove(site, "TK-26-AAAAAA-A", RIGHT) is None


def test_a_case_without_a_phone_opens_to_nobody(site: Site, lan: Chat) -> None:
    case = send(site, lan, phone="")
    assert prove(site, case.code, "") is None
    assert prove(site, case.code, "0000") is None


def test_a_restricted_case_opens_to_nobody(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        session.get_one(Case, case.id).restricted = True
    assert prove(site, case.code, RIGHT) is None


def test_every_access_and_every_refusal_is_recorded_for_staff_alone(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    prove(site, case.code, "0000")
    prove(site, case.code, RIGHT)

    assert internal_names(site, case) == ["received", "sender_refused", "sender_seen"]
    assert [event.name for event in events_of(site, case, Audience.CITIZEN)] == ["received"]
    assert not any(event.note or event.data for event in events_of(site, case)[1:])
    assert fresh(site, case).version == case.version


def test_after_five_wrong_guesses_of_a_case_the_right_figures_wait_an_hour_too(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    case = send(site, lan)
    for guess in range(sender_access.MOST_WRONG):
        clock.pass_(minutes=1)
        assert prove(site, case.code, f"000{guess}") is None
    with pytest.raises(TooManyError, match="chưa đúng nhiều lần"):
        prove(site, case.code, RIGHT)
    clock.pass_(hours=1)
    assert prove(site, case.code, RIGHT) is not None


def test_guesses_at_one_case_do_not_lock_another(site: Site, lan: Chat) -> None:
    attacked, other = send(site, lan), send(site, lan)
    for _ in range(sender_access.MOST_WRONG):
        prove(site, attacked.code, "0000")
    assert prove(site, other.code, RIGHT) is not None


def test_the_sender_reads_the_answer_before_it_is_public(
    site: Site, lan: Chat, minh: Staff
) -> None:
    case = case_in(State.ANSWERED, lan, StaffDesk(site, minh))
    known = view(site, case)
    assert known.answer == "Kết quả đã có."
    assert known.trace == ()


def test_the_sender_reads_what_is_asked_and_every_day_of_the_clock(
    site: Site, lan: Chat, minh: Staff, clock: FrozenClock
) -> None:
    case = case_in(State.SUPPLEMENT, lan, StaffDesk(site, minh))
    clock.pass_(days=2)
    known = view(site, case)
    assert known.asked == "Việc ở số nhà nào?"
    assert known.answer == ""
    assert known.trace[0].on == local_date(case.received_at)
    assert any("bổ sung" in day.reason for day in known.trace)


def test_the_sender_of_a_merged_case_reads_the_answer_of_the_twin(
    site: Site, lan: Chat, minh: Staff
) -> None:
    desk = StaffDesk(site, minh)
    twin = send(site, chat_of(site, "tu"), name="Bùi Văn Tư", phone="0987 654 321")
    case = desk.merge(send(site, lan), twin)
    desk.answer(desk.accept(fresh(site, twin)), "Đã sửa xong.")

    assert view(site, case).answer == "Đã sửa xong."
    assert prove(site, case.code, "4321") is None
