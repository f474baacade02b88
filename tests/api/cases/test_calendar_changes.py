"""Changing the calendar: shown first, kept in versions, confirmed year by year."""

from datetime import date

import pytest

from api.cases import calendar_changes, calendar_years, calendars
from api.cases import clock as clocks
from api.cases.calendars import Entry
from api.cases.clock_models import DayChange
from api.cases.hours import USUAL
from api.cases.models import Case, Kind
from api.cases.workdays import DayKind
from api.chats.models import Chat
from api.errors import ConflictError, PeopleError
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of, fresh, messages_to, send, set_day
from tests.conftest import FrozenClock

STORM = Entry(date(2026, 11, 18), DayChange.OFF, "tránh bão", "CV 99/UBND")


def change(site: Site, *entries: Entry, seen: int | None = None) -> int:
    """Make a change; returns how many cases moved."""
    with site.database.writing() as session:
        return len(calendar_changes.change(session, site.office, entries, None, site.clock(), seen))


def test_a_preview_says_which_cases_move_from_when_to_when_and_changes_nothing(
    site: Site, lan: Chat
) -> None:
    case = send(site, lan)
    before = fresh(site, case).model_dump()

    with site.database.reading() as session:
        [shift] = calendar_changes.preview(session, site.office, [STORM], site.clock())

    assert shift.case.code == case.code
    assert (shift.before, shift.after) == (date(2026, 12, 8), date(2026, 12, 9))
    assert fresh(site, case).model_dump() == before


