"""A message that its writer changes: the draft follows, a sent case gets a note."""

from dataclasses import replace

import pytest
from sqlmodel import select

from api.cases.models import CaseEvent
from api.web.site import Site
from bot.arrival import Arrival
from tests.bot.people import Person
from tests.bot.talk import LAMP

BETTER = "Đèn đường ngõ 21 hỏng cả tuần nay, tối rất nguy hiểm."


def says(person: Person, text: str, number: str) -> None:
    person.sends(replace(person.message(text), message_key=number))


def edits(person: Person, text: str, number: str) -> Arrival:
    changed = replace(person.message(text), message_key=number, edited=True)
    person.sends(changed)
    return changed


def test_a_draft_follows_the_changed_words(lan: Person, site: Site) -> None:
    says(lan, LAMP, "7")
    edits(lan, BETTER, "7")
    with site.database.reading() as session:
        assert lan.chat(session).draft["content"] == BETTER
    assert lan.hears().startswith("Mình đã sửa nội dung bản nháp")
    edits(lan, LAMP, "7")
    with site.database.reading() as session:
        assert lan.chat(session).draft["content"] == LAMP


def test_a_sent_case_gets_the_changed_words_as_a_note(lan: Person, site: Site) -> None:
    says(lan, LAMP, "7")
    case = lan.sends_a_feedback(LAMP)
    edits(lan, BETTER, "7")
    assert case.code in lan.hears()
    with site.database.reading() as session:
        note = session.exec(select(CaseEvent).where(CaseEvent.name == "citizen_note")).one()
    assert BETTER in note.note


def test_a_changed_question_is_answered_anew(lan: Person) -> None:
    says(lan, "đăng ký tạm chú cần gì", "7")
    edits(lan, "đăng ký tạm trú mất bao lâu", "7")
    assert "Thời hạn giải quyết:" in lan.hears()


@pytest.mark.parametrize("text", [LAMP])
def test_a_change_that_changes_no_word_is_not_answered(lan: Person, text: str) -> None:
    says(lan, text, "7")
    before = len(lan.owed())
    edits(lan, text, "7")
    assert len(lan.owed()) == before


def test_a_number_typed_under_a_notice_presses_the_button_of_the_notice(lan: Person) -> None:
    case = lan.sends_a_feedback()
    lan.says("1")
    assert f"Hồ sơ {case.code}" in lan.hears()
