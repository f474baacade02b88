"""From an answered case to what everyone may read."""

import pytest

from api.cases import publication
from api.cases.models import Case, Publication, State
from api.cases.publication import LONGEST_TITLE, PublicText
from api.chats.models import Chat
from api.errors import PeopleError
from api.files.models import Attachment
from api.web.site import Site
from knowledge.text import fold
from tests.api.cases.cast import PUBLIC, StaffDesk, case_in, chat_of, events_of, fresh, send

PERSONAL = {
    "title": "Chị Nguyễn Thị Lan phản ánh chậm trả kết quả",
    "content": "Tôi là NGUYỄN THỊ LAN, số 0912345678, nhà ở số 5 ngõ 12 phố Mới, hẹn ngày 10.",
    "answer": "Đã gọi chị nguyen thi lan qua số +84 912 345 678. Kết quả trả ngày 16.",
}
NEVER_PUBLIC = ("nguyen thi lan", "0912345678", "912 345 678", "so 5 ngo 12 pho moi")


def published(site: Site, case: Case) -> Publication:
    """Return what is public of a case."""
    with site.database.reading() as session:
        row = publication.publication_of(session, case)
    assert row is not None
    return row


def attach(site: Site, case: Case, name: str, stored: str = "ab.jpg") -> int:
    """Add a file to a case and return its number."""
    at = site.clock()
    with site.database.writing() as session:
        row = Attachment(
            token=f"{case.id}-{name}",
            case_id=case.id,
            name=name,
            stored=stored,
            due_at=at,
            created_at=at,
        )
        session.add(row)
    assert row.id is not None
    return row.id


def shown(site: Site, case: Case) -> list[str]:
    """Return the names of the files that everyone may see."""
    with site.database.reading() as session:
        return [row.name for row in publication.public_files(session, case)]


@pytest.fixture
def answered(lan: Chat, minhs_desk: StaffDesk) -> Case:
    """Chị Lan's case, answered by anh Minh."""
    return case_in(State.ANSWERED, lan, minhs_desk)


