"""Published times and fees, read without inventing."""

import pytest

from knowledge.procedure import Duration, Fee, TimeUnit
from knowledge.readers.amounts import parse_duration, parse_fees


@pytest.mark.parametrize(
    ("published", "value", "unit"),
    [
        ("3 Ngày làm việc", 3, TimeUnit.WORKING_DAY),
        ("15 ngày làm việc", 15, TimeUnit.WORKING_DAY),
        ("01 ngày", 1, TimeUnit.DAY),
        ("30 Ngày", 30, TimeUnit.DAY),
        ("4 Giờ", 4, TimeUnit.HOUR),
        ("8 giờ làm việc", 8, TimeUnit.HOUR),
        ("6 Tháng", 6, TimeUnit.MONTH),
        ("  5\u00a0ngày   làm việc ", 5, TimeUnit.WORKING_DAY),
        ("20", 20, TimeUnit.UNSTATED),
    ],
)
def test_a_time_is_a_number_with_its_unit(published: str, value: int, unit: TimeUnit) -> None:
    assert parse_duration(published) == Duration(value=value, unit=unit)


@pytest.mark.parametrize("published", ["", "   ", "N/A", "n/a"])
def test_no_published_time_stays_unknown(published: str) -> None:
    assert parse_duration(published) is None


def test_zero_days_is_no_time_to_promise() -> None:
    assert parse_duration("0 ngày") is None


@pytest.mark.parametrize(
    "published",
    [
        "Không quá 15 ngày làm việc",
        "2.5 ngày làm việc",
        "10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "10-15 ngày",
        "9999 ngày",
        "Theo mô tả",
    ],
)
def test_a_time_that_is_more_than_a_number_keeps_its_words(published: str) -> None:
    duration = parse_duration(published)
    assert duration is not None
    assert duration.words == published
    assert duration.value == 0


@pytest.mark.parametrize(
    ("published", "fees"),
    [
        ("FEE: 10000", [Fee(name="Phí", amount=10_000)]),
        ("SERVICE_FEE: 8000", [Fee(name="Lệ phí", amount=8_000)]),
        ("PRICE_LEVEL: 50000 /xe", [Fee(name="Mức giá", amount=50_000, words="/xe")]),
        ("10,000 Việt Nam Đồng", [Fee(amount=10_000)]),
        ("1.500.000 Việt Nam Đồng", [Fee(amount=1_500_000)]),
        ("7,000 Việt Nam Đồng(/hồ sơ)", [Fee(amount=7_000, words="/hồ sơ")]),
        (
            "30,000 Việt Nam Đồng(30.000 đồng/khẩu-chiếc.)",
            [Fee(amount=30_000, words="30.000 đồng/khẩu-chiếc.")],
        ),
        ("25.000 VNĐ", [Fee(amount=25_000)]),
        ("25 USD", [Fee(words="25 USD")]),
        ("Theo biểu phí kèm theo", [Fee(words="Theo biểu phí kèm theo")]),
        ("Miễn phí", [Fee(words="Miễn phí")]),
        ("Miễn phí Đồng", [Fee(words="Miễn phí")]),
        ("Đồng (theo quy định)", [Fee(words="(theo quy định)")]),
        (
            "FEE: None Chi tiết tại biểu phí",
            [Fee(name="Phí", words="Chi tiết tại biểu phí")],
        ),
        (
            "FEE: 2000 Đồng /trang; SERVICE_FEE: None Do Hội đồng nhân dân cấp tỉnh quy định",
            [
                Fee(name="Phí", amount=2_000, words="/trang"),
                Fee(name="Lệ phí", words="Do Hội đồng nhân dân cấp tỉnh quy định"),
            ],
        ),
        ("FEE: 20.000 đồng/tờ", [Fee(name="Phí", words="20.000 đồng/tờ")]),
    ],
)
def test_every_published_form_of_a_fee_is_read(published: str, fees: list[Fee]) -> None:
    assert list(parse_fees(published)) == fees


@pytest.mark.parametrize(
    "published", ["FEE: 0", "SERVICE_FEE: 0", "FEE: 0; SERVICE_FEE: 0", "0 Việt Nam Đồng"]
)
def test_a_fee_of_zero_is_neither_free_nor_an_amount(published: str) -> None:
    for fee in parse_fees(published):
        assert fee.amount is None
        assert fee.words == ""


def test_a_fee_of_zero_keeps_what_the_record_says_beside_it() -> None:
    (fee,) = parse_fees("FEE: 0 Theo quy định của Hội đồng nhân dân cấp tỉnh")
    assert fee.amount is None
    assert fee.words == "Theo quy định của Hội đồng nhân dân cấp tỉnh"


def test_without_a_published_fee_nothing_is_known() -> None:
    assert parse_fees("") == ()
    assert parse_fees("  ", "Nộp tại Trung tâm Phục vụ hành chính công.") == ()


def test_money_that_stands_only_in_the_note_is_kept_as_words() -> None:
    note = "Nộp tại quầy số 3. Lệ phí: 8.000 đồng/việc; người nghèo được miễn.\nMang căn cước."
    assert parse_fees("", note) == (Fee(words="Lệ phí: 8.000 đồng/việc"),)


def test_the_note_is_not_read_where_the_fee_is_published() -> None:
    assert parse_fees("FEE: 5000", "Lệ phí 8.000 đồng.") == (Fee(name="Phí", amount=5_000),)


def test_an_endless_figure_is_kept_as_words() -> None:
    figure = "9" * 5_000
    (fee,) = parse_fees(f"{figure} Việt Nam Đồng")
    assert fee.amount is None
