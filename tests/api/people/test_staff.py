"""Accounts and sessions of the staff."""

from unicodedata import normalize

import pytest
from sqlmodel import select

from api.errors import PeopleError, SignedOutError
from api.people import staff as accounts
from api.people.models import Role, Staff, StaffSession
from api.people.staff import SHORTEST_PASSWORD, NewMember
from api.web.site import Site
from tests.conftest import PASSWORD, FrozenClock

pytestmark = pytest.mark.usefixtures("quick_hash")

HOURS = 12
BROWSER = "Firefox trên máy một cửa"


def add(
    site: Site, username: str = "hoa", password: str = PASSWORD, name: str = "Bùi Hoa"
) -> Staff:
    """Make an account."""
    with site.database.writing() as session:
        new = NewMember(username, name, password)
        return accounts.create(session, site.office.unit_id, new, site.clock())


def sign_in(site: Site, username: str = "minh", password: str = PASSWORD) -> str:
    """Sign in and return the token."""
    with site.database.writing() as session:
        return accounts.sign_in(session, username, password, BROWSER, site.clock(), HOURS)


def holder(site: Site, token: str) -> tuple[Staff, StaffSession] | None:
    """Return who holds a token now."""
    with site.database.reading() as session:
        return accounts.signed_in(session, token, site.clock())


def held(site: Site, token: str) -> StaffSession:
    """Return the live session of a token."""
    found = holder(site, token)
    assert found is not None
    return found[1]


def refused(site: Site, username: str, password: str) -> SignedOutError:
    """Sign in wrongly and return what is said."""
    with pytest.raises(SignedOutError) as caught:
        sign_in(site, username, password)
    return caught.value


def test_the_same_password_has_another_hash_for_another_person(site: Site) -> None:
    assert add(site, "hoa").password_hash != add(site, "mai").password_hash


def test_a_new_member_is_an_active_officer(site: Site) -> None:
    member = add(site)

    assert (member.role, member.active, member.created_at) == (Role.OFFICER, True, site.clock())


def test_a_user_name_is_kept_tidy_and_in_lower_case(site: Site) -> None:
    assert add(site, "  Hoa ").username == "hoa"


@pytest.mark.parametrize("password", ["", "ngan", "a" * (SHORTEST_PASSWORD - 1)])
def test_a_short_password_is_refused_with_the_least_length(site: Site, password: str) -> None:
    with pytest.raises(PeopleError, match=str(SHORTEST_PASSWORD)):
        add(site, password=password)


def test_a_password_of_the_least_length_is_taken(site: Site) -> None:
    assert add(site, password="a" * SHORTEST_PASSWORD).id is not None


def test_a_password_is_measured_as_people_see_it(site: Site) -> None:
    seven_letters = normalize("NFD", "ếếếếếếế")
    assert len(seven_letters) > SHORTEST_PASSWORD

    with pytest.raises(PeopleError):
        add(site, password=seven_letters)


@pytest.mark.parametrize("username", ["minh", " MINH ", "", "   "])
def test_a_user_name_that_is_taken_or_empty_is_refused(
    site: Site, minh: Staff, username: str
) -> None:
    with pytest.raises(PeopleError) as caught:
        add(site, username)

    assert caught.value.next_step


def test_a_user_name_longer_than_its_column_is_refused_on_both_databases(site: Site) -> None:
    with pytest.raises(PeopleError):
        add(site, "a" * 61)


def test_a_member_without_a_name_is_refused(site: Site) -> None:
    with pytest.raises(PeopleError):
        add(site, name="  ")


def test_name_and_password_open_a_session(site: Site, minh: Staff) -> None:
    found = holder(site, sign_in(site))

    assert found is not None
    assert (found[0].id, found[1].agent, found[1].created_at) == (minh.id, BROWSER, site.clock())


def test_the_user_name_may_be_typed_in_capitals_with_spaces(site: Site, minh: Staff) -> None:
    assert holder(site, sign_in(site, " Minh ")) is not None


def test_a_password_may_be_typed_in_either_form_of_unicode(site: Site) -> None:
    add(site, "hoa", normalize("NFC", "mật khẩu của hoa"))

    assert holder(site, sign_in(site, "hoa", normalize("NFD", "mật khẩu của hoa"))) is not None


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(site: Site, minh: Staff) -> None:
    wrong = refused(site, "minh", "khong phai mat khau")
    unknown = refused(site, "khong-co-ai", PASSWORD)

    assert (wrong.sentence, wrong.next_step) == (unknown.sentence, unknown.next_step)
    assert wrong.status == unknown.status == 401


@pytest.mark.parametrize("username", ["", "   ", "minh\x00", "%", "minh' OR '1'='1"])
def test_odd_user_names_are_refused_like_any_other(site: Site, minh: Staff, username: str) -> None:
    assert refused(site, username, "khong phai mat khau").status == 401


