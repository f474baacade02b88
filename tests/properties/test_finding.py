"""What holds for finding procedures, whatever the catalogue and the spelling."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk
from knowledge.procedure import Procedure
from knowledge.readers import read, starter
from knowledge.starter import folder
from knowledge.text import fold
from tests.conftest import small_catalogue
from tests.shared import shared

modest = settings(deadline=None, derandomize=True, max_examples=80)

ASKED = (
    "làm giấy khai sinh cho con cần gì",
    "dang ky tam tru o dau",
    "công chứng bằng cấp mất bao nhiêu tiền",
    "xin giấy độc thân",
    "vợ tôi người Nga muốn kết hôn",
    "mở quán cà phê",
)
NONSENSE = st.lists(
    st.sampled_from(
        ["bloxt", "krimp", "vazt", "quorn", "zwelp", "fjord", "gnask", "plurb", "dweft", "skrib"]
    ),
    min_size=2,
    max_size=8,
).map(" ".join)


@cache
def starter_clerk() -> Clerk:
    """A clerk of the catalogue that a fresh installation has."""
    with folder() as path:
        return Clerk(starter.read(path))


@cache
def small_clerk() -> Clerk:
    """A clerk who knows eight procedures."""
    return Clerk(small_catalogue())


@cache
def commune_clerk() -> Clerk:
    """A clerk of the whole commune catalogue."""
    return Clerk(read(shared("catalogue/commune.jsonl")))


def spelled(name: str, how: str) -> str:
    """Type a name in one of the ways people type."""
    return {"marked": name, "plain": fold(name), "capitals": name.upper()}[how]


@modest
@given(st.data(), st.sampled_from(["marked", "plain", "capitals"]))
def test_an_official_name_finds_itself_first(data: st.DataObject, how: str) -> None:
    procedure = data.draw(st.sampled_from(starter_clerk().catalogue.procedures))
    found = starter_clerk().ask(spelled(procedure.name, how)).candidates
    assert found[0].procedure.name == procedure.name


@pytest.mark.parametrize("how", ["marked", "plain"])
def test_every_name_of_the_commune_catalogue_finds_itself_first(how: str) -> None:
    clerk = commune_clerk()
    lost = [
        p.code
        for p in clerk.catalogue.procedures
        if clerk.ask(spelled(p.name, how)).candidates[0].procedure.name.strip() != p.name.strip()
    ]
    assert lost == []


@settings(modest, max_examples=8)
@given(NONSENSE, st.sampled_from(ASKED))
def test_a_procedure_about_something_else_changes_no_answer(name: str, asked: str) -> None:
    before = small_clerk().ask(asked)
    stranger = Procedure(code="9.999999", name=name)
    more = Catalogue(small_catalogue().release, (*small_catalogue().procedures, stranger))
    after = Clerk(more).ask(asked)
    assert after.decision is before.decision
    assert after.candidates[0].procedure == before.candidates[0].procedure


@modest
@given(st.sampled_from(ASKED))
def test_what_is_said_to_match_stands_in_the_question_or_is_a_meaning(asked: str) -> None:
    clerk = small_clerk()
    finding = clerk.ask(asked)
    words = {word.folded for word in finding.question.syllables}
    for term in clerk.matched(finding, finding.candidates[0]):
        assert term.startswith("[") or set(term.split()) <= words
