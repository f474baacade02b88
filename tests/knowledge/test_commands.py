"""The command line over a catalogue: ask, check, and when an answer is due."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import app
from knowledge.catalogue import Catalogue
from tests.conftest import small_catalogue
from tests.knowledge.making import record, write_lines

KEYS = ["id", "decision", "codes", "scores", "aspects", "ms"]


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without an installation."""
    monkeypatch.setenv("PAKN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("PAKN_DATABASE_URL", raising=False)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A catalogue file of twelve procedures as the national database publishes them."""
    names = [(p.code, f"Thủ tục {p.name.lower()}") for p in small_catalogue().procedures]
    variants = [(f"1.99990{n}", f"Thủ tục đăng ký khai sinh tại bản số {n}") for n in range(4)]
    records = [record(code=code, name=name) for code, name in names + variants]
    return write_lines(tmp_path / "danh-muc.jsonl", *records)


class Ran:
    """What a command printed, and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


def pakn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> Ran:
    """Run the command line in this process, as the `pakn` script does."""
    monkeypatch.setattr(sys, "argv", ["pakn", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        app()
    printed = capsys.readouterr()
    return Ran(int(ended.value.code or 0), printed.out, printed.err)


def test_a_batch_gives_one_line_of_json_for_each_question(
    listed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = write_lines(
        tmp_path / "hoi.jsonl",
        {"id": "a1", "q": "đăng ký khai sinh hết bao nhiêu tiền"},
        "",
        {"id": 2, "q": "giá vàng hôm nay"},
        {"id": "a3", "q": ""},
    )
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [list(row) for row in rows] == [KEYS] * 3
    assert [row["id"] for row in rows] == ["a1", 2, "a3"]
    assert {row["decision"] for row in rows} <= {"answer", "clarify", "none"}
    assert rows[0]["aspects"] == ["fee"]
    assert rows[2]["codes"] == rows[2]["scores"] == []
    assert all(row["ms"] >= 0 for row in rows)


def test_a_batch_names_at_most_ten_codes_best_first(
    listed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = write_lines(tmp_path / "hoi.jsonl", {"id": 1, "q": "thủ tục đăng ký khai sinh"})
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    (row,) = map(json.loads, ran.out.splitlines())
    assert 5 <= len(row["codes"]) <= 10
    assert len(row["scores"]) == len(row["codes"])
    assert row["scores"] == sorted(row["scores"], reverse=True)
    assert row["codes"][0] == "1.001193"


@pytest.mark.parametrize(
    "line", ["không phải JSON", '{"id": "b"}', '{"q": "khai sinh"}', '["b", "khai sinh"]', '"b"']
)
def test_a_bad_line_of_a_batch_is_named_and_ends_with_an_error(
    listed: Path,
    tmp_path: Path,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = write_lines(tmp_path / "hoi.jsonl", {"id": "a", "q": "tạm trú"}, line)
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    assert ran.code == 1
    assert ran.err == 'Dòng 2 chưa đúng dạng. Mỗi dòng là một JSON có "id", "q".\n'


def test_the_good_lines_behind_a_bad_one_are_answered(
    listed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = write_lines(tmp_path / "hoi.jsonl", "hỏng", {"id": "b", "q": "tạm trú"}, "hỏng")
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["b"]
    assert ran.err.startswith("Dòng 1, 3 chưa đúng dạng.")


@pytest.mark.parametrize("content", ["[" * 100_000, '{"id": 1, "q": ' + "9" * 5_000 + "}"])
def test_a_line_that_no_reader_can_hold_is_named_too(
    listed: Path,
    tmp_path: Path,
    content: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = write_lines(tmp_path / "hoi.jsonl", content)
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    assert ran.code == 1
    assert ran.err.startswith("Dòng 1 chưa đúng dạng.")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_a_batch_may_begin_with_a_sign(
    listed: Path,
    tmp_path: Path,
    encoding: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = tmp_path / "hoi.jsonl"
    questions.write_text('{"id": 1, "q": "tạm trú"}\r\n', encoding=encoding)
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)


def test_a_batch_in_another_encoding_is_refused(
    listed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = tmp_path / "hoi.jsonl"
    questions.write_text('{"id": 1, "q": "tạm trú"}', encoding="utf-16")
    ran = pakn(monkeypatch, capsys, "ask", "--catalogue", listed, "--batch", questions)
    assert ran.code == 1
    assert ran.err == "Tệp hoi.jsonl không dùng bảng mã UTF-8.\n"


@pytest.mark.parametrize("option", ["--catalogue", "--batch"])
def test_a_file_that_is_not_there_is_a_sentence_and_no_trace(
    listed: Path,
    tmp_path: Path,
    option: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = {"--catalogue": listed, "--batch": listed, option: tmp_path / "chua-co.jsonl"}
    ran = pakn(monkeypatch, capsys, "ask", *(part for pair in files.items() for part in pair))
    assert ran.code == 1
    assert "chua-co.jsonl" in ran.err
    assert "Traceback" not in ran.err


def test_one_question_is_answered_with_code_and_source(
    listed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = pakn(monkeypatch, capsys, "ask", "xin giấy độc thân", "--catalogue", listed)
    assert ran.code == 0
    assert "1.004873" in ran.out


def test_a_question_without_an_answer_says_so(
    listed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = pakn(monkeypatch, capsys, "ask", "giá vàng hôm nay", "--catalogue", listed)
    assert "Chưa tìm thấy trong danh mục." in ran.out


def test_without_an_installation_the_sample_catalogue_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sample: Catalogue
) -> None:
    ran = pakn(monkeypatch, capsys, "ask", "đăng ký khai sinh cần giấy tờ gì")
    assert ran.out.startswith("Đăng ký khai sinh (mã 1.001193)")
    assert sample.release.name in ran.out


def test_checking_a_catalogue_counts_what_was_read_and_lists_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path / "danh-muc.jsonl", record(), "{", record(code=1.00008))
    ran = pakn(monkeypatch, capsys, "catalogue", "check", file)
    assert ran.code == 0
    assert "Đọc được 1 thủ tục.\n2 dòng không đọc được.\n" in ran.out
    assert "  dòng 2: Dòng không phải là một bản ghi JSON trọn vẹn.\n" in ran.out
    assert "  dòng 3: Mã số đang ở dạng số nên có thể mất số 0.\n" in ran.out
    assert "1 điều cần xem lại.\n  dòng 1, 1.001193: Chỉ có tên, chưa có nội dung" in ran.out


def test_checking_shows_twenty_problems_and_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path / "danh-muc.jsonl", record(), *["{"] * 25)
    ran = pakn(monkeypatch, capsys, "catalogue", "check", file)
    assert ran.out.count("bản ghi JSON trọn vẹn") == 20
    assert "  … và 5 mục nữa.\n" in ran.out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.jsonl", b""),
        ("hong.jsonl", b"{\n{\n"),
        ("hong.jsonl.gz", b"\x1f\x8b\x08 cut"),
        ("hong.xlsx", b"PK\x03\x04 cut"),
        ("danh-muc.csv", b"1.001193,Khai sinh"),
    ],
)
def test_checking_a_broken_file_gives_one_sentence_and_an_error(
    tmp_path: Path,
    name: str,
    content: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = pakn(monkeypatch, capsys, "catalogue", "check", tmp_path / name)
    assert ran.code == 1
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.strip().endswith(".")


def test_the_day_an_answer_is_due_comes_with_every_day_that_was_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = pakn(
        monkeypatch, capsys, "due", "--received", "2026-02-13T16:45", "--kind", "conduct", "--json"
    )
    found = json.loads(ran.out)
    assert found["due"] == "2026-03-13"
    assert found["trace"][0]["date"] == "2026-02-13"
    assert found["trace"][-1]["date"] == "2026-03-13"
    assert [day["number"] for day in found["trace"] if day["counted"]] == list(range(1, 16))
    assert all(day["reason"] for day in found["trace"])
    assert {"date", "counted", "reason"} <= set(found["trace"][0])


def test_the_due_day_is_told_to_people_with_its_weekday_and_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = pakn(monkeypatch, capsys, "due", "--received", "2026-02-13T16:45", "--kind", "conduct")
    assert "thứ Sáu, 13/03/2026" in ran.out.splitlines()[0]
    assert ran.out.splitlines()[1].startswith("15 ngày làm việc.")


@pytest.mark.parametrize(
    "received", ["hôm qua", "2026-02-30", "13/02/2026", "2019-01-02T08:00", "9999-12-30T08:00"]
)
def test_a_time_that_cannot_be_counted_from_is_a_sentence(
    received: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = pakn(monkeypatch, capsys, "due", "--received", received)
    assert ran.code == 1
    assert ran.err.strip().endswith(".")
    assert ran.out == ""


def test_the_installed_script_runs_and_reports_errors_to_the_shell(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("pakn")
    ran = subprocess.run(
        [script, "catalogue", "check", tmp_path / "chua-co.jsonl"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 1
    assert ran.stderr == ("Không tìm thấy tệp chua-co.jsonl. Bạn kiểm tra lại đường dẫn.\n")
