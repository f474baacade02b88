"""Staff look at what people asked, teach what it means, and take it back."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from api.learning import questions
from api.learning.models import CheckQuestion, Outcome, Ruling
from api.learning.questions import Unanswered
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE

pytestmark = ON_SQLITE

LIST, CHECKS = "/can-bo/cau-hoi", "/can-bo/bo-kiem-tra"
SINGLE, COPY, RESIDENCE = "1.004873", "2.000815", "1.004194"
WORDS = "giấy chứng minh em còn ế"
CLEAR = "đăng ký tạm trú mất bao lâu"


@pytest.fixture
def ask(site: Site) -> Callable[..., None]:
    """Keeps a question as the conversation does."""

    def asks(text: str, outcome: Outcome = Outcome.NONE, proposed: str = "") -> None:
        asked = Unanswered(text, outcome, "web", proposed)
        with site.database.writing() as session:
            questions.keep(session, site.office.unit_id, asked, site.clock())

    return asks


def look(desk: TestClient, query: str = "") -> Page:
    return Page(desk.get(f"{LIST}{query}").text)


def open_first(desk: TestClient) -> str:
    """The address of the first group that waits."""
    return next(link for link in look(desk).main_links if link.startswith(f"{LIST}/"))


def answer_page(desk: TestClient, text: str) -> Page:
    return Page(desk.get("/hoi", params={"q": text}).text)


def test_groups_stand_by_how_often_they_were_asked(
    desk: TestClient, ask: Callable[..., None]
) -> None:
    ask("bán vé số dạo")
    ask(WORDS, Outcome.CLARIFY, SINGLE)
    ask("giay chung minh em con e", Outcome.CLARIFY, SINGLE)

    page = look(desk)

    assert "2 nhóm câu hỏi" in page.main
    assert page.main.index(WORDS) < page.main.index("bán vé số dạo")
    assert "2 lần" in page.main
    assert "Phải hỏi lại 2" in page.main


def test_groups_are_filtered_by_how_they_ended(desk: TestClient, ask: Callable[..., None]) -> None:
    ask("bán vé số dạo")
    ask(WORDS, Outcome.CLARIFY, SINGLE)

    page = look(desk, "?ket-qua=clarify")

    assert WORDS in page.main
    assert "bán vé số dạo" not in page.main


def test_a_strange_filter_shows_all(desk: TestClient, ask: Callable[..., None]) -> None:
    ask(WORDS)
    assert WORDS in look(desk, "?ket-qua=gi-do").main


def test_without_questions_the_page_says_so(desk: TestClient) -> None:
    assert "Không có câu hỏi nào chờ xử lý." in look(desk).main


def test_an_assigned_question_is_answered_at_once_and_named_as_handled(
    desk: TestClient, ask: Callable[..., None]
) -> None:
    ask(WORDS)
    page = Page(
        desk.post(f"{open_first(desk)}/thu-tuc", data={"cau": WORDS, "thu-tuc": SINGLE}).text
    )

    assert WORDS in page.main
    assert "Trần Văn Minh" in page.main
    assert f"mã {SINGLE}" in answer_page(desk, WORDS).main
    assert WORDS not in look(desk).main


def test_an_assignment_is_undone_with_one_button(
    desk: TestClient, ask: Callable[..., None]
) -> None:
    ask(WORDS)
    page = Page(
        desk.post(f"{open_first(desk)}/thu-tuc", data={"cau": WORDS, "thu-tuc": SINGLE}).text
    )
    (undo,) = [action for action in page.actions if action.endswith("/hoan-tac")]

    page = Page(desk.post(undo).text)

    assert "Đã hoàn tác gần đây" in page.main
    assert WORDS in look(desk).main
    assert desk.post(undo).status_code == 409


def test_a_question_called_outside_says_where_to_go(
    desk: TestClient, ask: Callable[..., None]
) -> None:
    ask("mua vé xem đá bóng")
    where = "Ban quản lý sân vận động"
    data = {"cau": "mua vé xem đá bóng", "noi": where}

    page = Page(desk.post(f"{open_first(desk)}/ngoai-pham-vi", data=data).text)

    assert where in page.main
    assert where in answer_page(desk, "mua ve xem da bong").main


def test_a_group_set_aside_waits_no_more(desk: TestClient, ask: Callable[..., None]) -> None:
    ask("alo alo ai đó")
    desk.post(f"{open_first(desk)}/de-qua")

    assert "alo" not in look(desk).main
    assert "Để qua một bên" in look(desk, "?xu-ly=roi").main


def test_a_refusal_names_the_question_and_keeps_what_was_typed(
    desk: TestClient, site: Site, ask: Callable[..., None]
) -> None:
    desk.post(CHECKS, data={"cau": CLEAR, "thu-tuc": RESIDENCE})
    ask(CLEAR, Outcome.UNHELPFUL, RESIDENCE)

    answer = desk.post(f"{open_first(desk)}/thu-tuc", data={"cau": CLEAR, "thu-tuc": COPY})
    page = Page(answer.text)

    assert answer.status_code == 400
    assert f"“{CLEAR}”" in page.main
    assert page.values["cau"] == CLEAR
    with site.database.reading() as session:
        assert session.exec(select(Ruling)).all() == []


def test_a_procedure_is_found_by_its_name(desk: TestClient, ask: Callable[..., None]) -> None:
    ask("bán vé số dạo")
    page = Page(desk.get(open_first(desk), params={"tim": "tam tru"}).text)

    assert RESIDENCE in page.main
    assert COPY not in page.main


def test_words_of_a_group_go_to_the_list_without_being_taught(
    desk: TestClient, site: Site, ask: Callable[..., None]
) -> None:
    ask(WORDS)
    page = Page(desk.post(CHECKS, data={"cau": WORDS, "thu-tuc": SINGLE}).text)

    assert WORDS in page.main
    assert "Chưa đúng" in page.main
    assert WORDS in look(desk).main


def test_a_question_is_taken_off_the_list(desk: TestClient, site: Site) -> None:
    page = Page(desk.post(CHECKS, data={"cau": CLEAR, "thu-tuc": RESIDENCE}).text)
    assert "1 câu, 1 câu đang đúng" in page.main
    (remove,) = [action for action in page.actions if action.endswith("/bo")]

    page = Page(desk.post(remove).text)

    assert "Chưa có câu nào." in page.main
    with site.database.reading() as session:
        row = session.exec(select(CheckQuestion)).one()
        assert row.removed_by_id is not None


def test_a_strange_code_is_refused_with_the_words_kept(desk: TestClient) -> None:
    answer = desk.post(CHECKS, data={"cau": CLEAR, "thu-tuc": "9.999999"})
    page = Page(answer.text)

    assert answer.status_code == 400
    assert "9.999999" in page.main
    assert page.values["cau"] == CLEAR


def test_the_report_names_what_is_asked_most(desk: TestClient) -> None:
    for _ in range(3):
        answer_page(desk, CLEAR)

    page = look(desk)

    assert "100%" in page.main
    assert "Đăng ký tạm trú" in page.main


def test_a_group_that_is_gone_is_not_found(desk: TestClient) -> None:
    assert desk.get(f"{LIST}/77").status_code == 404
    assert desk.post(f"{LIST}/77/de-qua").status_code == 404
    data = {"cau": WORDS, "thu-tuc": SINGLE}
    assert desk.post(f"{LIST}/77/thu-tuc", data=data).status_code == 404
    assert desk.post(f"{CHECKS}/77/bo").status_code == 404


def test_nobody_looks_without_signing_in(stranger: TestClient, ask: Callable[..., None]) -> None:
    ask(WORDS)
    for path in (LIST, f"{LIST}/1", CHECKS):
        assert WORDS not in stranger.get(path).text


def test_every_page_about_questions_is_sound(desk: TestClient, ask: Callable[..., None]) -> None:
    ask(WORDS)
    ask("bán vé số dạo")
    first = open_first(desk)
    desk.post(f"{first}/thu-tuc", data={"cau": WORDS, "thu-tuc": SINGLE})
    desk.post(CHECKS, data={"cau": CLEAR, "thu-tuc": RESIDENCE})

    for path in (LIST, f"{LIST}?xu-ly=roi", open_first(desk), CHECKS):
        page = Page(desk.get(path).text)
        assert page.faults == [], path
        assert page.unlabelled == [], path
        assert page.title, path
