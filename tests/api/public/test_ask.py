"""Asking on a page: an answer, a question back, or neither."""

from collections.abc import Iterator

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from api.learning.models import AskedQuestion
from api.web.site import Site
from tests.api.public.deciding import CLEAR, OPEN, UNKNOWN, asking
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE

pytestmark = ON_SQLITE

RESIDENCE = "1.004194"
BIRTH = "1.001193"


@pytest.fixture
def asker(site: Site) -> Iterator[TestClient]:
    """Chị Lan's browser; how sure the clerk is of single questions is fixed."""
    with asking(site) as browser:
        yield browser


def ask(browser: TestClient, question: str) -> Page:
    return Page(browser.get("/hoi", params={"q": question}).text)


def test_a_clear_question_is_answered_with_the_asked_part_first(asker: TestClient) -> None:
    page = ask(asker, CLEAR)

    headings = [words for level, words in page.headings if level in {2, 3}]
    assert headings[:2] == ["Đăng ký tạm trú", "Thời hạn giải quyết"]
    assert f"mã {RESIDENCE}" in page.main


def test_an_answer_names_where_it_comes_from(asker: TestClient) -> None:
    page = ask(asker, CLEAR)

    assert "Nguồn: Quyết định" in page.main
    assert "Danh mục mẫu" in page.main
    assert any(link.startswith("https://dichvucong.gov.vn/") for link in page.links)


def test_an_answer_leads_to_what_is_near_it(asker: TestClient) -> None:
    page = ask(asker, CLEAR)

    assert (2, "Thủ tục gần với câu hỏi") in page.headings
    near = [link for link in page.links if link.startswith("/thu-tuc/")]
    assert near
    assert f"/thu-tuc/{RESIDENCE}" not in near


def test_an_open_question_is_asked_back_with_three_choices(asker: TestClient) -> None:
    page = ask(asker, OPEN)

    choices = [link for link in page.links if "?hoi=khai%20sinh" in link]
    assert (2, "Bạn đang hỏi việc nào dưới đây?") in page.headings
    assert len(choices) == 3
    assert f"/thu-tuc/{BIRTH}?hoi=khai%20sinh" in choices
    assert "Giấy tờ cần có" not in page.main


def test_a_question_about_nothing_leads_to_the_chat_and_the_telephone(asker: TestClient) -> None:
    page = ask(asker, UNKNOWN)

    assert (2, "Chưa tìm được thủ tục khớp với câu hỏi này") in page.headings
    assert "/tro-chuyen" in page.links
    assert "tel:02203700001" in page.links
    assert not [link for link in page.links if link.startswith("/thu-tuc/")]


def test_a_question_is_kept_in_its_field_as_it_was_typed(asker: TestClient) -> None:
    for question in (CLEAR, OPEN, UNKNOWN):
        assert ask(asker, question).values["q"] == question


def test_without_a_question_the_page_only_invites_one(asker: TestClient) -> None:
    for question in ("", "   "):
        page = ask(asker, question)
        assert "Bạn viết như nói với người quen" in page.main
        assert len(page.headings) == 1


def test_a_question_that_is_too_long_is_refused_in_words_a_person_knows(asker: TestClient) -> None:
    answer = asker.get("/hoi", params={"q": "khai sinh " * 300})

    page = Page(answer.text)
    assert answer.status_code == 422
    assert "dài" in page.main


def kept(site: Site) -> list[tuple[str, str]]:
    with site.database.reading() as session:
        rows = session.exec(select(AskedQuestion).order_by(col(AskedQuestion.id))).all()
        return [(row.text, row.outcome.value) for row in rows]


def test_what_was_asked_back_or_not_found_is_kept(asker: TestClient, site: Site) -> None:
    for question in (CLEAR, OPEN, UNKNOWN):
        ask(asker, question)

    assert kept(site) == [(OPEN, "clarify"), (UNKNOWN, "none")]


def test_the_procedure_picked_for_an_open_question_is_noted(asker: TestClient, site: Site) -> None:
    page = ask(asker, OPEN)
    asker.get(next(link for link in page.links if "?hoi=" in link))

    with site.database.reading() as session:
        assert session.exec(select(AskedQuestion.chosen_code)).all() == [BIRTH]


def test_an_answer_that_is_not_meant_is_kept_and_thanked_for(asker: TestClient, site: Site) -> None:
    assert "/hoi/chua-dung" in ask(asker, CLEAR).actions

    page = Page(asker.post("/hoi/chua-dung", data={"q": CLEAR, "thu-tuc": RESIDENCE}).text)

    assert "Cảm ơn bạn đã cho biết." in page.main
    assert "/hoi/chua-dung" not in page.actions
    assert kept(site) == [(CLEAR, "unhelpful")]


def test_who_tells_of_a_danger_reads_whom_to_call(asker: TestClient) -> None:
    page = ask(asker, "Nhà số 5 hẻm 20 đang bốc cháy, khói đen nghịt, gọi giúp cứu hỏa với!")

    assert "gọi ngay 113" in page.main
    assert {"tel:113", "tel:114", "tel:115"} <= set(page.links)


def test_who_tells_of_a_grievance_is_shown_where_it_is_taken(asker: TestClient) -> None:
    page = ask(asker, "Rác chất đống đầu ngõ 12 cả tuần nay không ai dọn, hôi quá")

    assert "Trang này không ghi nhận phản ánh" in page.main
    assert "/tro-chuyen?bat-dau=phan-anh" in page.links


def test_a_question_is_no_grievance(asker: TestClient) -> None:
    assert "không ghi nhận phản ánh" not in ask(asker, CLEAR).main
