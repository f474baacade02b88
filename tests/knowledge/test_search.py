"""Finding the procedure a question is about."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.aspects import Aspect
from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk, Finding
from knowledge.decide import MOST_CHOICES, Decision
from knowledge.ranking import FEATURES
from knowledge.text import fold
from tests.conftest import SMALL, small_catalogue
from tests.knowledge.making import catalogue, procedure

QUESTIONS = {
    "làm giấy khai sinh cho con mới đẻ": "1.001193",
    "vo em moi sinh muon lam khai sinh cho be": "1.001193",
    "khai sinh cho con có bố người Hàn Quốc": "2.000528",
    "mất giấy khai sinh bản gốc muốn đăng ký lại": "1.004884",
    "ở trọ thì đăng ký tạm trú thế nào": "1.004194",
    "sao y bản chính bằng đại học": "2.000815",
    "xin giấy độc thân để cưới vợ": "1.004873",
    "hai đứa muốn ra phường đăng ký kết hôn": "1.000894",
    "mở tiệm tạp hóa cần đăng ký hộ kinh doanh không": "1.001612",
}
UNRELATED = procedure(
    "1.003658", "Công bố lại hoạt động bến thủy nội địa", field="Hàng hải và đường thủy"
)


def first(finding: Finding) -> str:
    """Return the code of the best candidate."""
    return finding.candidates[0].procedure.code


@pytest.mark.parametrize(("asked", "code"), QUESTIONS.items())
def test_peoples_own_words_find_the_procedure(clerk: Clerk, asked: str, code: str) -> None:
    assert first(clerk.ask(asked)) == code


@pytest.mark.parametrize(("asked", "code"), QUESTIONS.items())
def test_the_same_words_without_marks_find_it_too(clerk: Clerk, asked: str, code: str) -> None:
    assert first(clerk.ask(fold(asked))) == code


@pytest.mark.parametrize("code", SMALL)
def test_the_official_name_is_answered_at_once(clerk: Clerk, code: str) -> None:
    name = clerk.catalogue.by_code[code].name
    for asked in (name, fold(name), name.upper(), f"Thủ tục {name.lower()}"):
        finding = clerk.ask(asked)
        assert first(finding) == code
        assert finding.decision is Decision.ANSWER


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ddawng kys khai sinhf", "1.001193"),
        ("khaisinh cho con", "1.001193"),
        ("dang ky tamtru", "1.004194"),
        ("đăng ký kêt hon", "1.000894"),
        ("chugn thuc ban sao", "2.000815"),
        ("ĐK hộ kinh doanh", "1.001612"),
        ("xin giấy xác nhận tthn", "1.004873"),
    ],
)
def test_slips_and_short_spellings_do_no_harm(clerk: Clerk, typed: str, code: str) -> None:
    assert first(clerk.ask(typed)) == code


@pytest.mark.parametrize(
    "asked",
    [
        "giá vàng hôm nay bao nhiêu",
        "thời tiết Hải Phòng ngày mai",
        "kể chuyện cười đi",
        "đèn đường trước nhà hỏng",
        "asdf qwer",
        "12345",
    ],
)
def test_what_the_catalogue_does_not_hold_is_not_answered(clerk: Clerk, asked: str) -> None:
    assert clerk.ask(asked).decision is not Decision.ANSWER


@pytest.mark.parametrize("asked", ["", "   ", "👍👍", "?!…", "\u200b", "\x00"])
def test_a_question_without_words_finds_nothing(clerk: Clerk, asked: str) -> None:
    finding = clerk.ask(asked)
    assert finding.decision is Decision.NONE
    assert finding.candidates == ()
    assert finding.aspects == ()


def test_an_empty_catalogue_finds_nothing() -> None:
    finding = Clerk(catalogue()).ask("đăng ký khai sinh cần giấy tờ gì")
    assert finding.decision is Decision.NONE
    assert finding.candidates == ()
    assert finding.aspects == (Aspect.DOCUMENTS,)


def test_a_catalogue_of_names_only_is_searched_like_any_other() -> None:
    names = [procedure(p.code, p.name) for p in small_catalogue().procedures]
    assert first(Clerk(catalogue(*names)).ask("xin giấy độc thân")) == "1.004873"


def test_a_story_of_ten_thousand_characters_is_answered_by_its_beginning(clerk: Clerk) -> None:
    story = "Em muốn đăng ký tạm trú cho cả nhà. " + "Chuyện nhà em dài lắm ạ. " * 400
    assert len(story) > 10_000
    assert "1.004194" in [c.procedure.code for c in clerk.ask(story).candidates]


def test_an_unrelated_procedure_changes_no_first_answer(clerk: Clerk) -> None:
    wider = Clerk(Catalogue(clerk.catalogue.release, (*clerk.catalogue.procedures, UNRELATED)))
    for asked in QUESTIONS:
        assert first(wider.ask(asked)) == first(clerk.ask(asked)), asked


def test_the_order_of_the_catalogue_changes_no_first_answer(clerk: Clerk) -> None:
    turned = tuple(reversed(clerk.catalogue.procedures))
    other = Clerk(Catalogue(clerk.catalogue.release, turned))
    for asked in QUESTIONS:
        assert first(other.ask(asked)) == first(clerk.ask(asked)), asked


def test_candidates_come_best_first_each_once_with_what_their_score_is_made_of(
    clerk: Clerk,
) -> None:
    candidates = clerk.ask("đăng ký khai sinh").candidates
    scores = [candidate.score for candidate in candidates]
    codes = [candidate.procedure.code for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(set(codes)) == len(codes)
    assert list(candidates[0].features) == list(FEATURES)


def test_one_question_always_gets_one_answer(clerk: Clerk) -> None:
    once, again = (clerk.ask("khai sinh cho con người Hàn") for _ in range(2))
    assert [c.score for c in once.candidates] == [c.score for c in again.candidates]


def test_several_threads_get_the_answers_of_one(clerk: Clerk) -> None:
    asked = list(QUESTIONS) * 4
    with ThreadPoolExecutor(4) as pool:
        together = [first(finding) for finding in pool.map(clerk.ask, asked)]
    assert together == [first(clerk.ask(text)) for text in asked]


def test_a_few_procedures_are_offered_where_the_question_is_open(clerk: Clerk) -> None:
    finding = clerk.ask("khai sinh")
    assert 1 < len(finding.choices) <= MOST_CHOICES
    assert finding.choices[0] == finding.candidates[0].procedure


@pytest.mark.parametrize(
    ("asked", "aspect"),
    [("bao nhiêu tiền", Aspect.FEE), ("mấy ngày thì có", Aspect.TIME), ("o dau", Aspect.PLACE)],
)
def test_a_question_for_a_part_alone_names_no_procedure(
    clerk: Clerk, asked: str, aspect: Aspect
) -> None:
    finding = clerk.ask(asked)
    assert finding.names_nothing
    assert finding.aspects == (aspect,)
    assert finding.candidates == ()


@pytest.mark.parametrize(
    ("asked", "aspect"),
    [
        ("đk khai sinh hết bn tiền", Aspect.FEE),
        ("làm khai sinh có tốn tiền ko", Aspect.FEE),
        ("khai sinh nộp qua mạng đc k", Aspect.ONLINE),
        ("khai sinh cần giấy tờ j", Aspect.DOCUMENTS),
        ("kết hôn lm ntn", Aspect.HOW),
    ],
)
def test_the_asked_part_is_found_in_chat_spellings(
    clerk: Clerk, asked: str, aspect: Aspect
) -> None:
    assert aspect in clerk.ask(asked).aspects


def test_a_card_has_the_asked_part_first(clerk: Clerk) -> None:
    card = clerk.card("1.001193", clerk.aspects_of("khai sinh mấy ngày có"))
    assert card is not None
    assert card.sections[0].key is Aspect.TIME


def test_there_is_no_card_of_an_unknown_code(clerk: Clerk) -> None:
    assert clerk.card("9.999999") is None


def test_every_third_real_name_finds_itself_first_with_and_without_marks(
    commune_clerk: Clerk,
) -> None:
    procedures = commune_clerk.catalogue.procedures
    names = Counter(fold(p.name) for p in procedures)
    own = [p for p in procedures if names[fold(p.name)] == 1][::3]
    lost = [
        (p.code, asked)
        for p in own
        for asked in (p.name, fold(p.name))
        if first(commune_clerk.ask(asked)) != p.code
    ]
    assert len(own) > 100
    assert lost == []
