"""Whatever goes wrong, a person reads a sentence and what to do next; a program reads JSON."""

import sqlalchemy as sa
from starlette.testclient import TestClient

from api.cases.codes import new_code
from api.web.site import Site
from bot.service import build
from tests.api.web.reading import Page
from tests.api.web.test_headers import failing_browser
from tests.api.web.visits import HERE, ON_SQLITE

pytestmark = ON_SQLITE


MISSING = {
    "/khong-co": ("Không tìm thấy trang này.", "Bạn quay về trang chủ."),
    "/static/khong-co.css": ("Không tìm thấy trang này.", "Bạn quay về trang chủ."),
    "/thu-tuc/9.999999": (
        "Danh mục đang dùng không có thủ tục mã 9.999999.",
        "Bạn tìm lại theo tên.",
    ),
    "/ket-qua/chu-lung-tung": (
        "Không tìm thấy hồ sơ với mã này.",
        "Bạn kiểm tra lại từng chữ của mã rồi thử lại.",
    ),
    "/tep/khong-co": ("Không tìm thấy tệp này.", "Bạn quay lại trang kết quả."),
}


def test_what_does_not_exist_is_answered_with_what_to_do_next(lan: TestClient) -> None:
    for path, (sentence, next_step) in MISSING.items():
        answer = lan.get(path)
        page = Page(answer.text)
        assert (answer.status_code, page.title) == (404, sentence), path
        assert next_step in page.main, path
        assert "/" in page.links, path


def test_a_code_that_no_case_has_is_answered_with_what_to_do_next(lan: TestClient) -> None:
    page = Page(lan.get(f"/ket-qua/{new_code('TK', 2026)}").text)
    assert page.title == "Không tìm thấy hồ sơ với mã này."


def test_a_page_that_takes_no_forms_says_so(lan: TestClient) -> None:
    answer = lan.post("/quyen-rieng-tu")

    assert answer.status_code == 405
    assert Page(answer.text).title == "Trang này không nhận thao tác đó."
    assert "GET" in answer.headers.get("allow", "")


def test_an_address_of_the_wrong_shape_is_told_in_words_of_people(lan: TestClient) -> None:
    answer = lan.get("/thu-tuc?trang=mot")

    assert answer.status_code == 422
    assert Page(answer.text).title == "Địa chỉ trang này có phần chưa đúng."
    assert "Bạn mở lại trang" in Page(answer.text).main


def test_a_program_reads_every_refusal_as_json(lan: TestClient) -> None:
    answers = [
        lan.get("/api/v1/khong-co"),
        lan.get("/api/v1/cases/khong-co"),
        lan.get("/api/v1/results?page=0"),
        lan.post("/api/v1/results"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 422, 405]
    for answer in answers:
        refusal = answer.json()
        assert set(refusal) == {"error", "next_step"}
        assert all(words.endswith(".") for words in refusal.values())


def test_an_unexpected_error_is_a_sentence_without_its_cause(site: Site) -> None:
    answer = failing_browser(site).get("/hong")

    assert answer.status_code == 500
    assert Page(answer.text).title == "Hệ thống gặp trục trặc, chúng tôi đã ghi lại."
    assert "Bạn thử lại sau ít phút." in Page(answer.text).main
    assert "bác Tư" not in answer.text


def test_a_database_that_does_not_answer_is_still_a_page_with_a_sentence(site: Site) -> None:
    browser = TestClient(build(site).app, base_url=HERE, raise_server_exceptions=False)
    with site.database.writing() as session:
        session.execute(sa.text("ALTER TABLE catalogue_release RENAME TO lost"))

    answer = browser.get("/")

    assert answer.status_code == 500
    assert "Hệ thống gặp trục trặc" in answer.text


def test_a_database_that_does_not_answer_is_seen_by_the_supervisor(site: Site) -> None:
    browser = TestClient(build(site).app, base_url=HERE, raise_server_exceptions=False)
    (site.settings.data_dir / "pakn.sqlite3").unlink()
    site.database.close()
    (site.settings.data_dir / "pakn.sqlite3").mkdir()

    assert browser.get("/healthz").status_code >= 500
