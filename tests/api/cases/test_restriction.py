"""What only those named for denunciations may see, and that nothing of it gets around them."""

import pytest
from sqlmodel import select

from api.cases import visibility
from api.cases.models import Case, State
from api.chats.models import Chat
from api.errors import ForbiddenError, PeopleError
from api.people import staff as accounts
from api.people.models import Role, Staff
from api.people.staff import Standing
from api.web.site import Site
from tests.api.cases.cast import (
    StaffDesk,
    case_in,
    chat_of,
    events_of,
    fresh,
    name_for_denunciations,
    send,
)


@pytest.fixture
def phuc(site: Site) -> Staff:
    """Ông Phúc, who alone is named."""
    return name_for_denunciations(site)


def denounced(desk: StaffDesk, lan: Chat) -> Case:
    """A case that was refused as a denunciation and opened again."""
    return desk.reopen(desk.refuse(send(desk.site, lan), "to-cao"))


def test_nothing_is_restricted_while_nobody_could_see_it(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = send(site, lan)

    with pytest.raises(PeopleError, match="Chưa ai được giao xem tố cáo"):
        minhs_desk.refuse(case, "to-cao")

    assert fresh(site, case).state is State.RECEIVED


def test_what_was_merged_into_a_denunciation_is_restricted_with_it(
    site: Site, lan: Chat, minhs_desk: StaffDesk, minh: Staff, phuc: Staff
) -> None:
    kept = send(site, lan)
    merged = minhs_desk.merge(send(site, chat_of(site, "tu")), into=kept)

    minhs_desk.refuse(fresh(site, kept), "to-cao")

    with site.database.reading() as session:
        now = session.get_one(Case, merged.id)
        assert not visibility.may_see(session, minh, now)
        assert visibility.may_see(session, phuc, now)
    assert events_of(site, merged)[-1].name == "restricted"


@pytest.mark.usefixtures("phuc")
def test_a_restricted_case_is_merged_into_no_other(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case, other = denounced(minhs_desk, lan), send(site, chat_of(site, "tu"))

    with pytest.raises(ForbiddenError, match="hạn chế người xem"):
        minhs_desk.merge(case, into=other)

    assert [event.name for event in events_of(site, other)] == ["received"]


@pytest.mark.usefixtures("phuc")
def test_a_restricted_case_is_not_made_public(lan: Chat, minhs_desk: StaffDesk) -> None:
    answered = minhs_desk.answer(denounced(minhs_desk, lan))

    with pytest.raises(ForbiddenError, match="hạn chế người xem"):
        minhs_desk.publish(answered)


def test_whoever_is_named_lifts_the_restriction_of_what_is_no_denunciation(
    site: Site, lan: Chat, minhs_desk: StaffDesk, minh: Staff, phuc: Staff
) -> None:
    case = StaffDesk(site, phuc).unrestrict(denounced(minhs_desk, lan))

    with site.database.reading() as session:
        assert visibility.may_see(session, minh, session.get_one(Case, case.id))


@pytest.mark.parametrize("standing", [Standing(Role.OFFICER), Standing(Role.OFFICER, active=False)])
def test_the_last_one_who_is_named_stays_named(site: Site, phuc: Staff, standing: Standing) -> None:
    with (
        pytest.raises(PeopleError, match="người duy nhất"),
        site.database.writing() as session,
    ):
        accounts.place(session, session.get_one(Staff, phuc.id), standing)

    with site.database.reading() as session:
        assert session.exec(select(Staff).where(Staff.denunciations, Staff.active)).one()


def test_a_case_in_the_open_has_no_restriction_to_lift(lan: Chat, minhs_desk: StaffDesk) -> None:
    assert not case_in(State.IN_PROGRESS, lan, minhs_desk).restricted
