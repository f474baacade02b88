"""Questions grouped by what they ask: same procedure proposed, most words and concepts shared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.question import Question

_CONCEPT = 2.0  # what a concept in common weighs beside a word in common
_ALIKE = 0.35  # likeness (0 to 1) to the question that leads a group


@dataclass(frozen=True)
class Asked:
    """A question as it was read, the code that was proposed first, and how often it was asked."""

    question: Question
    proposed: str = ""
    times: int = 1


def grouped(asked: Sequence[Asked]) -> list[list[int]]:
    """Return the places of questions by group, the group asked most first.

    The question asked most leads its group and stands first in it. The same questions give the
    same groups, in whatever order they come.
    """
    order = sorted(
        range(len(asked)),
        key=lambda at: (-asked[at].times, asked[at].question.folded, asked[at].question.text),
    )
    groups: list[list[int]] = []
    leaders: dict[str, list[tuple[Mapping[str, float], list[int]]]] = defaultdict(list)
    for at in order:
        terms = _weights(asked[at].question)
        near = leaders[asked[at].proposed]
        likenesses = [_likeness(terms, leader) for leader, _ in near]
        best = max(likenesses, default=0.0)
        if best >= _ALIKE:
            near[likenesses.index(best)][1].append(at)
        else:
            groups.append([at])
            near.append((terms, groups[-1]))
    return sorted(groups, key=lambda places: -sum(asked[at].times for at in places))


def _likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the weight of what two questions share, against the weight of both."""
    shared = sum(one[term] for term in one.keys() & other.keys())
    return 2 * shared / max(sum(one.values()) + sum(other.values()), 1e-9)


def _weights(question: Question) -> dict[str, float]:
    words = {f"w:{word.folded}": 1.0 for word in question.syllables}
    return {**words, **{f"c:{key}": _CONCEPT for key in question.concepts}}
