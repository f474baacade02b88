"""The history of a case: numbered, for its readers, and never changed."""

import pytest

from api.cases.events import CITIZEN, SYSTEM, By, record
from api.cases.models import Actor, Audience, Case, State
from api.chats.models import Chat
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import MOVES, StaffDesk, case_in, events_of, fresh, race, send, set_day


def write(site: Site, case: Case, name: str, audience: Audience = Audience.CITIZEN) -> None:
    """Add a fact in a transaction of its own."""
    with site.database.writing() as session:
        record(session, case, name, CITIZEN, site.clock(), audience=audience, note="Thêm.")


def test_numbers_run_from_one_without_gaps(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    case = case_in(State.PUBLISHED, lan, minhs_desk)
    write(site, case, "citizen_note")

    assert [event.number for event in events_of(site, case)] == [1, 2, 3, 4, 5]


def test_each_case_has_numbers_of_its_own(site: Site, lan: Chat) -> None:
    first, second = send(site, lan), send(site, lan)
    write(site, first, "citizen_note")
    write(site, second, "citizen_note")

    assert [event.number for event in events_of(site, first)] == [1, 2]
    assert [event.number for event in events_of(site, second)] == [1, 2]


def test_a_number_of_a_fact_that_was_rolled_back_is_used_again(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        record(session, case, "citizen_note", CITIZEN, site.clock())
        session.rollback()

    write(site, case, "citizen_note")

    assert [event.number for event in events_of(site, case)] == [1, 2]


def test_facts_written_at_the_same_moment_get_numbers_without_gaps(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    outcomes = []
    for _ in range(5):
        outcomes += race(*[lambda: write(site, case, "citizen_note")] * 3)

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert [event.number for event in events_of(site, case)] == list(range(1, 17))


def test_a_fact_and_a_move_at_the_same_moment_are_both_kept(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    for _ in range(5):
        case = send(site, lan)

        outcomes = race(
            lambda seen=case: minhs_desk.accept(seen),
            lambda seen=case: write(site, seen, "citizen_note"),
        )

        assert [one for one in outcomes if isinstance(one, Exception)] == []
        events = events_of(site, case)
        assert [event.number for event in events] == [1, 2, 3]
        assert {event.name for event in events} == {"received", "accept", "citizen_note"}


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (Audience.INTERNAL, ["received", "inside", "theirs", "everyones"]),
        (Audience.CITIZEN, ["received", "theirs", "everyones"]),
        (Audience.PUBLIC, ["received", "everyones"]),
    ],
)
def test_a_reader_sees_what_is_meant_for_them_and_wider_circles(
    site: Site, lan: Chat, reader: Audience, seen: list[str]
) -> None:
    case = send(site, lan)
    write(site, case, "inside", Audience.INTERNAL)
    write(site, case, "theirs", Audience.CITIZEN)
    write(site, case, "everyones", Audience.PUBLIC)

    assert [event.name for event in events_of(site, case, reader)] == seen


def test_neither_notes_nor_reasons_reach_the_public(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.note(case_in(State.WITHHELD, lan, minhs_desk), "Ghi chú nội bộ.")

    names = [event.name for event in events_of(site, case, Audience.PUBLIC)]

    assert names == ["received", "accept", "answer"]


def test_a_fact_is_for_the_office_only_unless_said_otherwise(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        record(session, case, "inside", SYSTEM, site.clock())

    assert events_of(site, case)[-1].audience is Audience.INTERNAL


def test_a_fact_keeps_who_when_and_what(site: Site, lan: Chat, minh: Staff) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        by = By.staff(minh)
        record(session, case, "moved", by, site.clock(), note="Vì sao", data={"to": "2026-12-09"})

    event = events_of(site, case)[-1]
    assert (event.actor, event.staff_id, event.at) == (Actor.STAFF, minh.id, site.clock())
    assert (event.note, event.data) == ("Vì sao", {"to": "2026-12-09"})


def test_no_later_deed_changes_what_was_written(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan)
    written: list[dict[str, object]] = []
    set_day(site, case.due_on, works=False)
    for name in ("note", "reclassify", "accept", "note", "answer", "publish", "note"):
        case = MOVES[name](minhs_desk, fresh(site, case))
        history = [event.model_dump() for event in events_of(site, case)]
        assert history[: len(written)] == written
        assert len(history) > len(written)
        written = history
