"""Learn how much each kind of evidence counts, and write knowledge/weights.json.

Two sources: our own ways of asking, each fold of which is held out while its entries are the
questions; and, where a folder is given, the development questions. The figures printed are
cross-validated by procedure: a question counts with weights that saw no question of its
procedure. (The entries for a procedure stay in the index: they are part of the product.)

Run: python -m tests.bench.train CATALOGUE.jsonl [QUESTIONS_FOLDER]
"""

import json
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.catalogue import Catalogue
from knowledge.lexicon import Lexicon
from knowledge.question import QuestionReader, reader_of
from knowledge.ranking import AGAINST, FEATURES, Weights
from knowledge.readers import read
from knowledge.search import RERANKED, SearchIndex
from tests.bench.questions import Asked, everyday, hard
from tests.bench.slips import with_slips, without_marks

FOLDS = 4
CV_FOLDS = 5
WEIGHT_OF_QUESTIONS = 10  # one question of a citizen counts as much as so many of our entries
OUT = Path(__file__).parents[2] / "knowledge" / "weights.json"
Array = npt.NDArray[np.float32]


def main() -> None:
    """Collect features, report what holds for procedures never seen, learn from all, write."""
    catalogue = read(Path(sys.argv[1]))
    features, right = collect(catalogue)
    if len(sys.argv) > 2:
        asked = everyday(Path(sys.argv[2]), catalogue) + hard(Path(sys.argv[2]), catalogue)
        asked = [a for a in asked if a.expect == "answer" and a.codes]
        more, more_right = collect_asked(catalogue, asked)
        _report(features, right, more, more_right, asked)
        features = np.concatenate([features, *[more] * WEIGHT_OF_QUESTIONS])
        right = np.concatenate([right, *[more_right] * WEIGHT_OF_QUESTIONS])
    weights = learn(features, right)
    table = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    kept = json.loads(OUT.read_text(encoding="utf-8"))
    OUT.write_text(json.dumps({**kept, "ranking": table}, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


def collect_asked(catalogue: Catalogue, asked: Sequence[Asked]) -> tuple[Array, Array]:
    """Return features and right rows of questions that are in no index."""
    lexicon = Lexicon.shipped()
    reader = reader_of(lexicon)
    index = SearchIndex(catalogue, reader, lexicon.asks, Weights.of({}))
    rows: list[Array] = []
    rights: list[Array] = []
    for question in asked:
        _add(rows, rights, index, reader, question.text, question.codes)
    return np.stack(rows), np.stack(rights)


def _report(
    features: Array, right: Array, more: Array, more_right: Array, asked: Sequence[Asked]
) -> None:
    """Print right-first and right-in-three, cross-validated by procedure."""
    fold = np.array([zlib.crc32(min(a.codes).encode()) % CV_FOLDS for a in asked])
    first = in_three = 0.0
    for held in range(CV_FOLDS):
        x = np.concatenate([features, *[more[fold != held]] * WEIGHT_OF_QUESTIONS])
        y = np.concatenate([right, *[more_right[fold != held]] * WEIGHT_OF_QUESTIONS])
        scores = more[fold == held] @ learn(x, y)
        scores[np.abs(more[fold == held]).sum(axis=2) == 0] = -np.inf
        order = np.argsort(-scores, axis=1)
        ranked = np.take_along_axis(more_right[fold == held], order, axis=1)
        first += float(ranked[:, 0].sum())
        in_three += float(ranked[:, :3].max(axis=1).sum())
    print(f"cross-validated: first {first / len(asked):.3f}, in three {in_three / len(asked):.3f}")


def collect(catalogue: Catalogue) -> tuple[Array, Array]:
    """Return features (questions, RERANKED, features) and which rows are right (0 or 1)."""
    lexicon = Lexicon.shipped()
    reader = reader_of(lexicon)
    twins = _twins(catalogue)
    rows: list[Array] = []
    rights: list[Array] = []
    for fold in range(FOLDS):
        kept = {
            code: [ask for n, ask in enumerate(asks) if n % FOLDS != fold]
            for code, asks in lexicon.asks.items()
        }
        index = SearchIndex(catalogue, reader, kept, Weights.of({}))
        for code, asks in lexicon.asks.items():
            if code not in catalogue.by_code:
                continue
            for n, ask in enumerate(asks):
                if n % FOLDS == fold:
                    _add(rows, rights, index, reader, varied(ask, n), twins[code])
    return np.stack(rows), np.stack(rights)


def learn(features: Array, right: Array, decay: float = 1e-3, steps: int = 400) -> Array:
    """Return weights that put the right row first (softmax over each question's rows)."""
    usable = right.sum(axis=1) > 0
    x, y = features[usable], right[usable]
    present = np.abs(x).sum(axis=2) > 0
    scale = x[present].std(axis=0) + 1e-6
    x = x / scale
    w = np.zeros(x.shape[2], dtype=np.float32)
    momentum = np.zeros_like(w)
    against = np.array([name in AGAINST for name in FEATURES])
    for step in range(steps):
        scores = np.where(present, x @ w, -1e9)
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        q = p * y
        q /= np.maximum(q.sum(axis=1, keepdims=True), 1e-9)
        gradient = ((p - q)[:, :, None] * x).sum(axis=(0, 1)) / len(x) + decay * w
        momentum = 0.9 * momentum + gradient
        w = w - 0.5 / (1 + step / 100) * momentum
        w = np.where(against, np.minimum(w, 0), np.maximum(w, 0))
    return w / scale


def _add(
    rows: list[Array],
    rights: list[Array],
    index: SearchIndex,
    reader: QuestionReader,
    ask: str,
    accepted: frozenset[str],
) -> None:
    numbers, found = index.features(reader.read(ask))
    padded = np.zeros((RERANKED, len(FEATURES)), dtype=np.float32)
    padded[: len(found)] = found
    right = np.zeros(RERANKED, dtype=np.float32)
    for at, number in enumerate(numbers):
        right[at] = index.procedures[int(number)].code in accepted
    rows.append(padded)
    rights.append(right)


def varied(ask: str, n: int) -> str:
    """Type one in three without marks and one in six with slips, as citizens do."""
    if n % 6 == 5:
        return with_slips(ask, seed=n)
    return without_marks(ask) if n % 3 == 1 else ask


def _twins(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Procedures of one name are one answer."""
    by_name: dict[str, set[str]] = {}
    for procedure in catalogue.procedures:
        by_name.setdefault(procedure.name, set()).add(procedure.code)
    return {p.code: frozenset(by_name[p.name]) for p in catalogue.procedures}


if __name__ == "__main__":
    main()
