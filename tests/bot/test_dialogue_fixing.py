"""What is about to be sent can be mended piece by piece, with buttons or in words."""

import pytest

from api.cases.models import Kind
from bot.dialogue.model import Step
from tests.bot.talk import LAMP, RUDE, at


def test_the_summary_offers_every_piece_to_be_mended() -> None:
    talk = at(Step.CONFIRM)
    talk.presses("Sửa mục khác")
    assert talk.labels == [
        "Sửa họ tên",
        "Sửa số điện thoại",
        "Sửa địa chỉ",
        "Sửa nơi xảy ra",
        "Sửa loại",
        "Không sửa gì",
    ]


@pytest.mark.parametrize(
    ("button", "said", "field", "kept"),
    [
        ("Sửa họ tên", "Trần Văn Tư", "name", "Trần Văn Tư"),
        ("Sửa số điện thoại", "0987 654 321", "phone", "0987654321"),
        ("Sửa địa chỉ", "Số 9 ngõ 7", "address", "Số 9 ngõ 7"),
        ("Sửa nơi xảy ra", "đầu ngõ 3", "place", "đầu ngõ 3"),
    ],
)
def test_one_piece_is_asked_anew_and_the_rest_stays(
    button: str, said: str, field: str, kept: str
) -> None:
    talk = at(Step.CONFIRM)
    before = talk.draft
    talk.presses("Sửa mục khác")
    talk.presses(button)
    assert "Bạn xem lại trước khi gửi" in talk.says(said)
    assert talk.draft.model_copy(update={"options": ()}) == before.model_copy(
        update={field: kept, "options": ()}
    )


@pytest.mark.parametrize(
    "said",
    ["sai số điện thoại", "so dien thoai bi sai roi", "cho tôi sửa số điện thoại", "nhầm sđt"],
)
def test_a_wrong_number_is_named_in_words_and_asked_for_again(said: str) -> None:
    talk = at(Step.CONFIRM)
    assert "Số điện thoại của bạn?" in talk.says(said)
    assert talk.draft.content == LAMP


@pytest.mark.parametrize(
    ("said", "field", "kept"),
    [
        ("0987654321", "phone", "0987654321"),
        ("số điện thoại là 0987 654 321", "phone", "0987654321"),
        ("sửa tên thành Trần Văn Tư", "name", "Trần Văn Tư"),
        ("địa chỉ đúng là số 9 ngõ 7", "address", "số 9 ngõ 7"),
    ],
)
def test_a_new_value_said_at_the_summary_takes_the_place_of_the_old_one(
    said: str, field: str, kept: str
) -> None:
    talk = at(Step.CONFIRM)
    assert "Bạn xem lại trước khi gửi" in talk.says(said)
    assert getattr(talk.draft, field) == kept
    assert talk.draft.content == LAMP


@pytest.mark.parametrize(
    "said",
    [
        "Nơi đó tối lắm, hôm qua có người đi xe máy bị ngã.",
        "Tên đường không có biển nên xe cứu thương đi lạc mãi.",
    ],
)
def test_more_of_the_story_that_begins_like_a_mending_is_added_to_it(said: str) -> None:
    talk = at(Step.CONFIRM)
    talk.says(said)
    assert talk.draft.content == f"{LAMP}\n{said}"


@pytest.mark.parametrize(
    ("said", "field", "kept"),
    [
        ("số điện thoại sai rồi, 0987654321 mới đúng", "phone", "0987654321"),
        ("số mới là 0987654321", "phone", "0987654321"),
        ("sửa lại địa chỉ: 7 ngõ 12", "address", "7 ngõ 12"),
        ("tên sai, Nguyễn Thị Lan Anh mới đúng", "name", "Nguyễn Thị Lan Anh"),
        ("họ tên: Nguyễn Thị Lan Anh", "name", "Nguyễn Thị Lan Anh"),
        ("nơi xảy ra là ngõ 14", "place", "ngõ 14"),
        ("sai chỗ rồi, ở ngõ 14 cơ", "place", "ngõ 14"),
        ("địa chỉ là số 7 ngõ 12 chứ không phải số 5", "address", "số 7 ngõ 12"),
        ("sửa số nhà thành số 7 ngõ 12", "address", "số 7 ngõ 12"),
        ("sửa nội dung thành đèn hỏng 2 tuần rồi", "content", "đèn hỏng 2 tuần rồi"),
        ("đổi loại thành kiến nghị", "kind", Kind.RECOMMENDATION),
    ],
)
def test_a_value_in_the_same_breath_is_taken(said: str, field: str, kept: object) -> None:
    talk = at(Step.CONFIRM, RUDE)
    talk.says(said)
    assert getattr(talk.draft, field) == kept
    assert talk.draft.step is Step.CONFIRM


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("nội dung sai rồi", "Bạn viết lại nội dung"),
        ("loại sai rồi", "Bạn chọn loại phù hợp nhất"),
        ("sửa lại giúp tôi", "Bạn muốn sửa mục nào?"),
    ],
)
def test_what_is_said_to_be_wrong_is_asked_for(said: str, asked: str) -> None:
    talk = at(Step.CONFIRM)
    assert asked in talk.says(said)
    assert talk.draft.content == LAMP


def test_a_field_may_be_named_after_it_was_asked_which() -> None:
    talk = at(Step.CONFIRM)
    talk.presses("Sửa mục khác")
    assert "Số điện thoại của bạn?" in talk.says("số điện thoại")


def test_a_no_at_the_summary_asks_what_is_wrong() -> None:
    talk = at(Step.CONFIRM)
    assert "Bạn muốn sửa mục nào?" in talk.says("chưa đúng")


def test_a_kind_that_needs_an_address_asks_for_it_before_it_is_sent() -> None:
    talk = at(Step.ADDRESS)
    talk.presses("Bỏ qua")
    talk.presses("Chỉ dùng lần này")
    talk.presses("Sửa mục khác")
    talk.presses("Sửa loại")
    talk.presses("Loại khác")
    assert "Địa chỉ của bạn?" in talk.taps(f"feedback:kind-{Kind.CONDUCT}")
    assert "Bạn xem lại trước khi gửi" in talk.says("Số 9 ngõ 7")
    assert talk.draft.kind is Kind.CONDUCT


def test_going_back_from_a_mending_keeps_the_old_value() -> None:
    talk = at(Step.CONFIRM, RUDE)
    talk.says("sai họ tên")
    assert "Họ tên: Nguyễn Thị Lan" in talk.says("quay lại")
