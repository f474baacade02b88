"""Notes to the senders of late cases."""

from datetime import UTC, datetime

import pytest

from api.cases import progress
from api.cases.clock_models import LateNote
from api.cases.models import Audience, Case, Kind
from api.chats.models import Chat
from api.errors import ConflictError, PeopleError
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of, fresh, messages_to, send


def on(day: int) -> datetime:
    """Nine in the morning of a day of December 2026."""
    return datetime(2026, 12, day, 2, tzinfo=UTC)


def draft(site: Site, day: int, *, send_now: bool = False) -> int:
    with site.database.writing() as session:
        return progress.draft(session, site.office, on(day), send_now=send_now)


def waiting(site: Site, case: Case) -> list[LateNote]:
    with site.database.reading() as session:
        return list(progress.waiting(session, case))


def sent(site: Site, case: Case, note: LateNote, staff: Staff, text: str) -> None:
    """Let an officer send a note."""
    with site.database.writing() as session:
        row = progress.of_id(session, case, note.id or 0)
        progress.send(session, site.office, row, text, staff, on(9))


def test_a_case_in_time_owes_no_note(site: Site, lan: Chat) -> None:
    case = send(site, lan)  # due Tuesday 08/12

    assert draft(site, 8) == 0
    assert waiting(site, case) == []


def test_a_late_case_gets_an_apology_and_seven_days_later_a_progress_note(
    site: Site, lan: Chat
) -> None:
    send(site, lan)

    made = [draft(site, day, send_now=True) for day in (9, 10, 15, 16, 23)]

    assert made == [1, 0, 0, 1, 1]
    words = [message.text for message in messages_to(site, lan)]
    assert ["đã quá hạn" in text for text in words] == [True, False, False]
    assert ["chưa có kết quả cuối cùng" in text for text in words] == [False, True, True]


def test_a_newer_draft_takes_the_place_of_one_nobody_sent_and_still_apologises(
    site: Site, lan: Chat
) -> None:
    case = send(site, lan)

    for day in (9, 16):
        draft(site, day)

    [note] = waiting(site, case)
    assert note.number == 1
    assert "đã quá hạn" in note.text


def test_the_apology_names_the_day_that_was_missed(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    draft(site, 9)

    [note] = waiting(site, case)
    assert "xin lỗi" in note.text
    assert "thứ Ba, 08/12/2026" in note.text
    assert case.code in note.text


def test_nothing_is_drafted_on_a_day_off_or_while_the_clock_waits(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    send(site, lan)
    minhs_desk.ask_supplement(send(site, lan, kind=Kind.QUESTION))

    assert draft(site, 12) == 0  # a Saturday
    assert draft(site, 14) == 1


def test_a_note_reaches_the_sender_when_the_officer_sends_it(
    site: Site, lan: Chat, minh: Staff
) -> None:
    case = send(site, lan)
    draft(site, 9)
    assert messages_to(site, lan) == []
    [note] = waiting(site, case)

    sent(site, case, note, minh, "Xin lỗi bạn, mai có kết quả.")

    assert messages_to(site, lan)[-1].text == "Xin lỗi bạn, mai có kết quả."
    event = events_of(site, case, Audience.CITIZEN)[-1]
    assert (event.name, event.staff_id) == ("late_note", minh.id)


def test_a_note_is_sent_or_dropped_once(site: Site, lan: Chat, minh: Staff) -> None:
    case = send(site, lan)
    draft(site, 9)
    [note] = waiting(site, case)
    with site.database.writing() as session:
        progress.drop(session, progress.of_id(session, case, note.id or 0), minh, on(9))

    with pytest.raises(ConflictError), site.database.writing() as session:
        progress.of_id(session, case, note.id or 0)


def test_an_empty_note_is_not_sent(site: Site, lan: Chat, minh: Staff) -> None:
    case = send(site, lan)
    draft(site, 9)
    [note] = waiting(site, case)

    with pytest.raises(PeopleError):
        sent(site, case, note, minh, "  ")

    assert messages_to(site, lan) == []


def test_by_setting_the_note_goes_out_by_itself(site: Site, lan: Chat) -> None:
    send(site, lan)

    draft(site, 9, send_now=True)

    [message] = messages_to(site, lan)
    assert "xin lỗi" in message.text


def test_no_apology_goes_after_the_answer(
    site: Site, lan: Chat, minhs_desk: StaffDesk, minh: Staff
) -> None:
    case = send(site, lan)
    draft(site, 9)
    [note] = waiting(site, case)

    minhs_desk.answer(case)

    assert waiting(site, fresh(site, case)) == []
    with pytest.raises(ConflictError, match="đã xong"):
        sent(site, fresh(site, case), note, minh, "Xin lỗi bạn.")
