"""Every sentence of texts.toml is said somewhere, with the parts it needs."""

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from api.cases.codes import ALPHABET
from api.cases.models import State
from bot.dialogue import cards, handoff, texts
from bot.dialogue.model import Headline, Reply, Step
from knowledge.aspects import Aspect
from knowledge.courtesies import Courtesy
from knowledge.decide import Decision
from knowledge.text import fold, nfc
from tests.bot.desk import LAN, case, code, small_clerk
from tests.bot.talk import FORM, Talk, at

SOURCE = Path(bot.__file__).parent
TEXTS = tomllib.loads((SOURCE / "dialogue" / "texts.toml").read_text(encoding="utf-8"))
LONGEST_LABEL, LONGEST_ACTION = 60, 64  # characters, bytes


def calls(function: str) -> Iterator[tuple[str, set[str], bool]]:
    """Give key, named parts and whether more parts are spread in, of every call by a literal."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, key = node.func, node.args[0]
            if isinstance(name, ast.Name) and name.id == function and isinstance(key, ast.Constant):
                named = {part.arg for part in node.keywords if part.arg}
                yield str(key.value), named, len(named) < len(node.keywords)


def parts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


SPOKEN = {key for key, _, _ in calls("say")} | {kind.value for kind in handoff.LABELS}


@pytest.mark.parametrize("key", TEXTS["say"])
def test_every_sentence_is_said_somewhere(key: str) -> None:
    assert key in SPOKEN


def test_all_social_words_have_their_reply() -> None:
    assert set(TEXTS["courtesy"]) == {kind.value for kind in Courtesy}


@pytest.mark.parametrize("key", TEXTS["button"])
def test_every_button_is_offered_somewhere(key: str) -> None:
    assert key in {used for used, _, _ in calls("label")}


@pytest.mark.parametrize("key", TEXTS["aspect"])
def test_every_name_of_a_part_is_on_some_button(key: str) -> None:
    assert Aspect(key) in cards._OFFERED


@pytest.mark.parametrize("call", sorted(calls("say"), key=str), ids=lambda call: call[0])
def test_every_sentence_gets_the_parts_it_needs_and_no_other(
    call: tuple[str, set[str], bool],
) -> None:
    key, named, more = call
    needed = parts(TEXTS["say"][key])
    assert named <= needed
    assert more or named == needed


@pytest.mark.parametrize("kind", sorted(handoff.LABELS))
def test_the_sentences_of_what_is_no_feedback_need_only_the_office(kind: str) -> None:
    assert parts(TEXTS["say"][kind]) <= {"ward", "address", "phone"}


def test_each_state_has_a_next_step() -> None:
    assert set(TEXTS["next"]) == {state.value for state in State}
    for state in State:
        said = texts.next_step(state.value, link="https://x", asked="", where="Điện lực")
        assert said.endswith((".", "https://x"))


def test_a_word_has_one_meaning_where_the_meanings_are_tried_together() -> None:
    meanings = {name: {fold(word) for word in words} for name, words in TEXTS["words"].items()}
    for first, second in (("cancel", "back"), ("cancel", "menu"), ("back", "menu"), ("yes", "no")):
        assert meanings[first].isdisjoint(meanings[second])
    commands = meanings["cancel"] | meanings["back"] | meanings["menu"]
    assert commands.isdisjoint(meanings["yes"] | meanings["no"] | meanings["skip"])


def test_all_texts_are_in_composed_letters() -> None:
    whole = (SOURCE / "dialogue" / "texts.toml").read_text(encoding="utf-8")
    assert whole == nfc(whole)


def tour() -> Iterator[Reply]:
    """Give every reply of a walk through the whole conversation."""
    for step in (*FORM, Step.IDLE, Step.CODE):
        for way in ("menu", "quay lại", "hủy", "👍", "không rõ"):
            talk = at(step)
            yield talk.reply if talk.last.replies else Reply("")
            talk.says(way)
            yield from talk.last.replies
    talk = Talk()
    talk.desk.person = LAN
    talk.desk.own = [case(code(ALPHABET[n : n + 6]), state) for n, state in enumerate(State)]
    talk.desk.news = [Headline(c.code, "Đã sửa đèn") for c in talk.desk.own]
    for _, action in texts.menu_buttons():
        talk.taps(action)
        yield from talk.last.replies
    for own in talk.desk.own:
        talk.taps(f"status:{own.code}")
        yield from talk.last.replies
    for procedure in small_clerk().catalogue.procedures:
        for decision in Decision:
            question = f"{procedure.name} cần giấy tờ gì?"
            talk.desk.decisions[question] = decision
            talk.says(question)
            yield from talk.last.replies


def test_every_label_fits_a_button_and_every_action_a_callback() -> None:
    too_long = {
        button
        for reply in tour()
        for button in reply.buttons
        if len(button[0]) > LONGEST_LABEL or len(button[1].encode()) > LONGEST_ACTION
    }
    assert too_long == set()


def test_no_reply_shows_a_hole_or_an_empty_line_at_its_end() -> None:
    for reply in tour():
        assert "{" not in reply.text
        assert "None" not in reply.text
        assert reply.text == reply.text.strip()
        assert "\n\n\n" not in reply.text
