"""Answers as chat messages: short enough for every channel, with code, source and page."""

from datetime import date

import pytest

from bot.channel import cut
from bot.dialogue.cards import card_buttons, case_card, chat_card, has_case, offered
from knowledge.abolition import Abolition
from knowledge.answer import abolished, compose
from knowledge.aspects import Aspect
from knowledge.catalogue import Catalogue
from knowledge.procedure import Procedure
from tests.knowledge.making import RELEASE, procedure

PAGE = "https://pakn.phuong.gov.vn/thu-tuc/1.001193"
LONGEST = 2_000
STANZA = "Bản sao giấy tờ chứng minh quan hệ với người đứng tên trên hồ sơ "


def card(shown: Procedure, *asked: Aspect) -> str:
    """Return the chat message about a procedure."""
    return chat_card(compose(shown, RELEASE, asked), PAGE)


def papers(*names: str, case: str = "") -> dict[str, object]:
    """Return the papers of one case."""
    return {"name": case, "documents": [{"name": name} for name in names]}


FULL = procedure(
    agency="Ủy ban nhân dân cấp xã",
    decision_number="163/QĐ-BTP",
    steps=["Nộp hồ sơ.", "Nhận kết quả."],
    submissions=[
        {"how": "online", "time": {"value": 1, "unit": "day"}, "fees": [{"amount": 8000}]}
    ],
    cases=[papers("Tờ khai", "Giấy chứng sinh")],
    legal_basis=[{"code": "60/2014/QH13"}],
    requirements="Trong 60 ngày",
    results=["Giấy khai sinh"],
)


@pytest.mark.parametrize("asked", [(), (Aspect.FEE,), tuple(Aspect)])
def test_a_card_names_procedure_code_source_and_page(asked: tuple[Aspect, ...]) -> None:
    text = card(FULL, *asked)
    assert text.startswith("Đăng ký khai sinh (mã 1.001193)\n")
    assert "Theo Quyết định 163/QĐ-BTP · Danh mục phường Thạch Khôi." in text
    assert text.endswith(f"Xem đầy đủ: {PAGE}")


def test_the_asked_part_is_shown_and_nothing_else() -> None:
    text = card(FULL, Aspect.FEE)
    assert "Phí, lệ phí:\n• Phí, lệ phí: 8.000 đồng" in text
    assert "Giấy chứng sinh" not in text
    assert "1 ngày" not in text


def test_several_asked_parts_come_in_the_order_asked() -> None:
    text = card(FULL, Aspect.TIME, Aspect.FEE)
    assert text.index("Thời hạn giải quyết:") < text.index("Phí, lệ phí:")


def test_without_an_asked_part_papers_time_fee_and_place_are_shown() -> None:
    text = card(FULL)
    for title in ("Giấy tờ cần có:", "Thời hạn giải quyết:", "Phí, lệ phí:", "Nơi nộp hồ sơ:"):
        assert title in text
    assert "Căn cứ pháp lý:" not in text


def test_a_part_that_was_not_published_says_so() -> None:
    assert "Phí, lệ phí:\n• Chưa công bố." in card(procedure(), Aspect.FEE)


def test_224_papers_fit_into_one_message_that_says_how_many_are_left_out() -> None:
    names = [f"{STANZA}({number})" for number in range(1, 225)]
    text = card(procedure(cases=[papers(*names)]), Aspect.DOCUMENTS)
    shown = sum(name in text for name in names)
    assert len(text) <= LONGEST
    assert 5 < shown < 224
    assert f"… và {224 - shown} dòng nữa ở trang đầy đủ." in text
    assert text.endswith(PAGE)


def test_papers_are_left_out_from_the_end_and_never_from_the_middle() -> None:
    names = [f"{STANZA * (number % 2)}Ảnh ({number})" for number in range(1, 60)]
    text = card(procedure(cases=[papers(*names)]), Aspect.DOCUMENTS)
    shown = [name in text for name in names]
    assert shown == sorted(shown, reverse=True)


def test_a_paper_is_never_shown_under_another_case() -> None:
    cases = [
        papers(*[f"{STANZA}({number})" for number in range(18)], case="Mất giấy"),
        papers(
            "Giấy cũ", case="Trường hợp giấy bị hỏng, bị rách hoặc bị mờ không còn đọc được " * 3
        ),
    ]
    text = card(procedure(cases=cases), Aspect.DOCUMENTS)
    assert "Trường hợp giấy bị hỏng" in text or "Giấy cũ" not in text


