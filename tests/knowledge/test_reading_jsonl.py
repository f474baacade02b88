"""Records of the national database, one JSON object a line."""

import gzip
import json
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue, Problem
from knowledge.procedure import Document, DocumentCase, How, LegalBasis, Procedure
from knowledge.readers import UnreadableFileError, read
from tests.knowledge.making import record, write_lines

BIRTH = record()
DEATH = record(code="1.000656", name="Thủ tục đăng ký khai tử")


def read_one(folder: Path, **columns: object) -> Procedure:
    """Return what is read of one record with these columns."""
    return read(write_lines(folder / "mot.jsonl", record(**columns))).procedures[0]


def problem_of(folder: Path, line: object) -> Problem:
    """Return the one problem of a file with one good line and this one below it."""
    catalogue = read(write_lines(folder / "hai.jsonl", DEATH, line))
    assert [procedure.code for procedure in catalogue.procedures] == ["1.000656"]
    (problem,) = catalogue.problems
    assert problem.row == 2
    return problem


def test_a_full_record_is_read_with_all_its_parts(tmp_path: Path) -> None:
    read_record = read_one(
        tmp_path,
        field="Hộ tịch",
        promulgator="Bộ Tư pháp",
        agency="Ủy ban nhân dân cấp xã\nỦy ban nhân dân cấp xã; Công an cấp xã",
        decision_no="163/QĐ-BTP",
        subjects=["Công dân Việt Nam"],
        steps="Bước 1: nộp hồ sơ\n\nBước 2: nhận kết quả",
        methods=[{"channel": "Trực tuyến", "time": "1 Ngày làm việc", "fee": "FEE: 8000"}],
        documents=[{"group": "", "name": "Tờ khai", "original": "1", "form": ["Mẫu 01"]}],
        requirements="Không có",
        legal=["60/2014/QH13 – Luật Hộ tịch"],
        results=["Giấy khai sinh."],
        url="https://dichvucong.gov.vn/1",
        updated=None,
        crawled="2026-07",
    )
    assert read_record.agency == "Ủy ban nhân dân cấp xã; Công an cấp xã"
    assert read_record.decision_number == "163/QĐ-BTP"
    assert read_record.steps == ("Bước 1: nộp hồ sơ", "Bước 2: nhận kết quả")
    assert read_record.submissions[0].how is How.ONLINE
    assert read_record.submissions[0].fees[0].amount == 8_000
    assert read_record.cases == (
        DocumentCase(documents=(Document(name="Tờ khai", originals=1, forms=("Mẫu 01",)),)),
    )
    assert read_record.requirements == ""
    assert read_record.legal_basis == (LegalBasis(code="60/2014/QH13", title="Luật Hộ tịch"),)
    assert read_record.results == ("Giấy khai sinh",)
    assert read_record.updated == "2026-07"


def test_columns_that_nobody_uses_are_passed_over(tmp_path: Path) -> None:
    assert read_one(tmp_path, src="một nguồn", level="Cấp xã").code == "1.001193"


@pytest.mark.parametrize(
    ("channel", "how"),
    [
        ("Trực tiếp", How.IN_PERSON),
        ("TRỰC TUYẾN", How.ONLINE),
        ("Dịch vụ bưu chính", How.POST),
        ("Qua fax", How.OTHER),
    ],
)
def test_a_way_to_file_is_known_by_its_name(tmp_path: Path, channel: str, how: How) -> None:
    assert read_one(tmp_path, methods=[{"channel": channel}]).submissions[0].how is how


@pytest.mark.parametrize(
    "column",
    [
        "field",
        "promulgator",
        "agency",
        "decision_no",
        "subjects",
        "steps",
        "methods",
        "documents",
        "requirements",
        "legal",
        "results",
        "url",
        "updated",
    ],
)
def test_an_empty_column_is_read_as_not_published(tmp_path: Path, column: str) -> None:
    assert read_one(tmp_path, **{column: None}) == read_one(tmp_path)


def test_papers_are_grouped_by_the_case_that_needs_them(tmp_path: Path) -> None:
    documents = [
        {"group": "Mất giấy", "name": "Đơn trình báo"},
        {"group": "Hỏng giấy", "name": "Giấy cũ"},
        {"group": "Mất giấy", "name": "Ảnh"},
        {"group": "Mất giấy", "name": "<br> "},
    ]
    cases = read_one(tmp_path, documents=documents).cases
    assert [(case.name, [d.name for d in case.documents]) for case in cases] == [
        ("Mất giấy", ["Đơn trình báo", "Ảnh"]),
        ("Hỏng giấy", ["Giấy cũ"]),
    ]


