"""Anh Minh edits the ward's card; citizens read it at once."""

from httpx2 import Response
from starlette.testclient import TestClient

from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE

pytestmark = ON_SQLITE

HERE = "/can-bo/phuong"
CONTACT = {"address": "Số 9 phố Mới", "hotline": "0220 3700 009", "email": "tk@haiphong.gov.vn"}
VIDEO = {"code": "1.001193", "label": "Video khai sinh", "url": "https://tk.gov.vn/v", "note": ""}
BIKES = {
    "title": "Gửi xe ở đâu",
    "asks": "chỗ để xe máy ở đâu\nđể xe chỗ nào",
    "text": "Bãi xe sau nhà, miễn phí.",
}


def send(desk: TestClient, noun: str, seen: int = 0, **fields: object) -> Response:
    return desk.post(f"{HERE}/{noun}", data={"seen": seen, **fields})


def test_contact_is_changed_for_every_page(desk: TestClient) -> None:
    page = Page(send(desk, "lien-he", **CONTACT).text)
    assert "Đã lưu" in page.main
    assert "Sửa địa chỉ, điện thoại, thư điện tử" in page.main
    assert "Trần Văn Minh" in page.main
    assert "Số 9 phố Mới" in Page(desk.get("/").text).words
    assert "0220 3700 009" in Page(desk.get("/lien-he").text).main
    assert "0220 3700 009" in Page(desk.get("/quyen-rieng-tu").text).main


def test_hours_of_each_day_are_kept_and_answered(desk: TestClient) -> None:
    hours = {
        f"g{day}{end}1": value for day in range(6) for end, value in (("s", "8:00"), ("d", "12h"))
    }
    send(desk, "gio", hours_line="8–12 giờ, kể cả thứ Bảy", **hours)
    told = Page(desk.get("/hoi?q=thu 7 co lam khong").text).main
    assert "Thứ Bảy, 21/11/2026: Phường Thạch Khôi có làm việc, 8:00–12:00." in told
    assert "8–12 giờ, kể cả thứ Bảy" in Page(desk.get("/lien-he").text).main


def test_home_service_and_models_are_told(desk: TestClient) -> None:
    send(desk, "tai-nha", who="người từ 80 tuổi", how="Cán bộ đến nhà.")
    send(desk, "mo-hinh", 1, title="Ngày thứ Ba không hẹn", days=[1], explanation="trả ngay")
    for path in ("/lien-he", "/"):
        told = Page(desk.get(path).text).main
        assert "người từ 80 tuổi" in told
        assert "Ngày thứ Ba không hẹn" in told
    facts = desk.get("/api/v1/ward").json()
    assert facts["models"] == [
        {"title": "Ngày thứ Ba không hẹn", "days": [1], "explanation": "trả ngay"}
    ]


def test_a_link_stands_on_the_page_of_its_procedure(desk: TestClient) -> None:
    send(desk, "ghi-chu", **VIDEO)
    page = Page(desk.get("/thu-tuc/1.001193").text)
    assert "Phường Thạch Khôi hướng dẫn thêm" in page.main
    assert "https://tk.gov.vn/v" in page.main_links
    assert "https://tk.gov.vn/v" not in Page(desk.get("/thu-tuc/1.004194").text).main_links


def test_a_link_for_a_procedure_that_is_not_there_is_refused(desk: TestClient) -> None:
    answer = send(desk, "ghi-chu", **{**VIDEO, "code": "9.999999"})
    assert answer.status_code == 400
    assert "không có thủ tục mã 9.999999" in Page(answer.text).main


def test_an_own_answer_is_given_word_for_word(desk: TestClient) -> None:
    send(desk, "hoi-dap", **BIKES)
    assert "Bãi xe sau nhà, miễn phí." in Page(desk.get("/hoi?q=cho de xe may o dau").text).main


