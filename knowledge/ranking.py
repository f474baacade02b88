"""What the evidence for a procedure is called, and how much each kind counts."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

FEATURES = (
    "merged",
    "example",
    "name",
    "example_cover",
    "words",
    "pairs",
    "toned",
    "object",
    "object_missing",
    "object_added",
    "action",
    "action_missing",
    "action_added",
    "circumstance",
    "circumstance_missing",
    "circumstance_added",
    "variant_added",
    "fuzzy",
    "best_merged",
    "best_example",
    "learned",
    "learned_lead",
    "unlearned",
    "outside",
)


AGAINST = frozenset(name for name in FEATURES if name.endswith(("_missing", "_added")))
"""Features that speak against a procedure: their weights are at most zero."""


@dataclass(frozen=True)
class Weights:
    """The weight of each feature, in the order of FEATURES."""

    vector: npt.NDArray[np.float32]

    @classmethod
    def of(cls, weights: dict[str, float]) -> "Weights":
        """Build them from a name-to-weight table; a feature left out weighs nothing."""
        return cls(np.array([weights.get(name, 0.0) for name in FEATURES], dtype=np.float32))

    @classmethod
    def shipped(cls) -> "Weights":
        """Return the weights that come with the product."""
        return _shipped()


@cache
def _shipped() -> Weights:
    text = files("knowledge").joinpath("weights.json").read_text(encoding="utf-8")
    return Weights.of(json.loads(text)["ranking"])
