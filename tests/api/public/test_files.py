"""Attachments become public one by one, and only when an officer chose them."""

import io

from PIL import Image
from starlette.testclient import TestClient

from api.cases import lookup
from api.files.models import Attachment
from api.files.store import of_case
from api.people.models import Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import answers, publishes, sends

TELLING = "nguyen-thi-lan-0912345678.png"


def attachments(site: Site, code: str) -> list[Attachment]:
    with site.database.reading() as session:
        rows = of_case(session, lookup.by_code(session, code).id)
        session.expunge_all()
    return rows


def test_a_file_is_not_public_before_the_result_is(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, files=("den.png",))
    answers(site, minh, code)
    assert lan.get(f"/tep/{attachments(site, code)[0].token}").status_code == 404


def test_a_file_that_was_not_chosen_stays_with_the_office(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, files=("den.png",))
    answers(site, minh, code)
    publishes(site, minh, code)
    token = attachments(site, code)[0].token

    assert lan.get(f"/tep/{token}").status_code == 404
    assert token not in lan.get(f"/ket-qua/{code}").text


def test_a_chosen_picture_is_shown_with_the_result(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, files=("den.png",))
    answers(site, minh, code)
    publishes(site, minh, code, show=True)
    address = f"/tep/{attachments(site, code)[0].token}"

    picture = lan.get(address)

    assert address in Page(lan.get(f"/ket-qua/{code}").text).links
    assert picture.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.content)).size == (1, 1)


def test_the_name_that_a_sender_gave_a_file_is_not_public(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, files=(TELLING,))
    answers(site, minh, code)
    publishes(site, minh, code, show=True)

    page = lan.get(f"/ket-qua/{code}")
    picture = lan.get(f"/tep/{attachments(site, code)[0].token}")

    assert "nguyen-thi-lan" not in page.text
    assert "nguyen-thi-lan" not in picture.headers["content-disposition"]


def test_only_the_chosen_one_of_two_files_is_public(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, files=("den.png", "giay-to.png"))
    answers(site, minh, code)
    lamp, paper = attachments(site, code)
    publishes(site, minh, code, show=(lamp.id or 0,))

    assert lan.get(f"/tep/{lamp.token}").status_code == 200
    assert lan.get(f"/tep/{paper.token}").status_code == 404


def test_a_file_of_a_case_is_no_file_of_a_draft_chat(lan: TestClient, site: Site) -> None:
    code = sends(site, files=("den.png",))
    lan.get("/tro-chuyen")
    assert lan.get(f"/tro-chuyen/tep/{attachments(site, code)[0].token}").status_code == 404
