"""What people do on Zalo OA, as the inbox sees it."""

import unicodedata

import pytest
from sqlmodel import select

from api.files.models import Attachment
from api.web.site import Site
from bot.arrival import Arrival
from bot.dialogue.model import Draft, Step
from bot.zalo_oa.receive import read_event
from tests.bot.conftest import picture, sqlite_only
from tests.bot.people import Person
from tests.bot.zalo.conftest import LAN_ID, Post, Wire
from tests.doubles.zalo_oa import ZaloOaDouble
from tests.doubles.zalo_oa_state import Json


def read(event: Json) -> Arrival:
    arrival = read_event(event)
    assert arrival is not None
    return arrival


def test_words_carry_their_number_and_their_writer(zalo: ZaloOaDouble) -> None:
    event = zalo.say(LAN_ID, "xin chào")
    arrival = read(event)
    assert (arrival.key, arrival.chat_key) == (event["message"]["msg_id"], LAN_ID)
    assert (arrival.channel, arrival.text, arrival.action) == ("zalo_oa", "xin chào", "")


def test_words_in_decomposed_letters_are_composed(zalo: ZaloOaDouble) -> None:
    spelt = unicodedata.normalize("NFD", "đường hỏng")
    assert read(zalo.say(LAN_ID, spelt)).text == "đường hỏng"


def test_a_pressed_button_is_an_action_and_no_words(zalo: ZaloOaDouble) -> None:
    arrival = read(zalo.say(LAN_ID, "#pakn:menu:ask"))
    assert (arrival.text, arrival.action) == ("", "menu:ask")


def test_following_begins_the_conversation(zalo: ZaloOaDouble) -> None:
    event = zalo.follow(LAN_ID)
    arrival = read(event)
    assert (arrival.chat_key, arrival.action) == (LAN_ID, "menu:start")
    assert arrival.key == f"follow:{event['timestamp']}:{LAN_ID}"


def test_a_place_becomes_coordinates_and_its_name(zalo: ZaloOaDouble) -> None:
    event = zalo.send_location(LAN_ID, "10.7923119", "106.7820651", "Cà phê Sao Mới")
    assert read(event).text == "Vị trí: 10.792312, 106.782065\nCà phê Sao Mới"


def test_a_place_that_cannot_be_read_does_not_cost_the_words(zalo: ZaloOaDouble) -> None:
    assert read(zalo.send_location(LAN_ID, "?", "?", "Cà phê Sao Mới")).text == "Cà phê Sao Mới"


@pytest.mark.parametrize(
    ("kind", "name"),
    [("image", "anh.jpg"), ("gif", "anh.gif"), ("audio", "ghi-am.m4a"), ("video", "video.mp4")],
)
def test_media_are_pointed_to_with_their_caption(zalo: ZaloOaDouble, kind: str, name: str) -> None:
    event = zalo.send_media(LAN_ID, kind, b"x", caption="ổ gà")
    arrival = read(event)
    assert arrival.text == "ổ gà"
    assert [(file.name, file.handle) for file in arrival.remotes] == [
        (name, event["message"]["attachments"][0]["payload"]["url"])
    ]


def test_a_document_keeps_its_name_and_size(zalo: ZaloOaDouble) -> None:
    event = zalo.send_media(LAN_ID, "file", b"%PDF", name="đơn.pdf", size="233947")
    (file,) = read(event).remotes
    assert (file.name, file.size) == ("đơn.pdf", 233947)


def test_an_address_too_long_to_keep_is_left_out_and_the_words_stay(zalo: ZaloOaDouble) -> None:
    event = zalo.send_media(LAN_ID, "image", b"x", caption="ổ gà")
    event["message"]["attachments"][0]["payload"]["url"] = "https://f1.zdn.vn/" + "a" * 2000
    arrival = read(event)
    assert (arrival.text, arrival.remotes) == ("ổ gà", ())


def test_a_sticker_is_a_message_without_words(zalo: ZaloOaDouble) -> None:
    arrival = read(zalo.send_sticker(LAN_ID))
    assert (arrival.text, arrival.remotes) == ("", ())


@pytest.mark.parametrize("phone", ["84912345678", 84912345678])
@sqlite_only
def test_shared_contact_answers_the_question_for_the_phone(
    zalo: ZaloOaDouble, post: Post, lan: Person, phone: object
) -> None:
    lan.says("menu")
    asked = Draft(step=Step.PHONE, content="Đèn đường hỏng cả tuần", name="Lan", consented=True)
    with lan.inbox.database.writing() as session:
        lan.chat(session).draft = asked.model_dump(mode="json")
    assert post(zalo.submit_info(LAN_ID, name="Nguyễn Thị Lan", phone=phone)) == 200
    with lan.inbox.database.reading() as session:
        assert Draft.model_validate(lan.chat(session).draft).phone == "0912345678"


@sqlite_only
def test_a_sticker_is_answered_that_it_cannot_be_read(
    zalo: ZaloOaDouble, post: Post, lan: Person
) -> None:
    post(zalo.send_sticker(LAN_ID))
    assert lan.hears().startswith("Mình chưa đọc được nội dung này.")


def attachments(site: Site) -> list[Attachment]:
    with site.database.reading() as session:
        return list(session.exec(select(Attachment)))


@sqlite_only
def test_a_picture_is_fetched_after_its_message_was_kept(
    zalo: ZaloOaDouble, post: Post, wire: Wire, oa_site: Site
) -> None:
    assert post(zalo.send_media(LAN_ID, "image", picture(), caption="đèn hỏng")) == 200
    assert [row.stored for row in attachments(oa_site)] == [""]
    wire.fetch()
    (row,) = attachments(oa_site)
    assert row.media_type == "image/jpeg"


@sqlite_only
def test_recordings_are_kept_as_zalo_makes_them(
    zalo: ZaloOaDouble, post: Post, wire: Wire, oa_site: Site
) -> None:
    aac = bytes.fromhex("fff15080") + b"\x21\x10\x04" * 50
    m4a = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00M4A mp42isom" + bytes(64)
    for content in (aac, b"#!AMR\n" + b"\x3c" * 50, m4a):
        post(zalo.send_media(LAN_ID, "audio", content))
    wire.fetch()
    kept = [row.media_type for row in attachments(oa_site)]
    assert kept == ["audio/aac", "audio/amr", "audio/mp4"]


@sqlite_only
def test_a_picture_that_lies_elsewhere_is_never_asked_for(
    zalo: ZaloOaDouble, post: Post, wire: Wire, oa_site: Site
) -> None:
    event = zalo.send_media(LAN_ID, "image", picture(), caption="đèn hỏng")
    payload = event["message"]["attachments"][0]["payload"]
    payload["url"] = payload["url"].replace("127.0.0.1", "localhost")
    post(event)
    wire.fetch()
    (row,) = attachments(oa_site)
    assert (row.stored, row.error) == ("", "Tệp nằm ở địa chỉ không được phép tải.")


@sqlite_only
def test_a_picture_that_cannot_be_fetched_yet_is_tried_again(
    zalo: ZaloOaDouble, post: Post, wire: Wire, oa_site: Site
) -> None:
    post(zalo.send_media(LAN_ID, "image", picture()))
    zalo.fault("/media", status=503)
    wire.fetch()
    assert attachments(oa_site)[0].error == ""
    oa_site.clock.pass_(minutes=5)  # type: ignore[attr-defined]
    wire.fetch()
    assert attachments(oa_site)[0].stored != ""
