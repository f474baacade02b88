"""What a history says of the clock: pauses, restarts, promised days."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from api.cases.deadlines import due
from api.cases.models import Kind
from api.cases.pauses import Course, Span, Why, course, inheritance, spans
from api.cases.policies import policy_for
from api.cases.workdays import Override, WorkCalendar

PUBLIC = WorkCalendar()
MONDAY = datetime(2026, 11, 2, 2, tzinfo=UTC)  # 9:00; a question is due on Monday 9/11
QUESTION = policy_for(Kind.QUESTION, date(2026, 11, 2))


@dataclass(frozen=True)
class Fact:
    """An event as the clock sees it, at nine in the morning of a day of November 2026."""

    name: str
    day: int
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return datetime(2026, 11, self.day, 2, tzinfo=UTC)


def due_of(*facts: Fact, **rules: bool) -> date:
    """Return the due day of a question of Monday 2/11 with such a history."""
    return due(MONDAY, QUESTION, PUBLIC, course=course(facts, **rules)).on


def november(day: int) -> date:
    return date(2026, 11, day)


def test_a_wait_for_the_sender_is_a_pause_from_the_question_to_the_answer() -> None:
    facts = [Fact("supplement_asked", 4), Fact("note", 5), Fact("supplement_given", 6)]

    assert spans(facts) == (Span(Why.SUPPLEMENT, november(4), november(6)),)


def test_a_wait_that_goes_on_has_no_last_day() -> None:
    assert spans([Fact("transferred_out", 4)]) == (Span(Why.TRANSFER, november(4)),)


def test_asking_twice_is_one_pause_and_an_end_without_a_beginning_is_none() -> None:
    facts = [
        *(Fact("returned", 3), Fact("supplement_asked", 4), Fact("supplement_asked", 5)),
        Fact("supplement_given", 6),
    ]

    assert spans(facts) == (Span(Why.SUPPLEMENT, november(4), november(6)),)


def test_an_answer_drafted_here_ends_the_wait_for_the_other_agency() -> None:
    facts = [Fact("transferred_out", 4), Fact("draft", 6), Fact("send_back", 9)]

    assert spans(facts) == (Span(Why.TRANSFER, november(4), november(6)),)


def test_a_part_split_off_goes_on_with_the_clock_of_the_whole() -> None:
    whole = [
        *(Fact("supplement_asked", 3), Fact("supplement_given", 5)),
        Fact("extended", 6, {"due_on": "2026-11-20"}),
    ]
    part = [Fact("split_from", 9, inheritance(whole))]

    assert due_of(*part) == due_of(*whole) == november(20)
    of_a_part = [Fact("split_from", 10, inheritance(part))]
    assert due_of(*of_a_part) == november(20)


def test_opening_again_ends_a_wait_that_goes_on() -> None:
    facts = [Fact("supplement_asked", 4), Fact("reopened", 9)]

    assert spans(facts) == (Span(Why.SUPPLEMENT, november(4), november(9)),)


def test_the_day_of_asking_counts_and_the_day_of_giving_does_not() -> None:
    assert due_of() == november(9)
    assert due_of(Fact("supplement_asked", 4), Fact("supplement_given", 6)) == november(11)


def test_asked_and_given_on_one_day_changes_nothing() -> None:
    assert due_of(Fact("supplement_asked", 4), Fact("supplement_given", 4)) == november(9)


def test_two_pauses_at_the_same_time_are_not_counted_twice() -> None:
    facts = [
        *(Fact("supplement_asked", 3), Fact("transferred_out", 4)),
        *(Fact("supplement_given", 5), Fact("returned", 6)),
    ]

    assert due_of(*facts) == november(12)


def test_a_pause_that_goes_on_leaves_the_earliest_due_day() -> None:
    found = due(MONDAY, QUESTION, PUBLIC, course=course([Fact("supplement_asked", 4)]))

    assert (found.on, found.paused_on) == (november(9), november(4))


def test_a_supplement_begins_anew_where_the_office_has_it_so() -> None:
    facts = [Fact("supplement_asked", 4), Fact("supplement_given", 6)]

    assert due_of(*facts, supplement_restarts=True) == november(13)


def test_the_clock_runs_on_elsewhere_where_the_office_has_it_so() -> None:
    facts = [Fact("transferred_out", 4), Fact("returned", 6)]

    assert due_of(*facts) == november(11)
    assert due_of(*facts, transfer_pauses=False) == november(9)


def test_a_transfer_here_begins_the_clock_on_its_day_and_keeps_that_of_the_sending() -> None:
    facts = [Fact("transferred_in", 6, {"on": "2026-11-05"})]

    found = due(MONDAY, QUESTION, PUBLIC, course=course(facts))

    assert (found.on, found.zero) == (november(12), november(5))
    assert found.since_sent_on == november(9)


def test_of_two_transfers_the_latest_counts() -> None:
    facts = [
        Fact("transferred_in", 4, {"on": "2026-11-04"}),
        Fact("transferred_in", 6, {"on": "2026-11-06"}),
    ]

    assert due_of(*facts) == november(13)


def test_opening_again_is_a_new_run_that_forgets_the_extension() -> None:
    facts = [Fact("extended", 5, {"due_on": "2026-11-20"}), Fact("reopened", 23)]

    assert due_of(*facts) == date(2026, 12, 1)  # 24/11 is a holiday


def test_an_extension_holds_and_the_index_keeps_the_original_day() -> None:
    facts = [Fact("extended", 5, {"due_on": "2026-11-13"})]

    found = due(MONDAY, QUESTION, PUBLIC, course=course(facts))

    assert (found.on, found.index_on) == (november(13), november(9))
    assert found.trace[-1].on == november(13)


def test_a_pause_after_an_extension_moves_the_new_day_too() -> None:
    facts = [
        Fact("extended", 4, {"due_on": "2026-11-13"}),
        *(Fact("supplement_asked", 5), Fact("supplement_given", 9)),  # a Friday and a Monday
    ]

    assert due_of(*facts) == november(17)


def test_an_extended_day_that_is_made_a_day_off_moves_to_the_next_working_day() -> None:
    own = WorkCalendar({november(13): Override(works=False, reason="mất điện")})
    way = course([Fact("extended", 5, {"due_on": "2026-11-13"})])

    assert due(MONDAY, QUESTION, own, course=way).on == november(16)


def test_a_day_kept_out_of_the_past_is_kept_for_the_index_too() -> None:
    way = course([Fact("due_moved", 9, {"from": "2026-11-10", "kept": "2026-11-10"})])

    found = due(MONDAY, QUESTION, PUBLIC, course=way)

    assert (found.on, found.index_on) == (november(10), november(10))


def test_a_moved_day_without_such_a_promise_says_nothing_to_the_clock() -> None:
    assert course([Fact("due_moved", 9, {"from": "2026-11-09", "to": "2026-11-10"})]) == Course()


def test_the_trace_names_the_reason_of_each_paused_day() -> None:
    way = course([Fact("supplement_asked", 3), Fact("supplement_given", 5)])

    trace = due(MONDAY, QUESTION, PUBLIC, course=way).trace

    paused = {day.on.day: day.reason for day in trace if day.reason.startswith("tạm dừng")}
    assert paused == {4: "tạm dừng: chờ người gửi bổ sung", 5: "tạm dừng: chờ người gửi bổ sung"}
    assert [day.number for day in trace if day.counted] == [1, 2, 3, 4, 5]


def test_an_answer_from_another_agency_ends_the_pause_as_a_draft_does() -> None:
    for name in ("answer", "draft"):
        facts = [Fact("transferred_out", 4), Fact(name, 20)]
        assert spans(facts) == (Span(Why.TRANSFER, november(4), november(20)),)


def test_a_promised_day_outlives_a_restart_but_not_a_reopening() -> None:
    extended = Fact("extended", 5, {"due_on": "2026-11-27"})

    assert due_of(extended, Fact("transferred_in", 6, {"on": "2026-11-03"})) == november(27)
    assert due_of(
        extended,
        Fact("supplement_asked", 6),
        Fact("supplement_given", 6),
        supplement_restarts=True,
    ) == november(27)
    assert due_of(extended, Fact("reopened", 6)) == november(13)
