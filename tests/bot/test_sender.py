"""A sender in a chat the case did not come from: code and last figures of the phone."""

from api.cases.models import Case
from api.people.models import Citizen, Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, events_of
from tests.bot.people import Person
from tests.conftest import FrozenClock


def last_figures(site: Site, case: Case) -> str:
    with site.database.reading() as session:
        return session.get_one(Citizen, case.citizen_id).phone[-4:]


def proves(person: Person, case: Case, figures: str) -> str:
    person.taps(f"prove:{case.code}")
    person.says(figures)
    return person.hears()


def test_the_right_figures_tell_how_the_due_day_was_counted(
    lan: Person, tu: Person, site: Site
) -> None:
    case = lan.sends_a_feedback()
    tu.says(case.code)
    assert ["Tôi là người gửi", f"prove:{case.code}"] in tu.owed()[-1].buttons
    said = proves(tu, case, last_figures(site, case))
    assert f"Hạn trả lời hồ sơ {case.code}" in said
    assert "đủ 15 ngày làm việc" in said
    assert "3 ngày Chủ nhật" in said


def test_the_right_figures_give_the_answer(
    lan: Person, tu: Person, site: Site, minh: Staff
) -> None:
    case = lan.sends_a_feedback()
    StaffDesk(site, minh).answer(case, "Đội điện đã thay bóng lúc 16 giờ.")
    tu.says(case.code)
    assert "16 giờ" not in tu.hears()
    assert "16 giờ" in proves(tu, case, last_figures(site, case))


def test_what_the_office_asks_is_told_with_the_way_to_answer(
    lan: Person, tu: Person, site: Site, minh: Staff
) -> None:
    case = lan.sends_a_feedback()
    StaffDesk(site, minh).ask_supplement(case, "Trước số nhà nào?")
    tu.taps(f"prove:{case.code}")
    tu.says(last_figures(site, case))
    told = " ".join(message.text for message in tu.owed()[-2:])
    assert "Trước số nhà nào?" in told
    assert f"/tra-cuu?ma={case.code}" in told


def test_wrong_figures_are_told_as_a_wrong_code_is_and_recorded(
    lan: Person, tu: Person, site: Site
) -> None:
    case = lan.sends_a_feedback()
    assert "Mã hồ sơ hoặc số điện thoại chưa đúng" in proves(tu, case, "0000")
    assert events_of(site, case)[-1].name == "sender_refused"


def test_five_wrong_guesses_stop_the_chat_for_an_hour(
    lan: Person, tu: Person, site: Site, clock: FrozenClock
) -> None:
    case = lan.sends_a_feedback()
    right = last_figures(site, case)
    for _ in range(5):
        assert "chưa đúng" in proves(tu, case, "0000")
        clock.pass_(seconds=20)
    assert "chờ một giờ" in proves(tu, case, right)
    clock.pass_(hours=1)
    assert "Hạn trả lời" in proves(tu, case, right)


def test_words_instead_of_figures_are_no_guess(lan: Person, tu: Person, site: Site) -> None:
    case = lan.sends_a_feedback()
    assert "4 số cuối" in proves(tu, case, "là sao ạ")
    assert events_of(site, case)[-1].name == "received"
