"""What cannot wait for the due day: marked, limited in office hours, reminded of once a rung."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from api.cases import calendars, lookup, urgency
from api.cases.clock_models import StaffNotice
from api.cases.models import Case, Kind
from api.chats.models import Chat
from api.errors import ConflictError, ForbiddenError, PeopleError
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, by_hours, events_of, fresh, race, send
from tests.api.cases.conftest import officer
from tests.conftest import MONDAY_MORNING, FrozenClock

THREE_IN_THE_AFTERNOON = MONDAY_MORNING + timedelta(hours=6)  # four office hours after nine
ELEVEN = MONDAY_MORNING + timedelta(hours=2)


@pytest.fixture
def fallen_tree(site: Site, lan: Chat) -> Case:
    """Sent on Monday at nine."""
    return send(site, lan, kind=Kind.INFRASTRUCTURE, content="Cây đổ chắn ngang ngõ 12.")


def limit_of(site: Site, case: Case) -> urgency.Limit | None:
    with site.database.reading() as session:
        calendar = calendars.current(session, site.office.unit_id)
        return urgency.limit(session, by_hours(site.office), fresh(site, case), calendar)


def remind(site: Site, at: datetime) -> int:
    with site.database.writing() as session:
        return urgency.remind(session, by_hours(site.office), at)


def told(site: Site) -> list[tuple[str, int]]:
    with site.database.reading() as session:
        rows = session.exec(select(StaffNotice).order_by(StaffNotice.id))
        return [(row.rung, row.staff_id) for row in rows]


def test_a_case_is_urgent_only_when_staff_say_so(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    assert limit_of(site, fallen_tree) is None

    minhs_desk.hurry(fallen_tree)

    found = limit_of(site, fallen_tree)
    assert found == urgency.Limit(ELEVEN, THREE_IN_THE_AFTERNOON)


def test_the_mark_is_no_change_of_the_legal_due_day(
    fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    marked = minhs_desk.hurry(fallen_tree)

    assert (marked.due_on, marked.policy) == (fallen_tree.due_on, fallen_tree.policy)


def test_who_handles_it_is_told_at_once_and_the_reason_stands_in_the_history(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk, minh: Staff
) -> None:
    minhs_desk.hurry(minhs_desk.assign(fallen_tree), "Xe cứu thương không vào được.")

    assert ("urgent", minh.id) in told(site)
    event = events_of(site, fallen_tree)[-1]
    assert (event.name, event.note) == ("hurry", "Xe cứu thương không vào được.")


def test_half_of_the_time_and_its_end_are_told_once_and_the_end_to_the_leader(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    hoa = officer(site, "hoa", "Phạm Thị Hoa", Role.LEADER)
    minhs_desk.hurry(fallen_tree)

    new = [remind(site, at) for at in (MONDAY_MORNING, ELEVEN, ELEVEN, THREE_IN_THE_AFTERNOON)]
    late = [remind(site, THREE_IN_THE_AFTERNOON + timedelta(minutes=n)) for n in (1, 2)]

    assert (new, late) == ([0, 1, 0, 0], [1, 0])
    assert [rung for rung, staff in told(site) if staff == hoa.id] == ["urgent-late"]


def test_two_instances_tell_of_a_rung_once(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.hurry(fallen_tree)

    assert sorted(race(lambda: remind(site, ELEVEN), lambda: remind(site, ELEVEN))) == [0, 1]


def test_nobody_is_reminded_of_what_was_answered_or_is_no_longer_urgent(
    site: Site, lan: Chat, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.answer(minhs_desk.hurry(fallen_tree))
    second = minhs_desk.hurry(send(site, lan, kind=Kind.INFRASTRUCTURE))
    minhs_desk.unhurry(second)

    assert remind(site, THREE_IN_THE_AFTERNOON) == 0


def test_another_kind_takes_the_mark_off(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.reclassify(minhs_desk.hurry(fallen_tree), Kind.CONDUCT)

    assert not fresh(site, fallen_tree).urgent


def test_a_reason_is_asked_for(fallen_tree: Case, minhs_desk: StaffDesk) -> None:
    with pytest.raises(PeopleError, match="Lý do gấp"):
        minhs_desk.hurry(fallen_tree, "  ")


def test_where_no_hours_are_set_nothing_is_marked(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    with pytest.raises((ForbiddenError, ConflictError), match="không có hạn tính bằng giờ"):
        minhs_desk._do(fallen_tree, lambda s, c, d: urgency.mark(s, site.office, c, d, "Cây đổ."))


def test_a_case_is_marked_once(fallen_tree: Case, minhs_desk: StaffDesk) -> None:
    with pytest.raises((ForbiddenError, ConflictError), match="đã được đánh dấu gấp"):
        minhs_desk.hurry(minhs_desk.hurry(fallen_tree))


def test_urgent_cases_stand_first_in_the_list(
    site: Site, lan: Chat, fallen_tree: Case, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    clock.pass_(days=2)
    later = minhs_desk.hurry(send(site, lan, kind=Kind.INFRASTRUCTURE, content="Dây điện đứt."))

    with site.database.reading() as session:
        found = lookup.staff_list(session, site.office.unit_id, lookup.CaseFilter(), 1)

    assert [case.code for case, _ in found.rows] == [later.code, fallen_tree.code]


def test_who_handles_it_is_told_again_when_it_is_marked_again(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.hurry(minhs_desk.unhurry(minhs_desk.hurry(fallen_tree)))

    assert [rung for rung, _ in told(site)] == ["urgent", "urgent"]


def test_the_hours_run_from_the_mark_and_anew_from_when_a_case_comes_back(
    site: Site, fallen_tree: Case, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    clock.pass_(hours=24)
    marked = minhs_desk.hurry(fallen_tree)
    assert limit_of(site, marked) == urgency.Limit(
        ELEVEN + timedelta(days=1), THREE_IN_THE_AFTERNOON + timedelta(days=1)
    )

    asked = minhs_desk.ask_supplement(marked)
    clock.pass_(hours=48)
    given = minhs_desk.take_supplement(asked)

    assert limit_of(site, given) == urgency.Limit(
        ELEVEN + timedelta(days=3), THREE_IN_THE_AFTERNOON + timedelta(days=3)
    )
