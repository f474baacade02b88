"""A sender who is asked for something answers in the chat, through the whole way to the case."""

from api.cases.models import Case, State
from api.people.models import Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of, fresh
from tests.bot.people import Person


def answers_unasked(lan: Person, site: Site, minh: Staff) -> Case:
    """Let chị Lan answer what anh Minh asked, without the button."""
    case = lan.sends_a_feedback()
    StaffDesk(site, minh).ask_supplement(case, "Trước số nhà nào?")
    lan.says("nhà số 15 đó em")
    return case


def test_words_sent_without_the_button_reach_the_case_after_a_yes(
    lan: Person, site: Site, minh: Staff
) -> None:
    case = answers_unasked(lan, site, minh)
    assert "Trước số nhà nào?" in lan.hears()
    assert events_of(site, case)[-1].name == "supplement_asked"
    lan.says("đúng rồi")
    given = events_of(site, case)[-1]
    assert given.name == "supplement_given"
    assert "nhà số 15" in given.note
    assert fresh(site, case).state is State.IN_PROGRESS


def test_once_the_answer_has_come_words_are_offered_to_it_no_more(
    lan: Person, site: Site, minh: Staff
) -> None:
    case = answers_unasked(lan, site, minh)
    lan.says("đúng rồi")
    lan.says("nhà số 16 nữa em")
    assert f"bổ sung cho hồ sơ {case.code}" not in lan.hears()
