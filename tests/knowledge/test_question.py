"""Reading a question: standard words, frames taken off, concepts found."""

import unicodedata

import pytest

from knowledge.lexicon import Concept, Lexicon, Supporting
from knowledge.question import Question, QuestionReader, reader_of
from knowledge.text import fold, syllables


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> QuestionReader:
    """The reader with the lexicon that comes with the product."""
    return reader_of(lexicon)


def words(question: Question) -> str:
    """Return the words that are matched, as typed or as written out."""
    return " ".join(syllable.typed for syllable in question.syllables)


def lexicon_of(**parts: object) -> Lexicon:
    """Return a lexicon that holds nothing but these parts."""
    empty: dict[str, object] = {
        "concepts": (),
        "abbreviations": {},
        "teencode": {},
        "readings": (),
        "dialect": {},
        "aspects": {},
        "aspect_patterns": (),
        "frames": (),
        "smalltalk": {},
        "asks": {},
        "outside": (),
        "differences": (),
        "supporting": Supporting((), (), (), ()),
        "common": (),
        "difference_words": ("", ""),
    }
    return Lexicon(**{**empty, **parts})


@pytest.mark.parametrize(
    ("asked", "matter"),
    [
        ("Cho em hỏi làm giấy khai sinh với ạ", "làm giấy khai sinh"),
        ("dạ thưa, đăng ký kết hôn em cảm ơn", "đăng ký kết hôn"),
        ("XIN CHÀO! Tạm trú.", "tạm trú"),
        ("cho em hoi dang ky tam tru", "dang ky tam tru"),
    ],
)
def test_a_frame_is_taken_off(reader: QuestionReader, asked: str, matter: str) -> None:
    assert words(reader.read(asked)) == matter


@pytest.mark.parametrize("asked", ["xin chào", "cho em hỏi ạ", "em cảm ơn"])
def test_a_question_is_never_taken_off_to_the_last_word(reader: QuestionReader, asked: str) -> None:
    assert words(reader.read(asked)) == asked


def test_a_negation_is_never_taken_off(reader: QuestionReader) -> None:
    assert "không" in words(reader.read("cho em hỏi không có giấy chứng sinh thì sao ạ")).split()


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("mất CCCD", "mất căn cước công dân"),
        ("GCNQSDĐ", "giấy chứng nhận quyền sử dụng đất"),
        ("đkks cho bé", "đăng ký khai sinh cho bé"),
        ("dkks cho be", "đăng ký khai sinh cho be"),
        ("xin tthn", "xin tình trạng hôn nhân"),
        ("ĐK khai sinh", "đăng ký khai sinh"),
        ("đk gì để tách thửa", "điều kiện gì để tách thửa"),
        ("vk ck muốn ly hôn", "vợ chồng muốn ly hôn"),
        ("giấy khai sanh", "giấy khai sinh"),
    ],
)
def test_short_and_regional_spellings_are_written_out(
    reader: QuestionReader, typed: str, standard: str
) -> None:
    assert words(reader.read(typed)) == standard


def test_every_abbreviation_is_written_out(reader: QuestionReader, lexicon: Lexicon) -> None:
    kept = [
        typed
        for typed, meant in lexicon.abbreviations.items()
        if reader.read(typed.upper()).folded != fold(meant)
    ]
    assert kept == []


def test_an_abbreviation_with_the_barred_letter_is_known_without_it_too(
    reader: QuestionReader, lexicon: Lexicon
) -> None:
    known = lexicon.abbreviations
    kept = [
        typed
        for typed, meant in known.items()
        if fold(typed) != typed and fold(typed) not in known
        if reader.read(fold(typed)).folded != fold(meant)
    ]
    assert kept == []


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("đăng ký ở chỗ mô", "đăng ký ở chỗ nào"),
        ("sinh ở nhà thương", "sinh ở bệnh viện"),
        ("bà xã mới sinh", "vợ mới sinh"),
    ],
)
def test_a_regional_phrase_of_several_words_is_written_out(
    reader: QuestionReader, typed: str, standard: str
) -> None:
    assert words(reader.read(typed)) == standard


