"""Pages that are written from the code: `python -m tests.docs.generated` writes them anew."""

from pathlib import Path

from api.cases import moves, notices

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "docs" / "messages.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- moves: begin -->", "<!-- moves: end -->"


def messages() -> str:
    """Return the page of everything a citizen is told when something happens to a case."""
    lines = [
        "# Tin gửi người dân",
        "",
        "Mọi tin gửi khi hồ sơ đổi bước, lấy từ `api/cases/notices.toml`. Chỗ trong ngoặc nhọn",
        "được thay bằng mã, ngày, tên cơ quan khi gửi. Sửa câu trong tệp ấy rồi chạy",
        "`python -m tests.docs.generated`.",
    ]
    for name, text in notices.texts().items():
        shown = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
        lines += ["", f"## `{name}`: {notices.occasions()[name]}", "", shown]
    return "\n".join(lines) + "\n"


def moves_part() -> str:
    """Return the part of the README that shows the moves."""
    diagram = f"```mermaid\n{moves.diagram()}\n```"
    return f"{BEGIN}\n{diagram}\n\n{moves.table()}\n{END}"


def write() -> None:
    """Write the pages."""
    MESSAGES.write_text(messages(), encoding="utf-8")
    whole = README.read_text(encoding="utf-8")
    head, _, rest = whole.partition(BEGIN)
    _, _, tail = rest.partition(END)
    README.write_text(head + moves_part() + tail, encoding="utf-8")


if __name__ == "__main__":
    write()
