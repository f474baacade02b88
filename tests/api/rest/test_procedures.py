"""The catalogue and its answers for programs."""

from starlette.testclient import TestClient

from api.web.site import Site
from knowledge.aspects import Aspect
from tests.api.public.deciding import CLEAR, OPEN, UNKNOWN, asking
from tests.api.web.visits import ON_SQLITE

pytestmark = ON_SQLITE


def test_procedures_are_listed_with_the_release_they_come_from(lan: TestClient) -> None:
    told = lan.get("/api/v1/procedures").json()

    assert (told["release"], told["published_on"], told["sample"]) == (
        "Danh mục mẫu",
        "2026-07-18",
        True,
    )
    assert told["total"] == len(told["procedures"]) == 8
    assert told["procedures"][0] == {
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "field": "Hộ tịch",
    }


def test_procedures_are_searched_without_marks(lan: TestClient) -> None:
    told = lan.get("/api/v1/procedures", params={"q": "tam tru"}).json()
    assert [procedure["code"] for procedure in told["procedures"]] == ["1.004194"]


def test_a_page_beyond_the_last_is_empty(lan: TestClient) -> None:
    told = lan.get("/api/v1/procedures?page=2").json()
    assert (told["total"], told["procedures"]) == (8, [])


def test_a_clear_question_is_answered_with_the_asked_part_first(site: Site) -> None:
    with asking(site) as browser:
        told = browser.get("/api/v1/ask", params={"q": CLEAR}).json()

    assert (told["decision"], told["aspects"], told["choices"]) == ("answer", ["time"], [])
    card = told["answer"]
    assert (card["code"], card["name"]) == ("1.004194", "Đăng ký tạm trú")
    assert card["source"].startswith("Quyết định")
    assert card["url"].startswith("https://dichvucong.gov.vn/")
    assert card["sections"][0]["key"] == "time"
    assert {section["key"] for section in card["sections"]} == {aspect.value for aspect in Aspect}
    assert card["sections"][0]["items"][0]["text"]


def test_an_open_question_gives_choices_and_no_answer(site: Site) -> None:
    with asking(site) as browser:
        told = browser.get("/api/v1/ask", params={"q": OPEN}).json()

    assert (told["decision"], told["answer"]) == ("clarify", None)
    assert {choice["code"] for choice in told["choices"]} == {"1.001193", "2.000528", "1.004884"}


def test_a_question_about_nothing_gives_neither(site: Site) -> None:
    with asking(site) as browser:
        told = browser.get("/api/v1/ask", params={"q": UNKNOWN}).json()
    assert (told["decision"], told["answer"], told["choices"]) == ("none", None, [])


def test_an_empty_question_gives_neither(lan: TestClient) -> None:
    told = lan.get("/api/v1/ask").json()
    assert (told["decision"], told["answer"], told["choices"]) == ("none", None, [])
