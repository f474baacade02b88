"""Finding cases: by code, in the list of the staff, among the public results."""

from dataclasses import replace

import pytest

from api.cases import lookup, visibility
from api.cases.lookup import PAGE, CaseFilter, Page
from api.cases.models import Answer, Case, Kind, Publication, State
from api.cases.publication import PublicText
from api.cases.states import OPEN_STATES
from api.chats.models import Chat
from api.errors import NotFoundError
from api.people.models import Citizen, Staff, Unit
from api.web.site import Site
from tests.api.cases.cast import PUBLIC, StaffDesk, case_in, chat_of, send
from tests.conftest import FrozenClock


def listed(site: Site, number: int = 1, **wanted: object) -> Page[tuple[Case, Citizen]]:
    """Return a page of the list of the staff."""
    with site.database.reading() as session:
        return lookup.staff_list(session, site.office.unit_id, CaseFilter(**wanted), number)


def codes(site: Site, **wanted: object) -> list[str]:
    """Return the codes on the first page of the list of the staff."""
    return [case.code for case, _ in listed(site, **wanted).rows]


def found(
    site: Site, query: str = "", kind: Kind | None = None, number: int = 1
) -> Page[tuple[Publication, Case, Answer]]:
    """Return a page of the public results."""
    with site.database.reading() as session:
        return lookup.results(session, site.office.unit_id, query, kind, number)


def titles(site: Site, query: str = "", kind: Kind | None = None) -> list[str]:
    """Return the titles on the first page of the public results."""
    return [public.title for public, _, _ in found(site, query, kind).rows]


def publish(desk: StaffDesk, chat: Chat, title: str, kind: Kind = Kind.CONDUCT) -> Case:
    """Bring a case with this title to the public results."""
    case = desk.answer(send(desk.site, chat, kind=kind))
    return desk.publish(case, PublicText(title, PUBLIC.content, PUBLIC.answer))


def busy(site: Site) -> Site:
    """Return the site without the limit of a day."""
    return replace(site, office=replace(site.office, cases_per_day=1000))


def test_a_case_is_found_by_its_code_however_it_is_typed(site: Site, lan: Chat) -> None:
    case = send(site, lan)

    for typed in (case.code, case.code.lower().replace("-", " "), f"hồ sơ {case.code} ạ"):
        with site.database.reading() as session:
            assert lookup.by_code(session, typed).id == case.id


@pytest.mark.parametrize("typed", ["", "xin chào", "TK-26-222222-2", "\x00", "%", "TK-26-%"])
def test_a_code_that_is_not_ours_says_what_to_check(site: Site, lan: Chat, typed: str) -> None:
    send(site, lan)

    with site.database.reading() as session, pytest.raises(NotFoundError) as refused:
        lookup.by_code(session, typed)

    assert refused.value.next_step


