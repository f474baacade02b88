"""What a clerk should look at before a release is used."""

import pytest

from knowledge.catalogue import Catalogue, Problem, ProblemKind
from knowledge.findings import findings
from knowledge.procedure import Procedure
from tests.knowledge.making import procedure

COMPLETE = {
    "decision_number": "163/QĐ-BTP",
    "agency": "Ủy ban nhân dân cấp xã",
    "steps": ["Nộp hồ sơ.", "Nhận kết quả."],
    "submissions": [{"how": "in_person", "time": {"value": 1}, "fees": [{"amount": 8000}]}],
    "cases": [{"documents": [{"name": "Tờ khai"}]}],
    "legal_basis": [{"code": "60/2014/QH13"}],
    "results": ["Giấy khai sinh"],
}
LONG = "Người yêu cầu nộp hồ sơ tại Trung tâm Phục vụ hành chính công. " * 4


def complete(**other: object) -> Procedure:
    """Return a procedure with every part, or with some of them otherwise."""
    return procedure(**{**COMPLETE, **other})


def sentences(*procedures: Procedure) -> list[str]:
    """Return what is found about these procedures."""
    return [problem.sentence for problem in findings(procedures)]


def test_nothing_is_found_in_a_complete_procedure() -> None:
    assert findings([complete()]) == []


def test_nothing_is_found_in_an_empty_catalogue() -> None:
    assert findings([]) == []


@pytest.mark.parametrize(
    ("part", "without", "name"),
    [
        ("submissions", [{"how": "online", "fees": [{"amount": 8000}]}], "thời hạn"),
        ("submissions", [{"how": "online", "time": {"value": 1}}], "phí, lệ phí"),
        ("steps", [], "trình tự"),
        ("cases", [{"documents": []}], "thành phần hồ sơ"),
        ("legal_basis", [], "căn cứ pháp lý"),
        ("decision_number", "", "quyết định công bố"),
        ("agency", "", "cơ quan thực hiện"),
        ("results", [], "kết quả"),
    ],
)
def test_a_missing_part_is_named_with_the_code(part: str, without: object, name: str) -> None:
    assert findings([complete(**{part: without})]) == [
        Problem(None, name, f"Chưa công bố {name}.", "1.001193", ProblemKind.MISSING)
    ]


def test_a_time_for_one_way_to_file_is_enough() -> None:
    ways = [{"how": "online"}, {"how": "post", "time": {"value": 3}, "fees": [{"amount": 8000}]}]
    assert findings([complete(submissions=ways)]) == []


def test_an_entry_of_a_list_has_one_finding_and_not_six() -> None:
    assert sentences(procedure()) == ["Chỉ có tên, chưa có nội dung chi tiết."]


@pytest.mark.parametrize(
    "words", ["UBND huyện", "Ủy ban nhân dân cấp HUYỆN", "Phòng Tư pháp", "ủy ban nhân dân huyện"]
)
def test_the_abolished_district_level_is_pointed_out(words: str) -> None:
    (found,) = findings([complete(steps=[f"Nộp hồ sơ tại {words} nơi cư trú."])])
    assert (found.kind, found.field) == (ProblemKind.ABOLISHED_LEVEL, "trình tự")
    assert "Còn nhắc cấp huyện, đã bỏ từ 01/7/2025" in found.sentence
    assert words in found.sentence


@pytest.mark.parametrize("paper", ["Sổ hộ khẩu", "Bản sao CMND", "Giấy chứng minh nhân dân"])
def test_papers_that_were_replaced_are_pointed_out(paper: str) -> None:
    found = sentences(complete(cases=[{"documents": [{"name": paper}]}]))
    assert found == ["Còn nhắc sổ hộ khẩu hoặc chứng minh nhân dân."]


def test_conditions_are_looked_through_too() -> None:
    assert len(sentences(complete(requirements="Có sổ hộ khẩu tại UBND huyện"))) == 2


def test_one_body_under_two_names_is_pointed_out_at_both() -> None:
    one = complete(code="2.001428", name="Trợ cấp tuất", steps=[LONG])
    other = complete(code="3.000226", name="Trồng rừng thay thế", steps=[LONG])
    found = findings([one, other, complete()])
    assert [problem.code for problem in found] == ["2.001428", "3.000226"]
    assert {problem.sentence for problem in found} == {
        "Nội dung giống hệt nhau dưới các tên khác nhau: 2.001428, 3.000226."
    }


def test_one_body_under_one_name_but_two_codes_is_pointed_out_too() -> None:
    one = complete(code="1.002544", name="Hỗ trợ sản xuất cộng đồng", steps=[LONG])
    other = complete(code="1.014208", name="Hỗ trợ sản xuất cộng đồng", steps=[LONG])
    found = findings([one, other])
    assert [problem.code for problem in found] == ["1.002544", "1.014208"]
    assert all("1.002544, 1.014208" in problem.sentence for problem in found)


def test_short_bodies_may_be_alike() -> None:
    other = complete(code="1.000656", name="Đăng ký khai tử")
    assert findings([complete(), other]) == []


def test_the_twelve_real_records_with_anothers_body_are_all_found(commune: Catalogue) -> None:
    alike = {p.code for p in findings(commune.procedures) if "giống hệt nhau" in p.sentence}
    first = {"2.001428", "3.000226", "3.000243", "3.000244", "3.000246", "3.000283"}
    second = {"1.002544", "1.014208", "2.001709", "3.000224", "3.000274", "3.000284"}
    assert first | second <= alike
