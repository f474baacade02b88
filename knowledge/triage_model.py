"""The suggestion itself: features of a message weighed, one table of learnt weights."""

import json
import math
import tomllib
from functools import cache
from importlib.resources import files

from knowledge.lexicon import Lexicon
from knowledge.triage import FeatureReader, Label, Triage

# an emergency or a denunciation is taken at a lower probability than anything else: telling
# 113/114/115 once too often costs little, publishing a denunciation cannot be undone
_SAFE_FIRST = {Label.EMERGENCY: 0.30, Label.DENUNCIATION: 0.30}


class TriageReader:
    """Suggests the kind of a message; safe to use from any thread, never raises."""

    def __init__(self, features: FeatureReader, weights: dict[str, dict[str, float]]) -> None:
        """weights[label][feature]; the feature "" is what a label has before anything is read."""
        self._features = features
        self._weights = {Label(label): row for label, row in weights.items()}

    @classmethod
    def shipped(cls) -> "TriageReader":
        """Return the reader with the cues and weights that come with the product."""
        return _shipped()

    def read(self, text: str) -> Triage:
        """Return the likeliest kind and the probability of each."""
        found = {"": 1.0, **self._features.features(text)}
        sums = {
            label: sum(row.get(name, 0.0) * value for name, value in found.items())
            for label, row in self._weights.items()
        }
        top = max(sums.values())
        raised = {label: math.exp(value - top) for label, value in sums.items()}
        whole = sum(raised.values())
        scores = {label: value / whole for label, value in raised.items()}
        best = max(scores, key=lambda label: scores[label])
        for label, enough in _SAFE_FIRST.items():
            if scores[label] >= enough and best not in _SAFE_FIRST:
                best = label
        return Triage(best, scores[best], scores)


def feature_reader() -> FeatureReader:
    """Return the reader of features with the shipped cues and spellings."""
    lexicon = Lexicon.shipped()
    text = files("knowledge.lexicon").joinpath("triage.toml").read_text(encoding="utf-8")
    return FeatureReader(tomllib.loads(text), lexicon)


@cache
def _shipped() -> TriageReader:
    text = files("knowledge").joinpath("triage_weights.json").read_text(encoding="utf-8")
    return TriageReader(feature_reader(), json.loads(text)["weights"])
