"""How often the right procedure comes first, beside plain methods in the same run."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.clerk import Clerk
from knowledge.decide import Decision
from knowledge.readers import read
from tests.bench import questions, rivals, worst
from tests.bench.crossval import SPOILED
from tests.bench.questions import Asked
from tests.bench.rivals import Ranker
from tests.shared import SHARED


@dataclass
class Tally:
    """Counts over one set; milliseconds per question."""

    name: str
    asked: int = 0
    first: int = 0
    in_three: int = 0
    times: tuple[float, ...] = ()

    def line(self) -> str:
        """Return one row of the table."""
        ordered = sorted(self.times)
        middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
        return (
            f"  {self.name:<28} đúng đầu {self.first / self.asked:6.1%}   "
            f"trong ba {self.in_three / self.asked:6.1%}   "
            f"p50 {middle:6.2f} ms   p99 {slow:6.2f} ms"
        )


def report() -> None:
    """Print the tables for the three sets."""
    catalogue = read(SHARED / "catalogue" / "commune.jsonl")
    clerk = Clerk(catalogue)
    folder = SHARED / "questions"
    rankers = {
        "pakn": lambda q: [c.procedure.code for c in clerk.ask(q).candidates],
        "rapidfuzz token_set_ratio": rivals.token_set(catalogue),
        "bm25s (tiếng và cặp tiếng)": rivals.bm25(catalogue),
        "tantivy": rivals.tantivy_bm25(catalogue),
        "SQLite FTS5": rivals.fts5(catalogue),
    }
    sets = {
        "Câu hỏi thường ngày": questions.everyday(folder, catalogue),
        "Câu hỏi khó": questions.hard(folder, catalogue),
        "Câu hỏi gần tên chính thức": questions.formal(folder, catalogue),
    }
    print(f"Danh mục {len(catalogue)} thủ tục.")
    worst.report(clerk)
    for title, asked in sets.items():
        answerable = [a for a in asked if a.codes and a.expect == "answer"]
        print(f"\n{title}: {len(answerable)} câu có câu trả lời trong danh mục, {len(asked)} câu.")
        for spelled, spoil in SPOILED.items():
            print(f" {spelled}:")
            typed = [replace(a, text=spoil(a.text, n)) for n, a in enumerate(answerable)]
            for name, rank in rankers.items():
                print(tally(name, rank, typed).line())
        print(decisions(clerk, asked))
        print(aspects(clerk, answerable))


def tally(name: str, rank: Ranker, asked: Sequence[Asked]) -> Tally:
    """Rank every question and count."""
    counted = Tally(name)
    times = []
    for question in asked:
        started = time.perf_counter()
        codes = rank(question.text)
        times.append((time.perf_counter() - started) * 1000)
        counted.asked += 1
        counted.first += bool(codes) and codes[0] in question.codes
        counted.in_three += not question.codes.isdisjoint(codes[:3])
    counted.times = tuple(times)
    return counted


def decisions(clerk: Clerk, asked: Sequence[Asked]) -> str:
    """Count answers given as sure: how many wrong, and how many to what has no answer."""
    given = wrong = outside = outside_answered = answered = answerable = 0
    for question in asked:
        finding = clerk.ask(question.text)
        sure = finding.decision is Decision.ANSWER
        right = sure and finding.candidates[0].procedure.code in question.codes
        given += sure
        wrong += sure and not right
        if question.expect == "none":
            outside += 1
            outside_answered += sure
        elif question.expect == "answer":
            answerable += 1
            answered += sure
    return (
        f"  trả lời chắc chắn {given}, sai {wrong}; trả lời ngay {answered}/{answerable} câu "
        f"có câu trả lời; ngoài danh mục mà vẫn trả lời {outside_answered}/{outside}"
    )


def aspects(clerk: Clerk, asked: Sequence[Asked]) -> str:
    """Count questions whose asked part was found."""
    labelled = [a for a in asked if a.aspects]
    right = sum(1 for a in labelled if a.aspects <= {*clerk.aspects_of(a.text)})
    return f"  phần được hỏi: đúng {right}/{len(labelled)}" if labelled else ""
