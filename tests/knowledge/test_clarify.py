"""One short question that tells close procedures apart."""

import pytest

from knowledge.clarify import Clarifier
from knowledge.clerk import Clerk
from knowledge.decide import Decision
from knowledge.lexicon import Lexicon
from knowledge.phrases import spell


@pytest.fixture(scope="module")
def clarifier() -> Clarifier:
    """Asks with the words that come with the product."""
    return Clarifier(Lexicon.shipped())


def test_two_ages_are_told_apart_by_the_age(clarifier: Clarifier) -> None:
    asked = clarifier.ask_back(
        [
            "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên",
            "Cấp thẻ căn cước cho người dưới 14 tuổi",
        ]
    )
    assert asked
    assert asked.question == "Bạn làm cho người bao nhiêu tuổi?"
    assert asked.labels == ("Từ đủ 14 tuổi trở lên", "Dưới 14 tuổi")


def test_the_plain_procedure_gets_the_plain_label(clarifier: Clarifier) -> None:
    asked = clarifier.ask_back(
        ["Thủ tục đăng ký kết hôn", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài"]
    )
    assert asked
    assert asked.question.startswith("Việc này có người nước ngoài")
    assert asked.labels == ("Không, đều là người Việt Nam trong nước", "Có người nước ngoài")


def test_what_all_candidates_have_is_not_asked(clarifier: Clarifier) -> None:
    asked = clarifier.ask_back(
        [
            "Thủ tục đăng ký lại khai sinh",
            "Thủ tục đăng ký lại khai sinh có yếu tố nước ngoài",
        ]
    )
    assert asked
    assert all("mất cả giấy" not in label for label in asked.labels)


def test_several_differences_are_asked_as_cases(clarifier: Clarifier) -> None:
    asked = clarifier.ask_back(
        [
            "Thủ tục đăng ký khai tử",
            "Đăng ký lại khai tử",
            "Thủ tục đăng ký khai tử có yếu tố nước ngoài",
        ]
    )
    assert asked
    assert asked.question == "Trường hợp của bạn giống trường hợp nào dưới đây?"
    assert asked.labels[0] == "Trường hợp thông thường"


def test_without_a_plain_procedure_nobody_is_asked_about_the_first_time(
    clarifier: Clarifier,
) -> None:
    asked = clarifier.ask_back(["Đổi giấy phép lái xe", "Cấp lại giấy phép lái xe"])
    assert asked
    assert "lần đầu" not in asked.question


@pytest.mark.parametrize(
    "names",
    [
        ("Thủ tục đăng ký khai sinh", "Cấp lại thẻ căn cước"),
        ("Đăng ký tạm trú", "Đăng ký tạm trú"),
        ("Đăng ký tạm trú",),
        (),
    ],
)
def test_names_that_differ_in_their_matter_or_in_nothing_are_not_asked_so(
    clarifier: Clarifier, names: tuple[str, ...]
) -> None:
    assert clarifier.ask_back(names) is None


def test_every_label_of_the_lexicon_can_be_reached_by_its_phrases(clarifier: Clarifier) -> None:
    for difference in Lexicon.shipped().differences:
        for label, phrases in difference.marks.items():
            if label == difference.plain:
                continue
            for phrase in phrases:
                asked = clarifier.ask_back([f"giấy chứng nhận {phrase}", "giấy chứng nhận"])
                assert asked, phrase
                assert asked.labels[0].lower() == label.lower(), phrase


BURIED = (
    "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội",
    "Giải quyết chế độ mai táng phí đối với cựu chiến binh",
)


def test_money_for_a_funeral_is_open_until_it_is_said_who_died(clarifier: Clarifier) -> None:
    assert clarifier.is_open(spell("xin tiền mai táng phí cho mẹ"), BURIED)
    assert not clarifier.is_open(spell("mẹ tôi là cựu chiến binh, xin mai táng phí"), BURIED)


def test_nothing_is_open_where_no_rival_is_of_the_same_kind(clarifier: Clarifier) -> None:
    rivals = (BURIED[0], "Thủ tục đăng ký khai tử")
    assert not clarifier.is_open(spell("xin tiền mai táng phí cho mẹ"), rivals)


def test_who_died_is_what_is_asked_back(clarifier: Clarifier) -> None:
    asked = clarifier.ask_back(BURIED)
    assert asked
    assert asked.question == "Người mất thuộc diện nào dưới đây?"
    assert asked.labels == ("Đang nhận trợ cấp xã hội hằng tháng", "Cựu chiến binh")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("phí khai sinh", "1.001193"),
        ("làm khai sinh cần giấy tờ gì", "1.001193"),
        ("tạm trú mất bao lâu", "1.004194"),
    ],
)
def test_a_part_of_what_people_do_most_is_answered_without_asking_back(
    commune_clerk: Clerk, text: str, code: str
) -> None:
    finding = commune_clerk.ask(text)
    assert finding.decision is Decision.ANSWER
    assert finding.candidates[0].procedure.code == code


@pytest.mark.parametrize("text", ["khai sinh", "làm lại khai sinh cần gì", "hộ kinh doanh"])
def test_a_bare_name_and_a_doing_again_stay_open(commune_clerk: Clerk, text: str) -> None:
    finding = commune_clerk.ask(text)
    best = finding.candidates[0].procedure.code
    assert finding.decision is Decision.CLARIFY or best != "1.001193"
