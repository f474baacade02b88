"""Two releases side by side: new, abolished, renamed, changed field by field."""

from dataclasses import replace

from knowledge.catalogue import Catalogue
from knowledge.release_diff import FieldChange, ReleaseDiff, compare
from tests.knowledge.making import catalogue, procedure

BIRTH = procedure(field="Hộ tịch", steps=["Nộp.", "Nhận."])
MARRIAGE = procedure("1.000894", "Đăng ký kết hôn", field="Hộ tịch")


def diff(old: Catalogue, new: Catalogue) -> ReleaseDiff:
    return compare(old, new)


def test_a_release_does_not_differ_from_itself() -> None:
    assert diff(catalogue(BIRTH, MARRIAGE), catalogue(MARRIAGE, BIRTH)).is_empty


def test_new_and_abolished_procedures_are_told_apart() -> None:
    found = diff(catalogue(BIRTH), catalogue(MARRIAGE))
    assert found.added == (MARRIAGE,)
    assert found.abolished == (BIRTH,)


def test_another_name_under_the_same_code_is_a_renaming() -> None:
    after = BIRTH.model_copy(update={"name": "Đăng ký khai sinh thường"})
    (renamed,) = diff(catalogue(BIRTH), catalogue(after)).renamed
    assert renamed.before == "Đăng ký khai sinh"
    assert renamed.procedure.name == "Đăng ký khai sinh thường"


def test_a_change_names_the_field_and_only_the_lines_that_differ() -> None:
    after = BIRTH.model_copy(update={"steps": ("Nộp.", "Nhận tại nhà.")})
    (changed,) = diff(catalogue(BIRTH), catalogue(after)).changed
    assert changed.changes == (FieldChange("trình tự", ("Nhận.",), ("Nhận tại nhà.",)),)


def test_a_fee_is_shown_as_people_read_it() -> None:
    def way(amount: int) -> Catalogue:
        fees = [{"name": "Lệ phí", "amount": amount}]
        return catalogue(procedure(submissions=[{"how": "online", "fees": fees}]))

    (changed,) = diff(way(8000), way(15_000)).changed
    assert changed.changes == (
        FieldChange("phí, lệ phí", ("Lệ phí: 8.000 đồng",), ("Lệ phí: 15.000 đồng",)),
    )


def test_what_a_crawl_noted_is_no_change() -> None:
    later = BIRTH.model_copy(update={"updated": "2026-11-01", "url": "https://dichvucong.gov.vn"})
    assert diff(catalogue(BIRTH), catalogue(later)).is_empty


def test_nearly_the_same_name_in_the_same_field_may_be_the_replacement() -> None:
    again = procedure("1.999999", "Thủ tục đăng ký khai sinh", field="Hộ tịch")
    elsewhere = procedure("1.999998", "Thủ tục đăng ký khai sinh", field="Lưu trữ")
    found = diff(catalogue(BIRTH, MARRIAGE), catalogue(again, elsewhere))
    assert dict(found.likely) == {"1.001193": again}


def test_real_procedures_without_one_differ_by_that_one(commune: Catalogue) -> None:
    fewer = replace(commune, procedures=commune.procedures[1:])
    found = diff(commune, fewer)
    assert found.abolished == commune.procedures[:1]
    assert (found.added, found.changed, found.renamed) == ((), (), ())
