"""The list of procedures as people download it from the portal."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge.readers import UnreadableFileError, read
from tests.shared import SHARED, shared

HEADING = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
BIRTH = ("1.001193", "Đăng ký khai sinh", "Bộ Tư pháp", "Ủy ban nhân dân cấp xã", "Hộ tịch")
DEATH = ("1.000656", "Đăng ký khai tử", "Bộ Tư pháp", "Ủy ban nhân dân cấp xã", "Hộ tịch")
LISTS = sorted(path.name for path in (SHARED / "catalogue/lists").glob("*.xlsx")) or ["none.xlsx"]


def workbook(folder: Path, *rows: tuple[object, ...]) -> Path:
    """Write a real workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "danh-sach.xlsx"
    book.save(path)
    return path


def repacked(path: Path, part: str, content: bytes) -> Path:
    """Write the workbook again with other content in one of its parts."""
    broken = path.with_name("hong.xlsx")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            copy.writestr(name, content if name == part else whole.read(name))
    return broken


def test_every_column_of_a_row_is_read(tmp_path: Path) -> None:
    (procedure,) = read(workbook(tmp_path, HEADING, BIRTH)).procedures
    assert procedure.code == "1.001193"
    assert procedure.name == "Đăng ký khai sinh"
    assert procedure.promulgator == "Bộ Tư pháp"
    assert procedure.agency == "Ủy ban nhân dân cấp xã"
    assert procedure.field == "Hộ tịch"
    assert procedure.is_list_entry


def test_rows_above_the_heading_are_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("DANH SÁCH THỦ TỤC",), (), ("Tháng 7/2026",), HEADING, BIRTH, DEATH)
    assert [p.code for p in read(path).procedures] == ["1.001193", "1.000656"]


def test_columns_are_known_by_their_heading_in_any_order(tmp_path: Path) -> None:
    heading = ("STT", "LĨNH VỰC", " tên ", "Mã  số")
    path = workbook(tmp_path, heading, (1, "Hộ tịch", "Khai sinh", "1.001193"))
    (read_row,) = read(path).procedures
    assert (read_row.code, read_row.name, read_row.field) == ("1.001193", "Khai sinh", "Hộ tịch")


@pytest.mark.parametrize("code", [1.00008, 1001193])
def test_a_code_that_became_a_number_is_refused_with_the_way_out(
    tmp_path: Path, code: float
) -> None:
    catalogue = read(workbook(tmp_path, HEADING, BIRTH, (code, *DEATH[1:])))
    assert [p.code for p in catalogue.procedures] == ["1.001193"]
    (problem,) = catalogue.problems
    assert problem.row == 3
    assert str(code) in problem.sentence
    assert problem.sentence.endswith("Bạn đổi cột sang dạng chữ.")


def test_a_row_without_a_code_is_a_problem(tmp_path: Path) -> None:
    catalogue = read(workbook(tmp_path, HEADING, BIRTH, (None, *DEATH[1:])))
    (problem,) = catalogue.problems
    assert (problem.row, problem.field) == (3, "mã số")
    assert problem.sentence == "Dòng không có mã số."


def test_a_row_without_a_name_is_a_problem_in_plain_words(tmp_path: Path) -> None:
    catalogue = read(workbook(tmp_path, HEADING, BIRTH, ("1.000656", None)))
    (problem,) = catalogue.problems
    assert (problem.row, problem.field, problem.code) == (3, "tên", "1.000656")
    assert "Thiếu" in problem.sentence
    assert "{" not in problem.sentence


def test_empty_rows_are_no_problem_and_are_counted(tmp_path: Path) -> None:
    catalogue = read(workbook(tmp_path, HEADING, (), BIRTH, (None, ""), ("x", "Khai tử")))
    assert len(catalogue) == 1
    assert [problem.row for problem in catalogue.problems] == [5]


def test_a_code_listed_twice_is_kept_once(tmp_path: Path) -> None:
    catalogue = read(workbook(tmp_path, HEADING, BIRTH, BIRTH))
    assert len(catalogue) == 1
    assert catalogue.problems[0].sentence == ("Mã 1.001193 đã có ở dòng 2; dòng này được bỏ qua.")


def test_a_table_without_the_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"Không thấy dòng tiêu đề .*“Mã số” và “Tên”"):
        read(workbook(tmp_path, ("Số", "Việc"), BIRTH))


def test_a_text_file_with_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.xlsx"
    path.write_text("Mã số,Tên\n1.001193,Đăng ký khai sinh\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"không phải bảng tính \.xlsx"):
        read(path)


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADING, BIRTH)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UnreadableFileError, match="bị hỏng"):
        read(path)


def test_another_archive_with_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anh.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("anh-1.txt", "không phải bảng tính")
    with pytest.raises(UnreadableFileError, match=r"không phải bảng tính \.xlsx"):
        read(path)


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_whose_parts_are_cut_off_is_refused(tmp_path: Path, part: str) -> None:
    path = repacked(workbook(tmp_path, HEADING, BIRTH), part, b'<?xml version="1.0"?><cut')
    with pytest.raises(UnreadableFileError, match=r"hong\.xlsx bị hỏng"):
        read(path)


def test_a_workbook_with_a_damaged_stretch_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADING, *[BIRTH] * 50)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    packed = sheet.header_offset + 30 + len(sheet.filename)
    content[packed : packed + 40] = b"\xff" * 40
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="bị hỏng"):
        read(path)


@pytest.mark.parametrize("name", LISTS)
def test_every_real_list_of_the_portal_is_read_without_a_problem(name: str) -> None:
    catalogue = read(shared(f"catalogue/lists/{name}"))
    assert len(catalogue) >= 3
    assert catalogue.problems == ()
    assert all(procedure.is_list_entry for procedure in catalogue.procedures)
