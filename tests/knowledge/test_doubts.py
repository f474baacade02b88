"""Text that is not said as a fact: garbled, torn, or naming a level that is gone."""

import pytest

from knowledge.answer import ALL_UNDER_REVIEW, section
from knowledge.aspects import Aspect
from knowledge.catalogue import Catalogue, ProblemKind
from knowledge.doubts import Doubt, doubt_of
from knowledge.findings import findings
from knowledge.procedure import Procedure
from tests.knowledge.making import procedure


@pytest.mark.parametrize(
    "text",
    [
        "Ä\u0091Æ¡n xin cáº¥p phÃ©p",
        "Th? t?c đăng ký",
        "§¬n xin cÊp giÊy phÐp x©y dùng",
        "Ñôn xin caáp giaáy pheùp xaây döïng ñaát ôû",
        "Tờ khai <br> theo mẫu",
        "Tờ khai&nbsp;theo mẫu",
        "Tờ khai \ufffd mẫu",
        "Tờ khai \x07 mẫu",
        "undefined",
        "null",
        "Lorem ipsum dolor",
        "nộp hồ sơ đăng ký khai tâm Phục vụ hành chính công có thẩm quyền",
        "Hình thức nộp Thời hạn giải quyết Phí, lệ phí Mô tả Trực tiếp 3 Ngày",
        "Phí, lệ phí: định tại các văn bản hướng dẫn Luật Phí và lệ phí",
        "Trực tuyến1Miễn phí(Mức lệ phí theo quy định của Hội đồng nhân dân cấp tỉnh.)",
        ") và nộp cho cơ quan BHXH. Bước 2.",
        "; nộp hồ sơ cho đơn vị quản lý.",
    ],
)
def test_damaged_text_is_doubted(text: str) -> None:
    assert doubt_of(text) is Doubt.GARBLED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BAN HÀNH QUY TRÌNH HƯỞNG CHẾ ĐỘ BẢO HIỂM XÃ HỘI ĐÃ CÓ",
        "Nộp tại Trung tâm Phục vụ hành chính công; diện tích 30 m², 25 °C, số 5/NĐ-CP",
        "Có phải nộp lệ phí không? Không.",
        "Xem https://dichvucong.gov.vn/p?ma=1.001193&id=2",
        "Tờ khai số ……… ngày …/…/…",
        "Đơn đề nghị “Mẫu số 01” («bản chính»)",
        ") Trường hợp nộp trực tuyến",
        "; Ủy ban nhân dân cấp xã",
    ],
)
def test_sound_text_is_not_doubted(text: str) -> None:
    assert doubt_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Nộp tại UBND cấp huyện",
        "nộp tại Ủy ban nhân dân quận 1",
        "Công an huyện tiếp nhận",
        "gửi Phòng Tư pháp",
        "cơ quan Bảo hiểm xã hội huyện",
        "Uỷ ban nhân dân thị xã",
    ],
)
def test_an_office_of_the_district_is_doubted(text: str) -> None:
    assert doubt_of(text) is Doubt.ABOLISHED_LEVEL


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Văn hóa - Xã hội thuộc Ủy ban nhân dân cấp xã",
        "hộ nghèo trên địa bàn các huyện nghèo",
        "chuyển đến huyện khác",
        "giấy do cơ quan quản lý xây dựng cấp huyện cấp trước ngày 01 tháng 7 năm 2025",
        "Công an cấp xã, Công an cấp huyện (nơi không có đơn vị hành chính cấp xã)",
        "cơ quan quân sự, cơ quan có thẩm quyền",
    ],
)
def test_districts_as_areas_and_of_the_past_are_not_doubted(text: str) -> None:
    assert doubt_of(text) is None


def test_lines_in_doubt_are_held_back_and_the_rest_is_shown() -> None:
    shown = section(
        procedure(steps=["Nộp hồ sơ.", "Gửi Phòng Tư pháp.", "Tại UBND cấp huyện.", "Nhận."]),
        Aspect.HOW,
    )
    assert [item.text for item in shown.items] == [
        "Nộp hồ sơ.",
        "2 dòng đang được rà soát nên chưa hiển thị.",
        "Nhận.",
    ]
    assert shown.published


def test_papers_in_doubt_are_held_back_below_their_case() -> None:
    documents = [{"name": "Tờ khai"}, {"name": "Xác nhận của UBND cấp huyện"}]
    cases = [{"name": "Mất giấy", "documents": documents}, {"documents": [{"name": "Ảnh"}]}]
    everybody, lost = section(procedure(cases=cases), Aspect.DOCUMENTS).items
    assert everybody.children == ("Ảnh",)
    assert lost.children == ("Tờ khai", "1 dòng đang được rà soát nên chưa hiển thị.")


def test_a_part_wholly_in_doubt_says_that_it_is_looked_at() -> None:
    shown = section(procedure(steps=["Gửi Phòng Tư pháp."]), Aspect.HOW)
    assert [item.text for item in shown.items] == [ALL_UNDER_REVIEW]
    assert not shown.published


def test_the_title_of_a_law_may_name_the_district() -> None:
    law = {"code": "37/2014/NĐ-CP", "title": "Cơ quan chuyên môn thuộc Ủy ban nhân dân huyện"}
    shown = section(procedure(legal_basis=[law]), Aspect.LEGAL)
    assert "huyện" in shown.items[0].text
    assert not [p for p in findings([procedure(legal_basis=[law])]) if "huyện" in p.sentence]


def test_a_finding_names_row_code_field_and_the_line() -> None:
    found = [
        problem
        for problem in findings([procedure(steps=["Gửi Phòng Tư pháp."])], {"1.001193": 12})
        if problem.kind is ProblemKind.ABOLISHED_LEVEL
    ]
    assert [(p.row, p.code, p.field) for p in found] == [(12, "1.001193", "trình tự")]
    assert "“Gửi Phòng Tư pháp.”" in found[0].sentence


def said(shown: Procedure) -> str:
    """Return all that answers say of a procedure, but for the titles of laws."""
    parts = [section(shown, aspect) for aspect in Aspect if aspect is not Aspect.LEGAL]
    return "\n".join(
        line for part in parts for item in part.items for line in (item.text, *item.children)
    ).lower()


def test_no_answer_on_real_procedures_is_torn_or_sends_to_a_district_office(
    commune: Catalogue,
) -> None:
    for shown in commune.procedures:
        words = said(shown)
        assert "khai tâm" not in words, shown.code
        assert "hình thức nộp thời hạn" not in words, shown.code
        assert "phòng tư pháp" not in words, shown.code
        assert "công an huyện" not in words, shown.code
        assert "ủy ban nhân dân cấp huyện" not in words.replace("uỷ", "ủy"), shown.code


def test_the_torn_sentence_of_the_real_catalogue_is_found_and_little_else(
    commune: Catalogue,
) -> None:
    found = findings(commune.procedures, commune.rows)
    torn = {p.code: p for p in found if p.kind is ProblemKind.GARBLED}
    assert torn["1.001193"].field == "trình tự"
    assert torn["1.001193"].row == commune.rows["1.001193"]
    assert len(torn) < len(commune) // 20


def test_free_is_said_of_no_real_procedure_whose_note_leaves_the_fee_to_the_province(
    commune: Catalogue,
) -> None:
    for shown in commune.procedures:
        for way in shown.submissions:
            words = " ".join(fee.words.lower() for fee in way.fees)
            if words == "miễn phí":
                assert "hội đồng nhân dân" not in way.note.lower(), shown.code
