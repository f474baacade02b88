"""Cases through any sequence of deeds: officers, citizens, the calendar and time at random."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product
from string import ascii_uppercase

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from api.cases import calendars, clock
from api.cases.deadlines import answer_due
from api.cases.events import CITIZEN, record
from api.cases.models import Audience, Case, CaseEvent, Kind, State
from api.cases.pauses import CLOCK_EVENTS
from api.cases.states import OPEN_STATES
from api.chats.models import Chat
from api.clock import local_date
from api.errors import ConflictError, PeopleError
from api.people.models import Role, Staff, Unit
from api.web.site import Site
from tests.api.cases.cast import (
    LEADS_TO,
    MOVES,
    PERMITTED,
    StaffDesk,
    chat_of,
    events_of,
    fresh,
    send,
    set_day,
)
from tests.conftest import MONDAY_MORNING, FrozenClock

NOT_ALWAYS = {
    *("approve", "send_back", "answer", "extended", "hurry", "unhurry", "withdraw"),
}
"""Moves that also depend on the role of the officer, on approval, on the day, on who joined."""

AT_WORK = {State.RECEIVED, State.IN_PROGRESS, State.DRAFTED}

PREFIXES = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))


def replayed(events: list[CaseEvent]) -> tuple[State, int]:
    """Return the state and the version that a history leads to."""
    state, version = State.RECEIVED, 1
    for event in events:
        if event.name in MOVES:
            assert event.name in PERMITTED[state], f"{event.name} in {state}"
            state = LEADS_TO.get(event.name, state)
        version += event.name in MOVES or event.name == "due_moved"
    return state, version


class Office(RuleBasedStateMachine):
    """A ward of its own in the common database, with an officer, a leader and one citizen."""

    seen = Bundle("seen")  # cases as somebody once looked at them: some are stale

    def __init__(self, site: Site, clock: FrozenClock, staff: tuple[Staff, Staff]) -> None:
        super().__init__()
        self.clock = clock
        self.clock.at = MONDAY_MORNING
        prefix = next(PREFIXES)
        with site.database.writing() as session:
            unit = Unit(prefix=prefix, name=f"Phường {prefix}")
            session.add(unit)
        office = replace(site.office, unit_id=unit.id or 0, prefix=prefix, cases_per_day=1000)
        self.site = replace(site, office=office)
        self.desks = [StaffDesk(self.site, member) for member in staff]
        self.chat: Chat = chat_of(self.site, prefix)
        self.states: dict[int, State] = {}
        self.histories: dict[int, list[dict[str, object]]] = {}
        self.versions: dict[int, int] = {}

    @rule(target=seen, kind=st.sampled_from(Kind))
    def somebody_writes(self, kind: Kind) -> Case:
        """A citizen opens a case."""
        case = send(self.site, self.chat, kind=kind)
        assert case.id is not None
        self.states[case.id] = State.RECEIVED
        return case

    @rule(target=seen, case=seen)
    def an_officer_reloads(self, case: Case) -> Case:
        """Somebody looks at a case anew."""
        return fresh(self.site, case)

    @rule(
        target=seen,
        case=seen,
        name=st.sampled_from(sorted(MOVES)),
        officer=st.integers(0, 1),
        kind=st.sampled_from(Kind),
    )
    def an_officer_moves(self, case: Case, name: str, officer: int, kind: Kind) -> Case:
        """An officer makes a move on the page they have, fresh or stale."""
        assert case.id is not None
        now = fresh(self.site, case)
        stale = case.version != now.version and name not in {"note", "join"}
        kind = kind if kind != now.kind else next(other for other in Kind if other != now.kind)
        move = partial(MOVES[name], kind=kind) if name == "reclassify" else MOVES[name]
        permitted = name in PERMITTED[self.states[case.id]]
        try:
            moved = move(self.desks[officer], case)
        except PeopleError as refused:
            conflict = isinstance(refused, ConflictError)
            assert stale or not permitted or (not conflict and name in NOT_ALWAYS)
            assert fresh(self.site, case) == now
            return now
        assert permitted
        assert not stale
        self.states[case.id] = LEADS_TO.get(name, self.states[case.id])
        if name == "split":
            self.states[self.newest_part_of(case)] = State.RECEIVED
        return moved

    @rule(case=seen)
    def the_citizen_adds_something(self, case: Case) -> None:
        """The sender adds words to a case."""
        with self.site.database.writing() as session:
            own = session.get_one(Case, case.id)
            record(
                session,
                own,
                "citizen_note",
                CITIZEN,
                self.clock(),
                audience=Audience.CITIZEN,
                note="Thêm.",
            )

    @rule(distance=st.integers(-12, 25), works=st.booleans())
    def the_calendar_changes(self, distance: int, works: bool) -> None:
        """The office sets a day near today off or worked."""
        day = local_date(self.clock()) + timedelta(days=distance)
        on_time_before = self.open_on_time()
        try:
            set_day(self.site, day, works)
        except PeopleError:
            return
        assert on_time_before <= self.open_on_time()

    @rule(hours=st.integers(1, 150))
    def time_passes(self, hours: int) -> None:
        """Hours go by."""
        self.clock.pass_(hours=hours)

    def newest_part_of(self, case: Case) -> int:
        """Return the number of the case that was split off last."""
        with self.site.database.reading() as session:
            parts = select(sa.func.max(Case.id)).where(Case.split_from_id == case.id)
            return session.exec(parts).one() or 0

    def cases(self) -> list[Case]:
        """Return every case of this ward as it stands."""
        return [fresh(self.site, Case(id=number)) for number in self.states]

    def open_on_time(self) -> set[int]:
        """Return the open cases that are not late."""
        today = local_date(self.clock())
        return {
            case.id or 0
            for case in self.cases()
            if case.state in OPEN_STATES and case.due_on >= today
        }

    @invariant()
    def no_case_is_in_an_illegal_state(self) -> None:
        """Cases stand where the permitted moves led, and their history replays to it."""
        for case in self.cases():
            assert case.state is self.states[case.id or 0]
            assert (case.state, case.version) == replayed(events_of(self.site, case))

    @invariant()
    def no_open_case_is_without_its_due_day(self) -> None:
        """The due day is the counted one; only a calendar set in the past may leave it later."""
        with self.site.database.reading() as session:
            calendar = calendars.current(session, self.site.office.unit_id)
        for case in self.cases():
            if case.state not in OPEN_STATES:
                continue
            counted = answer_due(case.received_at, case.kind, calendar, self.site.office.rules).on
            assert case.due_on >= counted
            names = {event.name for event in events_of(self.site, case)}
            moved = calendar.version > 0 or names & set(CLOCK_EVENTS)
            assert case.due_on == counted or moved, names

    @invariant()
    def counting_again_gives_what_is_kept(self) -> None:
        """The history alone leads to the kept due day, its original and the pause."""
        with self.site.database.reading() as session:
            for case in self.cases():
                if case.state in OPEN_STATES:
                    again = clock.count(session, self.site.office, case)
                    kept = (case.due_on, case.index_due_on, case.paused_on)
                    assert kept == (again.on, again.index_on, again.paused_on)

    @invariant()
    def nothing_that_is_worked_on_waits(self) -> None:
        """Only a case that is with its sender or with another agency has a clock that waits."""
        for case in self.cases():
            assert case.paused_on is None or case.state not in AT_WORK

    @invariant()
    def every_open_case_belongs_to_a_department(self) -> None:
        """No open case is without its owner unit."""
        for case in self.cases():
            assert case.department_id is not None or case.state not in OPEN_STATES

    @invariant()
    def versions_only_grow(self) -> None:
        """No version is ever used again."""
        for case in self.cases():
            assert case.version >= self.versions.get(case.id or 0, 1)
            self.versions[case.id or 0] = case.version

    @invariant()
    def history_is_only_added_to(self) -> None:
        """What was written stays, and numbers have no gaps."""
        for case in self.cases():
            now = [event.model_dump() for event in events_of(self.site, case)]
            before = self.histories.get(case.id or 0, [])
            assert now[: len(before)] == before
            assert [event["number"] for event in now] == list(range(1, len(now) + 1))
            self.histories[case.id or 0] = now


def test_no_sequence_of_deeds_leads_to_an_illegal_case(
    site: Site, clock: FrozenClock, minh: Staff, hanh: Staff
) -> None:
    with site.database.writing() as session:
        hanh = session.get_one(Staff, hanh.id)
        hanh.role = Role.LEADER
    run_state_machine_as_test(
        lambda: Office(site, clock, (minh, hanh)),
        settings=settings(deadline=None, derandomize=True, max_examples=10, stateful_step_count=20),
    )
