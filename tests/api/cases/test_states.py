"""The moves of a case: what may follow what, and what becomes of two who move at once."""

import re

import pytest
from sqlmodel import select

from api.cases import handling, states
from api.cases.events import CITIZEN, record
from api.cases.models import Answer, Audience, Case, Kind, State
from api.chats.models import Chat
from api.errors import ConflictError
from api.web.site import Site
from tests.api.cases.cast import (
    LEADS_TO,
    MOVES,
    PERMITTED,
    StaffDesk,
    case_in,
    events_of,
    fresh,
    messages_to,
    race,
    send,
    set_day,
)


def test_the_tests_know_every_state_and_every_move() -> None:
    assert set(PERMITTED) == set(State)
    assert set(MOVES) == set(states.MOVES)


@pytest.mark.parametrize("state", State)
def test_what_a_state_permits_is_what_the_table_says(state: State) -> None:
    case = Case(state=state)

    assert states.allowed(case) == PERMITTED[state]


@pytest.mark.parametrize("state", State)
def test_every_permitted_move_leads_where_the_table_says(
    site: Site, lan: Chat, hoas_desk: StaffDesk, state: State
) -> None:
    for name in sorted(PERMITTED[state]):
        before = case_in(state, lan, hoas_desk)

        after = MOVES[name](hoas_desk, before)

        now = fresh(site, after)
        assert now.state is LEADS_TO.get(name, state), name
        assert now.version == before.version + 1 or name == "note"
        assert name in {event.name for event in events_of(site, now)[-2:]}


@pytest.mark.parametrize("state", State)
def test_every_other_move_is_refused_with_a_sentence_and_changes_nothing(
    site: Site, lan: Chat, hoas_desk: StaffDesk, state: State
) -> None:
    case = case_in(state, lan, hoas_desk)
    history, owed = len(events_of(site, case)), len(messages_to(site, lan))

    for name in sorted(set(MOVES) - PERMITTED[state]):
        with pytest.raises(ConflictError) as refused:
            MOVES[name](hoas_desk, fresh(site, case))

        sentence = refused.value.sentence
        assert case.code in sentence
        assert states.STATE_LABELS[state] in sentence
        assert f"“{states.MOVES[name].label}”" in sentence
        assert refused.value.next_step

    now = fresh(site, case)
    assert (now.state, now.version) == (state, case.version)
    assert len(events_of(site, case)) == history
    assert len(messages_to(site, lan)) == owed


def test_each_move_makes_the_version_one_more(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    case = send(site, lan)
    versions = [case.version]
    for name in ("accept", "reclassify", "note", "answer", "publish"):
        case = MOVES[name](minhs_desk, case)
        versions.append(fresh(site, case).version)

    assert versions == [1, 2, 3, 4, 5, 6]


def test_the_officer_who_comes_second_is_told_who_did_what(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    seen_by_both = send(site, lan)
    minhs_desk.accept(seen_by_both)

    with pytest.raises(ConflictError) as refused:
        hanhs_desk.answer(seen_by_both, "Câu trả lời của chị Hạnh.")

    assert "Trần Văn Minh vừa tiếp nhận hồ sơ này." in refused.value.sentence
    assert "chưa được lưu" in refused.value.sentence
    assert refused.value.next_step


def test_nothing_of_the_second_officer_is_kept(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    seen_by_both = send(site, lan)
    minhs_desk.reclassify(seen_by_both, Kind.QUESTION)

    with pytest.raises(ConflictError):
        hanhs_desk.reclassify(seen_by_both, Kind.REGULATION)

    now = fresh(site, seen_by_both)
    assert (now.kind, now.version) == (Kind.QUESTION, 2)
    assert [event.name for event in events_of(site, now)] == ["received", "reclassify"]
    assert len(messages_to(site, lan)) == 1


def test_after_reading_again_the_second_officer_goes_on(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    case = send(site, lan)
    minhs_desk.accept(case)

    assert hanhs_desk.answer(fresh(site, case)).state is State.ANSWERED


def test_a_note_of_the_citizen_does_not_hide_which_officer_was_faster(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    seen_by_both = send(site, lan)
    minhs_desk.accept(seen_by_both)
    with site.database.writing() as session:
        case = session.get_one(Case, seen_by_both.id)
        at = site.clock()
        record(session, case, "citizen_note", CITIZEN, at, audience=Audience.CITIZEN, note="Thêm.")

    with pytest.raises(ConflictError, match="Trần Văn Minh vừa tiếp nhận"):
        hanhs_desk.accept(seen_by_both)


def test_a_change_of_the_calendar_is_named_as_such_to_the_officer_who_comes_second(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    seen = send(site, lan)
    assert set_day(site, seen.due_on, works=False) == 1

    with pytest.raises(ConflictError) as refused:
        minhs_desk.accept(seen)

    assert refused.value.sentence.startswith("Hệ thống vừa dời hạn hồ sơ này.")


def test_no_word_is_said_twice_to_the_officer_who_comes_second(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    seen = send(site, lan)
    set_day(site, seen.due_on, works=False)

    with pytest.raises(ConflictError) as refused:
        minhs_desk.accept(seen)

    assert not re.search(r"\b(\w+ \w+) \1\b", refused.value.sentence)


def test_of_two_officers_at_the_same_moment_one_wins_and_the_other_is_told(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    for _ in range(4):
        case = send(site, lan)

        outcomes = race(
            lambda seen=case: minhs_desk.accept(seen), lambda seen=case: hanhs_desk.answer(seen)
        )

        [refused] = [one for one in outcomes if isinstance(one, ConflictError)]
        minh_won = refused is outcomes[1]
        winner = "Trần Văn Minh vừa tiếp nhận" if minh_won else "Lê Thị Hạnh vừa trả lời"
        assert winner in refused.sentence
        now = fresh(site, case)
        assert now.version == 2
        assert now.state is (State.IN_PROGRESS if minh_won else State.ANSWERED)
        assert len(events_of(site, case)) == 2
        with site.database.reading() as session:
            answer = session.exec(select(Answer).where(Answer.case_id == case.id)).first()
        assert (answer is None) == minh_won


def test_of_two_notes_at_the_same_moment_none_is_lost_without_a_word(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hanhs_desk: StaffDesk
) -> None:
    case = send(site, lan)

    outcomes = race(
        lambda: minhs_desk.note(case, "Ghi chú của Minh."),
        lambda: hanhs_desk.note(case, "Ghi chú của Hạnh."),
    )

    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, ConflictError) for one in refused)
    kept = [event for event in events_of(site, case) if event.name == "note"]
    assert len(kept) + len(refused) == 2


def test_a_refused_move_writes_no_answer_even_when_the_text_is_good(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = case_in(State.ANSWERED, lan, minhs_desk)

    with pytest.raises(ConflictError):
        minhs_desk.answer(case, "Câu trả lời thứ hai.")

    with site.database.reading() as session:
        kept = handling.answer_of(session, case)
    assert kept is not None
    assert kept.text == "Kết quả đã có."
