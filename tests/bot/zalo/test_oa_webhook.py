"""The address that Zalo OA calls: signature, repetition, and what is no input."""

from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from api.chats.models import Chat, Handling, Update
from api.web.site import Site
from bot.service import build
from bot.zalo_oa.signature import is_signed
from bot.zalo_oa.webhook import PATH
from tests.bot.conftest import Commits, sqlite_only
from tests.bot.people import Person, cases, updates
from tests.bot.zalo.conftest import LAN_ID, Post, changed
from tests.doubles.zalo_oa import ZaloOaDouble


def kept(site: Site) -> list[Update]:
    with site.database.reading() as session:
        return updates(session)


@sqlite_only
def test_an_event_that_zalo_signed_is_taken(post: Post, zalo: ZaloOaDouble, oa_site: Site) -> None:
    assert post(zalo.say(LAN_ID, "xin chào")) == 200
    assert [update.text for update in kept(oa_site)] == ["xin chào"]


@sqlite_only
def test_an_event_signed_with_another_secret_is_refused_and_not_kept(
    post: Post, zalo: ZaloOaDouble, oa_site: Site
) -> None:
    assert post(zalo.say(LAN_ID, "xin chào"), secret="doan mo") == 403
    assert kept(oa_site) == []


@sqlite_only
def test_an_event_changed_on_its_way_or_without_a_signature_is_refused(
    post: Post, zalo: ZaloOaDouble, oa_site: Site
) -> None:
    raw, headers = zalo.signed(zalo.say(LAN_ID, "một"))
    changed_body = raw.replace("một".encode(), b"hai")
    assert post.client.post(PATH, content=changed_body, headers=headers).status_code == 403
    assert post.client.post(PATH, content=raw).status_code == 403
    assert kept(oa_site) == []


def test_the_signature_is_a_plain_hash_of_app_id_body_time_and_secret() -> None:
    body = b'{"timestamp":"1234567890"}'
    mac = "6d68a2b1d0a3ccdab435441c458f91bf62149251d854153581a862e212770437"
    assert is_signed(body, mac, "X", "Y")
    assert is_signed(body, f"mac={mac.upper()}", "X", "Y")
    assert not is_signed(body, mac, "X", "Z")


@sqlite_only
def test_what_is_no_event_is_a_bad_request(post: Post, oa_site: Site) -> None:
    for body in (b"", b"khong phai json", b"[]", b"null", b"{}", b"\xff"):
        assert post.client.post(PATH, content=body).status_code == 400
    assert kept(oa_site) == []


@sqlite_only
def test_before_the_secret_is_known_zalo_is_told_200_and_nothing_is_kept(
    oa_site: Site, zalo: ZaloOaDouble
) -> None:
    client = TestClient(build(changed(oa_site, zalo_oa_secret="")).app)
    assert client.post(PATH, content=b"ping").status_code == 200
    assert Post(client, zalo)(zalo.say(LAN_ID, "xin chào")) == 200
    assert kept(oa_site) == []


@sqlite_only
def test_an_event_replayed_five_times_opens_one_case(
    post: Post, zalo: ZaloOaDouble, lan: Person, oa_site: Site
) -> None:
    lan.writes_up_to_sending()
    event = zalo.say(LAN_ID, "#pakn:feedback:send")
    assert [post(event) for _ in range(5)] == [200] * 5
    with oa_site.database.reading() as session:
        assert len(cases(session)) == 1
    assert len([m for m in lan.owed() if "Mã hồ sơ" in m.text]) == 1


@sqlite_only
def test_an_event_that_could_not_be_kept_is_accepted_when_zalo_repeats_it(
    post: Post, zalo: ZaloOaDouble, commits: Commits, oa_site: Site
) -> None:
    event = zalo.say(LAN_ID, "xin chào")
    commits.failing = 2
    assert post(event) == 500
    assert post(event) == 200
    assert [update.handling for update in kept(oa_site)] == [Handling.DONE]


@sqlite_only
def test_an_event_that_asks_for_nothing_is_acknowledged_and_forgotten(
    post: Post, zalo: ZaloOaDouble, oa_site: Site
) -> None:
    for name in ("user_seen_message", "unfollow", "oa_send_list", "something_new"):
        assert post(zalo.event(name, sender={"id": LAN_ID}, message={"msg_id": "1"})) == 200
    assert kept(oa_site) == []


@sqlite_only
def test_the_accounts_own_words_and_receipts_are_never_answered(
    post: Post, zalo: ZaloOaDouble, oa_site: Site
) -> None:
    assert post(zalo.echo(LAN_ID, "Xin chào bạn!")) == 200
    assert post(zalo.receipt(LAN_ID)) == 200
    with oa_site.database.reading() as session:
        assert session.exec(select(Chat)).all() == []


@sqlite_only
def test_an_anonymous_visitor_is_acknowledged_and_forgotten(
    post: Post, zalo: ZaloOaDouble, oa_site: Site
) -> None:
    body: dict[str, Any] = {"sender": {"anonymous_id": "a1"}, "message": {"text": "alo"}}
    assert post(zalo.event("user_send_text", **body)) == 200
    assert kept(oa_site) == []
