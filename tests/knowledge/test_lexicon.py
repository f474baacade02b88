"""The word data that come with the product: files a clerk may extend, checked here."""

import tomllib
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from knowledge.aspects import Aspect
from knowledge.catalogue import Catalogue
from knowledge.lexicon import Lexicon
from knowledge.procedure import Procedure
from knowledge.text import fold, syllables

with as_file(files("knowledge.lexicon")) as _folder:
    FOLDER = Path(_folder)
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.toml"))
ASKS = [name for name in FILES if name.startswith("asks/")]
SPELLINGS = ["abbreviations.toml", "dialect.toml", "teencode.toml"]


def load(name: str) -> dict[str, Any]:
    """Return one file of the lexicon as TOML."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def twice(phrases: list[str]) -> list[str]:
    """Return what stands in a list more than once."""
    return [phrase for phrase, count in Counter(phrases).items() if count > 1]


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, dict[str, Any]]]:
    """All procedures with their ways of asking, as code and row."""
    return [row for name in ASKS for row in load(name).items()]


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_toml_in_composed_letters_and_tells_a_clerk_what_it_is(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert load(name)
    assert unicodedata.is_normalized("NFC", text)
    assert text.startswith("# ")


def test_the_shipped_lexicon_is_complete_and_read_once(lexicon: Lexicon) -> None:
    assert Lexicon.shipped() is lexicon
    assert lexicon.concepts
    assert lexicon.frames
    assert lexicon.smalltalk
    assert lexicon.asks
    assert lexicon.abbreviations
    assert lexicon.teencode
    assert lexicon.dialect


def test_a_folder_without_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Lexicon.load(tmp_path)


def test_every_procedure_has_at_least_eight_ways_of_asking(
    rows: list[tuple[str, dict[str, Any]]],
) -> None:
    few = {code: len(row["asks"]) for code, row in rows if len(row["asks"]) < 8}
    assert few == {}


def test_every_way_of_asking_belongs_to_a_code_with_a_name(
    rows: list[tuple[str, dict[str, Any]]],
) -> None:
    for code, row in rows:
        Procedure(code=code, name=row["name"])
        assert set(row) == {"name", "asks"}


def test_a_code_stands_in_one_file_only(rows: list[tuple[str, dict[str, Any]]]) -> None:
    assert twice([code for code, _ in rows]) == []


def test_no_way_of_asking_stands_under_two_procedures_of_different_names(
    rows: list[tuple[str, dict[str, Any]]],
) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for _, row in rows:
        for ask in row["asks"]:
            names[" ".join(syllables(ask))].add(fold(row["name"]))
    assert {ask: under for ask, under in names.items() if len(under) > 1} == {}


def test_no_way_of_asking_stands_twice_under_one_procedure(
    rows: list[tuple[str, dict[str, Any]]],
) -> None:
    assert [code for code, row in rows if twice([fold(ask) for ask in row["asks"]])] == []


def test_every_real_procedure_of_communes_has_ways_of_asking(
    commune: Catalogue, lexicon: Lexicon
) -> None:
    assert set(commune.by_code) - set(lexicon.asks) == set()


def test_every_concept_has_a_kind_a_label_and_several_names(lexicon: Lexicon) -> None:
    for key, row in load("concepts.toml").items():
        assert row["kind"] in {"object", "action", "circumstance"}, key
        assert row["label"], key
        assert len(row["terms"]) >= 2, key
        assert twice([" ".join(syllables(term)) for term in row["terms"]]) == [], key
    assert len(lexicon.concepts) >= 450


def test_every_term_has_something_to_match(lexicon: Lexicon) -> None:
    empty = [c.key for c in lexicon.concepts if not all(syllables(term) for term in c.terms)]
    assert empty == []


def test_only_known_concepts_are_variants(lexicon: Lexicon) -> None:
    named = load("variants.toml")["concepts"]
    assert set(named) == {concept.key for concept in lexicon.concepts if concept.variant}


def test_the_parts_people_ask_for_are_exactly_those_that_are_answered(lexicon: Lexicon) -> None:
    assert set(lexicon.aspects) == {aspect.value for aspect in Aspect}


def test_a_phrase_asks_for_one_part_only(lexicon: Lexicon) -> None:
    phrases = [
        " ".join(syllables(phrase))
        for cues in lexicon.aspects.values()
        for phrase in (*cues.strong, *cues.weak)
    ]
    assert twice(phrases) == []


def test_no_frame_takes_away_a_negation_or_a_number(lexicon: Lexicon) -> None:
    heavy = {"không", "chưa", "chẳng", "đừng"}
    for frame in lexicon.frames:
        words = syllables(frame)
        assert words
        assert heavy.isdisjoint(words), frame
        assert not any(character.isdigit() for character in frame), frame


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_is_typed_in_small_letters_and_means_something_else(name: str) -> None:
    for typed, meant in load(name)["terms"].items():
        assert typed == typed.lower()
        assert syllables(meant), typed
        assert typed != meant


def test_an_ambiguous_chat_spelling_is_not_given_one_meaning_as_well() -> None:
    teencode = load("teencode.toml")
    assert set(teencode["terms"]).isdisjoint(teencode["ambiguous"])


def test_a_term_with_the_name_of_a_list_stands_for_each_of_its_entries(lexicon: Lexicon) -> None:
    terms = {term for concept in lexicon.concepts for term in concept.terms}

    assert {f"quốc tịch {country}" for country in load("lists.toml")["nước"]} <= terms
    assert not [term for term in terms if "{" in term]
