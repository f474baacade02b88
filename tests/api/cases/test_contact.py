"""The number and the address that people are told are those of the ward's card."""

from dataclasses import replace

import pytest

from api.cases import reopening, transfer
from api.cases.models import State
from api.chats.models import Chat
from api.errors import ForbiddenError, TooManyError
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, as_sender, case_in, messages_to, send
from tests.api.ward.editing import edit_card
from tests.conftest import FrozenClock

NEW_PHONE, NEW_PLACE = "0220 3700 009", "Số 9 phố Mới"


@pytest.fixture(autouse=True)
def moved(site: Site, minh: Staff) -> None:
    """The office has moved, and its card says so."""
    edit_card(site, minh, hotline=NEW_PHONE, address=NEW_PLACE)


def test_who_sends_too_much_is_given_the_number_of_now(site: Site, lan: Chat) -> None:
    strict = replace(site, office=replace(site.office, cases_per_day=1))
    send(strict, lan)

    with pytest.raises(TooManyError) as refused:
        send(strict, lan)

    assert NEW_PHONE in refused.value.next_step


def test_who_reopens_too_late_is_given_the_number_of_now(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = case_in(State.ANSWERED, lan, minhs_desk)
    clock.pass_(days=16)

    with pytest.raises(ForbiddenError) as refused:
        as_sender(site, case, lambda s, o, c, d: reopening.reopen(s, o, c, d, "Chưa xong."))

    assert NEW_PHONE in refused.value.next_step


def test_the_letter_to_another_agency_carries_the_new_head(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.transfer_out(send(site, lan))

    with site.database.reading() as session:
        letter = transfer.letter(session, site.office, case)

    assert NEW_PLACE in letter
    assert NEW_PHONE in letter


def test_who_is_refused_is_sent_to_the_new_address(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    minhs_desk.refuse(send(site, lan), "khieu-nai")

    told = messages_to(site, lan)[-1].text

    assert NEW_PLACE in told
    assert site.office.seed_phone not in told
