"""The life of a case beyond receipt and answer: approval, refusal, others, several senders."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from api.cases import followers, handling, handoffs, rating, reopening, supplement, withdrawal
from api.cases.handoff_models import Matter as HandoffMatter
from api.cases.models import Actor, Case, Kind, State
from api.cases.similar import Matter, find, likeness
from api.cases.wording import date_words
from api.chats.models import Chat, Handling, Update
from api.errors import ConflictError, ForbiddenError
from api.people.models import Department
from api.web.site import Site
from tests.api.cases.cast import (
    LAN,
    StaffDesk,
    as_sender,
    case_in,
    chat_of,
    events_of,
    fresh,
    join,
    messages_to,
    name_for_denunciations,
    send,
)
from tests.conftest import FrozenClock

LAMP = "Đèn đường ngõ 12 tắt ba hôm nay, tối đi rất nguy hiểm."


def test_an_answer_needs_a_leader_as_soon_as_there_is_one(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hoas_desk: StaffDesk
) -> None:
    case = minhs_desk.accept(send(site, lan))

    with pytest.raises(ForbiddenError, match="cần lãnh đạo duyệt"):
        minhs_desk.answer(case)

    drafted = minhs_desk.draft(fresh(site, case), "Sẽ trả ngày 20.")
    with pytest.raises(ForbiddenError, match="Chỉ lãnh đạo được duyệt"):
        minhs_desk.approve(drafted)
    sent = hoas_desk.approve(fresh(site, case))
    assert sent.state is State.ANSWERED
    assert "Sẽ trả ngày 20." in messages_to(site, lan)[-1].text


def test_a_draft_sent_back_tells_the_sender_nothing(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hoas_desk: StaffDesk
) -> None:
    case = hoas_desk.send_back(minhs_desk.draft(send(site, lan)), "Nêu rõ ngày.")

    assert (case.state, events_of(site, case)[-1].note) == (State.IN_PROGRESS, "Nêu rõ ngày.")
    assert messages_to(site, lan) == []
    with site.database.reading() as session:
        assert handling.draft_of(session, case) is not None


def test_a_refusal_says_why_and_where_to_go(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    case = minhs_desk.refuse(send(site, lan), "khieu-nai")

    said = messages_to(site, lan)[-1].text
    assert "Luật Khiếu nại" in said
    assert "Số 1 phố Thạch Khôi" in said
    assert not fresh(site, case).restricted


def test_a_denunciation_is_from_then_on_restricted(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    name_for_denunciations(site)
    case = minhs_desk.refuse(send(site, lan), "to-cao")

    assert fresh(site, case).restricted


def test_what_the_sender_gives_goes_on_with_the_clock(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    asked = minhs_desk.ask_supplement(send(site, lan), "Số nhà nào?")
    clock.pass_(days=7)

    given = as_sender(site, asked, lambda s, o, c, d: supplement.give(s, o, c, d, "Số 7."))

    assert given.state is State.IN_PROGRESS
    assert given.due_on > asked.due_on
    assert events_of(site, given)[-1].actor is Actor.CITIZEN


def test_every_open_case_has_an_owner_unit(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    case = minhs_desk.accept(send(site, lan))

    with site.database.reading() as session:
        home = session.get_one(Department, case.department_id)
    assert home.reception
    assert case.owner_id == minhs_desk.staff.id


def test_whoever_joined_is_told_the_answer_without_the_senders_data(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = join(site, send(site, lan), "tu")

    minhs_desk.answer(fresh(site, case), "Chị Nguyễn Thị Lan, số 0912 345 678, đến nhận.")

    with site.database.reading() as session:
        tu = session.exec(sa.select(Chat).where(Chat.key == "tu")).scalar_one()
    [told] = messages_to(site, tu)
    assert case.code in told.text
    assert "Lan" not in told.text
    assert "0912" not in told.text


def test_both_senders_of_twins_are_told_the_answer(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    tu = chat_of(site, "tu")
    kept, twin = send(site, lan), send(site, tu)
    minhs_desk.merge(twin, into=kept)

    minhs_desk.answer(fresh(site, kept), "Đã trả kết quả.")

    assert "Đã trả kết quả." in messages_to(site, lan)[-1].text
    assert "Đã trả kết quả." in messages_to(site, tu)[-1].text


def test_whoever_is_merged_by_mistake_is_worked_on_again_and_follows_the_other_no_more(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    tu = chat_of(site, "tu")
    kept, other = send(site, lan), send(site, tu)
    due_on = other.due_on

    again = minhs_desk.unmerge(minhs_desk.merge(other, into=kept))
    told = messages_to(site, tu)
    minhs_desk.answer(fresh(site, kept), "Đã trả kết quả.")

    assert (again.state, again.merged_into_id, again.due_on) == (State.IN_PROGRESS, None, due_on)
    assert "Lý do: Hai việc ở hai phố khác nhau." in told[-1].text
    assert messages_to(site, tu) == told


def test_whoever_joined_the_twin_by_themselves_still_follows_it_after_a_merger_is_taken_back(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    tu = chat_of(site, "tu")
    kept, other = send(site, lan), send(site, tu)
    with site.database.writing() as session:
        own = session.get_one(Chat, tu.id)
        followers.join(session, site.office, session.get_one(Case, kept.id), own, LAN, site.clock())
    clock.pass_(hours=1)

    minhs_desk.unmerge(minhs_desk.merge(other, into=fresh(site, kept)))
    minhs_desk.answer(fresh(site, kept), "Đã trả kết quả.")

    assert "Đã trả kết quả." in messages_to(site, tu)[-1].text


def test_whoever_follows_a_case_follows_the_part_that_is_split_off(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    whole = join(site, send(site, lan), "tu")
    minhs_desk.split(whole)
    with site.database.reading() as session:
        part = session.exec(select(Case).where(Case.split_from_id == whole.id)).one()
        tu = session.exec(select(Chat).where(Chat.key == "tu")).one()

    minhs_desk.answer(part, "Việc thứ hai đã xong.")

    told = [message.text for message in messages_to(site, tu)]
    assert any(f"thành hồ sơ {part.code}" in text for text in told)
    assert "Việc thứ hai đã xong." in told[-1]


def test_a_merger_names_the_due_day_of_the_case_that_goes_on(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    tu = chat_of(site, "tu")
    twin = send(site, tu)
    clock.pass_(hours=48)
    kept = send(site, lan)

    minhs_desk.merge(twin, into=kept)

    assert (
        f"Hạn trả lời của hồ sơ {kept.code} là {date_words(kept.due_on)}"
        in messages_to(site, tu)[-1].text
    )


def test_reopening_keeps_the_former_answer_word_for_word(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = case_in(State.PUBLISHED, lan, minhs_desk)

    opened = minhs_desk.reopen(case)

    fact = events_of(site, opened)[-1]
    assert fact.data["answer"]["text"] == "Kết quả đã có."
    assert fact.data["publication"]["title"]
    assert minhs_desk.answer(opened, "Câu trả lời mới.").state is State.ANSWERED


def test_the_sender_reopens_within_the_days_of_the_office_only(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case = case_in(State.ANSWERED, lan, minhs_desk)
    clock.pass_(days=16)

    with pytest.raises(ForbiddenError, match="trong 15 ngày"):
        as_sender(site, case, lambda s, o, c, d: reopening.reopen(s, o, c, d, "Chưa xong."))

    assert fresh(site, case).state is State.ANSWERED


@pytest.mark.parametrize("state", [State.ANSWERED, State.PUBLISHED, State.WITHHELD, State.REFUSED])
def test_the_sender_reopens_within_the_days_whatever_the_end_was(
    site: Site, lan: Chat, minhs_desk: StaffDesk, state: State
) -> None:
    case = case_in(state, lan, minhs_desk)

    as_sender(site, case, lambda s, o, c, d: reopening.reopen(s, o, c, d, "Chưa xong."))

    assert fresh(site, case).state is State.IN_PROGRESS
    with site.database.reading() as session:
        assert handling.answer_of(session, case) is None


def test_the_sender_takes_a_case_back(site: Site, lan: Chat) -> None:
    case = as_sender(site, send(site, lan), withdrawal.withdraw)

    assert case.state is State.WITHDRAWN


def test_the_sender_says_once_whether_they_are_content(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    case = case_in(State.ANSWERED, lan, minhs_desk)
    as_sender(site, case, lambda s, _o, c, d: rating.rate(s, c, satisfied=True, at=d.at))

    with pytest.raises(ConflictError, match="đã đánh giá"):
        as_sender(site, case, lambda s, _o, c, d: rating.rate(s, c, satisfied=False, at=d.at))


def test_on_sqlite_neither_replacing_nor_loose_pointers_get_round_that(
    site: Site, lan: Chat
) -> None:
    if site.database.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    send(site, lan)
    replace_event = "INSERT OR REPLACE INTO case_event SELECT * FROM case_event"

    for change in (replace_event, "DELETE FROM feedback_case"):
        with (
            pytest.raises(sa.exc.DBAPIError, match="never"),
            site.database.writing() as session,
        ):
            session.execute(sa.text(change))


@pytest.mark.parametrize(
    "change", ["UPDATE case_event SET note = 'khác'", "DELETE FROM case_event"]
)
def test_the_database_refuses_to_change_a_history(site: Site, lan: Chat, change: str) -> None:
    send(site, lan)

    with (
        pytest.raises(sa.exc.DBAPIError, match="never changed"),
        site.database.writing() as session,
    ):
        session.execute(sa.text(change))


def test_a_like_case_in_the_street_is_shown_with_personal_data_hidden(
    site: Site, lan: Chat
) -> None:
    text = f"{LAMP} Tôi là Nguyễn Thị Lan, 0912 345 678."
    case = send(site, lan, kind=Kind.INFRASTRUCTURE, content=text, place="ngõ 12")
    wanted = Matter(Kind.INFRASTRUCTURE, "den duong tat o ngo 12 may hom nay", "ngo 12")

    with site.database.reading() as session:
        [found] = find(session, site.office.unit_id, wanted, site.clock())

    assert found.code == case.code
    assert "Đèn đường ngõ 12 tắt" in found.text
    assert "Lan" not in found.text
    assert "0912" not in found.text


def test_a_complaint_about_a_person_is_shown_to_nobody_else(site: Site, lan: Chat) -> None:
    send(site, lan)
    wanted = Matter(Kind.CONDUCT, "Bộ phận một cửa hẹn trả kết quả ngày 10 nhưng chưa trả.")

    with site.database.reading() as session:
        assert find(session, site.office.unit_id, wanted, site.clock()) == ()


def test_another_number_of_the_lane_is_another_matter() -> None:
    same = likeness("Đèn đường tắt", "ngõ 12", "đèn đường bị tắt", "Ngõ 12")
    other = likeness("Đèn đường tắt", "ngõ 12", "đèn đường bị tắt", "Ngõ 21")

    assert same > 68 > other


def test_a_draft_does_not_wait_after_approval(
    site: Site, lan: Chat, minhs_desk: StaffDesk, hoas_desk: StaffDesk
) -> None:
    case = hoas_desk.approve(minhs_desk.draft(send(site, lan)))

    with site.database.reading() as session:
        assert handling.draft_of(session, session.get_one(Case, case.id)) is None


def test_the_sender_of_the_kept_case_is_told_that_another_was_merged_into_it(
    site: Site, lan: Chat, minhs_desk: StaffDesk
) -> None:
    kept = send(site, lan)
    minhs_desk.merge(send(site, chat_of(site, "tu")), kept)

    newest = messages_to(site, lan)[-1]
    assert kept.code in newest.text
    assert "có thêm người phản ánh cùng việc này" in newest.text


def test_the_words_of_a_denunciation_that_are_kept_stand_in_its_record_alone(
    site: Site, lan: Chat
) -> None:
    at = site.clock()
    with site.database.writing() as session:
        for key, text in (("1", "Chủ tịch xã nhận tiền."), ("2", "Tôi có ghi âm.")):
            row = Update(channel="telegram", key=key, chat_id=lan.id, raw={"text": text})
            row.text, row.received_at, row.handling = text, at, Handling.DONE
            session.add(row)
        session.flush()
        chat = session.get_one(Chat, lan.id)
        words = "Tôi có ghi âm."
        handoffs.keep_words(session, site.office, chat, HandoffMatter.DENUNCIATION, words, at)

    with site.database.reading() as session:
        assert {row.text for row in session.exec(select(Update))} == {handoffs.NOT_KEPT}
