"""Learn when an answer is sure enough, and write it into knowledge/weights.json.

The examples are our held-out ways of asking, once with their procedure and once as if the
catalogue did not have it, idle talk, and the development questions. The figures printed are
cross-validated by procedure over the development questions.

Run (after tests.bench.train): python -m tests.bench.train_decision CATALOGUE.jsonl QUESTIONS
"""

import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.catalogue import Catalogue
from knowledge.decide import evidence_of, probability
from knowledge.lexicon import Lexicon
from knowledge.question import reader_of
from knowledge.readers import read
from knowledge.search import Candidate, SearchIndex
from tests.bench.questions import everyday, hard
from tests.bench.train import CV_FOLDS, FOLDS, OUT, varied

Array = npt.NDArray[np.float64]
ANSWER_FROM, CLARIFY_FROM = 0.65, 0.4
WEIGHT_OF_QUESTIONS = 6.0
WEIGHT_OF_NEAR_MISSES = 0.3


@dataclass(frozen=True)
class Example:
    """Evidence, whether the first and whether one of three is right, weight, fold."""

    evidence: dict[str, float]
    first: bool
    one: bool
    weight: float
    fold: int
    expect: str = ""


def main() -> None:
    """Collect, report, learn from all, write."""
    catalogue = read(Path(sys.argv[1]))
    ours, theirs = _ours(catalogue), _theirs(catalogue, Path(sys.argv[2]))
    _report(ours, theirs)
    kept = json.loads(OUT.read_text(encoding="utf-8"))
    decision = {
        "first_right": learn([*ours, *theirs], "first"),
        "one_right": learn([*ours, *theirs], "one"),
        "answer_from": ANSWER_FROM,
        "clarify_from": CLARIFY_FROM,
    }
    OUT.write_text(json.dumps({**kept, "decision": decision}, indent=1) + "\n", encoding="utf-8")


def learn(examples: list[Example], what: str, steps: int = 800) -> dict[str, float]:
    """Return the weights of a logistic regression with a little decay."""
    names = list(examples[0].evidence)
    x: Array = np.array([[e.evidence[n] for n in names] for e in examples])
    y = np.array([getattr(e, what) for e in examples], dtype=float)
    weight = np.array([e.weight for e in examples])
    weight /= weight.sum()
    w = np.zeros(len(names))
    momentum = np.zeros_like(w)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        momentum = 0.9 * momentum + x.T @ (weight * (p - y)) + 2e-4 * w
        w -= 0.8 * momentum
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True)}


def _ours(catalogue: Catalogue) -> list[Example]:
    lexicon = Lexicon.shipped()
    reader = reader_of(lexicon)
    found = []
    for fold in range(FOLDS):
        kept = {
            code: [ask for n, ask in enumerate(asks) if n % FOLDS != fold]
            for code, asks in lexicon.asks.items()
        }
        index = SearchIndex(catalogue, reader, kept)
        for code, asks in lexicon.asks.items():
            for n, ask in enumerate(asks):
                if n % FOLDS == fold and code in catalogue.by_code:
                    question = reader.read(varied(ask, n))
                    length = len(question.syllables)
                    ranked = index.rank(question, 12)
                    name = catalogue.by_code[code].name
                    right = frozenset(p.code for p in catalogue.procedures if p.name == name)
                    others = [c for c in ranked if c.procedure.code not in right]
                    found.append(_example(ranked[:10], length, right, 1.0, -1))
                    found.append(
                        _example(others[:10], length, frozenset(), WEIGHT_OF_NEAR_MISSES, -1)
                    )
        if fold == 0:
            for cues in lexicon.smalltalk.values():
                for cue in cues:
                    question = reader.read(cue)
                    ranked = index.rank(question)
                    if ranked:
                        found.append(
                            _example(ranked, len(question.syllables), frozenset(), 1.0, -1)
                        )
    return found


def _theirs(catalogue: Catalogue, folder: Path) -> list[Example]:
    lexicon = Lexicon.shipped()
    reader = reader_of(lexicon)
    index = SearchIndex(catalogue, reader, lexicon.asks)
    found = []
    for asked in everyday(folder, catalogue) + hard(folder, catalogue):
        question = reader.read(asked.text)
        ranked = index.rank(question)
        fold = zlib.crc32(min(asked.codes, default=asked.key).encode()) % CV_FOLDS
        if ranked:
            example = _example(
                ranked,
                len(question.syllables),
                asked.codes,
                WEIGHT_OF_QUESTIONS,
                fold,
                asked.expect,
            )
            found.append(example)
    return found


def _example(
    ranked: list[Candidate],
    length: int,
    right: frozenset[str],
    weight: float,
    fold: int,
    expect: str = "",
) -> Example:
    hits = [c.procedure.code in right for c in ranked[:3]]
    sure = bool(hits) and hits[0] and expect != "clarify"
    return Example(evidence_of(ranked, length), sure, any(hits), weight, fold, expect)


def _report(ours: list[Example], theirs: list[Example]) -> None:
    rows = []
    for fold in range(CV_FOLDS):
        first = learn([*ours, *(e for e in theirs if e.fold != fold)], "first")
        one = learn([*ours, *(e for e in theirs if e.fold != fold)], "one")
        rows += [
            (e, probability(first, e.evidence), probability(one, e.evidence))
            for e in theirs
            if e.fold == fold
        ]
    for limit in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        given = [e for e, p, _ in rows if p >= limit]
        right = sum(e.first or (e.expect == "clarify" and e.one) for e in given)
        answerable = [(e, p) for e, p, _ in rows if e.expect == "answer"]
        outside = [(e, p) for e, p, _ in rows if e.expect == "none"]
        print(
            f"from {limit}: given {len(given)} right {right / max(len(given), 1):.3f}; answered "
            f"{sum(p >= limit for _, p in answerable) / len(answerable):.3f} of answerable; "
            f"{sum(p >= limit for _, p in outside)}/{len(outside)} outside answered"
        )
    for limit in (0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        outside = [q for e, _, q in rows if e.expect == "none"]
        inside = [q for e, _, q in rows if e.expect != "none"]
        print(
            f"none below {limit}: {sum(q < limit for q in outside) / len(outside):.3f} of outside,"
            f" {sum(q < limit for q in inside) / len(inside):.3f} of inside"
        )


if __name__ == "__main__":
    main()
