"""Several people with one matter: nothing that one of them does loses it for the others."""

import pytest

from api.cases import sender_access, withdrawal
from api.cases.models import Case, State
from api.chats.models import Chat
from api.clock import local_date
from api.errors import ConflictError, ForbiddenError
from api.web.site import Site
from tests.api.cases.cast import (
    StaffDesk,
    as_sender,
    chat_of,
    fresh,
    join,
    messages_to,
    race,
    send,
)
from tests.conftest import FrozenClock

HOA = "Kính gửi bà Phạm Thị Hoa, số 9 ngõ 3, điện thoại 0987 654 321: đã sửa xong."


def withdraw(site: Site, case: Case) -> Case:
    return as_sender(site, case, withdrawal.withdraw)


def test_of_two_cases_merged_into_each_other_at_once_one_stays_open(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    for number in range(4):
        first, second = send(site, lan), send(site, chat_of(site, f"tu {number}"))

        outcomes = race(
            lambda a=first, b=second: minhs_desk.merge(a, into=b),
            lambda a=first, b=second: hanhs_desk.merge(b, into=a),
        )

        assert sum(isinstance(one, ConflictError) for one in outcomes) == 1
        states = {fresh(site, case).state for case in (first, second)}
        assert states == {State.MERGED, State.RECEIVED}


def test_nobody_is_merged_into_a_case_that_is_answered_at_that_moment_and_not_told(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    for number in range(4):
        tu = chat_of(site, f"tu {number}")
        kept, twin = send(site, lan), send(site, tu)

        race(
            lambda a=twin, b=kept: minhs_desk.merge(a, into=b),
            lambda b=kept: hanhs_desk.answer(b, "Đã sửa xong."),
        )

        merged = fresh(site, twin).state is State.MERGED
        assert merged == any("Đã sửa xong." in m.text for m in messages_to(site, tu))


def test_a_case_that_others_share_is_not_withdrawn_by_one_of_them(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    joined = join(site, send(site, lan))
    kept = send(site, lan)
    minhs_desk.merge(send(site, chat_of(site, "tu")), into=kept)

    for case in (joined, fresh(site, kept)):
        with pytest.raises(ForbiddenError, match="còn người khác cùng phản ánh"):
            withdraw(site, case)
        with pytest.raises(ForbiddenError, match="còn người khác cùng phản ánh"):
            minhs_desk.withdraw(case)


def test_a_case_is_withdrawn_once_the_twin_is_on_its_own_again(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    kept = send(site, lan)
    minhs_desk.unmerge(minhs_desk.merge(send(site, chat_of(site, "tu")), into=kept))

    assert withdraw(site, fresh(site, kept)).state is State.WITHDRAWN


def test_whoever_was_merged_reads_the_answer_without_the_data_of_the_other_sender(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    kept = send(site, lan, name="Phạm Thị Hoa", phone="0987654321", address="số 9 ngõ 3")
    twin = minhs_desk.merge(send(site, chat_of(site, "tu"), name="Bùi Văn Tư"), into=kept)
    minhs_desk.answer(fresh(site, kept), HOA)

    with site.database.reading() as session:
        today = local_date(site.clock())
        seen = sender_access.view(session, site.office, session.get_one(Case, twin.id), today)
        own = sender_access.view(session, site.office, session.get_one(Case, kept.id), today)

    assert "đã sửa xong" in seen.answer
    assert not any(datum in seen.answer for datum in ("Hoa", "ngõ 3", "0987"))
    assert own.answer == HOA


def test_a_case_that_is_worked_on_again_after_its_day_is_due_on_the_next_working_day(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    twin = minhs_desk.merge(send(site, chat_of(site, "tu")), into=send(site, lan))
    missed = twin.due_on
    clock.pass_(days=40)  # a Saturday

    again = minhs_desk.unmerge(fresh(site, twin))

    assert again.due_on > local_date(clock.at)
    assert again.index_due_on == missed
