"""The page of one case, from receipt to the public result."""

import io

import pytest
from PIL import Image
from sqlmodel import col, select
from starlette.testclient import TestClient

from api.cases.models import CaseEvent, Kind, State
from api.files.models import Attachment
from api.outbox.models import OutboxMessage
from api.people.models import Staff, Viewing
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import (
    LAMP,
    LAN,
    MENDED,
    ON_SQLITE,
    PIXEL,
    accepts,
    answers,
    case_of,
    lives,
    sends,
)


def opened(desk: TestClient, code: str) -> Page:
    return Page(desk.get(f"/can-bo/ho-so/{code}").text)


def does(desk: TestClient, code: str, move: str, **fields: object) -> Page:
    """Send the form of a move as the page of the case offers it."""
    version = opened(desk, code).values.get("version", "1")
    answer = desk.post(f"/can-bo/ho-so/{code}/{move}", data={"version": version, **fields})
    assert answer.status_code == 200
    return Page(answer.text)


def told(site: Site, code: str) -> list[str]:
    """What the sender of a case is owed, oldest first."""
    with site.database.reading() as session:
        return list(
            session.exec(
                select(OutboxMessage.text)
                .where(OutboxMessage.case_id == case_of(site, code).id)
                .order_by(col(OutboxMessage.id))
            )
        )


def moves(page: Page) -> set[str]:
    """The moves that a page offers."""
    return {action.rsplit("/", 1)[1] for action in page.actions if "/ho-so/" in action}


def test_a_case_is_taken_answered_and_made_public(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)

    taken = does(desk, code, "tiep-nhan")
    answered = does(desk, code, "tra-loi", text=MENDED)
    suggested = {name: answered.values[name] for name in ("title", "content", "answer")}
    shown = does(desk, code, "cong-khai", **suggested)

    assert "Đang xử lý" in taken.main
    assert "Đã trả lời" in answered.main
    assert f"{MENDED} {minh.name}, 09:00, 16/11/2026" in answered.main
    assert "Đã công khai kết quả" in shown.main
    assert f"/ket-qua/{code}" in shown.links
    assert [text.splitlines()[0] for text in told(site, code)] == [
        f"Hồ sơ {code}: Phường Thạch Khôi đã tiếp nhận và đang xử lý.",
        f"Hồ sơ {code}: Phường Thạch Khôi trả lời bạn như sau.",
        f"Hồ sơ {code}: kết quả xử lý đã được đăng công khai, đã che thông tin cá nhân.",
    ]


def test_the_page_shows_the_sender_and_writes_down_who_saw_it(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, place="ngõ 12")

    page = opened(desk, code)

    for words in (*LAN.values(), LAMP, "ngõ 12", "Trang web"):
        assert words in page.main
    with site.database.reading() as session:
        seen = session.exec(select(Viewing)).one()
    assert (seen.staff_id, seen.case_id, seen.at) == (
        minh.id,
        case_of(site, code).id,
        site.clock(),
    )


@ON_SQLITE
def test_the_list_alone_is_no_viewing(desk: TestClient, site: Site) -> None:
    sends(site)
    desk.get("/can-bo")
    with site.database.reading() as session:
        assert session.exec(select(Viewing)).all() == []


@ON_SQLITE
def test_a_case_that_does_not_exist_is_not_found(desk: TestClient) -> None:
    answer = desk.get("/can-bo/ho-so/TK-26-AAAAAA-A")
    assert answer.status_code == 404
    assert Page(answer.text).title == "Không tìm thấy hồ sơ với mã này."


