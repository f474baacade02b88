"""The conversation answers about the ward from the card that staff edit."""

from api.people.models import Staff
from api.ward.card import ProcedureLink, ServiceModel, ShortAnswer
from api.web.site import Site
from tests.api.ward.editing import edit_card
from tests.bot.conftest import sqlite_only
from tests.bot.people import Person

pytestmark = sqlite_only


def test_hours_come_from_the_card_and_the_calendar(lan: Person) -> None:
    lan.says("may gio dong cua")
    assert "đến 11:30" in lan.hears()
    lan.says("thứ bảy có làm không")
    assert "Thứ Bảy, 21/11/2026: Phường Thạch Khôi không làm việc" in lan.hears()


def test_what_staff_edit_is_said_from_the_next_message_on(
    lan: Person, site: Site, minh: Staff
) -> None:
    lan.says("phường ở đâu")
    assert "Số 1 phố Thạch Khôi" in lan.hears()
    edit_card(site, minh, address="Số 9 phố Mới", hotline="0220 3700 009")
    lan.says("phường ở đâu")
    assert "Số 9 phố Mới" in lan.hears()
    lan.says("cho gặp cán bộ")
    assert "0220 3700 009" in lan.hears()


def test_the_answer_about_a_procedure_carries_the_wards_own_notes(
    lan: Person, site: Site, minh: Staff
) -> None:
    link = ProcedureLink(code="1.001193", label="Video", url="https://tk.gov.vn/v", note="5 phút")
    edit_card(site, minh, links=(link,))
    lan.says("làm giấy khai sinh cho con cần giấy tờ gì")
    assert "• Video: https://tk.gov.vn/v (5 phút)" in lan.hears()


def test_the_wards_own_questions_and_models_are_answered(
    lan: Person, site: Site, minh: Staff
) -> None:
    bikes = ShortAnswer(title="Gửi xe ở đâu", asks=("để xe máy chỗ nào",), text="Bãi sau nhà.")
    model = ServiceModel(title="Ngày thứ Sáu không chờ", days=(4,), explanation="làm ngay")
    edit_card(site, minh, answers=(bikes,), models=(model,))
    lan.says("de xe may cho nao")
    assert lan.hears() == "Bãi sau nhà."
    lan.says("thứ sáu không chờ là gì")
    assert "• Ngày thứ Sáu không chờ (thứ Sáu): làm ngay" in lan.hears()
