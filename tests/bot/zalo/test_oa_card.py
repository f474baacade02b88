"""The card with which a person shares the phone number by one press."""

from collections.abc import Iterator

import pytest

from api.web.site import Site
from bot.channel import Piece
from bot.zalo_oa.send import ZaloOaChannel
from tests.bot.conftest import sqlite_only
from tests.bot.people import Person
from tests.bot.zalo.conftest import LAN_ID, Post, Wire, changed, wired
from tests.doubles.zalo_oa import ZaloOaDouble

pytestmark = sqlite_only
ASKS = Piece("Số điện thoại của bạn?", asks_phone=True)
PUBLIC = "https://pakn.example.vn"


@pytest.fixture
def public_wire(oa_site: Site) -> Iterator[Wire]:
    """The account of an office that the world reaches over https."""
    site = changed(oa_site, base_url=PUBLIC)
    yield from wired(site, ZaloOaChannel(site))


def asked_for_the_phone(lan: Person, post: Post, zalo: ZaloOaDouble) -> None:
    """Bring chị Lan's feedback to the question for her number."""
    for words in ("/phananh", "Đèn đường trước nhà số 5 tắt ba hôm rồi.", "đúng rồi", "phố Mới"):
        post(zalo.say(LAN_ID, words))
    for words in ("xong", "đồng ý", "Nguyễn Thị Lan"):
        post(zalo.say(LAN_ID, words))


def test_the_question_for_the_number_comes_with_a_card(
    lan: Person, post: Post, public_wire: Wire, zalo: ZaloOaDouble
) -> None:
    asked_for_the_phone(lan, post, zalo)
    public_wire.deliver_all()

    asked = zalo.sent(LAN_ID)[-1]

    assert asked.kind == "request"
    assert "Số điện thoại của bạn?" in asked.text
    (element,) = asked.body["message"]["attachment"]["payload"]["elements"]
    assert element["title"] == "Phường Thạch Khôi"
    assert element["image_url"].startswith(f"{PUBLIC}/static/")


def test_what_is_shared_answers_the_question_and_only_the_number_is_kept(
    lan: Person, post: Post, public_wire: Wire, zalo: ZaloOaDouble
) -> None:
    asked_for_the_phone(lan, post, zalo)
    post(zalo.submit_info(LAN_ID, name="Lan Zalo", phone="84912345678", address="Số 9"))
    public_wire.deliver_all()

    assert "địa chỉ" in zalo.sent(LAN_ID)[-1].text.lower()
    with lan.inbox.database.reading() as session:
        draft = lan.chat(session).draft
    assert (draft["phone"], draft["name"], draft["address"]) == (
        "0912345678",
        "Nguyễn Thị Lan",
        "",
    )


def test_an_office_without_https_asks_in_words_alone(
    lan: Person, post: Post, wire: Wire, zalo: ZaloOaDouble
) -> None:
    asked_for_the_phone(lan, post, zalo)
    wire.deliver_all()

    assert zalo.sent(LAN_ID)[-1].kind == "text"


def test_a_card_that_zalo_refuses_leaves_the_words(
    lan: Person, public_wire: Wire, zalo: ZaloOaDouble
) -> None:
    lan.says("xin chào")
    public_wire.deliver_all()
    zalo.fault("/oa/message/cs", -201)
    with lan.inbox.database.reading() as session:
        chat = lan.chat(session)

    public_wire.run(public_wire.channel.send(chat, ASKS))

    said = zalo.sent(LAN_ID)[-1]
    assert (said.kind, said.text) == ("text", "Số điện thoại của bạn?")


def test_the_picture_of_the_card_is_there_for_zalo_to_load(post: Post) -> None:
    picture = post.client.get("/static/the-lien-he.png")

    assert picture.status_code == 200
    assert picture.headers["content-type"] == "image/png"
