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


def activate(desk: TestClient, number: int, **form: str) -> Page:
    """Put a release into use."""
    return Page(desk.post(f"/can-bo/danh-muc/{number}/kich-hoat", data=form).text)


def test_a_good_file_is_kept_and_answers_nobody_yet(desk: TestClient) -> None:
    page = Page(upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS)).text)

    assert "danh-muc-2026" in page.main
    assert "Tệp danh-muc-2026.xlsx" in page.main
    assert "1 thủ tục" in page.main
    assert desk.get("/thu-tuc/3.000001").status_code == 404


def test_a_release_put_into_use_answers_everyone(desk: TestClient) -> None:
    upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS))

    page = activate(desk, 2)

    assert page.main.index("danh-muc-2026") < page.main.index("Đang dùng")
    assert page.main.index("Đang dùng") < page.main.index("Danh mục mẫu")
    assert "Cấp giấy phép chăn vịt" in desk.get("/thu-tuc").text
    assert "Danh mục mẫu – đang chờ" not in desk.get("/thu-tuc").text


@ON_SQLITE
def test_the_release_before_can_be_put_back_into_use(desk: TestClient, clock: FrozenClock) -> None:
    upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS))
    activate(desk, 2)
    clock.pass_(minutes=1)

    refused = activate(desk, 1)
    listed = activate(desk, 1, reason="tệp mới bị thiếu")

    assert "Quay về bản đã dùng cần có lý do." in refused.main
    assert "tệp mới bị thiếu" in listed.main
    assert desk.get("/thu-tuc/1.001193").status_code == 200


@ON_SQLITE
def test_a_release_can_wait_for_its_moment_and_be_withdrawn(
    desk: TestClient, clock: FrozenClock
) -> None:
    upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS))

    listed = activate(desk, 2, on="2026-11-17", at="07:30")
    assert "07:30, 17/11/2026 sắp tới" in listed.main
    assert "Sẽ dùng từ 07:30, 17/11/2026" in Page(desk.get("/can-bo/danh-muc/2").text).main
    assert desk.get("/thu-tuc/3.000001").status_code == 404

    action = next(action for action in listed.actions if action.endswith("/huy"))
    assert "Đã hủy lịch lúc" in Page(desk.post(action).text).main
    clock.pass_(days=2)
    assert desk.get("/thu-tuc/3.000001").status_code == 404


@ON_SQLITE
def test_a_moment_that_cannot_be_read_or_has_passed_is_said(desk: TestClient) -> None:
    upload(desk, "danh-muc-2026.xlsx", workbook(HEADING, DUCKS))
    assert "Thời điểm chưa đúng." in activate(desk, 2, on="hôm nay").main
    assert "Thời điểm này đã qua." in activate(desk, 2, on="2026-11-15").main


def line(code: str, name: str, **columns: object) -> str:
    return json.dumps({"code": code, "name": name, "field": "Chăn nuôi", **columns})


@ON_SQLITE
def test_a_new_release_is_shown_against_the_one_in_use(
    desk: TestClient, clock: FrozenClock
) -> None:
    old = [
        line("3.000001", "Cấp giấy phép chăn vịt", decision_no="1/QĐ"),
        line("3.000002", "Cấp giấy phép nuôi ngỗng"),
        line("3.000003", "Nuôi gà"),
    ]
    new = [
        line("3.000001", "Cấp giấy phép chăn vịt", decision_no="2/QĐ"),
        line("3.000003", "Nuôi gà đồi"),
        line("3.000009", "Cấp giấy phép nuôi ngỗng trời"),
    ]
    upload(desk, "cu.jsonl", "\n".join(old).encode())
    activate(desk, 2)
    clock.pass_(minutes=1)

    page = Page(upload(desk, "moi.jsonl", "\n".join(new).encode()).text)

    assert "So với bản đang dùng: cu" in page.main
    assert "1 thủ tục của bản đang dùng không có trong bản này." in page.main
    assert "Có thể thay bằng: Cấp giấy phép nuôi ngỗng trời (mã 3.000009 )" in page.main
    assert "Trước 1/QĐ Nay 2/QĐ" in page.main
    assert "Trước Nuôi gà Nay Nuôi gà đồi" in page.main
    assert "Chi tiết 3 Xem mã 3.000001, 3.000003, 3.000009" in page.main


@ON_SQLITE
def test_staff_say_what_takes_the_place_of_an_abolished_procedure(
    desk: TestClient, clock: FrozenClock
) -> None:
    geese = line("3.000002", "Cấp giấy phép nuôi ngỗng")
    wild = line("3.000009", "Cấp giấy phép nuôi ngỗng trời")
    upload(desk, "cu.jsonl", geese.encode())
    activate(desk, 2)
    clock.pass_(minutes=1)
    upload(desk, "moi.jsonl", wild.encode())
    activate(desk, 3)

    before = Page(desk.get("/thu-tuc/3.000002").text)
    said = desk.post(
        "/can-bo/danh-muc/3/thay-the", data={"code": "3.000002", "replaced_by": "3.000009"}
    )
    after = Page(desk.get("/thu-tuc/3.000002").text)

    assert "đã bãi bỏ từ 16/11/2026" in before.main
    assert "Có thể xem: Cấp giấy phép nuôi ngỗng trời" in before.main
    assert "Thay bằng mã 3.000009" in Page(said.text).main
    assert "Thay bằng: Cấp giấy phép nuôi ngỗng trời (mã 3.000009 )" in after.main
    assert "/thu-tuc/3.000009" in after.links


@ON_SQLITE
def test_a_replacement_that_is_not_in_the_release_is_refused(desk: TestClient) -> None:
    page = desk.post("/can-bo/danh-muc/1/thay-the", data={"code": "3.1", "replaced_by": "9.9"})
    assert page.status_code == 400
    assert "không có thủ tục mã 9.9" in Page(page.text).main


@ON_SQLITE
def test_bad_rows_are_named_and_good_rows_are_kept(desk: TestClient) -> None:
    rows = workbook(("DANH MỤC",), HEADING, DUCKS, (1.001193, "Khai sinh"), (None, "Không mã"))

    page = Page(upload(desk, "danh-muc.xlsx", rows).text)

    assert "Dòng không đọc được 2 chỗ" in page.main
    assert "4 – mã số Mã số 1.001193 đang ở dạng số nên có thể mất số 0." in page.main
    assert "5 – mã số Dòng không có mã số." in page.main
    assert "Chi tiết 1 Xem mã 3.000001" in page.main


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
    activate(desk, 2)

    page = Page(desk.get("/thu-tuc/3.000001").text)

    assert "Đơn xin chăn vịt" in page.main
    assert "3 ngày làm việc" in page.main


@ON_SQLITE
def test_a_release_that_does_not_exist_is_not_found(desk: TestClient) -> None:
    answer = desk.post("/can-bo/danh-muc/99/kich-hoat")
    assert answer.status_code == 404
    assert Page(answer.text).title == "Không tìm thấy bản danh mục này."
