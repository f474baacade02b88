"""Questions about the ward itself are told from questions about procedures."""

import pytest

from knowledge.text import fold
from knowledge.ward_questions import AskedDay, Topic, WardQuestionReader, best_answer

ASKED = {
    "phường ở đâu vậy ạ": Topic.ADDRESS,
    "cho em xin địa chỉ phường": Topic.ADDRESS,
    "ủy ban nằm ở đường nào": Topic.ADDRESS,
    "phường mấy giờ đóng cửa": Topic.HOURS,
    "giờ làm việc của xã": Topic.HOURS,
    "hôm nay có làm việc không": Topic.HOURS,
    "thứ bảy có làm không": Topic.HOURS,
    "chủ nhật có ai trực không": Topic.HOURS,
    "buổi trưa có làm không": Topic.HOURS,
    "thứ bảy ra phường được không": Topic.HOURS,
    "số điện thoại của phường là gì": Topic.HOTLINE,
    "cho xin hotline": Topic.HOTLINE,
    "email của phường": Topic.EMAIL,
    "liên hệ với phường thế nào": Topic.CONTACT,
    "mẹ em già yếu không đi được, có làm tại nhà không": Topic.HOME,
    "phường có phục vụ tại nhà không": Topic.HOME,
    "ngày thứ ba không hẹn là gì": Topic.MODELS,
    "thứ sáu không chờ là sao": Topic.MODELS,
    "chủ nhật thì sao": Topic.HOURS,
    "chiều mấy giờ làm": Topic.HOURS,
    "tối có làm không": Topic.HOURS,
    "tết nghỉ từ ngày nào": Topic.HOURS,
    "zalo phường": Topic.CONTACT,
    "website của xã là gì": Topic.CONTACT,
    "phường có làm tại nhà cho người già không": Topic.HOME,
}
OTHER = (
    "làm khai sinh mấy giờ",
    "nộp hồ sơ tạm trú lúc mấy giờ",
    "đăng ký kết hôn ở đâu",
    "số điện thoại công an phường",
    "nộp ở đâu",
    "làm tại nhà",
    "mấy giờ",
    "bây giờ mấy giờ",
    "mất mấy ngày",
    "cán bộ không làm việc",
    "bạn ở đâu",
    "thứ ba",
    "",
)


def read(text: str) -> Topic | None:
    question = WardQuestionReader.shipped().read(text)
    return question.topics[0] if question else None


@pytest.mark.parametrize("text", ASKED)
def test_a_question_about_the_ward_is_recognised(text: str) -> None:
    assert read(text) is ASKED[text]


@pytest.mark.parametrize("text", ASKED)
def test_a_question_about_the_ward_is_recognised_without_marks(text: str) -> None:
    assert read(fold(text)) is ASKED[text]


@pytest.mark.parametrize("text", OTHER)
def test_what_names_anything_else_is_left_to_the_catalogue(text: str) -> None:
    assert WardQuestionReader.shipped().read(text) is None
    assert read(fold(text)) is None


def test_days_and_dates_are_read() -> None:
    reader = WardQuestionReader.shipped()
    monday = reader.read("thứ hai tuần sau có làm việc không")
    feast = reader.read("ngày 2/9 phường có làm việc không")
    assert monday is not None
    assert set(monday.days) == {AskedDay.MONDAY, AskedDay.NEXT_WEEK}
    assert feast is not None
    assert feast.dates == ((2, 9, None),)


def test_an_own_question_is_found_by_nearly_the_same_words() -> None:
    asks = [("Gửi xe ở đâu", "chỗ để xe máy ở đâu"), ("Có wifi không", "mật khẩu wifi")]
    assert best_answer("cho em hỏi chỗ để xe máy ở đâu ạ", asks) == 0
    assert best_answer("mat khau wifi", asks) == 1
    assert best_answer("đăng ký xe máy ở đâu", asks) is None
    assert best_answer("gì cũng được", []) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thứ 7 có làm khai sinh không", AskedDay.SATURDAY),
        ("chu nhat co nhan ho so tam tru khong a", AskedDay.SUNDAY),
        ("ngày lễ có làm căn cước ko ad", AskedDay.HOLIDAY),
        ("cuối tuần lên làm được sao y không", AskedDay.WEEKEND),
    ],
)
def test_whether_a_matter_is_done_on_a_day_off_is_asked_of_the_ward(
    text: str, day: AskedDay
) -> None:
    found = WardQuestionReader.shipped().read(text)
    assert found is not None
    assert (found.topics, found.days) == ((Topic.HOURS,), (day,))


@pytest.mark.parametrize(
    "text",
    [
        "thứ ba có làm khai sinh không",
        "con sinh ngày chủ nhật thì khai sinh cần giấy gì",
        "cưới ngày lễ, chồng ở nước ngoài có làm được giấy xác nhận độc thân online không",
    ],
)
def test_a_procedure_with_a_day_in_it_stays_a_question_for_the_catalogue(text: str) -> None:
    assert WardQuestionReader.shipped().read(text) is None
