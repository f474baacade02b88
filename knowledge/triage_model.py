"""A multinomial logistic model whose weights are data: triage_weights.json."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LinearModel:
    """Weights per feature and label.

    temperature > 1 makes probabilities humbler; from alarm on a guarded label is chosen.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[float]]
    temperature: float
    alarm: float

    @classmethod
    def load(cls, path: Path) -> "LinearModel":
        """Read the weights; raises OSError, json.JSONDecodeError or KeyError."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            labels=tuple(data["labels"]),
            bias=tuple(data["bias"]),
            weights={name: tuple(row) for name, row in data["weights"].items()},
            temperature=data["temperature"],
            alarm=data["alarm"],
        )

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each label; features without weights say nothing."""
        rows: list[Sequence[float]] = [self.bias]
        for name, value in features.items():
            if row := self.weights.get(name):
                rows.append(row if value == 1 else [value * weight for weight in row])
        totals = [sum(column) for column in zip(*rows, strict=True)]
        highest = max(totals)
        raised = [math.exp((total - highest) / self.temperature) for total in totals]
        whole = sum(raised)
        return {label: part / whole for label, part in zip(self.labels, raised, strict=True)}
