"""Measures how first messages are read, and learns the weights of knowledge/triage.

    python tests/bench/bench_triage.py measure FILE…   how right the shipped reader is
    python tests/bench/bench_triage.py cross FILE…     five-fold cross-validation over the rows
    python tests/bench/bench_triage.py learn FILE…     write knowledge/lexicon/triage_weights.json

A file has JSON lines with text and label, optionally also (a second label an officer accepts) and
weight (how much the row counts, 1 when absent). Our own messages are in messages.jsonl beside
this file; the ways of asking for a procedure are procedure questions besides. What a ward or
anybody else collected is never part of the repository.
"""

import argparse
import json
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from knowledge.lexicon import Lexicon  # noqa: E402
from knowledge.triage import GUARDED, Label, TriageReader, decide  # noqa: E402
from knowledge.triage_features import FeatureReader  # noqa: E402

FOLDER = ROOT / "knowledge" / "lexicon"
LABELS = list(Label)
STRENGTH = {"strong": 1.0, "weak": 0.4}  # what a cue is worth before anything is learnt
PULL = 3.0  # how strongly weights are held to what the cues say
RAREST_WORD = 2  # rows that a single word must be in to get a weight
SECOND = 0.2  # share of a borderline row that its second label gets
LEVEL = 0.3  # 0 = labels count by their rows, 1 = all labels count the same
GUARD = 1.5  # how much more a missed emergency or denunciation costs
ALARM = 0.2
STEPS = 250
ASK = 0.05  # what one of our ways of asking for a procedure counts beside a whole message

Row = dict[str, Any]
Matrix = NDArray[np.float64]


def rows_of(paths: Sequence[str]) -> list[Row]:
    """Read the rows of all files."""
    return [json.loads(line) for path in paths for line in Path(path).open(encoding="utf-8")]


def asks() -> list[Row]:
    """Return the ways of asking for a procedure, and for what is not the ward's, as rows."""
    lexicon = Lexicon.shipped()
    texts = [text for ways in lexicon.asks.values() for text in ways]
    texts += [text for matter in lexicon.outside if not matter.is_talk for text in matter.asks]
    talk = [text for matter in lexicon.outside if matter.is_talk for text in matter.asks]
    return [
        *({"text": text, "label": Label.PROCEDURE_QUESTION, "weight": ASK} for text in texts),
        *({"text": text, "label": Label.ABUSE_OR_NOISE, "weight": ASK} for text in talk),
    ]


class Lesson:
    """Rows turned into numbers."""

    def __init__(self, rows: list[Row]) -> None:
        cues = tomllib.loads((FOLDER / "triage.toml").read_text(encoding="utf-8"))
        reader = FeatureReader(cues, Lexicon.load(FOLDER))
        found = [reader.features(row["text"]) for row in rows]
        seen = Counter(name for features in found for name in features)
        spoken = {**cues["cues"], **cues["rules"], **cues["shape"]}
        words = {name for name, n in seen.items() if name[:2] != "w:" or n >= RAREST_WORD}
        self.names = sorted(words | set(spoken))
        self.rows = rows
        self.inputs = _table(found, self.names)
        self.targets = np.array([_target(row) for row in rows])
        self.weight = np.array([row.get("weight", 1.0) for row in rows])
        self.before = np.array([_worth(spoken.get(name, {})) for name in self.names])

    def learn(self, chosen: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
        """Fit weights and bias to the chosen rows: accelerated gradient on the convex loss."""
        inputs, targets = self.inputs[chosen], self.targets[chosen]
        share = _share(targets, self.weight[chosen])
        shared = sp.diags(np.sqrt(share)) @ inputs
        largest = svds(shared, k=1, return_singular_vectors=False, random_state=0)
        bound = 0.5 * float(largest[0]) ** 2 + PULL
        weights, bias = self.before.copy(), np.zeros(len(LABELS))
        ahead, ahead_bias, pace = weights.copy(), bias.copy(), 1.0
        for _ in range(STEPS):
            miss = (_chances(inputs @ ahead + ahead_bias) - targets) * share[:, None]
            new = ahead - (inputs.T @ miss + PULL * (ahead - self.before)) / bound
            new_bias = ahead_bias - (miss.sum(0) + 0.1 * PULL * ahead_bias) / bound
            faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
            ahead = new + (pace - 1) / faster * (new - weights)
            ahead_bias = new_bias + (pace - 1) / faster * (new_bias - bias)
            weights, bias, pace = new, new_bias, faster
        return weights, bias

    def cross(self, folds: int = 5) -> Matrix:
        """Return what each row gets as logits from weights learnt without it."""
        order = np.random.default_rng(0).permutation(len(self.rows))
        logits = np.zeros_like(self.targets)
        for fold in range(folds):
            held = order[fold::folds]
            weights, bias = self.learn(np.setdiff1d(order, held))
            logits[held] = self.inputs[held] @ weights + bias
        return logits

    def temperature(self, logits: Matrix) -> float:
        """Return the temperature at which held-out probabilities are most honest."""
        tried = np.arange(0.6, 2.55, 0.05)
        loss = [
            -(self.weight[:, None] * self.targets * np.log(_chances(logits / t) + 1e-9)).sum()
            for t in tried
        ]
        return round(float(tried[int(np.argmin(loss))]), 2)


def _table(found: list[dict[str, float]], names: list[str]) -> sp.csr_matrix:
    place = {name: at for at, name in enumerate(names)}
    cells = [
        (row, place[name], value)
        for row, features in enumerate(found)
        for name, value in features.items()
        if name in place
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sp.csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))


