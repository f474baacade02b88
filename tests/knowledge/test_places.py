"""A place is guessed by what stands before it, with or without marks and capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.places import LONGEST, PlaceFinder

NAMED = {
    "nắp cống ngõ 3 bị vỡ": "ngõ 3",
    "den duong khu pho 4 hu 10 ngay roi chua sua": "khu pho 4",
    "Rác đầu ngõ 15 đường Bạch Đằng 4 ngày rồi": "ngõ 15 đường Bạch Đằng",
    "Nắp cống ở ngã tư Hùng Vương – Lê Lai bị mất": "ngã tư Hùng Vương – Lê Lai",
    "cong thoat nuoc duong tran phu nghet": "duong tran phu",
    "o ga to truoc truong tieu hoc Hoa Binh": "truong tieu hoc Hoa Binh",
    "Nhà số 8, hẻm 3 đêm nào cũng ồn": "Nhà số 8, hẻm 3",
    "ngập ở đường Cách Mạng Tháng 8 mỗi khi mưa": "đường Cách Mạng Tháng 8",
    "nắp cống trước số 12A vỡ": "số 12A",
    "đèn hỏng ở số nhà 45/2/7 hẻm 48": "số nhà 45/2/7 hẻm 48",
}
NOT_NAMED = [
    "Gọi đường dây nóng phường 8 lần không ai bắt máy",
    "Phường hứa sửa đường ba năm nay rồi",
    "chị ở quầy số 2 quát người già",
    "Văn bản số 30 của phường trái quy định",
    "đám cưới dựng rạp chắn hết hẻm ba ngày liền",
    "cán bộ phường 20h mới tới",
    "duong di lam bui bay day nha",
    "hồ sơ của tôi nộp lâu rồi",
    "gọi số 0912345678 không ai nghe",
    "NẮP CỐNG ĐƯỜNG VÀO XÓM BỊ VỠ",
    "",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_place_is_found_by_what_stands_before_it(text: str) -> None:
    assert PlaceFinder.shipped().find(text) == NAMED[text]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_an_amount_or_a_word_of_another_meaning_is_no_place(text: str) -> None:
    assert PlaceFinder.shipped().find(text) == ""


def test_a_long_text_is_looked_at_up_to_a_limit() -> None:
    assert PlaceFinder.shipped().find("a " * LONGEST + "ngõ 3") == ""


@given(st.text(alphabet="ngõhẻmsốđường 0123AB,.–\n", max_size=60))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    assert PlaceFinder.shipped().find(text) in text
