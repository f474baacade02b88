"""The shape of a message apart from its words: length, signs, codes, noise."""

import re
from collections.abc import Container, Sequence

from knowledge.phrases import Syllable
from knowledge.triage_slips import is_possible

_CODE = re.compile(
    r"(?i)\b(?:pakn|pa)[-. ]?\d{4}|\b[a-z]\d{2}(?:\.\d+)*-\d{6}|\b\d{3}\.\d{2}\.\d{2}\.[a-z]\d{2}"
    r"|\b\d{6}-\d{3,5}\b"
)
_DECISION = re.compile(r"(?i)\b\d+/(?:\d{4}/)?(?:qđ|qd|tb|bb|kl|qdxp|qđxp)")
_SHORT, _LONG = 3, 40  # syllables


def shape(
    text: str, words: Sequence[Syllable], known: Container[str], covered: int
) -> dict[str, float]:
    """Return features of the shape; covered is how many syllables are plain courtesy."""
    count = len(words)
    code = _CODE.search(text) is not None
    found = {
        "a_code": code,
        "only_a_code": code and count <= _SHORT,
        "a_decision_number": _DECISION.search(text) is not None,
        "question_mark": "?" in text,
        "exclamation": "!" in text,
        "long": count > _LONG,
        "no_words": not code and not any(word.folded.isalpha() for word in words),
        "only_courtesy": count > 0 and count - covered <= count // 3,
    }
    features = {name: 1.0 for name, here in found.items() if here}
    noise = 0.0 if code else noise_share(words, known)
    if noise > 0:
        features["noise"] = noise
    return features


def noise_share(words: Sequence[Syllable], known: Container[str]) -> float:
    """Return which share of the letters is neither known nor possible Vietnamese; 0 … 1."""
    typed = sum(len(word.folded) for word in words)
    wrong = sum(
        len(word.folded)
        for word in words
        if word.folded.isalpha()
        and word.folded not in known
        and (len(word.folded) > 7 or not is_possible(word.folded))
    )
    return wrong / typed if typed else 0.0
