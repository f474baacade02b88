"""Uploading a catalogue: what cannot be read is said, what can be is looked at before its use."""

import io
import json

from httpx2 import Response
from openpyxl import Workbook
from starlette.testclient import TestClient

from api.catalogue import releases
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import ON_SQLITE
from tests.conftest import FrozenClock

HEADING = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
DUCKS = ("3.000001", "Cấp giấy phép chăn vịt", "Bộ Vịt", "UBND phường", "Chăn nuôi")
LONG_NAME = "Danh mục thủ tục hành chính thuộc thẩm quyền giải quyết của Ủy ban nhân dân phường "


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(desk: TestClient, name: str, content: bytes, *, follow: bool = True) -> Response:
    return desk.post("/can-bo/danh-muc", files={"tep": (name, content)}, follow_redirects=follow)


def activate(desk: TestClient) -> Page:
    """Press the first button that puts a release into use."""
    page = Page(desk.get("/can-bo/danh-muc").text)
    action = next(action for action in page.actions if action.endswith("/kich-hoat"))
    return Page(desk.post(action).text)


def test_a_good_file_is_kept_and_answers_nobody_yet(desk: TestClient) -> None:
    page = Page(upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS)).text)

    assert "danh-muc-2026" in page.main
    assert "Tệp danh-muc-2026.xlsx" in page.main
    assert "1 thủ tục" in page.main
    assert desk.get("/thu-tuc/3.000001").status_code == 404


def test_a_release_put_into_use_answers_everyone(desk: TestClient) -> None:
    upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS))

    page = activate(desk)

    assert page.main.index("danh-muc-2026") < page.main.index("Đang dùng")
    assert page.main.index("Đang dùng") < page.main.index("Danh mục mẫu")
    assert "Cấp giấy phép chăn vịt" in desk.get("/thu-tuc").text
    assert "Danh mục mẫu – đang chờ" not in desk.get("/thu-tuc").text


@ON_SQLITE
def test_the_release_before_can_be_put_back_into_use(desk: TestClient, clock: FrozenClock) -> None:
    upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS))
    activate(desk)
    clock.pass_(minutes=1)

    activate(desk)  # now the sample is the only one with a button

    assert desk.get("/thu-tuc/1.001193").status_code == 200
    assert desk.get("/thu-tuc/3.000001").status_code == 404


@ON_SQLITE
def test_bad_rows_are_named_and_good_rows_are_kept(desk: TestClient) -> None:
    rows = workbook(("DANH MỤC",), HEADING, DUCKS, (1.001193, "Khai sinh"), (None, "Không mã"))

    page = Page(upload(desk, "danh-muc.xlsx", rows).text)

    assert "Chỗ cần xem lại trong tệp" in page.main
    assert "4 mã số Mã số 1.001193 đang ở dạng số nên có thể mất số 0." in page.main
    assert "5 mã số Dòng không có mã số." in page.main
    assert "3.000001: Chỉ có tên, chưa có nội dung chi tiết." in page.main
    assert "3 chỗ cần xem lại" in page.main


UNREADABLE = (
    ("hong.xlsx", b"PK\x03\x04 hong roi", "bị hỏng hoặc không phải bảng tính .xlsx"),
    ("chu.xlsx", "Đây là chữ".encode(), "bị hỏng hoặc không phải bảng tính .xlsx"),
    ("rong.xlsx", b"", "Tệp rong.xlsx không có nội dung."),
    ("trong.xlsx", workbook(), "Không thấy dòng tiêu đề có cột “Mã số” và “Tên”."),
    ("chi-tieu-de.xlsx", workbook(HEADING), "Không đọc được thủ tục nào"),
    ("la.jsonl", '{"code": "3.000001"}'.encode("utf-16"), "không dùng bảng mã UTF-8"),
    ("gay.jsonl", b'{"code": ', "Không đọc được thủ tục nào"),
    ("danh-muc.pdf", b"%PDF-1.7", "Chưa đọc được loại tệp “.pdf”."),
)


@ON_SQLITE
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    desk: TestClient, site: Site
) -> None:
    for name, content, sentence in UNREADABLE:
        answer = upload(desk, name, content)
        assert answer.status_code == 400, name
        assert sentence in Page(answer.text).main, name
    with site.database.reading() as session:
        assert len(releases.listed(session, site.office.unit_id)) == 1


@ON_SQLITE
def test_a_file_that_has_no_name_of_its_own_is_refused(desk: TestClient) -> None:
    answer = upload(desk, "..", b"x")
    assert answer.status_code == 400
    assert "Chưa đọc được loại tệp" in Page(answer.text).main


@ON_SQLITE
def test_a_form_without_a_file_asks_for_one(desk: TestClient) -> None:
    answer = desk.post("/can-bo/danh-muc")
    assert answer.status_code == 400
    assert "Anh/chị chọn một tệp .xlsx hoặc .jsonl." in Page(answer.text).main


@ON_SQLITE
def test_a_file_with_a_long_vietnamese_name_is_read(desk: TestClient) -> None:
    answer = upload(desk, f"{LONG_NAME * 3}.xlsx", workbook(HEADING, DUCKS), follow=False)
    assert answer.status_code == 303


@ON_SQLITE
def test_full_records_are_taken_with_their_details(desk: TestClient) -> None:
    record = {
        "code": "3.000001",
        "name": "Cấp giấy phép chăn vịt",
        "methods": [{"channel": "Trực tiếp", "time": "3 Ngày làm việc", "fee": ""}],
        "documents": [{"name": "Đơn xin chăn vịt"}],
    }
    upload(desk, "danh-muc.jsonl", json.dumps(record, ensure_ascii=False).encode())
    activate(desk)

    page = Page(desk.get("/thu-tuc/3.000001").text)

    assert "Đơn xin chăn vịt" in page.main
    assert "3 ngày làm việc" in page.main


@ON_SQLITE
def test_a_release_that_does_not_exist_is_not_found(desk: TestClient) -> None:
    answer = desk.post("/can-bo/danh-muc/99/kich-hoat")
    assert answer.status_code == 404
    assert Page(answer.text).title == "Không tìm thấy bản danh mục này."
