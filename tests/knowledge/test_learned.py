"""What was learnt from the words of ways of asking."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk
from knowledge.learned import OUTSIDE, TermWeights
from knowledge.lexicon import Lexicon
from tests.conftest import small_catalogue


@pytest.fixture
def two() -> TermWeights:
    """Two procedures: "sinh" speaks for the first, "tử" for the second, "khai" for neither."""
    return TermWeights.of(
        terms=["khai", "sinh", "tử"],
        codes=["1.000001", "1.000002"],
        idf=np.array([1.0, 2.0, 2.0], dtype=np.float32),
        weights=np.array([[0.01, 0.0], [0.8, -0.4], [-0.5, 0.9]], dtype=np.float32),
        bias=np.array([-1.0, -1.0], dtype=np.float32),
    )


def test_a_term_speaks_for_its_procedure_and_against_its_sibling(two: TermWeights) -> None:
    birth, death = two.scores(["khai", "sinh"])
    assert birth > -1 > death


def test_a_term_that_was_never_seen_counts_for_nothing(two: TermWeights) -> None:
    assert two.scores(["sinh", "xe", "máy"]).tolist() == two.scores(["sinh"]).tolist()


def test_without_a_known_term_nothing_speaks_for_anything(two: TermWeights) -> None:
    assert two.scores(["xe"]).tolist() == [-1.0, -1.0]


def test_what_is_kept_in_a_file_gives_the_same_scores(two: TermWeights, tmp_path: Path) -> None:
    two.save(tmp_path / "learned.npz")
    read = TermWeights.load(tmp_path / "learned.npz")
    assert read.codes == two.codes
    np.testing.assert_allclose(read.scores(["khai", "tử"]), two.scores(["khai", "tử"]), atol=0.01)


def test_the_shipped_weights_know_every_procedure_with_ways_of_asking_and_every_matter_outside(
    lexicon: Lexicon,
) -> None:
    known = {*TermWeights.shipped().codes}
    assert {*lexicon.asks} <= known
    assert {f"{OUTSIDE}{matter.key}" for matter in lexicon.outside} <= known


def test_a_procedure_that_nothing_was_learnt_about_is_found_by_its_name() -> None:
    model = small_catalogue().procedures[0]
    name = "Thủ tục cấp thẻ thư viện phường"
    own = model.model_copy(update={"code": "9.000001", "name": name})
    catalogue = Catalogue(small_catalogue().release, (*small_catalogue().procedures, own))
    finding = Clerk(catalogue).ask("làm thẻ thư viện phường cần gì")
    assert finding.candidates[0].procedure.code == "9.000001"


def test_what_is_not_the_wards_is_named_with_its_place(clerk: Clerk) -> None:
    finding = clerk.ask("làm hộ chiếu ở đâu")
    assert finding.outside is not None
    assert finding.outside.matter == "Cấp hộ chiếu"
    assert finding.outside.where
