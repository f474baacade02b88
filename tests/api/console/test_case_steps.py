"""What the page of a case puts first: every move has one place, and the due one is in front."""

from typing import Any

import pytest

from api.cases.models import Actor, State
from api.cases.moves import MOVES
from api.console.case_steps import FORMS, arranged

NOT_FOLDED = {"accept", "approve", "publish", "classify", "moved_inside", "extended"}
"""Moves in front only, moves that another form makes, and the one with a page of its own."""


def permitted(state: State) -> set[str]:
    """What staff with every right may do in a state."""
    return {
        move.name for move in MOVES.values() if state in move.sources and Actor.STAFF in move.actors
    }


def steps(state: State, *, approval: bool = False, path: str = "/x") -> dict[str, Any]:
    offered = {"moves": permitted(state), "needs_approval": approval}
    return arranged(state, offered, path)


@pytest.mark.parametrize("state", State)
def test_every_move_that_is_permitted_stands_once_on_the_page(state: State) -> None:
    found = steps(state, approval=True)
    shown = [found["first"], *found["common"], *found["rest"]]
    assert sorted(name for name in shown if name) == sorted(
        (permitted(state) - NOT_FOLDED) | ({found["first"]} - {""})
    )


@pytest.mark.parametrize("state", State)
def test_at_most_three_moves_stand_beside_the_first(state: State) -> None:
    assert 1 <= len(steps(state)["common"]) <= 3


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (State.RECEIVED, "accept"),
        (State.IN_PROGRESS, "answer"),
        (State.DRAFTED, "approve"),
        (State.ANSWERED, "publish"),
        (State.SUPPLEMENT, ""),
        (State.TRANSFERRED, ""),
        (State.PUBLISHED, ""),
    ],
)
def test_the_step_that_is_due_comes_first(state: State, first: str) -> None:
    assert steps(state)["first"] == first


def test_who_may_not_answer_is_shown_the_draft_first() -> None:
    offered = {"moves": permitted(State.IN_PROGRESS) - {"answer"}, "needs_approval": True}
    assert arranged(State.IN_PROGRESS, offered, "/x")["first"] == "draft"


def test_a_ward_without_a_leader_is_offered_no_draft() -> None:
    found = steps(State.IN_PROGRESS)
    assert "draft" not in [found["first"], *found["common"], *found["rest"]]


@pytest.mark.parametrize(("name", "form"), FORMS.items())
def test_a_form_that_was_refused_is_known_by_its_address(name: str, form: str) -> None:
    path = f"/can-bo/ho-so/TK-26-AAAAAA-A/{form}"
    assert steps(State.RECEIVED, path=path)["tried"] == name
