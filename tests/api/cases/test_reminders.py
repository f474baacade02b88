"""The ladder of reminders, and urging by hand."""

from datetime import UTC, date, datetime

import pytest

from api.cases import reminders
from api.cases.clock_models import StaffNotice
from api.cases.models import Case
from api.cases.reminders import Ladder, Level
from api.chats.models import Chat
from api.errors import PeopleError
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of, fresh, race, send
from tests.api.cases.conftest import officer
from tests.conftest import FrozenClock

LADDER = Ladder(before=(5, 2), late=(1, 3))


@pytest.mark.parametrize(
    ("left", "key"),
    [
        (15, None),
        (6, None),
        (5, "before-5"),
        (3, "before-5"),
        (2, "before-2"),
        (0, "due"),
        (-1, "late-1"),
        (-2, "late-1"),
        (-3, "late-3"),
        (-30, "late-3"),
    ],
)
def test_the_highest_rung_reached_is_the_one_that_counts(left: int, key: str | None) -> None:
    rung = LADDER.reached(left, limit=15)

    assert (rung.key if rung else None) == key


def test_nobody_is_reminded_on_the_day_of_receipt() -> None:
    assert LADDER.reached(5, limit=5) is None


def test_each_rung_reaches_higher_than_the_one_before() -> None:
    levels = [rung.level for rung in LADDER.rungs()]

    assert levels == [Level.OFFICER, Level.HEAD, Level.HEAD, Level.HEAD, Level.LEADER]


def on(day: int, month: int = 12) -> datetime:
    """Nine in the morning in Viet Nam."""
    return datetime(2026, month, day, 2, tzinfo=UTC)


def remind(site: Site, at: datetime) -> int:
    with site.database.writing() as session:
        return reminders.remind(session, site.office, LADDER, at)


def urge(site: Site, case: Case, by: Staff, words: str, at: datetime) -> None:
    with site.database.writing() as session:
        reminders.urge(session, site.office, session.get_one(Case, case.id), by, words, at)


def told(site: Site, staff: Staff) -> list[str]:
    """Return the rungs that a member of staff was told of and has not put away, oldest first."""
    with site.database.reading() as session:
        return [notice.rung for notice, _ in reversed(reminders.waiting_for(session, staff))]


def test_a_case_climbs_the_ladder_once_each_rung(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    minhs_desk.accept(send(site, lan))  # due Tuesday 08/12

    made = [remind(site, on(day)) for day in (1, 1, 2, 4, 8, 8, 9, 11)]

    assert made == [1, 0, 0, 1, 1, 0, 1, 1]
    assert told(site, minhs_desk.staff) == ["before-5", "before-2", "due", "late-1", "late-3"]


def test_nobody_is_reminded_on_a_day_off(site: Site, lan: Chat, minh: Staff) -> None:
    send(site, lan)

    assert remind(site, on(5)) == 0  # a Saturday
    assert told(site, minh) == []


def test_a_case_that_waits_for_its_sender_reminds_nobody(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    minhs_desk.ask_supplement(send(site, lan))

    assert remind(site, on(8)) == 0


def test_a_due_day_that_moves_begins_the_ladder_anew(
    site: Site, lan: Chat, hoas_desk: StaffDesk
) -> None:
    case = send(site, lan)
    remind(site, on(8))
    hoas_desk.site.clock.at = on(8)  # type: ignore[attr-defined]
    hoas_desk.extend(fresh(site, case), date(2026, 12, 18))

    assert remind(site, on(18)) == 1


def test_the_owner_is_told_first_then_the_head_then_the_leader(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanh: Staff
) -> None:
    head = officer(site, "tam", "Vũ Văn Tám", Role.HEAD)
    leader = officer(site, "hoa", "Phạm Thị Hoa", Role.LEADER)
    case = fresh(site, minhs_desk.accept(send(site, lan)))

    with site.database.reading() as session:
        reached = {
            level: [one.username for one in reminders.recipients(session, case, level)]
            for level in Level
        }

    assert reached == {
        Level.OFFICER: ["minh"],
        Level.HEAD: ["minh", head.username],
        Level.LEADER: ["minh", head.username, leader.username],
    }


def test_two_instances_that_look_at_once_tell_once(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    minhs_desk.accept(send(site, lan))

    outcomes = race(*[lambda: remind(site, on(8))] * 2)

    assert sorted(outcomes) == [0, 1]  # type: ignore[type-var]
    assert told(site, minhs_desk.staff) == ["due"]


def test_what_was_seen_is_put_away_by_its_owner_alone(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanh: Staff
) -> None:
    minhs_desk.accept(send(site, lan))
    remind(site, on(8))
    with site.database.reading() as session:
        [(notice, _)] = reminders.waiting_for(session, minhs_desk.staff)

    with site.database.writing() as session:
        assert reminders.put_away(session, hanh, notice.id, on(8)) == 0
        assert reminders.put_away(session, minhs_desk.staff, notice.id, on(8)) == 1

    assert told(site, minhs_desk.staff) == []


def test_urging_stands_in_the_history_and_reaches_who_handles_the_case(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hoas_desk: StaffDesk
) -> None:
    case = minhs_desk.accept(send(site, lan))

    urge(site, case, hoas_desk.staff, "Xong trong tuần.", on(1))

    assert (events_of(site, case)[-1].name, events_of(site, case)[-1].note) == (
        "urged",
        "Xong trong tuần.",
    )
    with site.database.reading() as session:
        [(notice, _)] = reminders.waiting_for(session, minhs_desk.staff)
    assert isinstance(notice, StaffNotice)
    assert (notice.urged_by_id, notice.note) == (hoas_desk.staff.id, "Xong trong tuần.")


def test_urging_without_words_or_about_a_closed_case_is_refused(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan)
    done = minhs_desk.answer(send(site, lan))

    for row, words in ((case, " "), (done, "Nhanh lên.")):
        with pytest.raises(PeopleError):
            urge(site, row, minhs_desk.staff, words, clock())
