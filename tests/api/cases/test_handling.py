"""What staff do with a case until it is answered."""

from datetime import UTC, date, datetime
from unicodedata import normalize

import pytest

from api.cases import approval, handling
from api.cases.events import Deed
from api.cases.handling import LONGEST_ANSWER
from api.cases.models import Actor, Answer, Audience, Case, Kind, State, Verdict
from api.chats.models import Chat
from api.errors import PeopleError
from api.files.models import Attachment
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of, fresh, messages_to, send, set_day
from tests.conftest import FrozenClock


def answer_to(site: Site, case: Case) -> Answer | None:
    """Return the answer of a case, if there is one."""
    with site.database.reading() as session:
        return handling.answer_of(session, case)


def test_accepting_takes_a_case_into_work(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    case = minhs_desk.accept(send(site, lan))

    event = events_of(site, case)[-1]
    assert fresh(site, case).state is State.IN_PROGRESS
    assert (event.name, event.actor) == ("accept", Actor.STAFF)
    assert (event.staff_id, event.at) == (minhs_desk.staff.id, site.clock())


def test_another_kind_counts_the_limit_anew_from_the_same_receipt(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)
    clock.pass_(days=3)

    minhs_desk.reclassify(case, Kind.CONDUCT)

    now = fresh(site, case)
    assert (now.kind, now.policy) == (Kind.CONDUCT, "766-2022")
    assert (now.received_at, now.due_on) == (case.received_at, date(2026, 12, 8))
    assert now.state is State.RECEIVED


def test_another_kind_stands_in_the_history_with_both_names(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.reclassify(send(site, lan, kind=Kind.QUESTION), Kind.INFRASTRUCTURE)

    assert events_of(site, case)[-1].note == "Câu hỏi gửi cán bộ → Phản ánh hiện trường"


def test_another_kind_keeps_the_calendar_it_was_counted_with(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due 23/11
    set_day(site, date(2026, 12, 1), works=False)

    minhs_desk.reclassify(fresh(site, case), Kind.CONDUCT)

    now = fresh(site, case)
    assert now.due_on == date(2026, 12, 9)
    assert now.calendar_version == 1


def test_the_kind_that_a_case_has_already_is_not_given_again(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan, kind=Kind.CONDUCT)

    with pytest.raises(PeopleError):
        minhs_desk.reclassify(case, Kind.CONDUCT)

    assert messages_to(site, lan) == []


def test_a_note_is_for_the_office_only(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    case = minhs_desk.note(send(site, lan), "  Đã gọi điện. ")

    event = events_of(site, case)[-1]
    assert (event.note, event.audience) == ("Đã gọi điện.", Audience.INTERNAL)
    assert messages_to(site, lan) == []


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_note_is_refused(site: Site, lan: Chat, minhs_desk: StaffDesk, text: str) -> None:
    case = send(site, lan)

    with pytest.raises(PeopleError, match="Ghi chú đang trống"):
        minhs_desk.note(case, text)

    assert fresh(site, case).version == 1


def test_an_answer_is_kept_with_who_gave_it_and_when(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.answer(minhs_desk.accept(send(site, lan)), " Kết quả đã có. \n")

    answer = answer_to(site, case)
    assert answer is not None
    assert (answer.text, answer.staff_id) == ("Kết quả đã có.", minhs_desk.staff.id)
    assert (answer.answered_at, answer.answered_on) == (site.clock(), date(2026, 11, 16))
    assert fresh(site, case).state is State.ANSWERED


def test_a_simple_case_can_be_answered_without_being_accepted_first(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    assert minhs_desk.answer(send(site, lan)).state is State.ANSWERED


def test_the_day_of_an_answer_is_the_day_in_viet_nam(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan)
    clock.at = datetime(2026, 11, 16, 17, 30, tzinfo=UTC)

    minhs_desk.answer(case)

    answer = answer_to(site, case)
    assert answer is not None
    assert answer.answered_on == date(2026, 11, 17)


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_answer_is_refused_and_changes_nothing(
    site: Site, lan: Chat, minhs_desk: StaffDesk, text: str
) -> None:
    case = send(site, lan)

    with pytest.raises(PeopleError, match="Câu trả lời đang trống"):
        minhs_desk.answer(case, text)

    assert answer_to(site, case) is None
    assert (fresh(site, case).state, fresh(site, case).version) == (State.RECEIVED, 1)


def test_an_answer_over_the_limit_is_refused_with_the_limit(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    with pytest.raises(PeopleError, match=str(LONGEST_ANSWER)):
        minhs_desk.answer(send(site, lan), "a" * (LONGEST_ANSWER + 1))


def test_an_answer_is_kept_in_composed_letters(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.answer(send(site, lan), normalize("NFD", "Đã giải quyết."))

    answer = answer_to(site, case)
    assert answer is not None
    assert answer.text == "Đã giải quyết."


def test_the_proofs_of_an_answer_go_to_the_sender_with_it(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    at = site.clock()
    proof = Attachment(token="bien-ban", name="bien-ban.pdf", due_at=at, created_at=at)

    minhs_desk.answer(send(site, lan), proofs=(proof,))

    assert messages_to(site, lan)[-1].extra == {"files": ["bien-ban"]}


def test_a_verdict_is_told_with_the_answer(site: Site, lan: Chat, hoas_desk: StaffDesk) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        own = session.get_one(Case, case.id)
        deed = Deed(hoas_desk.staff, site.clock(), own.version)
        handling.answer(session, site.office, own, deed, "Đã sửa.", verdict=Verdict.PARTLY)

    assert "Kết luận sau khi kiểm tra: Đúng một phần.\n\nĐã sửa." in messages_to(site, lan)[-1].text
    assert events_of(site, case)[-1].data == {"text": "Đã sửa.", "verdict": "partly"}


def test_the_verdict_of_a_draft_counts_once_it_is_approved_and_ends_with_a_reopening(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hoas_desk: StaffDesk
) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        own = session.get_one(Case, case.id)
        deed = Deed(minhs_desk.staff, site.clock(), own.version)
        approval.draft(session, site.office, own, deed, "Đã sửa.", Verdict.RIGHT)
    assert fresh(site, case).verdict is None

    approved = hoas_desk.approve(fresh(site, case))
    assert approved.verdict is Verdict.RIGHT
    assert "Kết luận sau khi kiểm tra: Đúng." in messages_to(site, lan)[-1].text
    assert hoas_desk.reopen(approved).verdict is None
