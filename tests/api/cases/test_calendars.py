"""The office's own days, and what they do to the cases that are open."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from api.cases import calendar_changes, calendars
from api.cases.calendars import Entry
from api.cases.clock_models import CalendarChange, DayChange
from api.cases.deadlines import answer_due
from api.cases.hours import USUAL
from api.cases.models import Actor, Audience, Case, Kind, State
from api.cases.workdays import WorkCalendar
from api.chats.models import Chat
from api.errors import ConflictError, PeopleError
from api.people.models import Unit
from api.web.site import Site
from tests.api.cases.cast import (
    StaffDesk,
    case_in,
    events_of,
    fresh,
    messages_to,
    race,
    send,
    set_day,
)
from tests.conftest import FrozenClock


def calendar_of(site: Site) -> WorkCalendar:
    """Return the calendar of the office as it stands."""
    with site.database.reading() as session:
        return calendars.current(session, site.office.unit_id)


def noon(day: date) -> datetime:
    """Return twelve o'clock in Viet Nam."""
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def test_an_office_without_days_of_its_own_has_version_zero(site: Site) -> None:
    assert calendar_of(site) == WorkCalendar()


def test_each_change_makes_the_version_one_more(site: Site) -> None:
    versions = []
    for day in (18, 19, 18):
        set_day(site, date(2026, 11, day), works=False)
        versions.append(calendar_of(site).version)

    assert versions == [1, 2, 3]


def test_setting_a_day_again_replaces_what_was_set(site: Site) -> None:
    set_day(site, date(2026, 11, 18), works=False, reason="nhầm")
    set_day(site, date(2026, 11, 18), works=True, reason="vẫn làm việc")

    mark = calendar_of(site).mark(date(2026, 11, 18))
    assert (mark.works, mark.reason) == (True, "vẫn làm việc")


def test_a_day_keeps_who_set_it_when_and_from_which_source(
    site: Site, hoas_desk: StaffDesk
) -> None:
    hoa = hoas_desk.staff
    with site.database.writing() as session:
        entry = Entry(date(2026, 11, 18), DayChange.OFF, "mất điện", "Công văn 12")
        calendar_changes.set_day(session, site.office, entry, hoa, site.clock())

    with site.database.reading() as session:
        row = session.exec(select(CalendarChange)).one()
    assert (row.staff_id, row.entered_at) == (hoa.id, site.clock())
    assert (row.reason, row.source) == ("mất điện", "Công văn 12")


def test_the_days_of_one_office_are_not_those_of_another(site: Site) -> None:
    with site.database.writing() as session:
        other = Unit(prefix="XB", name="Xã Bên")
        session.add(other)
    set_day(site, date(2026, 11, 18), works=False)

    with site.database.reading() as session:
        assert calendars.current(session, other.id or 0).works(date(2026, 11, 18))


def test_changes_at_the_same_moment_get_versions_of_their_own_and_move_cases_once_each(
    site: Site, lan: Chat
) -> None:
    case = send(site, lan)  # due 08/12
    days = [date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)]

    outcomes = race(*[lambda day=day: set_day(site, day, works=False) for day in days])

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    with site.database.reading() as session:
        versions = session.exec(select(CalendarChange.version)).all()
    assert sorted(versions) == [1, 2, 3, 4]
    assert fresh(site, case).due_on == date(2026, 12, 14)