@ON_SQLITE
def test_each_state_offers_its_own_moves(desk: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)

    offered = {state: moves(opened(desk, code)) for state, code in codes.items()}

    always = {"ghi-chu", "dinh-chinh"}
    work = {
        *("tra-loi", "giao", "yeu-cau-bo-sung", "chuyen-di", "khong-tiep-nhan", "phan-loai"),
        *("gop", "tach", "chuyen-den", "rut"),
    }
    closed = {"ket-luan", "mo-lai"}
    assert offered == {
        "received": {"tiep-nhan", *work, *always},
        "in_progress": {"ket-luan", *work, *always},
        "answered": {"cong-khai", "khong-cong-khai", *closed, *always},
        "published": {*closed, *always},
        "withheld": {*closed, *always},
    }


@ON_SQLITE
def test_the_due_day_is_explained_day_by_day(desk: TestClient, site: Site) -> None:
    page = opened(desk, sends(site))

    assert "Còn 15 ngày" in page.main
    assert "Hạn thứ Ba, 08/12/2026" in page.main
    assert "ngày nhận, không tính (ngày 0)" in page.main
    assert "ngày 15" in page.main
    assert "ngày 16" not in page.main


@ON_SQLITE
def test_a_proof_goes_to_the_sender_with_the_answer(desk: TestClient, site: Site) -> None:
    code = sends(site)

    desk.post(
        f"/can-bo/ho-so/{code}/tra-loi",
        data={"version": "1", "text": MENDED},
        files={"tep": ("bien-ban.png", PIXEL, "image/png")},
    )

    with site.database.reading() as session:
        proof = session.exec(select(Attachment)).one()
        message = session.exec(select(OutboxMessage)).one()
    assert message.extra == {"files": [proof.token]}
    assert proof.case_id == case_of(site, code).id
    picture = desk.get(f"/can-bo/tep/{proof.token}")
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"
    assert f"/can-bo/tep/{proof.token}" in opened(desk, code).links


@ON_SQLITE
def test_a_proof_of_a_kind_we_do_not_take_answers_nobody(desk: TestClient, site: Site) -> None:
    code = sends(site)

    answer = desk.post(
        f"/can-bo/ho-so/{code}/tra-loi",
        data={"version": "1", "text": MENDED},
        files={"tep": ("bien-ban.exe", b"MZ\x90\x00", "image/png")},
    )

    assert answer.status_code == 400
    assert "Chưa nhận được loại tệp của “bien-ban.exe”." in Page(answer.text).main
    assert case_of(site, code).state is State.RECEIVED
    assert told(site, code) == []


@ON_SQLITE
@pytest.mark.parametrize("text", ["", "   \r\n  "])
def test_an_answer_without_words_is_refused(desk: TestClient, site: Site, text: str) -> None:
    code = sends(site)

    answer = desk.post(f"/can-bo/ho-so/{code}/tra-loi", data={"version": "1", "text": text})

    assert answer.status_code == 400
    assert "Câu trả lời đang trống." in Page(answer.text).main
    assert case_of(site, code).state is State.RECEIVED


@ON_SQLITE
def test_an_answer_that_is_refused_stays_in_its_field(desk: TestClient, site: Site) -> None:
    code = sends(site)

    answer = desk.post(
        f"/can-bo/ho-so/{code}/tra-loi",
        data={"version": "1", "text": MENDED},
        files={"tep": ("bien-ban.exe", b"MZ\x90\x00", "image/png")},
    )

    assert Page(answer.text).filled["tra-loi"] == MENDED


@ON_SQLITE
def test_an_answer_that_is_too_long_is_refused_in_words_a_person_knows(
    desk: TestClient, site: Site
) -> None:
    code = sends(site)

    answer = desk.post(
        f"/can-bo/ho-so/{code}/tra-loi", data={"version": "1", "text": "đèn " * 6_000}
    )

    assert answer.status_code == 400
    assert "Câu trả lời dài hơn" in Page(answer.text).main


