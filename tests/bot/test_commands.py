"""The command line: accounts, releases, calendar, triage; an error is a sentence, not a trace."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from api.cases import calendars
from api.catalogue import activations, releases
from api.people import staff as accounts
from api.people.models import Role, Staff
from api.settings import Settings
from api.web.site import Site
from bot.__main__ import app, cli
from bot.service import open_site
from tests.api.cases.cast import StaffDesk, chat_of, send
from tests.conftest import PASSWORD, hire

Run = Callable[..., str]

BIRTH = {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an installation on which no command ever ran."""
    monkeypatch.setenv("PAKN_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Runs a command that succeeds; returns what it printed."""

    def command(*words: str, **environment: str) -> str:
        outcome = CliRunner().invoke(cli, list(words), env=environment)
        assert outcome.exit_code == 0, outcome.output
        return outcome.stdout

    return command


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that fails; returns what it said on standard error."""

    def command(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["pakn", *words])
        with pytest.raises(SystemExit) as ended:
            app()
        assert ended.value.code == 1
        return capsys.readouterr().err

    return command


@pytest.fixture
def office() -> Site:
    """The installation in that folder."""
    return open_site(Settings())


def release(folder: Path, name: str, *rows: dict[str, str]) -> str:
    """Write a catalogue file; returns its path."""
    path = folder / name
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_an_account_is_added_and_can_sign_in(run: Run, office: Site) -> None:
    said = run("staff", "add", "hanh", "--name", "Lê Thị Hạnh", PAKN_NEW_PASSWORD=PASSWORD)
    assert said.strip() == "Đã thêm tài khoản hanh."
    with office.database.writing() as session:
        member = session.exec(select(Staff)).one()
        assert (member.username, member.name, member.role) == (
            "hanh",
            "Lê Thị Hạnh",
            Role.OFFICER,
        )
        assert accounts.sign_in(session, "hanh", PASSWORD, "", office.clock(), 12)


def test_an_account_gets_the_role_that_was_named(run: Run, office: Site) -> None:
    words = ("staff", "add", "minh", "--name", "Trần Văn Minh", "--role", "admin")
    run(*words, "--password", PASSWORD)
    with office.database.reading() as session:
        assert session.exec(select(Staff)).one().role is Role.ADMIN


@pytest.mark.parametrize(
    ("password", "words"), [("ngan", "10 ký tự"), (PASSWORD, "Bạn chọn tên khác.")]
)
def test_a_short_password_or_a_taken_name_is_refused(
    run: Run, fail: Run, password: str, words: str
) -> None:
    run("staff", "add", "hanh", "--name", "Lê Thị Hạnh", "--password", PASSWORD)
    name = "hanh" if password == PASSWORD else "minh"
    assert words in fail("staff", "add", name, "--name", "Ai đó", "--password", password)


def test_a_release_is_imported_but_not_used_until_it_is_activated(
    run: Run, folder: Path, office: Site
) -> None:
    said = run("catalogue", "import", release(folder, "moi.jsonl", BIRTH))
    assert "Đọc được 1 thủ tục." in said
    assert "chưa kích hoạt (pakn catalogue activate 1)" in said
    with office.database.reading() as session:
        assert activations.active(session, office.office.unit_id, office.clock()) is None
    assert "Đang dùng bản số 1: moi." in run("catalogue", "activate", "1")
    with office.database.reading() as session:
        assert activations.active(session, office.office.unit_id, office.clock()).id == 1


def test_a_release_may_be_activated_while_it_is_imported(
    run: Run, folder: Path, office: Site
) -> None:
    path = folder / "moi.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(BIRTH).encode()))
    words = ("--name", "Bản tháng 11", "--source", "QĐ 123", "--published", "2026-11-02")
    assert "Bản số 1: đã kích hoạt." in run("catalogue", "import", str(path), *words, "--activate")
    with office.database.reading() as session:
        row = activations.active(session, office.office.unit_id, office.clock())
        assert (row.name, row.source) == ("Bản tháng 11", "QĐ 123")
        assert f"{row.published_on}" == "2026-11-02"
        assert "1.001193" in office.catalogue.clerk(session).catalogue.by_code


def test_the_list_marks_the_release_in_use_and_names_the_newest_first(
    run: Run, folder: Path
) -> None:
    other = {"code": "1.004194", "name": "Đăng ký tạm trú"}
    run("catalogue", "import", release(folder, "cu.jsonl", BIRTH), "--activate")
    run("catalogue", "import", release(folder, "moi.jsonl", BIRTH, other))
    newest, oldest, used = run("catalogue", "list").splitlines()
    assert newest.startswith(" ")
    assert newest.split()[:4] == ["2", "2", "thủ", "tục"]
    assert oldest.startswith("*")
    assert "cu.jsonl" in oldest
    assert used.endswith("dùng bản số 1")


def test_rolling_back_puts_the_release_before_into_use_with_its_reason(
    run: Run, fail: Run, folder: Path, office: Site
) -> None:
    for name in ("cu.jsonl", "moi.jsonl"):
        run("catalogue", "import", release(folder, name, BIRTH), "--activate")
    assert "cần có lý do" in fail("catalogue", "rollback")
    assert "Đã quay về bản số 1: cu." in run("catalogue", "rollback", "--reason", "bản mới sai")
    assert run("catalogue", "list").splitlines()[-1].endswith("dùng bản số 1: bản mới sai")
    with office.database.reading() as session:
        row = activations.active(session, office.office.unit_id, office.clock())
        assert row is not None
        assert row.name == "cu"


def test_a_release_can_be_ordered_for_a_later_moment(run: Run, fail: Run, folder: Path) -> None:
    path = release(folder, "moi.jsonl", BIRTH)
    said = run("catalogue", "import", path, "--at", "2999-01-01T07:00")
    assert "Bản số 1: sẽ dùng từ 07:00, 01/01/2999." in said
    assert "Chưa hiểu thời điểm" in fail("catalogue", "activate", "1", "--at", "mai")
    assert "đã qua" in fail("catalogue", "activate", "1", "--at", "2020-01-01T07:00")


def test_a_file_is_compared_with_the_release_in_use(run: Run, fail: Run, folder: Path) -> None:
    other = {"code": "1.004194", "name": "Đăng ký tạm trú"}
    changed = {**BIRTH, "decision_no": "999/QĐ-BTP"}
    before = release(folder, "cu.jsonl", BIRTH, other)
    after = release(folder, "moi.jsonl", changed)
    assert "Chưa có bản danh mục nào đang dùng." in fail("catalogue", "diff", before)
    run("catalogue", "import", before, "--activate")

    said = run("catalogue", "diff", after)

    assert "So với bản “cu”:" in said
    assert "0 mới.\n1 bãi bỏ.\n  1.004194 Đăng ký tạm trú" in said
    assert "quyết định công bố: (không có) → 999/QĐ-BTP" in said
    assert "1 mới." in run("catalogue", "diff", "1", "--with", after)


def test_a_release_that_does_not_exist_cannot_be_activated(fail: Run) -> None:
    assert "Không tìm thấy bản danh mục này." in fail("catalogue", "activate", "7")


def test_rows_that_cannot_be_read_are_counted_and_named(run: Run, folder: Path) -> None:
    path = folder / "hong.jsonl"
    path.write_text(json.dumps(BIRTH) + "\n{hỏng\n", encoding="utf-8")
    said = run("catalogue", "import", str(path))
    assert "Đọc được 1 thủ tục." in said
    assert "1 dòng không đọc được." in said
    assert "dòng 2:" in said


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("khong-co.jsonl", (), "khong-co.jsonl"),
        ("moi.jsonl", ("--published", "2/11/2026"), "Bạn viết dạng 2026-07-18."),
    ],
)
def test_what_cannot_be_imported_is_said_in_a_sentence(
    fail: Run, folder: Path, office: Site, name: str, options: tuple[str, ...], words: str
) -> None:
    release(folder, "moi.jsonl", BIRTH)
    said = fail("catalogue", "import", str(folder / name), *options)
    assert words in said
    assert "Traceback" not in said
    with office.database.reading() as session:
        assert releases.listed(session, office.office.unit_id) == []


def test_a_day_off_is_set_and_shown_with_its_reason(run: Run, office: Site) -> None:
    words = ("2026-06-15", "off", "--reason", "Mất điện toàn phường")
    assert "Đã đặt 15/06/2026. 0 hồ sơ đổi hạn." in run("calendar", "set", *words)
    (line,) = [
        line
        for line in run("calendar", "show", "--year", "2026").splitlines()
        if line.startswith("15/06/2026")
    ]
    assert "thứ Hai" in line
    assert "nghỉ" in line
    assert "Mất điện toàn phường" in line
    with office.database.reading() as session:
        assert calendars.current(session, office.office.unit_id).version == 1


def test_the_public_holidays_of_a_year_are_shown(run: Run) -> None:
    said = run("calendar", "show", "--year", "2026")
    lines = {line[:10]: line for line in said.splitlines()}
    for day in ("01/01/2026", "02/01/2026", "17/02/2026", "02/09/2026", "24/11/2026"):
        assert "nghỉ" in lines[day]
    assert "làm việc" in lines["10/01/2026"]
    assert "16/11/2026" not in lines


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        ("15/6/2026", "off", "Bạn viết dạng 2026-01-02."),
        ("2026-06-31", "off", "Chưa hiểu ngày"),
        ("2026-06-15", "nghi", "Bạn chọn off, work, morning, afternoon, cleared, hours."),
    ],
)
def test_a_day_that_cannot_be_set_is_said_in_a_sentence(
    fail: Run, day: str, kind: str, words: str
) -> None:
    assert words in fail("calendar", "set", day, kind, "--reason", "x")


def test_triage_prints_one_line_of_json_for_each_message(run: Run, folder: Path) -> None:
    path = folder / "tin.jsonl"
    messages = {
        "a": "cháy nhà rồi cứu với",
        "b": "đăng ký tạm trú cần giấy tờ gì",
        "c": "xin chào",
    }
    rows = [json.dumps({"id": key, "text": text}) for key, text in messages.items()]
    path.write_text("\n\n".join(rows), encoding="utf-8")
    printed = [json.loads(line) for line in run("triage", "--batch", str(path)).splitlines()]
    assert [row["id"] for row in printed] == ["a", "b", "c"]
    assert [row["label"] for row in printed] == ["emergency", "procedure_question", "greeting"]
    assert all(set(row) == {"id", "label", "score"} for row in printed)
    assert all(0 <= row["score"] <= 1 for row in printed)


@pytest.mark.parametrize("line", ["{hỏng", '{"id": "a"}', "[]", '"chào"'])
def test_a_bad_line_of_triage_is_named(fail: Run, folder: Path, line: str) -> None:
    path = folder / "tin.jsonl"
    path.write_text('{"id": "a", "text": "chào"}\n' + line, encoding="utf-8")
    said = fail("triage", "--batch", str(path))
    assert "Dòng 2 chưa đúng dạng." in said
    assert '"id", "text"' in said


def test_the_help_names_every_command() -> None:
    said = CliRunner().invoke(cli, ["--help"]).stdout
    for name in ("serve", "ask", "triage", "due", "catalogue", "calendar", "staff"):
        assert name in said


def test_a_change_of_the_calendar_can_be_looked_at_first(run: Run, folder: Path) -> None:
    said = run("calendar", "set", "2026-06-15", "off", "--reason", "bão", "--preview")

    assert "0 hồ sơ sẽ đổi hạn; chưa lưu gì." in said
    site = open_site(Settings(data_dir=folder / "data"))
    with site.database.reading() as session:
        assert calendars.version(session, site.office.unit_id) == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lich.csv", "on,kind,reason\n2026-06-15,off,bão\n2026-06-20,work,làm bù\n"),
        (
            "lich.toml",
            (
                '[[day]]\non = 2026-06-15\nkind = "off"\nreason = "bão"\n\n[[day]]\n'
                'on = "2026-06-20"\nkind = "work"\nreason = "làm bù"\n'
            ),
        ),
    ],
)
def test_days_are_imported_from_a_file_as_one_version(
    run: Run, folder: Path, name: str, text: str
) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")

    assert "Đã đặt 2 ngày." in run("calendar", "import", str(path))

    lines = {line[:10]: line for line in run("calendar", "show", "--year", "2026").splitlines()}
    assert "bão" in lines["15/06/2026"]
    assert "làm việc" in lines["20/06/2026"]


def test_lines_of_a_calendar_file_that_are_not_right_are_named(fail: Run, folder: Path) -> None:
    path = folder / "lich.csv"
    path.write_text("on,kind,reason\n2026-06-15,off,bão\n2026-06-31,off,bão\n", encoding="utf-8")

    assert "Dòng 2 chưa đúng." in fail("calendar", "import", str(path))


def test_a_year_is_confirmed_once(run: Run, fail: Run) -> None:
    assert "Đã xác nhận lịch năm 2026." in run(
        "calendar", "confirm", "2026", "--source", "TB 15/TB-BNV"
    )
    assert "đã được xác nhận" in fail("calendar", "confirm", "2026", "--source", "lại")


def test_a_case_is_shown_with_its_history_and_its_clock_but_nobody_s_words(
    run: Run, folder: Path
) -> None:
    site = open_site(Settings(data_dir=folder / "data"))
    case = send(site, chat_of(site))

    said = run("case", "show", case.code)

    assert "Nhận hồ sơ" in said
    assert "ngày nhận, không tính (ngày 0)" in said
    assert f"{case.due_on:%d/%m/%Y}" in said
    assert "Lan" not in said
    assert case.content not in said


def test_the_history_of_a_case_is_printed_with_names_and_reasons_and_personal_data_hidden(
    run: Run, folder: Path
) -> None:
    site = open_site(Settings(data_dir=folder / "data"))
    minh = hire(site, "minh", "Trần Văn Minh", Role.OFFICER)
    case = send(site, chat_of(site))
    StaffDesk(site, minh).ask_supplement(case, "Chị Lan 0912 345 678 cho biết số biên nhận?")

    said = run("case", "show", case.code)

    assert "Trần Văn Minh: Yêu cầu bổ sung" in said
    assert "cho biết số biên nhận?" in said
    assert "0912" not in said
