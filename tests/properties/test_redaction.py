"""What holds for every text that passes the redaction gate."""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.cases.redaction import LABELS, find, redact
from knowledge.text import fold

WORDS = (
    "chị Lan|anh Minh cán bộ|bác Tư|ông Nguyễn Văn Hùng|đường Nguyễn Trãi|tổ 5|0912 345 678"
    "|12/3 Lê Lợi|sinh năm 1990|bị ung thư|29A-123.45|(|)|, |. | |\n| và |số "
    "|cccd 079185012345|[đã ẩn tên]"
    "|[đã ẩn địa chỉ]|là |Chủ tịch UBND phường |zalo |@abc|stk 1903 4567 8901|tên |thửa 5 tờ 6"
    "|Mai|Hùng|tôi tên |mẹ tôi |, Minh|và 1992"
)
PIECES = st.sampled_from(WORDS.split("|"))
MIXED = st.lists(PIECES | st.text(max_size=6), max_size=14).map(" ".join)
GAPS = st.sampled_from(["", " ", ".", "-", "  ", " . ", "–", "_", "\u200b", "\u00a0"])
HOSTS = st.sampled_from(
    ["Gọi {} nhé", "{}", "số của bác Tư là {}, mong phường xem", "sdt:{}.", "Đèn hỏng\n{}\nTổ 3"]
)
FORMS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: "".join(
        c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
    ),
]
SENTENCES = (
    "rác nước cống ngập đèn hỏng chợ trường lớp mưa nắng sửa chữa xin đề nghị phường mong sớm"
    " chậm trễ hồ sơ quầy ghế nóng ồn khói bụi cây gãy điện cắt lâu quá nhiều lần không ai nghe"
)
PLAIN = SENTENCES.split()


def digits(text: str) -> str:
    """Return the digits of a text, and o as 0 inside numbers."""
    return re.sub(r"\D", "", text)


@given(MIXED)
def test_passing_the_gate_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_no_text_and_no_sender_breaks_the_gate(text: str, known: list[str]) -> None:
    once = redact(text, known)
    assert redact(once, known) == once


@given(MIXED)
def test_hidden_stretches_are_sorted_and_never_overlap(text: str) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(
    st.sampled_from("35789"), st.text("0123456789", min_size=8, max_size=8), st.data(), HOSTS,
    st.sampled_from(FORMS),
)  # fmt: skip
def test_a_planted_telephone_number_never_survives(
    network: str, rest: str, data: st.DataObject, host: str, form: Callable[[str], str]
) -> None:
    number = network + rest
    spaced = "".join(sign + data.draw(GAPS) for sign in number[:-1]) + number[-1]
    start = data.draw(st.sampled_from(["0", "o", "+84", "+84 ", "84", "0 "]))
    public = redact(form(host.format(start + spaced)))
    assert number not in digits(public)
    assert LABELS[find("số 0912345678")[0].kind] in public


@given(
    st.text("0123456789", min_size=11, max_size=11), st.data(), HOSTS, st.sampled_from(FORMS)
)  # fmt: skip
def test_a_planted_citizen_number_never_survives(
    rest: str, data: st.DataObject, host: str, form: Callable[[str], str]
) -> None:
    gap = data.draw(GAPS)
    groups = ["0" + rest[:2], rest[2:5], rest[5:8], rest[8:]]
    public = redact(form(host.format(gap.join(groups))))
    assert rest not in digits(public)


@given(st.sampled_from(FORMS), st.sampled_from(FORMS), GAPS)
def test_the_senders_name_never_survives(
    form: Callable[[str], str], other: Callable[[str], str], gap: str
) -> None:
    name = "Đặng Thị Ngọc Huyền"
    text = form(f"Cống ngập, {gap.join(name.split())} đã báo.")
    assert "huyen" not in fold(redact(text, (other(name),)))


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=40), st.sampled_from(FORMS))
def test_words_without_numbers_and_titles_stay(
    words: list[str], form: Callable[[str], str]
) -> None:
    text = form(" ".join(words))
    assert redact(text) == text
