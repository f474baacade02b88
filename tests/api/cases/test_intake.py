"""Opening a case from what a person confirmed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from unicodedata import normalize

import pytest
from sqlmodel import select

from api.cases import intake
from api.cases.codes import new_code, normal_code
from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Actor, Audience, Case, Kind, State
from api.chats.models import Chat
from api.errors import PeopleError, TooManyError
from api.files.models import Attachment
from api.files.store import of_case
from api.people.models import Citizen
from api.web.site import Site
from tests.api.cases.cast import LAN, chat_of, events_of, send, set_day
from tests.conftest import FrozenClock


def citizen_of(site: Site, case: Case) -> Citizen:
    """Return the person behind a case."""
    with site.database.reading() as session:
        return session.get_one(Citizen, case.citizen_id)


def chat_now(site: Site, chat: Chat) -> Chat:
    """Return a conversation as it stands."""
    with site.database.reading() as session:
        return session.get_one(Chat, chat.id)


def attach(site: Site, chat: Chat, token: str) -> Attachment:
    """Put a file into a conversation."""
    at = site.clock()
    with site.database.writing() as session:
        row = Attachment(token=token, chat_id=chat.id, name="anh.jpg", due_at=at, created_at=at)
        session.add(row)
    return row


def cases_count(site: Site) -> int:
    """Return how many cases there are."""
    with site.database.reading() as session:
        return len(session.exec(select(Case)).all())


def few_a_day(site: Site, number: int) -> Site:
    """Return the site with a small limit of cases a day."""
    return replace(site, office=replace(site.office, cases_per_day=number))


def test_a_case_begins_received_with_the_words_that_were_sent(site: Site, lan: Chat) -> None:
    case = send(site, lan, place="  phố   Mới ")

    assert (case.state, case.kind, case.version) == (State.RECEIVED, Kind.CONDUCT, 1)
    assert case.content == LAN.content
    assert case.place == "phố Mới"
    assert (case.channel, case.chat_id, case.received_at) == ("telegram", lan.id, site.clock())


def test_a_case_gets_a_code_of_the_ward_and_the_year(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    assert case.code.startswith("TK-26-")
    assert normal_code(case.code) == case.code


def test_the_year_of_a_code_is_the_year_in_viet_nam(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    clock.at = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # 0:30 on New Year's Day in Viet Nam

    assert send(site, lan).code.startswith("TK-27-")


def test_a_code_drawn_twice_is_drawn_again(
    site: Site, lan: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = send(site, lan)
    drawn = iter([first.code, first.code, new_code("TK", 2026)])
    monkeypatch.setattr(intake, "new_code", lambda _prefix, _year: next(drawn))

    second = send(site, lan)

    assert second.code != first.code
    assert [event.number for event in events_of(site, second)] == [1]
    assert cases_count(site) == 2


def test_the_due_day_is_counted_from_the_receipt_under_the_policy(site: Site, lan: Chat) -> None:
    conduct = send(site, lan)
    question = send(site, lan, kind=Kind.QUESTION)

    # from Monday 16/11/2026; 24/11 is a holiday
    assert (conduct.due_on, conduct.policy) == (date(2026, 12, 8), "766-2022")
    assert (question.due_on, question.policy) == (date(2026, 11, 23), "hoi-dap-mac-dinh")


def test_the_due_day_follows_the_calendar_of_the_office(site: Site, lan: Chat) -> None:
    set_day(site, date(2026, 11, 18), works=False)

    case = send(site, lan, kind=Kind.QUESTION)

    assert (case.due_on, case.calendar_version) == (date(2026, 11, 25), 1)


def test_the_history_begins_with_the_receipt_by_the_citizen(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    [event] = events_of(site, case, Audience.PUBLIC)
    assert (event.number, event.name, event.actor) == (1, "received", Actor.CITIZEN)
    assert (event.at, event.staff_id) == (site.clock(), None)


def test_the_sender_is_kept_with_tidy_spaces(site: Site, lan: Chat) -> None:
    case = send(site, lan, name="  Nguyễn  Thị Lan ", phone=" 0912 345 678 ")

    person = citizen_of(site, case)
    assert (person.name, person.phone, person.address) == (LAN.name, LAN.phone, LAN.address)


def test_a_sender_who_agrees_is_remembered_for_the_conversation(site: Site, lan: Chat) -> None:
    case = send(site, lan, remember=True)

    assert citizen_of(site, case).remembered
    assert chat_now(site, lan).citizen_id == case.citizen_id


def test_a_sender_who_does_not_agree_is_not_remembered(site: Site, lan: Chat) -> None:
    case = send(site, lan, remember=False)

    assert not citizen_of(site, case).remembered
    assert chat_now(site, lan).citizen_id is None


def test_the_same_remembered_contact_is_one_person(site: Site, lan: Chat) -> None:
    first = send(site, lan, remember=True)
    second = send(site, lan, remember=True)

    assert first.citizen_id == second.citizen_id


def test_a_changed_contact_leaves_the_older_case_with_the_older_one(site: Site, lan: Chat) -> None:
    first = send(site, lan, remember=True)
    second = send(site, lan, remember=True, phone="0987 654 321")

    assert citizen_of(site, first).phone == LAN.phone
    assert citizen_of(site, second).phone == "0987 654 321"
    assert chat_now(site, lan).citizen_id == second.citizen_id


def test_agreement_to_be_remembered_can_be_taken_back(site: Site, lan: Chat) -> None:
    send(site, lan, remember=True)
    second = send(site, lan, remember=False)

    assert not citizen_of(site, second).remembered


@pytest.mark.parametrize("content", ["", "   \n\t "])
def test_empty_content_is_refused_with_what_to_do(site: Site, lan: Chat, content: str) -> None:
    with pytest.raises(PeopleError) as refused:
        send(site, lan, content=content)

    assert "trống" in refused.value.sentence
    assert refused.value.next_step
    assert cases_count(site) == 0


def test_content_as_long_as_the_national_form_allows_is_taken(site: Site, lan: Chat) -> None:
    assert len(send(site, lan, content="ă" * LONGEST_CONTENT).content) == LONGEST_CONTENT


def test_content_that_is_longer_is_refused_and_nothing_kept(site: Site, lan: Chat) -> None:
    with pytest.raises(PeopleError, match=str(LONGEST_CONTENT)):
        send(site, lan, content="ă" * (LONGEST_CONTENT + 1))

    assert cases_count(site) == 0


def test_content_is_measured_as_people_see_it(site: Site, lan: Chat) -> None:
    decomposed = normalize("NFD", "ế" * LONGEST_CONTENT)

    assert send(site, lan, content=decomposed).content == "ế" * LONGEST_CONTENT


def test_a_sign_that_no_text_can_hold_is_left_out_and_the_case_is_taken(
    site: Site, lan: Chat
) -> None:
    case = send(site, lan, content="Đèn đường\x00 tắt.", name="Nguyễn\x00 Thị Lan")

    assert case.content == "Đèn đường tắt."
    assert citizen_of(site, case).name == "Nguyễn Thị Lan"


def test_more_cases_than_a_day_allows_are_refused_with_the_telephone(site: Site, lan: Chat) -> None:
    strict = few_a_day(site, 2)
    send(strict, lan)
    send(strict, lan)

    with pytest.raises(TooManyError) as refused:
        send(strict, lan)

    assert "2 nội dung" in refused.value.sentence
    assert site.office.seed_phone in refused.value.next_step
    assert cases_count(site) == 2


def test_the_limit_of_a_day_passes_with_the_day(site: Site, lan: Chat, clock: FrozenClock) -> None:
    strict = few_a_day(site, 1)
    send(strict, lan)
    clock.pass_(hours=23, minutes=59)
    with pytest.raises(TooManyError):
        send(strict, lan)

    clock.pass_(minutes=1)

    assert send(strict, lan).state is State.RECEIVED


def test_the_limit_of_a_day_is_each_persons_own(site: Site, lan: Chat) -> None:
    strict = few_a_day(site, 1)
    send(strict, lan)

    assert send(strict, chat_of(site, "tu")).state is State.RECEIVED


def test_files_of_the_own_conversation_go_with_the_case(site: Site, lan: Chat) -> None:
    attach(site, lan, "anh-1")
    attach(site, lan, "anh-2")

    case = send(site, lan, attachments=("anh-1", "anh-2"))

    with site.database.reading() as session:
        assert [row.token for row in of_case(session, case.id)] == ["anh-1", "anh-2"]


def test_a_file_of_another_conversation_cannot_be_taken(site: Site, lan: Chat) -> None:
    attach(site, chat_of(site, "tu"), "anh-cua-bac-tu")

    case = send(site, lan, attachments=("anh-cua-bac-tu",))

    with site.database.reading() as session:
        assert of_case(session, case.id) == []


def test_a_file_stays_with_the_case_it_was_first_sent_with(site: Site, lan: Chat) -> None:
    attach(site, lan, "anh-1")
    first = send(site, lan, attachments=("anh-1",))

    second = send(site, lan, attachments=("anh-1",))

    with site.database.reading() as session:
        assert len(of_case(session, first.id)) == 1
        assert of_case(session, second.id) == []


def test_a_place_longer_than_its_column_is_cut_on_both_databases(site: Site, lan: Chat) -> None:
    case = send(site, lan, place="phố " * 200, name="Lan " * 100, address="ngõ " * 300)

    assert len(case.place) <= 300
    assert len(citizen_of(site, case).address) <= 500