def _target(row: Row) -> list[float]:
    second = SECOND if row.get("also") else 0.0
    return [
        (1 - second) * (label == row["label"]) + second * (label == row.get("also"))
        for label in LABELS
    ]


def _worth(cue: dict[str, Any]) -> list[float]:
    worth = STRENGTH.get(cue.get("strength", ""), 0.0)
    return [worth * (label == cue.get("speaks_for")) for label in LABELS]


def _share(targets: Matrix, weight: Matrix) -> Matrix:
    """Return how much each row counts."""
    total = (targets * weight[:, None]).sum(0) + 1e-9
    guard = np.array([GUARD if label in GUARDED else 1.0 for label in LABELS])
    share: Matrix = targets @ ((total.mean() / total) ** LEVEL * guard) * weight
    return share


def _chances(logits: Matrix) -> Matrix:
    raised = np.exp(logits - logits.max(1, keepdims=True))
    chances: Matrix = raised / raised.sum(1, keepdims=True)
    return chances


def report(rows: list[Row], said: Sequence[Label]) -> None:
    """Print how many are right, overall and by label, and which were wrong."""
    right = [
        label in (row["label"], row.get("also")) for row, label in zip(rows, said, strict=True)
    ]
    by_label: dict[str, list[bool]] = defaultdict(list)
    for row, good in zip(rows, right, strict=True):
        by_label[row["label"]].append(good)
    strict = sum(row["label"] == label for row, label in zip(rows, said, strict=True))
    print(f"right {sum(right)}/{len(rows)} = {sum(right) / len(rows):.3f}, strict {strict}")
    for label, good in sorted(by_label.items()):
        taken = sum(s == label for s in said)
        print(f"  {label:25} {sum(good):4}/{len(good):<4} {sum(good) / len(good):.3f} said {taken}")


def _report_alarms(said: Sequence[Label]) -> None:
    """Print how many harmless questions and idle words are taken for what is guarded."""
    alarms = Counter(label for label in said if label in GUARDED)
    told = ", ".join(f"{label} {n}" for label, n in alarms.items()) or "none"
    print(f"of {len(said)} ways of asking taken for what is guarded: {told}")


def measure(rows: list[Row]) -> None:
    """Measure the shipped reader, and its time for 1,000 characters."""
    reader = TriageReader.shipped()
    read = [reader.read(row["text"]) for row in rows]
    report(rows, [triage.label for triage in read])
    for row, triage in zip(rows, read, strict=True):
        if triage.label not in (row["label"], row.get("also")):
            print(f"  {row['label']} -> {triage.label} {triage.score:.2f} | {row['text']}")
    _report_alarms([reader.read(row["text"]).label for row in asks()])
    text = (" ".join(row["text"] for row in rows) * 2)[:200_000]
    pieces = [text[at : at + 1000] for at in range(0, len(text) - 1000, 1000)]
    start = time.perf_counter()
    for piece in pieces:
        reader.read(piece)
    print(f"{(time.perf_counter() - start) / len(pieces) * 1000:.2f} ms for 1,000 characters")


def cross(rows: list[Row]) -> None:
    """Print the cross-validated figures."""
    lesson = Lesson(rows + asks())
    logits = lesson.cross()
    temperature = lesson.temperature(logits)
    chances = _chances(logits / temperature)
    said = [decide(dict(zip(LABELS, row, strict=True)), ALARM) for row in chances.tolist()]
    print(f"temperature {temperature}")
    whole = [at for at, row in enumerate(rows) if row.get("weight", 1.0) >= 1]
    report([rows[at] for at in whole], [said[at] for at in whole])
    _report_alarms(said[len(rows) :])


def learn(rows: list[Row]) -> None:
    """Write the weights, rounded; features that decide nothing are left out."""
    lesson = Lesson(rows + asks())
    temperature = lesson.temperature(lesson.cross())
    weights, bias = lesson.learn(np.arange(len(lesson.rows)))
    kept = {
        name: [round(float(w), 2) for w in row]
        for name, row in zip(lesson.names, weights, strict=True)
        if np.abs(row).max() >= 0.03
    }
    note = "learnt by tests/bench/bench_triage.py learn"
    head = {
        "note": note,
        "labels": [str(label) for label in LABELS],
        "bias": [round(float(b), 2) for b in bias],
        "temperature": temperature,
        "alarm": ALARM,
    }
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in kept.items()
    ]
    body = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    text = body + ',\n "weights": {\n  ' + ",\n  ".join(lines) + "\n }\n}\n"
    (FOLDER / "triage_weights.json").write_text(text, encoding="utf-8")
    print(f"{len(kept)} features, temperature {temperature}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", choices=["measure", "cross", "learn"])
    parser.add_argument("files", nargs="+")
    given = parser.parse_args()
    {"measure": measure, "cross": cross, "learn": learn}[given.do](rows_of(given.files))
