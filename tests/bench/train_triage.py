"""Learn the weights of triage from labelled first messages; writes knowledge/triage_weights.json.

Prints what cross-validation says first. Run: python -m tests.bench.train_triage MESSAGES.jsonl
"""

import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.triage import Label
from knowledge.triage_model import TriageReader, feature_reader

OUT = Path(__file__).parents[2] / "knowledge" / "triage_weights.json"
FOLDS = 10
Array = npt.NDArray[np.float64]


def main() -> None:
    """Read, cross-validate, learn from all, write."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    reader = feature_reader()
    found = [{"": 1.0, **reader.features(row["text"])} for row in rows]
    labels = [Label(row["label"]) for row in rows]
    right = seen_safe = safe = 0
    for fold in range(FOLDS):
        held = [n for n in range(len(rows)) if n % FOLDS == fold]
        kept = [n for n in range(len(rows)) if n % FOLDS != fold]
        weights = learn([found[n] for n in kept], [labels[n] for n in kept])
        model = TriageReader(reader, weights)
        for n in held:
            label = model.read(rows[n]["text"]).label
            right += label in {rows[n]["label"], rows[n].get("also")}
            if labels[n] in {Label.EMERGENCY, Label.DENUNCIATION}:
                safe += 1
                seen_safe += label in {labels[n], rows[n].get("also")}
                if label is not labels[n]:
                    print(labels[n], label, rows[n]["text"][:90])
    print(f"cross-validated: {right}/{len(rows)} right; emergency, denunciation {seen_safe}/{safe}")
    table = {"weights": learn(found, labels)}
    OUT.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def learn(
    found: list[dict[str, float]], labels: list[Label], decay: float = 0.004, steps: int = 600
) -> dict[str, dict[str, float]]:
    """Return the weights of a multinomial logistic regression with L2 decay."""
    names = sorted({name for row in found for name in row})
    at = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(found), len(names)))
    for n, row in enumerate(found):
        for name, value in row.items():
            x[n, at[name]] = value
    kinds = list(Label)
    y = np.eye(len(kinds))[[kinds.index(label) for label in labels]]
    w: Array = np.zeros((len(names), len(kinds)))
    momentum = np.zeros_like(w)
    for _ in range(steps):
        z = x @ w
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        momentum = 0.9 * momentum + x.T @ (p - y) / len(x) + decay * w
        w -= 0.3 * momentum
    return {
        kind.value: {
            name: round(float(w[at[name], k]), 3) for name in names if abs(w[at[name], k]) > 0.01
        }
        for k, kind in enumerate(kinds)
    }


if __name__ == "__main__":
    main()
