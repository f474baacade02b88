"""What holds for procedures never seen: figures cross-validated by procedure.

A question counts with weights that saw no question of its procedure; the ways of asking are ours
and known to the index, as they are to the product. The words of a question of our own were not
learnt from when it is judged, and those of development never are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.decide import probability
from tests.bench import lessons
from tests.bench.fitting import Example, example_of, forgotten, learn
from tests.bench.lessons import CV_FOLDS, Lesson, Spoiled
from tests.bench.slips import with_slips, without_marks

ANSWER_FROM, CLARIFY_FROM = 0.8, 0.3
PLAIN = "như người dân gõ"
SPOILED: Spoiled = {
    PLAIN: lambda text, _: text,
    "bỏ hết dấu": lambda text, _: without_marks(text),
    "mỗi từ dài sai một chỗ": with_slips,
}
_SETS = {  # by the first letter of the key
    "thường ngày": "d",
    "khó": "h",
    "thường ngày, của ta": "e",
    "khó, của ta": "k",
}


@dataclass(frozen=True)
class Judged:
    """A held-out question: its evidence, how likely its first and one of three are right."""

    key: str
    example: Example
    first: float
    one: float


def run(catalogue: Catalogue, folder: Path) -> None:
    """Collect the lessons and print the figures; takes some minutes."""
    report(*collected(catalogue, folder))


def collected(catalogue: Catalogue, folder: Path) -> tuple[list[Lesson], dict[str, list[Lesson]]]:
    """Return the lessons of our ways of asking, and of questions as typed, unmarked, with slips."""
    asks, questions = lessons.collected(catalogue, folder, SPOILED)
    asks = [lesson for lesson in asks if len(lesson.codes)]
    found = {name: [x for x in every if len(x.codes)] for name, every in questions.items()}
    return asks + forgotten(asks), found


def report(asks: Sequence[Lesson], questions: Mapping[str, Sequence[Lesson]]) -> None:
    """Print right-first, right-in-three and the decisions for each spelling."""
    judged: dict[str, list[Judged]] = {name: [] for name in questions}
    for fold in range(CV_FOLDS):
        seen = [x for x in questions[PLAIN] if x.fold != fold]
        ranking, first, one = learn(asks, seen)
        for name, asked in questions.items():
            for lesson in (x for x in asked if x.fold == fold):
                e = example_of(lesson, ranking, 1.0)
                chances = probability(first, e.evidence), probability(one, e.evidence)
                judged[name].append(Judged(lesson.key, e, *chances))
    print("\nKiểm chéo theo thủ tục (thủ tục của câu hỏi chưa từng được học):")
    for name, found in judged.items():
        _print_ranking(name, found)
        _print_decisions(found, ANSWER_FROM)
    for limit in (0.7, 0.75, 0.9):
        _print_decisions(judged[PLAIN], limit)
    _print_refusals(judged[PLAIN])


def _print_ranking(name: str, judged: Sequence[Judged]) -> None:
    parts = []
    for title, letter in _SETS.items():
        asked = [j.example for j in judged if j.example.expect == "answer" and j.key[0] == letter]
        first, one = (sum(getattr(e, what) for e in asked) for what in ("first", "one"))
        parts.append(f"{title} {first / len(asked):.1%} / trong ba {one / len(asked):.1%}")
    print(f"  {name}: đúng đầu " + "; ".join(parts))


def _print_decisions(judged: Sequence[Judged], limit: float) -> None:
    given = [j.example for j in judged if j.first >= limit]
    right = sum(e.first or (e.expect == "clarify" and e.one) for e in given)
    asked = [j for j in judged if j.example.expect == "answer"]
    at_once = sum(j.first >= limit for j in asked)
    outside = [j.first >= limit for j in judged if j.example.expect == "none"]
    print(
        f"    từ {limit}: trả lời chắc {len(given)} câu, đúng {right / max(len(given), 1):.1%}; "
        f"trả lời ngay {at_once / len(asked):.1%} câu có câu trả lời; "
        f"ngoài danh mục mà trả lời {sum(outside)}/{len(outside)}"
    )


def _print_refusals(judged: Sequence[Judged]) -> None:
    outside = [j.one < CLARIFY_FROM for j in judged if j.example.expect == "none"]
    inside = [j.one < CLARIFY_FROM for j in judged if j.example.expect != "none"]
    print(
        f"    nói là không có: {sum(outside) / len(outside):.1%} câu ngoài danh mục, "
        f"{sum(inside) / len(inside):.1%} câu trong danh mục"
    )
