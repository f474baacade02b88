"""The sample catalogue that comes with the product, and whether it tells the truth."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from knowledge.catalogue import Catalogue
from knowledge.findings import findings
from knowledge.procedure import Procedure, TimeUnit
from knowledge.readers.amounts import parse_duration
from knowledge.text import fold, nfc
from tests.shared import shared

Records = dict[str, list[dict[str, Any]]]


def test_it_answers_what_people_of_a_ward_ask_most(sample: Catalogue) -> None:
    assert len(sample) >= 60
    for code in ("1.001193", "1.000656", "1.000894", "1.004873", "2.000815", "1.004194"):
        assert code in sample.by_code


def test_it_is_read_without_a_problem(sample: Catalogue) -> None:
    assert sample.problems == ()


def test_it_is_marked_as_a_sample_with_source_and_day(sample: Catalogue) -> None:
    assert sample.release.sample
    assert sample.release.source
    assert sample.release.published_on


def test_every_procedure_names_its_decision_or_says_nothing(sample: Catalogue) -> None:
    for procedure in sample.procedures:
        assert re.fullmatch(r"(\d+/QĐ-[A-Z0-9Đ-]+|QĐ\S+)?", procedure.decision_number), (
            procedure.code
        )


def test_every_procedure_has_steps_a_way_to_file_and_an_address(sample: Catalogue) -> None:
    for procedure in sample.procedures:
        assert procedure.steps, procedure.code
        assert procedure.submissions, procedure.code
        assert procedure.url.startswith("https://"), procedure.code


def test_every_procedure_names_its_papers(sample: Catalogue) -> None:
    unnamed = {p.code for p in sample.procedures if not p.documents}
    assert unnamed == {"1.002759"}  # the record has steps where its papers should stand


def test_no_procedure_speaks_of_the_abolished_district(sample: Catalogue) -> None:
    assert [p.code for p in findings(sample.procedures) if "cấp huyện" in p.sentence] == []


def test_replaced_papers_are_named_only_where_the_procedure_is_about_them(
    sample: Catalogue,
) -> None:
    named = {p.code for p in findings(sample.procedures) if "sổ hộ khẩu" in p.sentence}
    assert named == {"1.012566"}  # confirms that an old identity number was the person's own


def test_all_of_it_is_composed_text_without_tags(sample: Catalogue) -> None:
    for procedure in sample.procedures:
        text = procedure.model_dump_json()
        assert nfc(text) == text
        assert "<" not in text, procedure.code


@pytest.fixture(scope="module")
def records(sample: Catalogue) -> Records:
    """The published records of the sample's procedures, by code; skips without real data."""
    found: Records = {code: [] for code in sample.by_code}
    for record in map(json.loads, _published_lines()):
        if record["code"] in found:
            found[record["code"]].append(record)
    return found


def _published_lines() -> Iterator[str]:
    with shared("catalogue/commune.jsonl").open(encoding="utf-8") as plain:
        yield from plain
    with gzip.open(shared("catalogue/national.jsonl.gz"), "rt", encoding="utf-8") as packed:
        yield from packed


def test_every_procedure_has_a_published_record(sample: Catalogue, records: Records) -> None:
    assert len(records) == len(sample)
    assert [code for code, published in records.items() if not published] == []


def test_every_name_is_that_of_the_record(sample: Catalogue, records: Records) -> None:
    def plain(name: str) -> str:
        return fold(name).removeprefix("thu tuc ").strip(" .")

    other = {
        p.code: p.name
        for p in sample.procedures
        if plain(p.name) not in {plain(record["name"]) for record in records[p.code]}
    }
    assert other == {}


def test_every_decision_is_that_of_the_record(sample: Catalogue, records: Records) -> None:
    other = {
        p.code: p.decision_number
        for p in sample.procedures
        if p.decision_number not in {record["decision_no"] for record in records[p.code]}
    }
    assert other == {}


def test_every_time_stands_in_the_record(sample: Catalogue, records: Records) -> None:
    unproven = [
        (p.code, submission.time)
        for p in sample.procedures
        for submission in p.submissions
        if submission.time and submission.time.value
        if not _states_time(records[p.code], submission.time.value, submission.time.unit)
    ]
    assert unproven == []


def _states_time(published: list[dict[str, Any]], value: int, unit: TimeUnit) -> bool:
    """Whether a record gives this time in its column, or the number in its words."""
    methods = [method for record in published for method in record["methods"]]
    columns = [parse_duration(method["time"] or "") for method in methods]
    if any(time and (time.value, time.unit) == (value, unit) for time in columns):
        return True
    return re.search(rf"(?<!\d)0?{value}(?!\d)", _words(published)) is not None


def test_every_amount_of_a_fee_stands_in_the_record(sample: Catalogue, records: Records) -> None:
    unproven = [
        (p.code, fee.amount)
        for p in sample.procedures
        for submission in p.submissions
        for fee in submission.fees
        if fee.amount and not _states_amount(records[p.code], fee.amount)
    ]
    assert unproven == []


def _states_amount(published: list[dict[str, Any]], amount: int) -> bool:
    forms = (str(amount), f"{amount:,}", f"{amount:,}".replace(",", "."))
    words = _words(published)
    return any(re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d)", words) for form in forms)


def test_free_is_said_only_where_the_record_says_it(sample: Catalogue, records: Records) -> None:
    unproven = [
        p.code for p in sample.procedures if _is_free(p) and not _says_free(records[p.code])
    ]
    assert unproven == []


def _is_free(procedure: Procedure) -> bool:
    return any("mien phi" in fold(fee.words) for way in procedure.submissions for fee in way.fees)


def _says_free(published: list[dict[str, Any]]) -> bool:
    words = fold(_words(published))
    return any(said in words for said in ("mien phi", "mien le phi", "khong thu", "khong mat phi"))


def _words(published: list[dict[str, Any]]) -> str:
    return json.dumps(published, ensure_ascii=False)


def test_every_law_stands_in_the_record(sample: Catalogue, records: Records) -> None:
    unproven = [
        (p.code, law.code)
        for p in sample.procedures
        for law in p.legal_basis
        if law.code not in _words(records[p.code])
    ]
    assert unproven == []
