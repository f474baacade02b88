"""Run every measurement whose data is on this machine, and print the tables."""

from tests.bench import growth, matching
from tests.shared import SHARED


def main() -> None:
    """Print all tables, or why there are none."""
    if not (SHARED / "questions").exists():
        print(f"Không có bộ câu hỏi tại {SHARED / 'questions'}: bỏ qua phép đo.")
        return
    matching.report()
    growth.report()


main()