def test_a_day_off_moves_open_cases_and_says_how_many(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    waiting = send(site, lan)
    in_work = case_in(State.IN_PROGRESS, lan, minhs_desk)

    moved = set_day(site, date(2026, 11, 18), works=False)

    assert moved == 2
    assert fresh(site, waiting).due_on == date(2026, 12, 9)
    assert fresh(site, in_work).due_on == date(2026, 12, 9)


def test_a_day_worked_moves_open_cases_forward(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    set_day(site, date(2026, 11, 21), works=True)

    assert fresh(site, case).due_on == date(2026, 12, 7)


def test_a_move_of_the_due_day_stands_in_the_history_with_its_reason(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    set_day(site, date(2026, 11, 18), works=False, reason="mất điện")

    event = events_of(site, case, Audience.CITIZEN)[-1]
    assert (event.name, event.actor) == ("due_moved", Actor.SYSTEM)
    assert event.note == "thứ Tư, 18/11/2026: mất điện"
    assert event.data == {"from": "2026-12-08", "to": "2026-12-09"}


def test_a_moved_case_has_a_new_version_and_notes_the_calendar(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    set_day(site, date(2026, 11, 18), works=False)

    now = fresh(site, case)
    assert (now.version, now.calendar_version) == (2, 1)


def test_a_day_that_changes_no_due_day_moves_nobody(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    for day, works in (
        (date(2026, 11, 14), False),  # before the receipt
        (date(2026, 12, 9), False),  # after the due day
        (date(2026, 11, 18), True),  # worked anyhow
        (date(2026, 11, 21), False),  # off anyhow
    ):
        assert set_day(site, day, works=works) == 0

    assert (fresh(site, case).due_on, fresh(site, case).version) == (case.due_on, 1)
    assert messages_to(site, lan) == []


@pytest.mark.parametrize("state", [State.ANSWERED, State.PUBLISHED, State.WITHHELD])
def test_a_closed_case_does_not_move(
    site: Site, lan: Chat, minhs_desk: StaffDesk, state: State
) -> None:
    case = case_in(state, lan, minhs_desk)

    assert set_day(site, date(2026, 11, 18), works=False) == 0

    now = fresh(site, case)
    assert (now.due_on, now.version) == (case.due_on, case.version)
    assert [event.name for event in events_of(site, case)].count("due_moved") == 0


def test_a_day_taken_back_brings_the_due_day_back(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    set_day(site, date(2026, 11, 18), works=False)
    set_day(site, date(2026, 11, 18), works=True)

    assert fresh(site, case).due_on == case.due_on
    assert [event.name for event in events_of(site, case)].count("due_moved") == 2


def test_no_case_becomes_late_by_a_day_worked_in_the_past(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due Monday 23/11
    clock.at = noon(date(2026, 11, 23))

    set_day(site, date(2026, 11, 21), works=True)  # by the count, due since Saturday

    assert fresh(site, case).due_on == date(2026, 11, 23)


def test_a_due_day_brought_forward_still_falls_on_a_working_day(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due Monday 23/11
    clock.at = noon(date(2026, 11, 22))  # a Sunday

    set_day(site, date(2026, 11, 21), works=True)

    due = fresh(site, case).due_on
    assert due >= date(2026, 11, 22)
    assert calendar_of(site).works(due)


def test_a_case_that_is_late_already_may_gain_a_day(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due Monday 23/11
    clock.at = noon(date(2026, 11, 26))

    set_day(site, date(2026, 11, 20), works=False, reason="bão, theo công điện")

    assert fresh(site, case).due_on == date(2026, 11, 25)  # 24/11 is a holiday


def test_a_month_without_a_working_day_is_refused(site: Site) -> None:
    first = date(2027, 5, 3)
    for number in range(25):  # to 27/5; with 30/4 and the weekend before, 28 days in a row
        set_day(site, first + timedelta(days=number), works=False)

    with pytest.raises(PeopleError, match="30 ngày") as refused:
        set_day(site, date(2027, 5, 28), works=False)  # a Friday: with its weekend, 31 days

    assert refused.value.next_step


def test_a_refused_day_is_not_kept_and_moves_nothing(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    days = [date(2026, 11, 17) + timedelta(days=n) for n in range(30)]
    for day in days:
        if calendar_of(site).works(day) and day != date(2026, 12, 1):
            set_day(site, day, works=False)
    before = (calendar_of(site), fresh(site, case).due_on, len(events_of(site, case)))

    with pytest.raises(PeopleError):
        set_day(site, date(2026, 12, 1), works=False)

    assert (calendar_of(site), fresh(site, case).due_on, len(events_of(site, case))) == before


def test_a_case_of_another_office_does_not_move(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        other = Unit(prefix="XB", name="Xã Bên")
        session.add(other)
        session.flush()
        session.get_one(Case, case.id).unit_id = other.id or 0

    assert set_day(site, date(2026, 11, 18), works=False) == 0
    assert fresh(site, case).due_on == case.due_on


def test_a_case_that_comes_while_the_calendar_changes_is_due_by_the_new_calendar(
    site: Site, lan: Chat
) -> None:
    send(site, lan, remember=True)
    for number in range(5):
        day = date(2026, 11, 17) + timedelta(days=number)

        case, _ = race(
            lambda: send(site, lan, remember=True),
            lambda day=day: set_day(site, day, works=day.weekday() > 4),
        )

        assert isinstance(case, Case)
        due = answer_due(case.received_at, case.kind, calendar_of(site)).on
        assert fresh(site, case).due_on == due


def test_a_case_that_gets_another_kind_while_the_calendar_changes_is_due_by_both(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    for number in range(5):
        case = send(site, lan, kind=Kind.CONDUCT)
        day = date(2026, 11, 17) + timedelta(days=number)

        outcomes = race(
            lambda seen=case: minhs_desk.reclassify(seen, Kind.QUESTION),
            lambda day=day: set_day(site, day, works=day.weekday() > 4),
        )

        refused = [one for one in outcomes if isinstance(one, Exception)]
        assert all(isinstance(one, ConflictError) for one in refused)
        now = fresh(site, case)
        assert now.due_on == answer_due(now.received_at, now.kind, calendar_of(site)).on


def test_a_half_day_leaves_the_hours_that_begin_on_it(site: Site) -> None:
    begin, hours = date(2027, 1, 4), "07:00-11:00,13:00-16:00"
    with site.database.writing() as session:
        for entry in (
            Entry(begin, DayChange.HOURS, "giờ mùa đông", hours=hours),
            Entry(begin, DayChange.MORNING, "họp chiều"),
        ):
            calendar_changes.set_day(session, site.office, entry, None, site.clock())

    known = calendar_of(site)
    assert str(known.hours_on(begin, USUAL)) == "07:00-11:00"
    assert str(known.hours_on(date(2027, 1, 5), USUAL)) == hours
    with site.database.reading() as session:
        kinds = [row.kind for row in calendars.standing(session, site.office.unit_id)]
    assert kinds == [DayChange.MORNING, DayChange.HOURS]


def test_hours_that_begin_on_a_day_off_leave_it_off(site: Site) -> None:
    day = date(2027, 1, 11)
    with site.database.writing() as session:
        for entry in (
            Entry(day, DayChange.OFF, "nghỉ bù"),
            Entry(day, DayChange.HOURS, "giờ mới", hours="08:00-12:00"),
        ):
            calendar_changes.set_day(session, site.office, entry, None, site.clock())

    assert not calendar_of(site).works(day)


@pytest.mark.parametrize(("named", "left"), [("", DayChange.HOURS), ("08:00-12:00", DayChange.OFF)])
def test_of_two_lines_of_a_day_the_named_one_is_taken_back(
    site: Site, named: str, left: DayChange
) -> None:
    day = date(2027, 1, 11)
    with site.database.writing() as session:
        for entry in (
            Entry(day, DayChange.OFF, "nghỉ bù"),
            Entry(day, DayChange.HOURS, "giờ mới", hours="08:00-12:00"),
            Entry(day, DayChange.CLEARED, "bỏ", hours=named),
        ):
            calendar_changes.set_day(session, site.office, entry, None, site.clock())
        [kept] = calendars.standing(session, site.office.unit_id)

    assert kept.kind is left
    assert calendar_of(site).works(day) == (left is DayChange.HOURS)
    assert bool(calendar_of(site).hours) == (left is DayChange.HOURS)


@pytest.mark.parametrize(
    "deed", ["UPDATE calendar_change SET reason = 'x'", "DELETE FROM calendar_change"]
)
def test_what_was_set_is_never_changed(site: Site, deed: str) -> None:
    with site.database.writing() as session:
        entry = Entry(date(2026, 11, 18), DayChange.OFF, "mất điện")
        calendar_changes.set_day(session, site.office, entry, None, site.clock())

    with (
        pytest.raises(sa.exc.DatabaseError, match="never changed"),
        site.database.writing() as session,
    ):
        session.execute(sa.text(deed))