def test_a_result_is_public_with_title_content_answer_and_time(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.publish(answered)

    row = published(site, answered)
    assert (row.title, row.content, row.answer) == (PUBLIC.title, PUBLIC.content, PUBLIC.answer)
    assert (row.published_at, row.staff_id) == (site.clock(), minhs_desk.staff.id)


def test_nothing_is_public_before_an_officer_made_it_so(site: Site, answered: Case) -> None:
    with site.database.reading() as session:
        assert publication.publication_of(session, answered) is None


@pytest.mark.parametrize("field", ["title", "content", "answer", "search_text"])
def test_personal_data_that_the_officer_left_in_does_not_become_public(
    site: Site, answered: Case, minhs_desk: StaffDesk, field: str
) -> None:
    minhs_desk.publish(answered, PublicText(**PERSONAL))

    folded = fold(getattr(published(site, answered), field))
    assert [value for value in NEVER_PUBLIC if value in folded] == []


def test_what_is_not_personal_stays_readable(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.publish(answered, PublicText(**PERSONAL))

    row = published(site, answered)
    assert "phản ánh chậm trả kết quả" in row.title
    assert "hẹn ngày 10" in row.content
    assert "Kết quả trả ngày 16." in row.answer


@pytest.mark.parametrize("field", ["title", "content", "answer"])
def test_a_result_with_an_empty_part_is_refused_and_changes_nothing(
    site: Site, answered: Case, minhs_desk: StaffDesk, field: str
) -> None:
    with pytest.raises(PeopleError, match="đều cần có chữ"):
        minhs_desk.publish(answered, PublicText(**{**PERSONAL, field: " \n "}))

    assert fresh(site, answered).state is State.ANSWERED


def test_a_long_title_is_cut_to_its_column(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.publish(answered, PublicText("chậm trả " * 100, "Nội dung.", "Trả lời."))

    assert len(published(site, answered).title) <= LONGEST_TITLE


def test_the_suggestion_hides_what_is_personal(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = minhs_desk.answer(send(site, lan, content=PERSONAL["content"]), PERSONAL["answer"])

    with site.database.reading() as session:
        text = publication.suggest(session, case)

    folded = fold(f"{text.title} {text.content} {text.answer}")
    assert [value for value in NEVER_PUBLIC if value in folded] == []
    assert "Kết quả trả ngày 16." in text.answer


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Đèn ngõ 12 tắt rồi. Tối đi lại rất khó.\nDòng hai.", "Đèn ngõ 12 tắt rồi."),
        ("Cống ngập trước cửa, gọi 0912345678 để gặp tôi", "Cống ngập trước cửa, gọi"),
        ("Gọi 0912345678 ngay", "Gọi [đã ẩn số điện thoại] ngay"),
    ],
)
def test_the_suggested_title_is_the_first_sentence_up_to_what_is_hidden(
    site: Site, lan: Chat, content: str, title: str
) -> None:
    case = send(site, lan, content=content)

    with site.database.reading() as session:
        assert publication.suggest(session, case).title == title


def test_a_suggested_title_that_is_long_is_cut_between_words(site: Site, lan: Chat) -> None:
    words = "Đèn đường ở đầu ngõ tắt từ tuần trước, tối đi lại rất khó và nguy hiểm cho mọi người,"
    case = send(site, lan, content=f"{words} {words}\nDòng thứ hai.")

    with site.database.reading() as session:
        title = publication.suggest(session, case).title

    assert title.endswith("…")
    kept = title.removesuffix(" …")
    assert len(kept) <= 100
    assert f"{words} {words}".startswith(f"{kept} ")


def test_a_short_first_line_is_the_suggested_title(site: Site, lan: Chat) -> None:
    case = send(site, lan, content="Đèn đường tắt.\nĐã ba tối.")

    with site.database.reading() as session:
        assert publication.suggest(session, case).title == "Đèn đường tắt."


def test_only_the_files_that_were_chosen_are_shown(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    attach(site, answered, "can-cuoc.jpg")
    chosen = attach(site, answered, "bien-ban.jpg")

    minhs_desk.publish(answered, attachments=(chosen,))

    assert shown(site, answered) == ["bien-ban.jpg"]


def test_no_file_is_shown_unless_it_was_chosen(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    attach(site, answered, "can-cuoc.jpg")

    minhs_desk.publish(answered)

    assert shown(site, answered) == []


def test_a_file_of_another_case_cannot_be_chosen(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    others = send(site, chat_of(site, "tu"))
    number = attach(site, others, "cua-bac-tu.jpg")

    minhs_desk.publish(answered, attachments=(number,))

    assert shown(site, answered) == []
    assert shown(site, others) == []


def test_a_file_that_was_not_fetched_yet_is_not_shown(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    number = attach(site, answered, "dang-tai.jpg", stored="")

    minhs_desk.publish(answered, attachments=(number,))

    assert shown(site, answered) == []


def test_withholding_keeps_the_reason_and_makes_nothing_public(
    site: Site, answered: Case, minhs_desk: StaffDesk
) -> None:
    minhs_desk.withhold(answered, "  Liên quan  trẻ em. ")

    assert events_of(site, answered)[-1].note == "Liên quan trẻ em."
    assert fresh(site, answered).state is State.WITHHELD
    with site.database.reading() as session:
        assert publication.publication_of(session, answered) is None


@pytest.mark.parametrize("reason", ["", " \n "])
def test_withholding_without_a_reason_is_refused(
    site: Site, answered: Case, minhs_desk: StaffDesk, reason: str
) -> None:
    with pytest.raises(PeopleError, match="lý do"):
        minhs_desk.withhold(answered, reason)

    assert fresh(site, answered).state is State.ANSWERED
