"""An answer as structure: what the record says, and "Chưa công bố." where it says nothing."""

from datetime import date

import pytest

from knowledge.answer import NOT_PUBLISHED, TITLES, Answer, compose, section
from knowledge.aspects import Aspect
from knowledge.catalogue import Release
from knowledge.lines import money
from knowledge.procedure import Procedure
from knowledge.readers.amounts import parse_fees
from tests.knowledge.making import RELEASE, procedure


def lines(answered: Procedure, aspect: Aspect) -> list[str]:
    """Return one part of a procedure as lines, those below a line set off."""
    return [
        line
        for item in section(answered, aspect).items
        for line in (item.text, *(f"- {child}" for child in item.children))
    ]


def filed(*ways: tuple[str, str], time: dict[str, object] | None = None) -> Procedure:
    """Return a procedure with ways to file, each with its fee as published."""
    return procedure(
        submissions=[{"how": how, "fees": parse_fees(fee), "time": time} for how, fee in ways]
    )


@pytest.mark.parametrize("aspect", list(Aspect))
def test_a_missing_part_says_that_it_was_not_published(aspect: Aspect) -> None:
    part = section(procedure(), aspect)
    assert not part.published
    assert [item.text for item in part.items] == ["Chưa công bố."]
    assert NOT_PUBLISHED == "Chưa công bố."


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_part_has_a_title_of_its_own(aspect: Aspect) -> None:
    assert section(procedure(), aspect).title == TITLES[aspect]
    assert len(set(TITLES.values())) == len(Aspect)


def test_asked_parts_come_first_and_no_part_is_missing_or_twice() -> None:
    answer = compose(procedure(), RELEASE, (Aspect.LEGAL, Aspect.FEE))
    keys = [part.key for part in answer.sections]
    assert keys[:2] == [Aspect.LEGAL, Aspect.FEE]
    assert sorted(keys) == sorted(Aspect)
    assert answer.asked == (Aspect.LEGAL, Aspect.FEE)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(500, "500 đồng"), (15_000, "15.000 đồng"), (1_500_000, "1.500.000 đồng")],
)
def test_money_is_written_with_dots(amount: int, words: str) -> None:
    assert money(amount) == words


def test_a_fee_names_its_amount_and_what_it_is_for() -> None:
    assert lines(filed(("in_person", "FEE: 2000 /trang")), Aspect.FEE) == ["Phí: 2.000 đồng/trang"]
    assert lines(filed(("in_person", "SERVICE_FEE: 8000 người nghèo được miễn")), Aspect.FEE) == [
        "Lệ phí: 8.000 đồng (người nghèo được miễn)"
    ]


def test_a_fee_that_is_the_same_on_all_ways_is_said_once() -> None:
    ways = [(how, "FEE: 15000") for how in ("in_person", "online", "post")]
    assert lines(filed(*ways), Aspect.FEE) == ["Phí: 15.000 đồng"]


def test_a_fee_that_differs_is_said_for_each_way() -> None:
    ways = filed(("in_person", "FEE: 15000"), ("online", "FEE: 7500"))
    assert lines(ways, Aspect.FEE) == [
        "Nộp trực tiếp",
        "- Phí: 15.000 đồng",
        "Nộp trực tuyến",
        "- Phí: 7.500 đồng",
    ]


def test_a_fee_published_for_one_way_only_is_not_said_of_the_others() -> None:
    ways = filed(("in_person", "FEE: 15000"), ("online", ""))
    assert lines(ways, Aspect.FEE) == ["Nộp trực tiếp", "- Phí: 15.000 đồng"]


def test_a_fee_that_is_set_by_the_province_says_so() -> None:
    ways = filed(("in_person", "SERVICE_FEE: 0 Do Hội đồng nhân dân cấp tỉnh quy định"))
    assert lines(ways, Aspect.FEE) == ["Lệ phí: Do Hội đồng nhân dân cấp tỉnh quy định"]


@pytest.mark.parametrize("published", ["FEE: 0", "SERVICE_FEE: 0", "FEE: None", "0 Việt Nam Đồng"])
def test_a_fee_of_zero_is_never_called_free(published: str) -> None:
    (line,) = lines(filed(("in_person", published)), Aspect.FEE)
    assert line.endswith(": chưa công bố mức cụ thể")
    assert "miễn phí" not in line.lower()