def test_the_list_of_the_staff_shows_open_cases_nearest_due_day_first(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case_in(State.ANSWERED, lan, minhs_desk)
    later = send(site, lan)
    clock.pass_(days=1)
    last = send(site, lan)
    soon = send(site, lan, kind=Kind.QUESTION)
    in_work = minhs_desk.accept(later)

    assert codes(site) == [soon.code, in_work.code, last.code]


def test_the_list_gives_each_case_with_its_sender(site: Site, lan: Chat) -> None:
    send(site, lan, name="Trần Văn Tư")

    [(_, citizen)] = listed(site).rows

    assert citizen.name == "Trần Văn Tư"


@pytest.mark.parametrize("state", State)
def test_the_list_can_show_one_state(
    site: Site, lan: Chat, minhs_desk: StaffDesk, state: State
) -> None:
    by_state = {each: case_in(each, lan, minhs_desk) for each in State if each is not State.MERGED}
    merged = minhs_desk.merge(send(site, chat_of(site, "tu")), into=by_state[State.IN_PROGRESS])
    by_state[State.MERGED] = merged

    assert codes(site, state=state) == [by_state[state].code]


def test_the_list_can_show_one_kind(site: Site, lan: Chat) -> None:
    send(site, lan)
    question = send(site, lan, kind=Kind.QUESTION)

    assert codes(site, kind=Kind.QUESTION) == [question.code]


@pytest.mark.parametrize(
    "query", ["đèn đường", "den duong", "ĐƯỜNG đèn", "nguyen thi lan", "phố mới đèn"]
)
def test_the_list_finds_words_of_content_place_and_sender_without_marks(
    site: Site, lan: Chat, query: str
) -> None:
    send(site, lan, content="Rác chưa dọn.", name="Trần Văn Tư")
    lamp = send(site, lan, content="Đèn đường tắt ba hôm nay.", place="phố Mới")

    assert codes(site, query=query) == [lamp.code]


@pytest.mark.parametrize("query", ["%", "_", "100%", "a_b", "\\", "đèn%"])
def test_signs_of_the_database_are_ordinary_signs_in_the_list(
    site: Site, lan: Chat, query: str
) -> None:
    send(site, lan, content="Đèn đường tắt, 1000 axb.")

    assert codes(site, query=query) == []


def test_a_sign_of_the_database_is_found_where_it_was_written(site: Site, lan: Chat) -> None:
    send(site, lan, content="Hỏng 1000 viên gạch.")
    percent = send(site, lan, content="Hỏng 100% vỉa hè.")

    assert codes(site, query="100%") == [percent.code]


def test_a_code_in_the_search_of_the_list_finds_a_closed_case_too(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    send(site, lan)
    closed = case_in(State.WITHHELD, lan, minhs_desk)

    assert codes(site, query=closed.code.lower()) == [closed.code]


@pytest.mark.parametrize("query", ["0912345678", "0912 345 678", "0912.345.678", "345678"])
def test_the_phone_of_the_sender_finds_their_cases_wherever_they_stand(
    site: Site, lan: Chat, minhs_desk: StaffDesk, query: str
) -> None:
    send(site, lan, phone="0988 000 111")
    closed = case_in(State.WITHHELD, lan, minhs_desk)

    assert codes(site, query=query) == [closed.code]


def test_a_sign_that_no_text_can_hold_is_left_out_of_a_search_of_the_list(
    site: Site, lan: Chat
) -> None:
    lamp = send(site, lan, content="Đèn đường tắt.")
    send(site, lan, content="Rác chưa dọn.")

    assert codes(site, query="đèn\x00 đường") == [lamp.code]


def test_the_list_shows_only_cases_of_its_own_office(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    with site.database.writing() as session:
        other = Unit(prefix="XB", name="Xã Bên")
        session.add(other)
        session.flush()
        session.get_one(Case, case.id).unit_id = other.id or 0

    assert codes(site) == []
    assert codes(site, query=case.code) == []


def test_a_long_list_comes_in_pages(site: Site, lan: Chat) -> None:
    sent = [send(busy(site), lan).code for _ in range(PAGE + 1)]

    first, second, third = (listed(site, number) for number in (1, 2, 3))

    assert [case.code for case, _ in first.rows] == sent[:PAGE]
    assert [case.code for case, _ in second.rows] == sent[PAGE:]
    assert list(third.rows) == []
    assert (first.total, first.pages, third.total) == (PAGE + 1, 2, PAGE + 1)


def test_a_list_of_nothing_is_one_page(site: Site) -> None:
    page = listed(site)

    assert (list(page.rows), page.total, page.pages) == ([], 0, 1)


def test_a_list_that_fills_its_page_has_no_second_one() -> None:
    assert Page(rows=(), number=1, total=PAGE).pages == 1


def test_public_results_are_the_published_ones_newest_first(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    send(site, lan)
    case_in(State.ANSWERED, lan, minhs_desk)
    case_in(State.WITHHELD, lan, minhs_desk)
    publish(minhs_desk, lan, "Cũ")
    clock.pass_(hours=1)
    publish(minhs_desk, lan, "Mới")

    assert titles(site) == ["Mới", "Cũ"]


@pytest.mark.parametrize("query", ["đèn đường", "DEN DUONG", "duong  den", "tắt hẹn ngày"])
def test_public_results_are_found_by_all_words_without_marks(
    site: Site, lan: Chat, minhs_desk: StaffDesk, query: str
) -> None:
    publish(minhs_desk, lan, "Đèn đường tắt")
    publish(minhs_desk, lan, "Đường ngập")

    assert titles(site, query) == ["Đèn đường tắt"]


def test_a_public_result_is_found_by_its_code(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    publish(minhs_desk, lan, "Đèn đường tắt")
    other = publish(minhs_desk, lan, "Đường ngập")

    assert titles(site, other.code) == ["Đường ngập"]


@pytest.mark.parametrize("query", ["%", "_", "\\", "đ_n", "đèn%"])
def test_signs_of_the_database_find_nothing_among_public_results(
    site: Site, lan: Chat, minhs_desk: StaffDesk, query: str
) -> None:
    publish(minhs_desk, lan, "Đèn đường tắt")

    assert titles(site, query) == []


def test_a_sign_that_no_text_can_hold_is_left_out_of_a_public_search(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    publish(minhs_desk, lan, "Đèn đường tắt")
    publish(minhs_desk, lan, "Rác chưa dọn")

    assert titles(site, "đèn\x00 đường") == ["Đèn đường tắt"]


def test_a_percent_sign_is_found_among_public_results_where_it_was_written(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    publish(minhs_desk, lan, "Giảm 50% lệ phí")
    publish(minhs_desk, lan, "Giảm 500 hồ sơ")

    assert titles(site, "50%") == ["Giảm 50% lệ phí"]


def test_public_results_can_show_one_kind(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    publish(minhs_desk, lan, "Thái độ")
    publish(minhs_desk, lan, "Đèn tắt", Kind.INFRASTRUCTURE)

    assert titles(site, kind=Kind.INFRASTRUCTURE) == ["Đèn tắt"]
    assert titles(site, "thái độ", Kind.INFRASTRUCTURE) == []


def test_public_results_come_in_pages(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    desk = replace(minhs_desk, site=busy(site))
    for number in range(PAGE + 2):
        publish(desk, lan, f"Việc số {number}")

    second = found(site, number=2)

    assert [public.title for public, _, _ in second.rows] == ["Việc số 1", "Việc số 0"]
    assert (second.total, second.pages) == (PAGE + 2, 2)


def test_one_public_result_comes_with_case_and_answer(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = publish(minhs_desk, lan, "Đèn đường tắt")

    with site.database.reading() as session:
        public, own, answer = lookup.result(session, case.code.lower())

    assert (public.title, own.id, answer.case_id) == ("Đèn đường tắt", case.id, case.id)


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
def test_the_result_of_a_case_that_is_not_public_is_not_given(
    site: Site, lan: Chat, minhs_desk: StaffDesk, state: State
) -> None:
    case = case_in(state, lan, minhs_desk)

    with site.database.reading() as session, pytest.raises(NotFoundError, match="chưa được công"):
        lookup.result(session, case.code)


def test_cases_are_counted_by_state(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    send(site, lan)
    send(site, lan)
    case_in(State.PUBLISHED, lan, minhs_desk)

    with site.database.reading() as session:
        counts = lookup.counts_by_state(session, site.office.unit_id)

        open_ones = lookup.counts_by_state(session, site.office.unit_id, OPEN_STATES)

    assert counts == {State.RECEIVED: 2, State.PUBLISHED: 1}
    assert open_ones == {State.RECEIVED: 2}


def test_of_closed_cases_it_is_only_told_where_there_are_any(
    site: Site, lan: Chat, minh: Staff, minhs_desk: StaffDesk
) -> None:
    case_in(State.PUBLISHED, lan, minhs_desk)

    with site.database.reading() as session:
        seen = visibility.condition(session, minh)
        found = lookup.states_found(session, site.office.unit_id, State, seen)

    assert found == {State.PUBLISHED}


def test_open_cases_are_overdue_from_the_day_after_the_due_day(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan)
    minhs_desk.accept(send(site, lan))
    case_in(State.ANSWERED, lan, minhs_desk)

    with site.database.reading() as session:
        on_the_day = lookup.overdue(session, site.office.unit_id, case.due_on)
        next_day = lookup.overdue(session, site.office.unit_id, case.due_on.replace(day=9))

    assert (on_the_day, next_day) == (0, 2)