@pytest.mark.parametrize(
    ("published", "sheets"),
    [
        ("1", 1),
        (2, 2),
        ("0", 0),
        (" 3 ", 3),
        ("", None),
        (None, None),
        ("20261", None),
        ("-1", None),
        ("một", None),
        ("1,5", None),
        ("²", None),
        ("9" * 5_000, None),
    ],
)
def test_a_count_of_sheets_is_a_small_number_or_unknown(
    tmp_path: Path, published: object, sheets: int | None
) -> None:
    (document,) = read_one(tmp_path, documents=[{"name": "Ảnh", "original": published}]).documents
    assert document.originals == sheets


def test_tags_are_taken_off_every_published_text(tmp_path: Path) -> None:
    read_record = read_one(
        tmp_path,
        steps="<p>Nộp hồ sơ<br>Nhận kết quả</p>",
        requirements="Đủ 18 tuổi<br/>Có mặt",
        documents=[{"name": "Tờ khai <b>(mẫu 01)</b>"}],
        methods=[{"channel": "Trực tiếp", "note": "<i>Giờ hành chính</i>"}],
        legal=["18/2026/NĐ-CP – Nghị định đơn giản hóa thủ tục<br>của ngành tư pháp"],
    )
    assert read_record.steps == ("Nộp hồ sơ", "Nhận kết quả")
    assert read_record.requirements == "Đủ 18 tuổi\nCó mặt"
    assert read_record.documents[0].name == "Tờ khai (mẫu 01)"
    assert read_record.submissions[0].note == "Giờ hành chính"
    assert read_record.legal_basis[0].title == "Nghị định đơn giản hóa thủ tục của ngành tư pháp"


def test_a_form_is_known_by_its_name_without_the_path_of_somebodys_disk(tmp_path: Path) -> None:
    link = "[Tờ khai (mẫu 24).docx](file:///C:/Users/ai/raw data/1_001257/To%20khai.docx)"
    (document,) = read_one(tmp_path, documents=[{"name": "Tờ khai", "form": [link]}]).documents
    assert document.forms == ("Tờ khai (mẫu 24).docx",)


def test_two_forms_in_one_cell_are_two_forms(tmp_path: Path) -> None:
    cell = "[Mẫu 24.docx](file:///C:/a b/24.docx)<br>[Mẫu 05.docx](file:///C:/a b/05.docx)"
    (document,) = read_one(tmp_path, documents=[{"name": "Tờ khai", "form": [cell]}]).documents
    assert document.forms == ("Mẫu 24.docx", "Mẫu 05.docx")


@pytest.mark.parametrize("nothing", ["Không", "không có.", "N/A", "-", "Không quy định", " "])
def test_words_for_nothing_are_read_as_nothing(tmp_path: Path, nothing: str) -> None:
    assert read_one(tmp_path, requirements=nothing).requirements == ""


def test_a_condition_that_begins_with_no_is_kept(tmp_path: Path) -> None:
    condition = "Không có người đang cư trú tại địa chỉ đó"
    assert read_one(tmp_path, requirements=condition).requirements == condition


@pytest.mark.parametrize(
    "line",
    [
        '{"code": "1.001193", "name": "Thủ tục',
        "Danh sách thủ tục",
        '["1.001193", "Đăng ký khai sinh"]',
        "3",
        "[" * 100_000,
        '{"code": "1.001193", "name": "Khai sinh", "original": ' + "9" * 5_000 + "}",
    ],
    ids=["cut off", "no JSON", "a list", "a number", "endlessly nested", "endless number"],
)
def test_a_line_that_is_no_record_is_a_problem_with_its_row(tmp_path: Path, line: str) -> None:
    problem = problem_of(tmp_path, line)
    assert problem.sentence.startswith("Dòng không phải là một bản ghi")


@pytest.mark.parametrize("column", ["code", "name"])
def test_a_missing_column_is_named_in_plain_words(tmp_path: Path, column: str) -> None:
    line = {key: value for key, value in BIRTH.items() if key != column}
    problem = problem_of(tmp_path, line)
    label = {"code": "mã số", "name": "tên"}[column]
    assert problem.field == label
    assert "Thiếu" in problem.sentence
    assert f"“{label}”" in problem.sentence
    assert "{" not in problem.sentence


@pytest.mark.parametrize("code", [1.001193, 2, 1.5e300])
def test_a_code_that_became_a_number_is_refused(tmp_path: Path, code: float) -> None:
    problem = problem_of(tmp_path, record(code=code))
    assert problem.sentence == "Mã số đang ở dạng số nên có thể mất số 0."


@pytest.mark.parametrize("code", ["", "khai sinh", "1001193", "1.001193; DROP TABLE", "1.00119 3"])
def test_a_code_of_another_shape_is_refused_and_shown(tmp_path: Path, code: str) -> None:
    problem = problem_of(tmp_path, record(code=code))
    assert problem.field == "mã số"
    assert problem.sentence == f"Cột “mã số” không đúng dạng: “{code}”."


