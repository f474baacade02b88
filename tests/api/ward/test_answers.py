"""What is said about the ward comes from its card and its calendar, word for word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.cases.workdays import WorkCalendar
from api.ward.answers import Ward, answer
from api.ward.card import HomeService, ServiceModel, WardCard
from api.ward.seed import week_in
from knowledge.ward_questions import WardQuestionReader

LINE = "7:30–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu"
CARD = WardCard(
    address="Số 1 phố Thạch Khôi",
    hotline="0220 3700 001",
    hours_line=LINE,
    week=week_in(LINE),
    home=HomeService(who="người từ 80 tuổi", how="cán bộ đến nhà chiều thứ Năm"),
    models=(ServiceModel(title="Ngày thứ Ba không hẹn", days=(1,), explanation="trả ngay."),),
)
WARD = Ward("Phường Thạch Khôi", CARD, WorkCalendar(), datetime(2026, 11, 16, 2, 0, tzinfo=UTC))


def said(text: str, ward: Ward = WARD) -> str:
    question = WardQuestionReader.shipped().read(text)
    assert question is not None, text
    return answer(ward, question)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("phường mấy giờ đóng cửa", "đến 11:30."),
        ("thu 7 co lam khong", "Thứ Bảy, 21/11/2026: Phường Thạch Khôi không làm việc"),
        ("thứ bảy có làm không", "gần nhất: thứ Hai, 23/11/2026, 7:30–11:30 và 13:30–17:00."),
        ("thứ ba phường có làm việc không", "Ngày này có “Ngày thứ Ba không hẹn”: trả ngay."),
        ("ngày 2/9 phường nghỉ không", "Quốc khánh"),
        ("tết phường có làm không", "Ngày nghỉ lễ gần nhất: thứ Ba, 24/11/2026"),
        ("phường ở đâu", "Số 1 phố Thạch Khôi"),
        ("sđt phường", "0220 3700 001"),
        ("email phường", "chưa công bố thư điện tử"),
        ("phường có làm thủ tục tại nhà không", "Dành cho: người từ 80 tuổi"),
        ("ngày thứ ba không hẹn là gì", "• Ngày thứ Ba không hẹn (thứ Ba): trả ngay."),
    ],
)
def test_a_question_gets_the_words_of_the_card(text: str, words: str) -> None:
    assert words in said(text)


def test_after_hours_the_next_day_of_work_is_named() -> None:
    evening = replace(WARD, at=datetime(2026, 11, 16, 11, 0, tzinfo=UTC))
    told = said("giờ này phường còn làm việc không", evening)
    assert "đã hết giờ làm việc hôm nay" in told
    assert "thứ Ba, 17/11/2026" in told


def test_what_the_card_does_not_say_is_not_made_up() -> None:
    bare = replace(WARD, card=WardCard(hotline="0220 3700 001"))
    assert "chưa công bố" in said("phường ở đâu", bare)
    assert "chưa công bố" in said("phường có phục vụ tại nhà không", bare)
    assert "chưa công bố" in said("ngày không hẹn là gì", bare)
    assert "7:30" not in said("hôm nay phường có làm việc không", bare)