@pytest.mark.parametrize("published", ["Miễn phí", "FEE: None Miễn phí", "FEE: 0 Miễn phí"])
def test_free_is_said_where_the_record_says_it_in_words(published: str) -> None:
    assert lines(filed(("in_person", published)), Aspect.FEE) == ["Miễn phí"]


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("working_day", "3 ngày làm việc"),
        ("day", "3 ngày"),
        ("hour", "3 giờ"),
        ("month", "3 tháng"),
        ("unstated", "3 (bản công bố không ghi đơn vị thời gian)"),
    ],
)
def test_a_time_has_its_unit_or_says_that_none_was_published(unit: str, words: str) -> None:
    time = {"value": 3, "unit": unit}
    assert lines(filed(("in_person", ""), time=time), Aspect.TIME) == [words]


def test_a_time_that_is_the_same_on_all_ways_is_said_once() -> None:
    ways = filed(("in_person", ""), ("online", ""), time={"value": 5, "unit": "day"})
    assert lines(ways, Aspect.TIME) == ["5 ngày"]


def test_a_time_that_differs_is_said_for_each_way() -> None:
    three = {"how": "in_person", "time": {"value": 3, "unit": "day"}}
    one = {"how": "online", "time": {"value": 1, "unit": "day"}}
    silent = {"how": "post"}
    assert lines(procedure(submissions=[three, one, silent]), Aspect.TIME) == [
        "Nộp trực tiếp: 3 ngày",
        "Nộp trực tuyến: 1 ngày",
        "Gửi qua bưu chính: chưa công bố",
    ]


def test_the_words_of_a_time_stand_in_place_of_the_figure() -> None:
    time = {"value": 1, "unit": "day", "words": "trong ngày; sau 15 giờ thì ngày hôm sau"}
    assert lines(filed(("in_person", ""), time=time), Aspect.TIME) == [
        "Trong ngày; sau 15 giờ thì ngày hôm sau"
    ]


def test_papers_say_how_many_sheets_where_that_was_published() -> None:
    documents = [
        {"name": "Tờ khai", "originals": 1},
        {"name": "Giấy chứng sinh", "originals": 1, "copies": 2},
        {"name": "Căn cước", "originals": 0},
        {"name": "Ảnh"},
    ]
    assert lines(procedure(cases=[{"documents": documents}]), Aspect.DOCUMENTS) == [
        "Tờ khai (1 bản chính)",
        "Giấy chứng sinh (1 bản chính, 2 bản sao)",
        "Căn cước",
        "Ảnh",
    ]


def test_papers_of_several_cases_stand_below_their_case() -> None:
    cases = [
        {"documents": [{"name": "Tờ khai"}]},
        {"name": "Mất giấy", "documents": [{"name": "Đơn trình báo"}]},
        {"name": "Không cần gì", "documents": []},
    ]
    assert lines(procedure(cases=cases), Aspect.DOCUMENTS) == [
        "Mọi trường hợp",
        "- Tờ khai",
        "Mất giấy",
        "- Đơn trình báo",
    ]


def test_a_single_case_with_a_name_keeps_its_name() -> None:
    cases = [{"name": "Mất giấy", "documents": [{"name": "Đơn trình báo"}]}]
    assert lines(procedure(cases=cases), Aspect.DOCUMENTS) == ["Mất giấy", "- Đơn trình báo"]


def test_the_place_names_the_agency_and_the_ways_to_file_once_each() -> None:
    ways = [{"how": "in_person"}, {"how": "online"}, {"how": "online"}]
    assert lines(procedure(agency="Công an cấp xã", submissions=ways), Aspect.PLACE) == [
        "Công an cấp xã",
        "Cách nộp: nộp trực tiếp, nộp trực tuyến",
    ]


def test_a_form_that_several_papers_share_is_named_once() -> None:
    documents = [{"name": "Tờ khai", "forms": ["Mẫu 01"]}, {"name": "Đơn", "forms": ["Mẫu 01"]}]
    assert lines(procedure(cases=[{"documents": documents}]), Aspect.FORM) == ["Mẫu 01"]


def test_conditions_stand_one_a_line() -> None:
    answered = procedure(requirements="Đủ 18 tuổi\n\nCó nơi ở hợp pháp")
    assert lines(answered, Aspect.CONDITIONS) == ["Đủ 18 tuổi", "Có nơi ở hợp pháp"]


def test_a_law_is_named_with_number_and_title() -> None:
    laws = [{"code": "60/2014/QH13", "title": "Luật Hộ tịch"}, {"code": "123/2015/NĐ-CP"}]
    assert lines(procedure(legal_basis=laws), Aspect.LEGAL) == [
        "60/2014/QH13 – Luật Hộ tịch",
        "123/2015/NĐ-CP",
    ]