def test_a_paper_without_a_name_is_a_problem_of_the_papers(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, record(documents=[{"original": 1}]))
    assert problem.field == "thành phần hồ sơ"
    assert problem.code == "1.001193"


@pytest.mark.parametrize("column", ["methods", "legal", "results", "subjects", "documents"])
def test_no_problem_speaks_in_names_of_the_program(tmp_path: Path, column: str) -> None:
    problem = problem_of(tmp_path, record(**{column: "một đoạn chữ"}))
    assert column not in problem.field
    assert column not in problem.sentence


def test_the_first_of_two_records_with_one_code_stays(tmp_path: Path) -> None:
    again = record(name="Thủ tục đăng ký khai sinh (bản mới)")
    catalogue = read(write_lines(tmp_path / "trung.jsonl", BIRTH, DEATH, again))
    assert catalogue.by_code["1.001193"].name == "Thủ tục đăng ký khai sinh"
    (problem,) = catalogue.problems
    assert (problem.row, problem.code) == (3, "1.001193")
    assert problem.sentence == "Mã 1.001193 đã có ở dòng 1; dòng này được bỏ qua."


def test_rows_are_counted_with_the_blank_ones(tmp_path: Path) -> None:
    catalogue = read(write_lines(tmp_path / "trong.jsonl", "", BIRTH, "  ", "{"))
    assert [problem.row for problem in catalogue.problems] == [4]


def test_a_sign_at_the_front_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(map(json.dumps, (BIRTH, DEATH))).encode())
    catalogue = read(path)
    assert len(catalogue) == 2
    assert catalogue.problems == ()


def test_a_line_separator_inside_a_text_does_not_cut_the_record(tmp_path: Path) -> None:
    read_record = read_one(tmp_path, steps="Nộp hồ sơ\u2028Nhận kết quả")
    assert read_record.steps == ("Nộp hồ sơ", "Nhận kết quả")


def test_a_compressed_file_reads_like_the_plain_one(tmp_path: Path) -> None:
    plain = write_lines(tmp_path / "danh-muc.jsonl", BIRTH, DEATH)
    packed = tmp_path / "danh-muc.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read(packed).procedures == read(plain).procedures


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1258"])
def test_a_file_in_another_encoding_is_refused_with_the_way_out(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "khac.jsonl"
    name = "Đăng ký tàu cá" if encoding == "cp1258" else "Thủ tục đăng ký khai sinh"
    line = json.dumps(record(name=name), ensure_ascii=False)
    path.write_bytes(line.encode(encoding, errors="replace"))
    with pytest.raises(UnreadableFileError) as refused:
        read(path)
    assert "không dùng bảng mã UTF-8. Bạn lưu lại tệp dạng UTF-8" in str(refused.value)


@pytest.mark.parametrize("cut", [3, 10, 30])
def test_a_compressed_file_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(BIRTH).encode())[:-cut])
    with pytest.raises(UnreadableFileError, match=r"Tệp nén cut\.jsonl\.gz bị hỏng"):
        read(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rong.jsonl"
    path.touch()
    with pytest.raises(UnreadableFileError, match=r"Tệp rong\.jsonl không có nội dung"):
        read(path)


def test_a_file_without_one_good_record_says_what_is_wrong_first(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "hong.jsonl", "{", record(code=1))
    with pytest.raises(UnreadableFileError) as refused:
        read(path)
    assert str(refused.value) == (
        "Không đọc được thủ tục nào trong tệp hong.jsonl. "
        "Lỗi đầu tiên: Dòng không phải là một bản ghi JSON trọn vẹn."
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"Không tìm thấy tệp chua-co\.jsonl"):
        read(tmp_path / "chua-co.jsonl")


@pytest.mark.parametrize("name", ["danh-muc.csv", "danh-muc.xls", "danh-muc"])
def test_a_kind_of_file_that_nobody_reads_is_refused_with_those_that_are(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("mã số,tên")
    with pytest.raises(UnreadableFileError, match=r"Bạn dùng tệp \.xlsx .* hoặc \.jsonl"):
        read(path)


def test_all_real_records_of_communes_are_read_without_a_problem(commune: Catalogue) -> None:
    assert len(commune) == 427
    assert commune.problems == ()


@pytest.mark.parametrize("trace", ["<br", "file:///", "C:/Users"])
def test_no_real_record_of_communes_keeps_a_trace_of_its_collection(
    commune: Catalogue, trace: str
) -> None:
    assert [p.code for p in commune.procedures if trace in p.model_dump_json()] == []