def test_a_long_paper_is_cut_between_words() -> None:
    text = card(procedure(cases=[papers("giấy " * 200)]), Aspect.DOCUMENTS)
    line = next(line for line in text.split("\n") if line.startswith("•"))
    assert len(line) < 400
    assert line.endswith("giấy …")


@pytest.mark.parametrize("asked", [(), tuple(Aspect)])
def test_a_procedure_with_every_part_too_long_still_fits(asked: tuple[Aspect, ...]) -> None:
    long = STANZA * 20
    shown = procedure(
        name="Thủ tục " + STANZA * 8,
        agency=long,
        decision_number="163/QĐ-BTP",
        steps=[long] * 9,
        submissions=[
            {"how": how, "time": {"value": 1, "words": long}, "fees": [{"words": long}]}
            for how in ("in_person", "online", "post")
        ],
        cases=[papers(*[long] * 9, case=long), papers(long)],
        legal_basis=[{"code": "60/2014/QH13", "title": long}] * 9,
        requirements=f"{long}\n{long}",
        results=[long] * 3,
    )
    text = card(shown, *asked)
    assert len(text) <= LONGEST
    assert "1.001193" in text
    assert text.endswith(PAGE)


def test_offered_parts_are_published_and_not_shown_yet() -> None:
    assert offered(compose(FULL, RELEASE, (Aspect.FEE,))) == [
        Aspect.DOCUMENTS,
        Aspect.TIME,
        Aspect.PLACE,
        Aspect.HOW,
    ]
    assert offered(compose(procedure(agency="Công an cấp xã"), RELEASE)) == []


@pytest.mark.parametrize("asked", [(), *((aspect,) for aspect in Aspect)])
def test_the_card_of_every_real_procedure_fits(
    commune: Catalogue, asked: tuple[Aspect, ...]
) -> None:
    long = [p.code for p in commune.procedures if len(card(p, *asked)) > LONGEST]
    assert long == []


def foreign_workers() -> Procedure:
    """Return a procedure with many papers in twelve cases."""
    cases = [
        papers(
            *[f"{STANZA}({number}.{n})" for n in range(20)], case=f"{number}. Đối với loại {number}"
        )
        for number in range(1, 13)
    ]
    return procedure(cases=cases)


def test_too_many_papers_are_summed_up_by_case() -> None:
    text = card(foreign_workers(), Aspect.DOCUMENTS)
    assert "Có 12 trường hợp" in text
    assert "• 3. Đối với loại 3 (20 giấy tờ)" in text
    assert STANZA not in text
    assert len(text) <= LONGEST


def test_every_case_is_a_tap_away() -> None:
    answer = compose(foreign_workers(), RELEASE, (Aspect.DOCUMENTS,))
    first = card_buttons(answer)
    rest = card_buttons(answer, 8)
    assert first[0] == ("1. Đối với loại 1", "aspect:1.001193/documents.0")
    assert first[-1] == ("Trường hợp khác", "aspect:1.001193/documents+8")
    assert [action for _, action in rest] == [
        f"aspect:1.001193/documents.{number}" for number in range(8, 12)
    ]
    assert has_case(answer, 11)
    assert not has_case(answer, 12)


def test_a_case_is_told_in_full_and_cut_between_its_papers() -> None:
    answer = compose(foreign_workers(), RELEASE, (Aspect.DOCUMENTS,))
    parts = cut(case_card(answer, 4, PAGE), 1_000)
    assert len(parts) > 1
    for number in range(20):
        assert sum(f"• {STANZA}(5.{number})" in part for part in parts) == 1


def test_an_abolished_procedure_is_told_to_be_so_with_its_replacement_a_tap_away() -> None:
    after = procedure("1.999999", "Đăng ký khai sinh điện tử")
    gone = Abolition(FULL, date(2026, 11, 20), "Danh mục 2026", replacement=after, settled=True)
    answer = abolished(gone)
    text = chat_card(answer, PAGE)
    assert "đã bãi bỏ từ 20/11/2026" in text
    assert "Thay bằng: Đăng ký khai sinh điện tử (mã 1.999999)." in text
    assert "8.000 đồng" not in text
    assert card_buttons(answer) == [("Xem thủ tục thay thế", "procedure:1.999999")]
