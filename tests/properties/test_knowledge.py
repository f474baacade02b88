"""What holds for any text, whatever people type."""

import json
import unicodedata
from functools import cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.commands.ask import batch_line
from bot.dialogue.cards import chat_card
from knowledge.answer import compose
from knowledge.aspects import Aspect, AspectFinder
from knowledge.catalogue import Catalogue, Release
from knowledge.clerk import Clerk
from knowledge.decide import Decision
from knowledge.findings import findings
from knowledge.lexicon import Lexicon
from knowledge.phrases import PhraseBook, spell
from knowledge.procedure import Document, DocumentCase, Fee, How, Procedure, Submission
from knowledge.readers.amounts import parse_duration, parse_fees
from knowledge.slips import SlipMender
from knowledge.text import fold, is_marked, squeeze, syllables, without_tags
from tests.conftest import small_catalogue

modest = settings(deadline=None, derandomize=True, max_examples=150)
few = settings(
    modest,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
SIGNS = " \t\n.,;:!?…–-/()“”\"'<>&%_0123456789"
WORDS = syllables(
    "đăng ký khai sinh kết hôn tạm trú giấy tờ lệ phí bao nhiêu tiền mấy ngày ở đâu cho em hỏi "
    "cần gì không ko dc đk cc sổ đỏ má chi mô răng ddawng khaisinh 1.001193 ạ"
)

vietnamese = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + SIGNS, max_size=60)
anything = st.text(alphabet=st.characters(), max_size=60)  # lone surrogates too
sentences = st.lists(st.sampled_from([*WORDS, "👍", "?", "😭😭"]), max_size=25).map(" ".join)
texts = st.one_of(vietnamese, anything, sentences)


@cache
def clerk() -> Clerk:
    """A clerk who knows eight procedures."""
    return Clerk(small_catalogue())


@cache
def finder() -> AspectFinder:
    """A finder with the phrases that come with the product."""
    return AspectFinder(Lexicon.shipped())