def test_words_that_are_standard_already_are_not_written_out_again(
    reader: QuestionReader, lexicon: Lexicon
) -> None:
    meant = {*lexicon.dialect.values(), *lexicon.teencode.values()} - set(lexicon.frames)
    read = {text: words(reader.read(f"giấy {text} khai")) for text in meant}
    changed = {
        text: found
        for text, found in read.items()
        if len(text.split()) > 1 and found.split() != syllables(f"giấy {text} khai")
    }
    assert changed == {}


def test_a_regional_word_is_not_read_into_a_common_word_without_marks(
    reader: QuestionReader,
) -> None:
    assert words(reader.read("dang ky tam tru")) == "dang ky tam tru"  # not "trâu"


def test_decomposed_letters_and_capitals_are_read_alike(reader: QuestionReader) -> None:
    plain = reader.read("đăng ký tạm trú")
    assert reader.read("ĐĂNG KÝ TẠM TRÚ").syllables == plain.syllables
    decomposed = unicodedata.normalize("NFD", "đăng ký tạm trú")
    assert reader.read(decomposed).syllables == plain.syllables


def test_concepts_are_found_by_any_of_their_names(reader: QuestionReader) -> None:
    official = reader.read("giấy chứng nhận quyền sử dụng đất").concepts
    assert official
    assert reader.read("sổ đỏ").concepts == official
    assert reader.read("so do").concepts == official


def test_of_two_concepts_the_longer_name_is_meant() -> None:
    concepts = (
        Concept("birth", "object", ("khai sinh",)),
        Concept("copy", "object", ("trích lục khai sinh",)),
    )
    reader = QuestionReader(lexicon_of(concepts=concepts))
    assert reader.read("xin trích lục khai sinh").concepts == {"copy"}
    assert reader.kinds == {"birth": "object", "copy": "object"}


def test_words_beyond_two_thousand_characters_are_not_looked_at(reader: QuestionReader) -> None:
    question = reader.read("x " * 1_000 + "khai sinh")
    assert question.concepts == frozenset()
    assert len(question.syllables) == 1_000
    assert reader.read("x " * 990 + "khai sinh").concepts


def test_the_text_itself_is_kept_whole(reader: QuestionReader) -> None:
    asked = "khai sinh " * 1_000
    assert reader.read(asked).text == asked


@pytest.mark.parametrize("asked", ["", "   ", "👍", "?!…"])
def test_a_question_without_words_has_no_syllables(reader: QuestionReader, asked: str) -> None:
    question = reader.read(asked)
    assert question.syllables == ()
    assert question.folded == ""
    assert not question.marked


def test_a_question_knows_whether_marks_were_typed(reader: QuestionReader) -> None:
    assert reader.read("tạm trú").marked
    assert not reader.read("tam tru").marked


def test_one_lexicon_has_one_reader(lexicon: Lexicon, reader: QuestionReader) -> None:
    assert reader_of(lexicon) is reader


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("nhập hộ khảu cho con", "thuong-tru"),
        ("nhập hk cho con", "thuong-tru"),
        ("giấy khai sịnh", "khai-sinh"),
        ("đổi tên hộ kd", "thay-doi-noi-dung-dang-ky-ho-kinh-doanh"),
        ("làm mất tờ giấy khai sinh", "bi-mat-giay-to"),
        ("bạn trai người Úc", "yeu-to-nuoc-ngoai"),
        ("mang quốc tịch Pháp", "yeu-to-nuoc-ngoai"),
    ],
)
def test_marks_that_nobody_writes_so_short_forms_and_names_of_countries_are_understood(
    reader: QuestionReader, text: str, concept: str
) -> None:
    assert concept in reader.read(text).concepts


@pytest.mark.parametrize("text", ["được hk ạ", "nguoi lao dong", "ở ngã tư", "người bị thương"])
def test_what_only_looks_like_a_household_or_a_country_is_neither(
    reader: QuestionReader, text: str
) -> None:
    assert reader.read(text).concepts.isdisjoint({"thuong-tru", "yeu-to-nuoc-ngoai"})