def test_a_wrong_password_opens_no_session(site: Site, minh: Staff) -> None:
    refused(site, "minh", PASSWORD + "x")

    with site.database.reading() as session:
        assert session.exec(select(StaffSession)).all() == []


def test_only_the_hash_of_a_token_is_kept(site: Site, minh: Staff) -> None:
    token = sign_in(site)

    assert token not in str(held(site, token).model_dump())


def test_a_token_that_was_never_given_holds_nothing(site: Site, minh: Staff) -> None:
    sign_in(site)

    assert holder(site, "") is None
    assert holder(site, "x" * 43) is None


def test_a_session_ends_with_its_hours(site: Site, minh: Staff, clock: FrozenClock) -> None:
    token = sign_in(site)
    clock.pass_(hours=HOURS, seconds=-1)
    assert holder(site, token) is not None

    clock.pass_(seconds=1)

    assert holder(site, token) is None


def test_a_revoked_session_is_over_at_once_and_the_others_go_on(site: Site, minh: Staff) -> None:
    lost, kept = sign_in(site), sign_in(site)
    number = held(site, lost).id or 0

    with site.database.writing() as session:
        accounts.revoke(session, minh, number, site.clock())

    assert holder(site, lost) is None
    assert holder(site, kept) is not None


def test_a_session_of_somebody_else_cannot_be_revoked(site: Site, minh: Staff, hanh: Staff) -> None:
    token = sign_in(site, "minh")
    number = held(site, token).id or 0

    with site.database.writing() as session:
        accounts.revoke(session, hanh, number, site.clock())

    assert holder(site, token) is not None


def test_revoking_again_keeps_the_first_time(site: Site, minh: Staff, clock: FrozenClock) -> None:
    number = held(site, sign_in(site)).id or 0
    first = clock()
    with site.database.writing() as session:
        accounts.revoke(session, minh, number, first)
    clock.pass_(hours=1)

    with site.database.writing() as session:
        accounts.revoke(session, minh, number, clock())

    with site.database.reading() as session:
        assert session.get_one(StaffSession, number).revoked_at == first


def test_a_member_who_left_holds_no_session_and_cannot_sign_in(site: Site, minh: Staff) -> None:
    token = sign_in(site)
    with site.database.writing() as session:
        session.get_one(Staff, minh.id).active = False

    assert holder(site, token) is None
    refused(site, "minh", PASSWORD)


def test_live_sessions_are_listed_newest_first(
    site: Site, minh: Staff, hanh: Staff, clock: FrozenClock
) -> None:
    sign_in(site, "hanh")
    first = held(site, sign_in(site)).id
    clock.pass_(minutes=1)
    second = held(site, sign_in(site)).id

    with site.database.reading() as session:
        assert [one.id for one in accounts.sessions(session, minh, clock())] == [second, first]


def test_a_session_is_marked_as_seen_at_most_once_a_minute(
    site: Site, minh: Staff, clock: FrozenClock
) -> None:
    one = held(site, sign_in(site))

    clock.pass_(seconds=60)
    assert not accounts.needs_mark(one, clock())
    clock.pass_(seconds=1)
    assert accounts.needs_mark(one, clock())


def change(site: Site, member: Staff, token: str, current: str, new: str) -> None:
    """Change a password from the browser that holds a token."""
    own = held(site, token)
    with site.database.writing() as session:
        accounts.change_password(session, member, own, current, new, site.clock())


def test_a_changed_password_replaces_the_old_one(site: Site, minh: Staff) -> None:
    change(site, minh, sign_in(site), PASSWORD, "mat khau moi tinh")

    assert holder(site, sign_in(site, "minh", "mat khau moi tinh")) is not None
    refused(site, "minh", PASSWORD)


def test_a_changed_password_ends_every_other_session_of_the_member(
    site: Site, minh: Staff, hanh: Staff
) -> None:
    here, elsewhere, hanhs = sign_in(site), sign_in(site), sign_in(site, "hanh")

    change(site, minh, here, PASSWORD, "mat khau moi tinh")

    assert holder(site, here) is not None
    assert holder(site, elsewhere) is None
    assert holder(site, hanhs) is not None


def test_a_password_is_not_changed_without_the_current_one(site: Site, minh: Staff) -> None:
    here, elsewhere = sign_in(site), sign_in(site)

    with pytest.raises(PeopleError, match="hiện tại"):
        change(site, minh, here, "khong phai mat khau", "mat khau moi tinh")

    assert holder(site, elsewhere) is not None
    assert sign_in(site, "minh", PASSWORD)


def test_a_password_is_not_changed_to_a_short_one(site: Site, minh: Staff) -> None:
    here, elsewhere = sign_in(site), sign_in(site)

    with pytest.raises(PeopleError, match=str(SHORTEST_PASSWORD)):
        change(site, minh, here, PASSWORD, "ngan")

    assert holder(site, elsewhere) is not None
    assert sign_in(site, "minh", PASSWORD)
