"""pakn questions: the ward's own list and the report on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.catalogue import activations, releases
from api.learning import questions
from api.learning.models import Outcome
from api.learning.questions import Unanswered
from api.settings import Settings
from api.web.site import Site
from bot.__main__ import cli
from bot.service import open_site
from knowledge.readers import UnreadableFileError
from tests.conftest import small_catalogue

CLEAR, RESIDENCE = "đăng ký tạm trú mất bao lâu", "1.004194"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An installation of its own with the small catalogue in use."""
    monkeypatch.setenv("PAKN_DATA_DIR", str(tmp_path / "data"))
    site = open_site(Settings())
    with site.database.writing() as session:
        row = releases.store(session, site.office.unit_id, small_catalogue(), site.clock())
        activations.activate(session, site.office.unit_id, row.id or 0, site.clock())
    return site


def run(*words: str) -> str:
    outcome = CliRunner().invoke(cli, ["questions", *words])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def write(folder: Path, name: str, content: str) -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_a_table_is_imported_once_and_listed_with_how_it_is_answered(tmp_path: Path) -> None:
    file = write(tmp_path, "cau.csv", f"\ufeffq,code\n{CLEAR},{RESIDENCE}\nmua vé xem đá bóng,\n")

    assert "Đã thêm 2 câu, 0 câu không nhận." in run("import", file)
    assert "Đã thêm 0 câu, 0 câu không nhận." in run("import", file)
    said = run("list")
    assert f"đúng     {RESIDENCE}" in said
    assert "đúng     ngoài phạm vi  mua vé xem đá bóng" in said
    assert "2 câu." in said


def test_json_lines_are_imported_and_a_strange_code_is_named(tmp_path: Path) -> None:
    rows = [{"q": CLEAR, "code": RESIDENCE}, {"q": "nuôi yến", "code": "9.999999"}]
    file = write(tmp_path, "cau.jsonl", "\n".join(json.dumps(row) for row in rows))

    said = run("import", file)

    assert "Đã thêm 1 câu, 1 câu không nhận." in said
    assert "“nuôi yến”: Danh mục đang dùng không có thủ tục mã 9.999999." in said


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, "cau.csv", "câu,mã\nnuôi yến,1\n")

    outcome = CliRunner().invoke(cli, ["questions", "import", file])

    assert isinstance(outcome.exception, UnreadableFileError)
    assert "cần hai cột q và code" in str(outcome.exception)


def test_the_report_says_what_is_asked_and_what_waits(office: Site) -> None:
    with office.database.writing() as session:
        unit, at = office.office.unit_id, office.clock()
        questions.count_answer(session, unit, RESIDENCE, at)
        questions.keep(session, unit, Unanswered("nuôi yến", Outcome.NONE, "web"), at)

    said = run("report", "--days", "7")

    assert "2 câu hỏi trong 7 ngày:" in said
    assert "chưa tìm thấy          1   50%" in said
    assert f"{RESIDENCE}  Đăng ký tạm trú" in said
    assert "1 nhóm câu hỏi chờ xử lý:" in said
    assert "nuôi yến" in said