def test_filing_online_is_promised_only_where_it_was_published() -> None:
    (yes,) = lines(procedure(submissions=[{"how": "in_person"}, {"how": "online"}]), Aspect.ONLINE)
    (no,) = lines(procedure(submissions=[{"how": "in_person"}]), Aspect.ONLINE)
    assert yes.startswith("Nộp trực tuyến được")
    assert no == "Bản công bố không có hình thức nộp trực tuyến."


def composed(decision: str, published_on: date | None) -> Answer:
    """Return the answer about a procedure of a release."""
    release = Release("Danh mục 2026", "Cổng", published_on, sample=True)
    return compose(procedure(decision_number=decision), release)


def test_the_source_names_decision_and_release_date() -> None:
    answer = composed("163/QĐ-BTP", date(2026, 7, 18))
    assert answer.source == "Quyết định 163/QĐ-BTP · Danh mục 2026, công bố 18/07/2026"
    assert answer.sample


def test_the_source_leaves_out_what_nobody_said() -> None:
    assert composed("", None).source == "Danh mục 2026"
    assert composed("163/QĐ-BTP", None).source == "Quyết định 163/QĐ-BTP · Danh mục 2026"


def test_the_answer_carries_code_name_agency_field_and_address() -> None:
    answer = compose(
        procedure(agency="Công an cấp xã", field="Hộ tịch", url="https://dichvucong.gov.vn/1"),
        RELEASE,
    )
    assert (answer.code, answer.name) == ("1.001193", "Đăng ký khai sinh")
    assert (answer.agency, answer.field) == ("Công an cấp xã", "Hộ tịch")
    assert answer.url == "https://dichvucong.gov.vn/1"
    assert not answer.sample


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("1. - Bước 1: nộp hồ sơ", "- Bước 1: nộp hồ sơ"),
        ("1. Nộp hồ sơ", "1. Nộp hồ sơ"),
        ("- Nộp hồ sơ", "- Nộp hồ sơ"),
    ],
)
def test_a_step_is_not_marked_twice(published: str, told: str) -> None:
    assert lines(procedure(steps=[published]), Aspect.HOW) == [told]


def test_where_one_way_costs_differently_it_is_told_for_whom() -> None:
    notes = ("Tại Ủy ban nhân dân cấp xã: 2.000 đồng/trang.", "Tại cơ quan đại diện: 10 USD/bản.")
    fees = ("2,000 Việt Nam Đồng(/trang)", "10 USD(/bản)")
    ways = [
        {"how": "in_person", "fees": parse_fees(fee, note), "note": note}
        for fee, note in zip(fees, notes, strict=True)
    ]

    told = lines(procedure(submissions=ways), Aspect.FEE)

    assert [line for line in told if "Tại" in line] == [f"- {n.rstrip('.')}" for n in notes]


def test_where_one_way_takes_different_times_it_is_told_for_whom() -> None:
    days = ((15, "Hồ sơ không do quân đội quản lý."), (24, "Hồ sơ do quân đội quản lý.\nXem thêm"))
    ways = [
        {"how": "in_person", "time": {"value": n, "unit": "day"}, "note": note} for n, note in days
    ]

    assert lines(procedure(submissions=ways), Aspect.TIME) == [
        "Nộp trực tiếp: 15 ngày",
        "- Hồ sơ không do quân đội quản lý",
        "Nộp trực tiếp: 24 ngày",
        "- Hồ sơ do quân đội quản lý",
    ]


def test_what_all_need_comes_first_and_remarks_come_last() -> None:
    cases = [
        {"name": "* Lưu ý:", "documents": [{"name": "Bản chụp phải rõ nét"}]},
        {
            "name": "* Giấy tờ phải nộp:",
            "documents": [
                {"name": "- Trường hợp trẻ bị bỏ rơi thì nộp biên bản"},
                {"name": "- Giấy chứng sinh"},
            ],
        },
        {"documents": [{"name": "Ảnh"}, {"name": "- Tờ khai theo mẫu"}]},
    ]

    told = lines(procedure(cases=cases), Aspect.DOCUMENTS)

    assert told == [
        "Mọi trường hợp",
        "- - Tờ khai theo mẫu",
        "- Ảnh",
        "* Giấy tờ phải nộp:",
        "- - Giấy chứng sinh",
        "- - Trường hợp trẻ bị bỏ rơi thì nộp biên bản",
        "* Lưu ý:",
        "- Bản chụp phải rõ nét",
    ]
