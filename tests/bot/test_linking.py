"""One person in two conversations: only a fresh code shows it, and guessing is stopped."""

import re

import pytest

from bot.inbox import Inbox
from tests.bot.people import Person
from tests.conftest import FrozenClock


@pytest.fixture
def at_home(inbox: Inbox) -> Person:
    """Chị Lan in her browser."""
    return Person(inbox, "lan-web", channel="web")


def code_of(person: Person) -> str:
    person.says("/lienket")
    found = re.search(r"Mã liên kết của bạn: (\w{4} \w{4})", person.hears())
    assert found
    return found[1]


def test_a_code_of_one_conversation_opens_the_cases_in_the_other(
    lan: Person, at_home: Person
) -> None:
    case = lan.sends_a_feedback()
    at_home.says(f"/lienket {code_of(lan).lower()}")
    assert "Đã liên kết" in at_home.hears()
    assert "Trang web" in lan.hears()
    at_home.taps("menu:status")
    assert case.code in at_home.owed()[-1].buttons[0][0]
    at_home.says(f"{case.code} Đèn vẫn chưa sáng đâu ạ.")
    at_home.taps(f"note:{case.code}")
    assert "Đã thêm lời nhắn" in at_home.hears()


def test_without_a_code_the_cases_of_another_stay_closed(lan: Person, tu: Person) -> None:
    lan.sends_a_feedback()
    tu.says("/lienket AAAA AAAA")
    assert "chưa đúng hoặc đã hết hạn" in tu.hears()
    tu.taps("menu:status")
    assert tu.owed()[-1].buttons == []


def test_a_code_is_used_once_and_dies_after_ten_minutes(
    lan: Person, tu: Person, at_home: Person, clock: FrozenClock
) -> None:
    code = code_of(lan)
    at_home.says(f"/lienket {code}")
    tu.says(f"/lienket {code}")
    assert "chưa đúng hoặc đã hết hạn" in tu.hears()
    late = code_of(lan)
    clock.pass_(minutes=10)
    tu.says(f"/lienket {late}")
    assert "chưa đúng hoặc đã hết hạn" in tu.hears()


def test_guessing_is_stopped_even_with_the_right_code(lan: Person, tu: Person) -> None:
    code = code_of(lan)
    for n in range(5):
        tu.says(f"/lienket AAAA AAA{n}")
    tu.says(f"/lienket {code}")
    assert "chờ một giờ" in tu.hears()


def test_a_code_typed_where_it_was_given_links_nothing(lan: Person) -> None:
    lan.says(f"/lienket {code_of(lan)}")
    assert "chính cuộc trò chuyện này" in lan.hears()


def test_a_third_conversation_joins_the_same_person(
    lan: Person, tu: Person, at_home: Person
) -> None:
    case = lan.sends_a_feedback()
    at_home.says(f"/lienket {code_of(lan)}")
    tu.says(f"/lienket {code_of(at_home)}")
    tu.taps("menu:status")
    assert case.code in tu.owed()[-1].buttons[0][0]


def test_who_parts_sees_only_what_was_sent_from_there(lan: Person, at_home: Person) -> None:
    case = lan.sends_a_feedback()
    at_home.says(f"/lienket {code_of(lan)}")
    at_home.hears()

    at_home.says("/huylienket")

    assert "Đã tách cuộc trò chuyện này khỏi Telegram" in at_home.hears()
    assert "Trang web vừa được tách khỏi đây" in lan.hears()
    at_home.taps("menu:status")
    assert at_home.owed()[-1].buttons == []
    lan.taps("menu:status")
    assert case.code in lan.owed()[-1].buttons[0][0]


def test_when_the_first_of_three_parts_the_other_two_stay_together(
    lan: Person, tu: Person, at_home: Person
) -> None:
    at_home.says(f"/lienket {code_of(lan)}")
    tu.says(f"/lienket {code_of(lan)}")
    case = tu.sends_a_feedback()

    lan.says("hủy liên kết")

    lan.taps("menu:status")
    assert lan.owed()[-1].buttons == []
    at_home.taps("menu:status")
    assert case.code in at_home.owed()[-1].buttons[0][0]


def test_parting_from_nobody_is_said(lan: Person) -> None:
    lan.says("/huylienket")
    assert "chưa liên kết với nơi nào" in lan.hears()