@ON_SQLITE
def test_what_is_suggested_for_the_public_holds_nothing_personal(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, f"{LAMP} Tôi là {LAN['name']}, {LAN['phone']}.")
    answers(site, minh, code, f"Đã gặp bà {LAN['name']} và thay bóng đèn.")

    fields = opened(desk, code).values

    for name in ("title", "content", "answer"):
        assert LAN["name"] not in fields[name]
        assert LAN["phone"] not in fields[name]
    assert fields["content"].startswith(LAMP)
    assert "thay bóng đèn" in fields["answer"]


@ON_SQLITE
def test_a_name_that_may_be_left_is_pointed_out_before_it_is_public(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, "Rác đổ ở bờ kênh. Tommy Nguyen thấy rõ ai đổ.")
    answers(site, minh, code, "Đã dọn rác.")

    page = opened(desk, code)

    assert "Tommy Nguyen" in page.values["content"]
    assert "Còn giống tên người: “Tommy Nguyen”" in page.main


@ON_SQLITE
def test_what_an_officer_edited_is_what_everyone_reads(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)

    does(
        desk,
        code,
        "cong-khai",
        title="Đèn ngõ 12 đã sáng",
        content="Đèn ngõ 12 hỏng.",
        answer=f"Đã thay bóng. Bà {LAN['name']} đã xác nhận.",
    )

    page = Page(desk.get(f"/ket-qua/{code}").text)
    assert page.title == "Đèn ngõ 12 đã sáng"
    assert "Đèn ngõ 12 hỏng." in page.main
    assert "Đã thay bóng." in page.main
    assert LAN["name"] not in page.main
    assert LAMP not in page.main


@ON_SQLITE
def test_a_publication_with_an_empty_field_is_refused(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)
    version = case_of(site, code).version

    answer = desk.post(
        f"/can-bo/ho-so/{code}/cong-khai",
        data={"version": version, "title": "Đèn", "content": " ", "answer": MENDED},
    )

    assert answer.status_code == 400
    assert "đều cần có chữ" in Page(answer.text).main
    assert desk.get(f"/ket-qua/{code}").status_code == 404


@ON_SQLITE
def test_a_publication_that_is_refused_stays_in_its_fields(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)
    edited = {"title": "Đèn ngõ 12 đã sáng", "content": " ", "answer": "Đã thay bóng."}

    answer = desk.post(
        f"/can-bo/ho-so/{code}/cong-khai", data={"version": case_of(site, code).version, **edited}
    )

    fields = Page(answer.text).values
    assert (fields["title"], fields["answer"]) == (edited["title"], edited["answer"])


@ON_SQLITE
def test_only_a_chosen_file_becomes_public(desk: TestClient, site: Site, minh: Staff) -> None:
    code = sends(site, files=("den.png", "giay-to.png"))
    answers(site, minh, code)
    with site.database.reading() as session:
        lamp, paper = session.exec(select(Attachment).order_by(col(Attachment.id))).all()

    does(
        desk,
        code,
        "cong-khai",
        title="Đèn",
        content=LAMP,
        answer=MENDED,
        show_attachment=str(lamp.id),
    )

    assert desk.get(f"/tep/{lamp.token}").status_code == 200
    assert desk.get(f"/tep/{paper.token}").status_code == 404


def test_a_result_can_be_kept_between_office_and_sender(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)

    page = does(desk, code, "khong-cong-khai", reason="Có thông tin về trẻ em.")

    assert "Đã trả lời, không công khai" in page.main
    assert "Có thông tin về trẻ em." in page.main
    assert "Lý do: Có thông tin về trẻ em." in told(site, code)[-1]
    assert desk.get(f"/ket-qua/{code}").status_code == 404


@ON_SQLITE
def test_a_result_is_not_kept_back_without_a_reason(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code)
    version = case_of(site, code).version

    answer = desk.post(f"/can-bo/ho-so/{code}/khong-cong-khai", data={"version": version})

    assert answer.status_code == 400
    assert "Cần có lý do không công khai." in Page(answer.text).main
    assert case_of(site, code).state is State.ANSWERED


