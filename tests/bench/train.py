"""Learn how much each kind of evidence counts and when it is enough; write weights.json.

Lessons are our own ways of asking, held out, and the development questions. Some procedures are
made to look as if nothing had been learnt from their words, so that a catalogue with procedures
of its own is served too. The figures printed are cross-validated by procedure.

Run (after tests.bench.train_terms): python -m tests.bench.train CATALOGUE.jsonl QUESTIONS
"""

import json
import sys
from pathlib import Path

from knowledge.readers import read
from tests.bench import crossval
from tests.bench.crossval import ANSWER_FROM, CLARIFY_FROM
from tests.bench.fitting import learn

OUT = Path(__file__).parents[2] / "knowledge" / "weights.json"


def main() -> None:
    """Collect, report what holds for procedures never seen, learn from all, write."""
    catalogue = read(Path(sys.argv[1]))
    asks, questions = crossval.collected(catalogue, Path(sys.argv[2]))
    crossval.report(asks, questions)
    ranking, first, one = learn(asks, questions[crossval.PLAIN])
    table = {
        "ranking": {name: round(weight, 4) for name, weight in ranking.items()},
        "decision": {
            "first_right": first,
            "one_right": one,
            "answer_from": ANSWER_FROM,
            "clarify_from": CLARIFY_FROM,
        },
    }
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