def test_entries_are_changed_and_taken_away(desk: TestClient) -> None:
    send(desk, "hoi-dap", **BIKES)
    send(desk, "hoi-dap", 1, at=0, **{**BIKES, "text": "Bãi xe trước cổng."})
    assert "Bãi xe trước cổng." in desk.get("/lien-he").text
    send(desk, "hoi-dap", 2, at=0, remove="true")
    assert "Gửi xe" not in desk.get("/lien-he").text
    gone = send(desk, "hoi-dap", 3, at=0, remove="true")
    assert "Mục này không còn nữa." in Page(gone.text).main


def test_what_is_wrong_is_said_and_changes_nothing(desk: TestClient) -> None:
    wrong = {
        "lien-he": {**CONTACT, "hotline": "gọi em"},
        "gio": {"hours_line": "8–12", "g0s1": "8:00"},
        "ghi-chu": {**VIDEO, "url": "http://tk.gov.vn"},
        "hoi-dap": {**BIKES, "text": " "},
    }
    for noun, fields in wrong.items():
        answer = send(desk, noun, **fields)
        assert answer.status_code == 400, noun
        assert "Anh/chị" in Page(answer.text).main, noun
    assert "Chưa ai sửa." in Page(desk.get(HERE).text).main


def test_what_was_refused_stands_in_its_form_again(desk: TestClient) -> None:
    page = Page(send(desk, "ghi-chu", **{**VIDEO, "url": "http://tk.gov.vn"}).text)
    assert page.filled["ll-moi"] == "Video khai sinh"
    assert page.filled["lu-moi"] == "http://tk.gov.vn"

    send(desk, "hoi-dap", **BIKES)
    page = Page(send(desk, "hoi-dap", 1, at=0, **{**BIKES, "asks": "a\nb", "text": " "}).text)
    assert page.filled["aa-0"] == "a\nb"
    assert page.filled["at-moi"] == ""

    page = Page(send(desk, "gio", 1, hours_line="8–12", g0s1="8:00", g2s2="13h").text)
    assert page.values["hours_line"] == "8–12"
    assert (page.values["g0s1"], page.values["g2s2"], page.values["g1s1"]) == ("8:00", "13h", "")

    page = Page(send(desk, "lien-he", 1, **{**CONTACT, "hotline": "gọi em"}).text)
    assert (page.values["address"], page.values["hotline"]) == (CONTACT["address"], "gọi em")


def test_who_was_overtaken_reads_so(desk: TestClient, second_desk: TestClient) -> None:
    send(desk, "lien-he", **CONTACT)
    answer = send(second_desk, "lien-he", **{**CONTACT, "address": "Số 2"})
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in Page(answer.text).main
    assert "Số 2" not in desk.get("/lien-he").text


def test_a_former_version_comes_back(desk: TestClient) -> None:
    send(desk, "lien-he", **CONTACT)
    page = Page(send(desk, "ban/0/khoi-phuc", 1).text)
    assert "Khôi phục bản 0" in page.main
    assert "Số 1 phố Thạch Khôi" in Page(desk.get("/lien-he").text).main


def test_strangers_may_not_read_or_edit_it_there(stranger: TestClient, site: Site) -> None:
    assert "/can-bo/dang-nhap" in str(stranger.get(HERE).url)
    assert send(stranger, "lien-he", **CONTACT).status_code == 401


def test_the_page_has_sound_markup(desk: TestClient) -> None:
    send(desk, "mo-hinh", title="Ngày thứ Ba không hẹn", days=[1])
    send(desk, "ghi-chu", 1, **VIDEO)
    page = Page(send(desk, "hoi-dap", 2, **BIKES).text)
    assert page.faults == []
    assert page.unlabelled == []


def test_an_officer_keeps_the_sections_on_a_page_that_is_not_there(desk: TestClient) -> None:
    page = Page(desk.get("/can-bo/khong-co").text)
    assert "Anh/chị quay về trang chủ." in page.main
    assert HERE in page.links


def test_a_stranger_sees_no_sections_there(stranger: TestClient) -> None:
    assert HERE not in Page(stranger.get("/can-bo/khong-co").text).links