@ON_SQLITE
def test_a_note_is_read_by_staff_and_told_to_nobody(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)

    page = does(desk, code, "ghi-chu", text="Đã gọi đội điện, hẹn chiều nay.")

    assert f"{minh.name} Ghi chú Đã gọi đội điện, hẹn chiều nay. chỉ cán bộ thấy" in page.main
    assert told(site, code) == []
    assert "đội điện" not in desk.get(f"/tra-cuu?ma={code}").text


@ON_SQLITE
def test_a_case_given_another_kind_has_its_clock_counted_anew(desk: TestClient, site: Site) -> None:
    code = sends(site)

    page = does(desk, code, "phan-loai", kind="question")

    assert case_of(site, code).kind is Kind.QUESTION
    assert "Còn 5 ngày" in page.main
    assert "Phản ánh hiện trường → Câu hỏi gửi cán bộ" in page.main
    assert "“Câu hỏi gửi cán bộ”" in told(site, code)[0]


@ON_SQLITE
def test_an_invented_kind_is_refused(desk: TestClient, site: Site) -> None:
    code = sends(site)
    sent = {"version": "1", "kind": "complaint"}
    assert desk.post(f"/can-bo/ho-so/{code}/phan-loai", data=sent).status_code == 422
    assert case_of(site, code).kind is Kind.INFRASTRUCTURE


@ON_SQLITE
def test_the_history_names_who_did_what_and_who_reads_it(
    desk: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    accepts(site, minh, code)

    history = opened(desk, code).main.partition("Diễn biến")[2]

    assert "Người dân Nhận hồ sơ mọi người thấy" in history
    assert f"{minh.name} Tiếp nhận, xử lý mọi người thấy" in history


@ON_SQLITE
def test_every_event_has_words_on_the_page(desk: TestClient, site: Site, minh: Staff) -> None:
    codes = lives(site, minh)
    with site.database.reading() as session:
        names = set(session.exec(select(CaseEvent.name)))

    words = " ".join(opened(desk, code).main for code in codes.values())

    assert names == {"received", "accept", "answer", "publish", "withhold"}
    assert [name for name in names if f" {name} " in words] == []


@ON_SQLITE
def test_a_file_of_no_case_is_not_given_to_staff(desk: TestClient, site: Site) -> None:
    with site.database.writing() as session:
        loose = Attachment(
            token="abc", name="nhap.png", due_at=site.clock(), created_at=site.clock()
        )
        session.add(loose)
    assert desk.get("/can-bo/tep/abc").status_code == 404


def test_a_case_that_waits_says_that_its_clock_rests(desk: TestClient, site: Site) -> None:
    code = sends(site)
    form = {"version": "1", "text": "Việc ở số nhà nào?"}
    desk.post(f"/can-bo/ho-so/{code}/buoc/yeu-cau-bo-sung", data=form)

    for address in (f"/can-bo/ho-so/{code}", "/can-bo"):
        page = Page(desk.get(address).text)
        assert "Đang tạm dừng" in page.main
        assert "Còn" not in page.main


def test_a_correction_of_a_line_that_is_not_there_loses_no_words(
    desk: TestClient, site: Site
) -> None:
    code = sends(site)

    answer = desk.post(
        f"/can-bo/ho-so/{code}/dinh-chinh",
        data={"version": "1", "number": "99", "text": "Nhận lúc 8 giờ."},
    )

    assert answer.status_code == 400
    assert "Diễn biến này không có." in answer.text
    assert "Nhận lúc 8 giờ." in answer.text


def test_a_merger_is_taken_back_on_the_page(desk: TestClient, site: Site) -> None:
    code, other = sends(site), sends(site, "Đèn ngõ 7 tắt.")
    does(desk, code, "gop", other=other)

    page = does(desk, code, "buoc/bo-gop", text="Ngõ khác.")

    assert "Đang xử lý" in page.main
    assert "Ngõ khác." in page.main
