"""Run every measurement whose data is on this machine, and print the tables."""

from knowledge.readers import read
from tests.bench import crossval, growth, matching
from tests.shared import SHARED


def main() -> None:
    """Print all tables, or why there are none."""
    if not (SHARED / "questions").exists():
        print(f"Không có bộ câu hỏi tại {SHARED / 'questions'}: bỏ qua phép đo.")
        return
    matching.report()
    growth.report()
    crossval.run(read(SHARED / "catalogue" / "commune.jsonl"), SHARED / "questions")


main()
