"""Files in the web chat: shown to whoever sent them, and to nobody else."""

import pytest
from sqlmodel import select

from api.cases import handling, lookup
from api.cases.events import Deed
from api.files.models import Attachment
from api.files.store import Upload
from api.people.models import Staff
from api.web.site import Site
from bot.service import Service
from tests.bot.browser import CHAT, HTMX, Browser, read
from tests.bot.conftest import picture, sqlite_only
from tests.bot.talk import LAMP
from tests.bot.test_webchat import sends_a_feedback
from tests.conftest import FrozenClock

pytestmark = sqlite_only


@pytest.fixture
def lan(service: Service) -> Browser:
    """Chị Lan's browser."""
    return Browser(service)


@pytest.fixture
def tu(service: Service) -> Browser:
    """Bác Tư's browser, in which the chat is open."""
    browser = Browser(service)
    browser.opens()
    return browser


def link_of(browser: Browser) -> str:
    """Return the address of the first file in the conversation."""
    links = [link for bubble in browser.bubbles for link in bubble.links]
    return next(link for link in links if link.startswith(f"{CHAT}/tep/"))


def test_a_picture_is_kept_shown_and_can_be_opened(lan: Browser) -> None:
    lan.uploads(("đèn hỏng.png", picture()), text=LAMP)
    assert "Đã nhận 1 tệp." in lan.hears()
    answer = lan.client.get(link_of(lan))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8")


def test_a_picture_may_be_sent_without_a_word(lan: Browser) -> None:
    part = lan.uploads(("đèn hỏng.png", picture()), headers=HTMX)
    said, asked = read(part.text).bubbles
    assert said.links[0].startswith(f"{CHAT}/tep/")
    assert "Mình đã nhận tệp." in asked.text


def test_a_file_that_is_not_taken_is_answered_with_what_is(lan: Browser) -> None:
    lan.says(LAMP)
    lan.uploads(("chay.exe", b"MZ" + b"\0" * 300))
    assert "“chay.exe”" in lan.hears()
    assert "JPG, PNG, WEBP" in lan.hears()


def test_a_file_over_the_limit_is_answered_with_the_limit(lan: Browser) -> None:
    lan.uploads(("to.png", picture() + b"\0" * (10 * 2**20)), text=LAMP)
    assert "“to.png” lớn hơn 10 MB" in lan.hears()


def test_a_file_is_not_shown_to_another_conversation(lan: Browser, tu: Browser) -> None:
    lan.uploads(("đèn hỏng.png", picture()), text=LAMP)
    address = link_of(lan)
    assert tu.client.get(address).status_code == 404
    tu.client.cookies.clear()
    refused = tu.client.get(address)
    assert refused.status_code == 404
    assert "Không tìm thấy tệp này." in refused.text


def test_an_address_that_was_guessed_leads_to_nothing(lan: Browser) -> None:
    lan.opens()
    for guess in ("x" * 24, "..%2F..%2Fpakn.sqlite3", "%00"):
        assert lan.client.get(f"{CHAT}/tep/{guess}").status_code == 404


def test_the_proof_of_an_answer_can_be_opened_by_the_sender_only(
    lan: Browser, tu: Browser, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends_a_feedback(lan, site)
    with site.database.writing() as session:
        case = lookup.by_code(session, code)
        proof = site.files.keep(session, Upload("đã sửa.png", picture()), clock())
        proof.case_id = case.id
        deed = Deed(minh, clock(), case.version)
        handling.answer(session, site.office, case, deed, "Đã sửa.", proofs=[proof])
    address = link_of(lan)
    assert lan.client.get(address).status_code == 200
    assert tu.client.get(address).status_code == 404


def test_more_files_than_the_limit_keep_the_first_and_say_so(lan: Browser) -> None:
    lan.uploads(*((f"{n}.png", picture()) for n in range(12)), text=LAMP)
    assert "Đã nhận 10 tệp." in lan.hears()
    assert "tối đa 10 tệp" in lan.hears()


def test_a_name_with_folders_is_kept_as_its_last_part(lan: Browser, site: Site) -> None:
    lan.uploads(("../../etc/đèn.png", picture()), text=LAMP)
    with site.database.reading() as session:
        assert session.exec(select(Attachment)).one().name == "đèn.png"
