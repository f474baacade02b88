"""What kind of message a citizen's first message is; an officer decides, this only suggests.

The kinds follow NĐ 20/2008/NĐ-CP Đ5 (feedback on conduct, on rules, recommendations), Luật Khiếu
nại 2011 Đ2 and Luật Tố cáo 2018 Đ2 (both outside that decree by its Đ1), and the practice of phản
ánh hiện trường. Emergencies and denunciations are preferred in doubt: a denunciation must never be
published, and in an emergency the citizen must be told 113, 114, 115 at once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from knowledge.lexicon import Lexicon
from knowledge.triage_features import LITTLE_SAID, FeatureReader
from knowledge.triage_model import LinearModel


class Label(StrEnum):
    """The kinds of a first message."""

    PROCEDURE_QUESTION = "procedure_question"
    FEEDBACK_CONDUCT = "feedback_conduct"
    FEEDBACK_REGULATION = "feedback_regulation"
    RECOMMENDATION = "recommendation"
    FEEDBACK_INFRASTRUCTURE = "feedback_infrastructure"
    DENUNCIATION = "denunciation"
    COMPLAINT = "complaint"
    EMERGENCY = "emergency"
    STATUS_LOOKUP = "status_lookup"
    TALK_TO_OFFICER = "talk_to_officer"
    GREETING = "greeting"
    THANKS = "thanks"
    ABUSE_OR_NOISE = "abuse_or_noise"


_SURE = 0.5  # alarm for a few words that name no danger: "vợ tôi người Nga"
FEEDBACK = frozenset(
    {
        *(Label.FEEDBACK_CONDUCT, Label.FEEDBACK_REGULATION),
        *(Label.RECOMMENDATION, Label.FEEDBACK_INFRASTRUCTURE),
    }
)
"""Kinds that become a case."""

GUARDED = (Label.EMERGENCY, Label.DENUNCIATION)  # never to be taken for something published


@dataclass(frozen=True)
class Triage:
    """A suggested kind with its probability, and those of all kinds (they add up to 1)."""

    label: Label
    score: float
    scores: Mapping[Label, float]


class TriageReader:
    """Reads first messages with the cues and weights of one folder; usable from any thread."""

    def __init__(self, folder: Path, lexicon: Lexicon | None = None) -> None:
        cues = tomllib.loads((folder / "triage.toml").read_text(encoding="utf-8"))
        self._features = FeatureReader(cues, lexicon or Lexicon.load(folder))
        self._model = LinearModel.load(folder / "triage_weights.json")

    @classmethod
    def shipped(cls) -> "TriageReader":
        """Return the reader with the cues that come with the product, built once."""
        return _shipped()

    def read(self, text: str) -> Triage:
        """Suggest the kind of a message; any text gives some kind, an empty one noise."""
        features = self._features.features(text)
        found = self._model.probabilities(features)
        scores = {Label(name): chance for name, chance in found.items()}
        label = decide(scores, _SURE if LITTLE_SAID in features else self._model.alarm)
        return Triage(label, scores[label], scores)


def decide(scores: Mapping[Label, float], alarm: float) -> Label:
    """Choose a guarded kind as soon as both together reach the alarm, else the likeliest other."""
    if sum(scores[label] for label in GUARDED) >= alarm:
        return max(GUARDED, key=lambda label: scores[label])
    return max(scores.keys() - set(GUARDED), key=lambda label: (scores[label], label))


@cache
def _shipped() -> TriageReader:
    with as_file(files("knowledge.lexicon")) as folder:
        return TriageReader(folder, Lexicon.shipped())
