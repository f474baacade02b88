"""A catalogue written by hand as a folder of TOML files."""

from pathlib import Path

import pytest

from knowledge.readers import UnreadableFileError, read

RELEASE = 'name = "Danh mục phường"\nsource = "Quyết định 12/QĐ-UBND"\npublished_on = 2026-07-18\n'
BIRTH = '[[procedure]]\ncode = "1.001193"\nname = "Đăng ký khai sinh"\n'
DEATH = '[[procedure]]\ncode = "1.000656"\nname = "Đăng ký khai tử"\n'


@pytest.fixture
def hand_made(tmp_path: Path) -> Path:
    """A folder with a release and one area."""
    (tmp_path / "release.toml").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "ho_tich.toml").write_text(BIRTH, encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_with_its_release(hand_made: Path) -> None:
    catalogue = read(hand_made)
    assert [procedure.code for procedure in catalogue.procedures] == ["1.001193"]
    assert catalogue.release.name == "Danh mục phường"
    assert str(catalogue.release.published_on) == "2026-07-18"
    assert not catalogue.release.sample


def test_areas_are_read_in_the_order_of_their_names(hand_made: Path) -> None:
    (hand_made / "chung_thuc.toml").write_text(DEATH, encoding="utf-8")
    assert [p.code for p in read(hand_made).procedures] == ["1.000656", "1.001193"]


def test_a_procedure_with_an_unknown_fact_is_a_problem_and_the_others_stay(hand_made: Path) -> None:
    (hand_made / "sai.toml").write_text(DEATH + 'price = "10.000"\n', encoding="utf-8")
    catalogue = read(hand_made)
    assert len(catalogue) == 1
    assert [(problem.code, problem.row) for problem in catalogue.problems] == [("1.000656", 2)]


def test_a_code_in_two_areas_is_kept_once(hand_made: Path) -> None:
    (hand_made / "khac.toml").write_text(BIRTH, encoding="utf-8")
    catalogue = read(hand_made)
    assert len(catalogue) == 1
    assert len(catalogue.problems) == 1


@pytest.mark.parametrize("content", ["[[procedure", 'code = "1.001193', "\ufeff= ="])
def test_a_file_that_is_no_toml_is_named(hand_made: Path, content: str) -> None:
    (hand_made / "hong.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"Không đọc được hong\.toml"):
        read(hand_made)


def test_a_file_in_another_encoding_is_named(hand_made: Path) -> None:
    (hand_made / "khac.toml").write_bytes(DEATH.encode("utf-16"))
    with pytest.raises(UnreadableFileError, match=r"Không đọc được khac\.toml"):
        read(hand_made)


def test_a_folder_without_a_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"Không đọc được release\.toml"):
        read(tmp_path)


@pytest.mark.parametrize("content", ['name = "Danh mục"\n', RELEASE + "year = 2026\n"])
def test_a_release_with_a_missing_or_unknown_fact_is_refused(hand_made: Path, content: str) -> None:
    (hand_made / "release.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"release\.toml"):
        read(hand_made)


def test_a_folder_without_procedures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "release.toml").write_text(RELEASE, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="Không đọc được thủ tục nào"):
        read(tmp_path)