@modest
@given(texts)
@example("İ")
@example("ẞ Ǆ ﬃ")
@example("đĐðÐ")
def test_folding_is_idempotent(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@modest
@given(texts)
@example("\u0345")
@example("Ḋ́")
def test_folding_takes_off_every_mark(text: str) -> None:
    assert not is_marked(fold(text))


@modest
@given(vietnamese)
def test_folding_does_not_care_how_letters_are_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(text.upper()) == fold(text.lower())


@modest
@given(vietnamese)
def test_folded_vietnamese_has_no_letter_outside_the_plain_alphabet(text: str) -> None:
    assert all(letter in "abcdefghijklmnopqrstuvwxyz" for letter in fold(text) if letter.isalpha())


@modest
@given(texts)
def test_squeezed_text_has_single_spaces_and_no_margins(text: str) -> None:
    squeezed = squeeze(text)
    assert squeezed == " ".join(squeezed.split())
    assert squeeze(squeezed) == squeezed


@modest
@given(texts)
def test_syllables_hold_no_white_space_and_split_no_further(text: str) -> None:
    for syllable in syllables(text):
        assert syllable == "".join(syllable.split()) != ""
        assert syllables(syllable) == [syllable]


@modest
@given(texts)
def test_taking_tags_off_leaves_no_blank_line_and_no_tag(text: str) -> None:
    lines = without_tags(f"<p>{text}<br></p>").split("\n")
    assert lines == [""] or all(line.strip() for line in lines)
    assert not any(line.endswith(("<br>", "</p>")) for line in lines)


@modest
@given(texts, st.lists(sentences.filter(syllables), min_size=1, max_size=8))
def test_chosen_phrases_never_overlap_and_are_all_found(text: str, phrases: list[str]) -> None:
    book = PhraseBook((phrase, number) for number, phrase in enumerate(phrases))
    typed = spell(f"{text} {phrases[0]}")
    chosen = book.longest(typed)
    places = [place for hit in chosen for place in range(hit.start, hit.end)]
    assert len(places) == len(set(places))
    assert set(chosen) <= set(book.find(typed))
    assert chosen


@modest
@given(texts)
def test_known_words_are_never_mended(text: str) -> None:
    words = spell(text)
    mended = SlipMender({word.folded for word in words}).mend(words)
    assert mended == tuple(words)


@modest
@given(texts)
def test_mending_ends_and_leaves_something_of_every_word(text: str) -> None:
    words = spell(text)
    assert len(SlipMender({fold(word) for word in WORDS}).mend(words)) >= len(words)


@modest
@given(texts)
def test_any_question_gets_a_decision_that_fits_its_candidates(text: str) -> None:
    finding = clerk().ask(text)
    scores = [candidate.score for candidate in finding.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 10
    if not scores:
        assert finding.decision is Decision.NONE
    if finding.names_nothing:
        assert finding.aspects
        assert not scores


@modest
@given(texts)
def test_any_question_can_be_printed_as_json(text: str) -> None:
    row = json.loads(json.dumps(batch_line("x", clerk().ask(text))))
    assert list(row) == ["id", "decision", "codes", "scores", "aspects", "ms"]


@modest
@given(texts)
def test_asked_parts_are_found_once_each_whatever_stands_around(text: str) -> None:
    asked = finder().find(text)
    assert len(set(asked)) == len(asked)
    assert Aspect.FEE in finder().find(f"{text} . lệ phí bao nhiêu . {text}")


@modest
@given(st.one_of(texts, st.integers(0, 10**9).map(lambda n: f"FEE: {n} Đồng /việc")), texts)
def test_no_published_fee_becomes_free_by_itself(published: str, note: str) -> None:
    said = "mien phi" in fold(f"{published} {note}")
    for fee in parse_fees(published, note):
        assert fee.amount is None or fee.amount > 0
        assert said or "mien phi" not in fold(fee.words)


@modest
@given(st.integers(0, 99_999), st.sampled_from(["", "ngày", "Ngày làm việc", "giờ", "năm", "?"]))
def test_a_published_time_is_read_as_it_stands_or_kept_as_words(value: int, unit: str) -> None:
    published = f"{value} {unit}".strip()
    time = parse_duration(published)
    assert time is None or time.value == value or time.words == published


papers = st.builds(Document, name=texts, forms=st.lists(texts, max_size=2).map(tuple))
ways = st.builds(
    Submission,
    how=st.sampled_from(How),
    fees=st.lists(st.builds(Fee, words=texts), max_size=3).map(tuple),
    note=texts,
)
procedures = st.builds(
    Procedure,
    code=st.just("1.001193"),
    name=st.text(alphabet=VIETNAMESE + SIGNS, min_size=3, max_size=300),
    agency=texts,
    decision_number=st.just("163/QĐ-BTP"),
    steps=st.lists(texts, max_size=12).map(tuple),
    submissions=st.lists(ways, max_size=4).map(tuple),
    cases=st.lists(
        st.builds(DocumentCase, name=texts, documents=st.lists(papers, max_size=30).map(tuple)),
        max_size=3,
    ).map(tuple),
    requirements=texts,
)


@few
@given(procedures, st.lists(st.sampled_from(Aspect), unique=True, max_size=10))
def test_every_procedure_has_a_card_for_every_question_that_fits_a_message(
    procedure: Procedure, asked: list[Aspect]
) -> None:
    page = "https://pakn.phuong.gov.vn/thu-tuc/1.001193"
    card = chat_card(compose(procedure, Release("Danh mục", "Cổng"), asked), page)
    assert len(card) <= 2_000
    assert "1.001193" in card
    assert "163/QĐ-BTP" in card
    assert card.endswith(page)


@few
@given(procedures)
def test_every_procedure_can_be_checked_and_searched(procedure: Procedure) -> None:
    for problem in findings([procedure]):
        assert problem.code == "1.001193"
        assert problem.sentence.endswith(".")
    found = Clerk(Catalogue(Release("Danh mục", "Cổng"), (procedure,))).ask(procedure.name)
    assert [c.procedure for c in found.candidates] in ([], [procedure])