def test_what_was_previewed_is_what_happens(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    for kind in Kind:
        send(site, lan, kind=kind)
    minhs_desk.ask_supplement(send(site, lan))
    with site.database.reading() as session:
        shown = calendar_changes.preview(session, site.office, [STORM], site.clock())
        expected = {shift.case.id: shift.after for shift in shown}

    assert change(site, STORM) == len(expected) == 6

    with site.database.reading() as session:
        assert {key: session.get_one(Case, key).due_on for key in expected} == expected


def test_a_change_since_the_preview_is_told(site: Site) -> None:
    change(site, STORM)

    with pytest.raises(ConflictError, match="người khác"):
        change(site, Entry(date(2026, 11, 19), DayChange.OFF, "bão"), seen=0)


def test_a_day_that_is_taken_back_is_as_the_public_calendar_has_it(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    change(site, STORM)
    moved = change(site, Entry(STORM.on, DayChange.CLEARED, "bão đổi hướng"))

    assert moved == 1
    assert fresh(site, case).due_on == case.due_on
    with site.database.reading() as session:
        assert calendars.standing(session, site.office.unit_id) == []


def test_every_version_stays_readable(site: Site) -> None:
    change(site, STORM)
    change(site, Entry(STORM.on, DayChange.CLEARED, "bão đổi hướng"))

    with site.database.reading() as session:
        marks = [
            calendars.current(session, site.office.unit_id, version).mark(STORM.on).reason
            for version in (0, 1, 2)
        ]
        lines = calendars.changes(session, site.office.unit_id)
    assert marks == ["ngày làm việc", "tránh bão", "ngày làm việc"]
    assert [(row.version, row.reason) for row in lines] == [(1, "tránh bão"), (2, "bão đổi hướng")]


def test_many_days_are_one_version(site: Site) -> None:
    change(site, STORM, Entry(date(2026, 11, 21), DayChange.WORK, "làm bù"))

    with site.database.reading() as session:
        known = calendars.current(session, site.office.unit_id)
    assert known.version == 1
    assert (known.works(STORM.on), known.works(date(2026, 11, 21))) == (False, True)


def test_a_half_day_is_worked_and_closes_at_noon(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    moved = change(site, Entry(date(2026, 11, 18), DayChange.MORNING, "họp chiều"))

    with site.database.reading() as session:
        known = calendars.current(session, site.office.unit_id)
    assert (moved, fresh(site, case).due_on) == (0, case.due_on)
    assert known.mark(date(2026, 11, 18)).kind is DayKind.HALF
    assert known.hours_on(date(2026, 11, 18), USUAL) == USUAL.morning()


def test_hours_that_cannot_be_read_are_refused(site: Site) -> None:
    with pytest.raises(PeopleError, match="Giờ làm việc"):
        change(site, Entry(date(2026, 11, 18), DayChange.HOURS, "giờ mùa hè", hours="7h"))


def test_one_day_twice_in_a_change_is_refused(site: Site) -> None:
    with pytest.raises(PeopleError, match="một dòng"):
        change(site, STORM, STORM)


def test_a_day_kept_out_of_the_past_is_found_again_by_counting(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due Monday 23/11
    clock.pass_(days=7)

    set_day(site, date(2026, 11, 21), works=True)  # by the count, due since Saturday

    kept = fresh(site, case)
    assert kept.due_on == date(2026, 11, 23)
    assert recounted(site, case) == (kept.due_on, kept.index_due_on)


def test_a_late_case_does_not_become_later_in_the_past(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due Monday 23/11
    clock.pass_(days=10)

    set_day(site, date(2026, 11, 21), works=True)

    assert fresh(site, case).due_on == date(2026, 11, 23)
    assert recounted(site, case)[0] == date(2026, 11, 23)
    assert messages_to(site, lan) == []
    set_day(site, date(2026, 11, 22), works=True)
    assert [event.name for event in events_of(site, case)].count("due_moved") == 1


def recounted(site: Site, case: Case) -> tuple[date, date | None]:
    """Count a case anew and return its day and its day for the index."""
    with site.database.writing() as session:
        row = session.get_one(Case, case.id)
        clocks.recompute(session, site.office, row)
        return row.due_on, row.index_due_on


def test_a_case_counted_by_an_older_calendar_is_caught_up_with(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    change(site, STORM)
    with site.database.writing() as session:  # as if it had come back while the calendar changed
        row = session.get_one(Case, case.id)
        row.due_on, row.calendar_version = case.due_on, 0

    with site.database.writing() as session:
        moved = [calendar_changes.recount(session, site.office, site.clock()) for _ in range(2)]

    assert moved == [1, 0]
    assert fresh(site, case).due_on == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2026, 11, 30), (2026,)), (date(2026, 12, 1), (2026, 2027)), (date(2027, 1, 4), (2027,))],
)
def test_years_that_nobody_confirmed_are_warned_of(
    site: Site, today: date, years: tuple[int, ...]
) -> None:
    with site.database.reading() as session:
        assert calendar_years.unconfirmed(session, site.office.unit_id, today) == years


def test_a_confirmed_year_is_warned_of_no_more_and_keeps_who_confirmed_it(
    site: Site, hoas_desk: StaffDesk
) -> None:
    hoa = hoas_desk.staff
    with site.database.writing() as session:
        calendar_years.confirm(session, site.office, 2026, "TB 15/TB-BNV", hoa, site.clock())

    with site.database.reading() as session:
        unit = site.office.unit_id
        assert calendar_years.unconfirmed(session, unit, date(2026, 11, 16)) == ()
        row = calendar_years.confirmation(session, unit, 2026)
    assert row
    assert (row.staff_id, row.source) == (hoa.id, "TB 15/TB-BNV")


def test_a_year_is_confirmed_once_and_with_its_notice(site: Site) -> None:
    with site.database.writing() as session:
        calendar_years.confirm(session, site.office, 2026, "TB 15/TB-BNV", None, site.clock())
        with pytest.raises(PeopleError, match="đã được xác nhận"):
            calendar_years.confirm(session, site.office, 2026, "lại", None, site.clock())
        with pytest.raises(PeopleError, match="thông báo"):
            calendar_years.confirm(session, site.office, 2027, " ", None, site.clock())
