"""The clock of a case in the database: counted from its history, again and again the same."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from api.cases import calendars, lookup, steps
from api.cases import clock as clocks
from api.cases.deadlines import AfterHours, TracedDay
from api.cases.events import history
from api.cases.hours import OfficeHours
from api.cases.models import Audience, Case, Kind
from api.cases.policies import Step
from api.chats.models import Chat
from api.clock import local_date
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, fresh, send, set_day
from tests.conftest import FrozenClock


def recomputed(site: Site, case: Case) -> Case:
    """Count the case anew and return it as it then stands."""
    with site.database.writing() as session:
        clocks.recompute(session, site.office, session.get_one(Case, case.id))
    return fresh(site, case)


def trace_of(site: Site, case: Case, today: date) -> tuple[TracedDay, ...]:
    with site.database.reading() as session:
        return clocks.trace(session, site.office, session.get_one(Case, case.id), today)


def waited(case: Case, desk: StaffDesk, time: FrozenClock, days: int) -> Case:
    """Ask the sender for more on the third day and get it some days later."""
    time.pass_(days=2)
    asked = desk.ask_supplement(case)
    time.pass_(days=days)
    return desk.take_supplement(asked)


def test_counting_again_gives_the_same_whatever_happened(
    site: Site, lan: Chat, hoas_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = waited(send(site, lan), hoas_desk, clock, 5)
    case = hoas_desk.extend(case, date(2026, 12, 18))
    set_day(site, date(2026, 12, 1), works=False)
    before = fresh(site, case).model_dump()

    assert recomputed(site, case).model_dump() == before
    assert recomputed(site, case).model_dump() == before


def test_a_wait_for_the_sender_moves_the_due_day_by_its_working_days(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan)  # Monday 16/11, due 08/12

    waited(case, minhs_desk, clock, 5)  # asked on Wednesday, given on Monday: 19, 20, 23/11

    now = fresh(site, case)
    assert (now.due_on, now.paused_on) == (date(2026, 12, 11), None)


def test_a_case_that_waits_for_its_sender_does_not_become_late(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = minhs_desk.ask_supplement(send(site, lan))
    clock.pass_(days=60)

    with site.database.reading() as session:
        assert lookup.overdue(session, site.office.unit_id, local_date(clock())) == 0
    assert fresh(site, case).paused_on == date(2026, 11, 16)


def test_a_case_that_was_late_before_it_waits_stays_late(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)  # due Monday 23/11
    clock.pass_(days=10)
    minhs_desk.ask_supplement(case)

    with site.database.reading() as session:
        assert lookup.overdue(session, site.office.unit_id, local_date(clock())) == 1


def test_the_trace_of_a_case_that_waits_ends_today_with_the_reason(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.ask_supplement(send(site, lan))

    days = trace_of(site, case, date(2026, 11, 19))

    assert [day.on.day for day in days] == [16, 17, 18, 19]
    assert {day.reason for day in days[1:]} == {"tạm dừng: chờ người gửi bổ sung"}


def test_a_case_keeps_its_policy_and_takes_that_of_its_new_kind(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan, kind=Kind.CONDUCT)

    minhs_desk.reclassify(case, Kind.QUESTION)

    now = fresh(site, case)
    assert (now.policy, now.due_on) == ("hoi-dap-mac-dinh", date(2026, 11, 23))


def step_of(session: Session, site: Site, case: Case, step: Step) -> steps.StepDue | None:
    found = session.get_one(Case, case.id)
    events = history(session, found, Audience.INTERNAL)
    calendar = calendars.current(session, site.office.unit_id)
    rows = steps.of(found, events, calendar, site.office.rules)
    return next((row for row in rows if row.step is step), None)


def test_each_step_has_its_own_last_day(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    with site.database.reading() as session:
        classify = step_of(session, site, case, Step.CLASSIFY)
        supplement = step_of(session, site, case, Step.SUPPLEMENT)
        forward = step_of(session, site, case, Step.FORWARD)
        publish = step_of(session, site, case, Step.PUBLISH)

    assert classify
    assert supplement
    assert forward
    assert (classify.due_on, supplement.due_on) == (date(2026, 11, 18), date(2026, 11, 23))
    assert (forward.due_on, forward.legal_on) == (date(2026, 11, 18), date(2026, 11, 23))
    assert publish is None


def test_a_step_that_must_come_is_late_and_one_that_may_come_is_not(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    later = date(2026, 11, 30)

    with site.database.reading() as session:
        classify = step_of(session, site, case, Step.CLASSIFY)
        supplement = step_of(session, site, case, Step.SUPPLEMENT)

    assert classify
    assert supplement
    assert classify.late(later)
    assert not supplement.late(later)


def test_publishing_is_due_two_working_days_after_the_answer(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = minhs_desk.answer(send(site, lan))
    with site.database.reading() as session:
        waiting = step_of(session, site, case, Step.PUBLISH)
    clock.pass_(days=1)
    minhs_desk.publish(case)
    with site.database.reading() as session:
        done = step_of(session, site, case, Step.PUBLISH)

    assert waiting
    assert done
    assert (waiting.due_on, waiting.done_on) == (date(2026, 11, 18), None)
    assert done.done_on == date(2026, 11, 17)


def test_a_setting_changes_no_case_that_was_received_before(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    rules = replace(
        site.office.rules, after_hours=AfterHours.NEXT_WORKING_DAY, transfer_pauses=False
    )
    later = replace(site.office, rules=replace(rules, hours=OfficeHours.parsed("07:00-08:00")))

    with site.database.writing() as session:
        again = clocks.recompute(session, later, session.get_one(Case, case.id))
        trace = clocks.trace(session, later, session.get_one(Case, case.id))

    assert again.on == case.due_on
    assert trace[-1].on == case.due_on


def test_a_case_older_than_the_keeping_of_rules_takes_those_of_today(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        old = session.get_one(Case, case.id)
        old.rules = None
        rules = replace(site.office.rules, after_hours=AfterHours.NEXT_WORKING_DAY)
        late_hours = replace(rules, hours=OfficeHours.parsed("07:00-08:00"))
        again = clocks.recompute(session, replace(site.office, rules=late_hours), old)

    assert again.on > case.due_on


def test_an_answer_straight_from_another_agency_is_as_much_in_time_as_one_that_was_drafted(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hoas_desk: StaffDesk, clock: FrozenClock
) -> None:
    straight = minhs_desk.transfer_out(send(site, lan))
    drafted = minhs_desk.transfer_out(send(site, lan))
    clock.pass_(days=35)

    straight = hoas_desk.answer(straight)
    drafted = hoas_desk.approve(minhs_desk.draft(drafted))

    assert straight.due_on == drafted.due_on > local_date(clock.at)
    assert straight.paused_on is None


def test_another_kind_makes_no_case_late_in_the_past(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = send(site, lan)  # of 15 working days; a question has 5
    clock.pass_(days=12)  # Saturday 28/11

    asked = minhs_desk.reclassify(case, Kind.QUESTION)

    assert asked.due_on == date(2026, 11, 30)
    assert asked.index_due_on == date(2026, 11, 23)
    assert recomputed(site, asked).due_on == asked.due_on
    reasons = {day.on: day.reason for day in trace_of(site, asked, local_date(clock.at))}
    assert "không để thành trễ" in reasons[date(2026, 11, 30)]


def test_another_kind_with_time_left_takes_its_own_limit(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    asked = minhs_desk.reclassify(send(site, lan), Kind.QUESTION)

    assert asked.due_on == asked.index_due_on == date(2026, 11, 23)


def test_a_step_that_was_never_needed_is_not_said_to_be_done(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.answer(send(site, lan))

    with site.database.reading() as session:
        calendar = calendars.current(session, site.office.unit_id)
        events = history(session, case, Audience.INTERNAL)
        found = {row.step for row in steps.of(case, events, calendar, site.office.rules)}

    assert found == {Step.ACKNOWLEDGE, Step.CLASSIFY, Step.ANSWER, Step.PUBLISH}
