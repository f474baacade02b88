"""What is written from the code says what the code says."""

from api.cases.moves import MOVES
from tests.docs.generated import MESSAGES, README, messages, moves_part


def test_the_page_of_messages_is_current() -> None:
    assert MESSAGES.read_text(encoding="utf-8") == messages()


def test_the_readme_shows_the_moves_of_the_table() -> None:
    assert moves_part() in README.read_text(encoding="utf-8")


def test_every_move_is_drawn_or_stays_where_it_is() -> None:
    part = moves_part()
    for move in MOVES.values():
        arrow = f"--> {move.target.value}: {move.label}" if move.target else f"(`{move.name}`)"
        assert arrow in part, move.name
