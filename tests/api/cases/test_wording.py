"""Dates, times and labels in Vietnamese words."""

from datetime import UTC, date, datetime

from api.cases.models import Actor, Audience, Kind, State
from api.cases.states import MOVES, STATE_LABELS
from api.cases.wording import (
    ACTOR_LABELS,
    AUDIENCE_LABELS,
    EVENT_LABELS,
    KIND_LABELS,
    date_words,
    time_words,
)


def test_a_date_is_said_with_its_weekday() -> None:
    assert date_words(date(2026, 12, 11)) == "thứ Sáu, 11/12/2026"
    assert date_words(date(2026, 11, 22)) == "Chủ nhật, 22/11/2026"


def test_an_instant_is_said_in_vietnamese_time() -> None:
    assert time_words(datetime(2026, 12, 10, 18, 5, tzinfo=UTC)) == "01:05, 11/12/2026"


RECORDED = {
    *("received", "citizen_note", "due_moved", "merged_in", "unmerged", "restricted", "split_from"),
    "joined",
    *("addition", "rated", "urged", "late_note", "notice_by_phone"),
    *("sender_seen", "sender_refused"),
}


def test_everything_that_people_read_of_a_case_has_a_label() -> None:
    assert set(KIND_LABELS) == set(Kind)
    assert set(STATE_LABELS) == set(State)
    assert set(ACTOR_LABELS) == set(Actor)
    assert set(AUDIENCE_LABELS) == set(Audience)
    assert set(EVENT_LABELS) == {*MOVES, *RECORDED}
