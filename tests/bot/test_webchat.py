"""The conversation in a browser: kept by a cookie, usable without JavaScript, fetched in parts."""

import re

import pytest
from sqlmodel import select

from api.cases import handling, lookup
from api.cases.events import Deed
from api.chats.models import Chat, Handling, Update
from api.outbox.models import OutboxMessage
from api.people.models import Staff
from api.web.site import Site
from bot.service import Service, build
from tests.bot.browser import CHAT, HTMX, Browser, read
from tests.bot.conftest import Commits, sqlite_only, with_bot
from tests.bot.people import cases
from tests.bot.talk import LAMP
from tests.conftest import FrozenClock

pytestmark = sqlite_only

QUESTION = "đăng ký tạm trú mất bao lâu"


@pytest.fixture
def lan(service: Service) -> Browser:
    """Chị Lan's browser, in which the chat was never opened."""
    return Browser(service)


@pytest.fixture
def tu(service: Service) -> Browser:
    """Bác Tư's browser."""
    return Browser(service)


def updates(site: Site) -> list[Update]:
    with site.database.reading() as session:
        return list(session.exec(select(Update)))


def test_the_first_visit_greets_and_shows_the_menu(lan: Browser) -> None:
    (welcome,) = read(lan.opens().text).bubbles
    assert "Xin chào bạn! Đây là trợ lý tự động của Phường Thạch Khôi." in welcome.text
    assert list(welcome.buttons) == [
        "Hỏi thủ tục",
        "Gửi phản ánh, kiến nghị",
        "Tra cứu tình trạng",
        "Kết quả công khai",
        "Gặp cán bộ",
    ]


def test_a_second_visit_does_not_greet_again(lan: Browser) -> None:
    lan.opens()
    lan.opens()
    assert len(lan.bubbles) == 1


def test_the_cookie_is_for_the_chat_only_and_out_of_reach_of_scripts(lan: Browser) -> None:
    answer = lan.client.get(CHAT, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("pakn_chat=")
    for flag in ("HttpOnly", "SameSite=lax", f"Path={CHAT}", "Max-Age=31536000"):
        assert flag in cookie
    assert "Secure" not in cookie
    assert len(re.findall(r"pakn_chat=([\w-]+)", cookie)[0]) >= 32


def test_the_cookie_is_sent_over_https_only_where_the_setting_says_so(site: Site) -> None:
    secure = with_bot(site, "", telegram_token="", secure_cookies=True)
    answer = Browser(build(secure)).client.get(CHAT, follow_redirects=False)
    assert "Secure" in answer.headers["set-cookie"]


def test_whoever_reads_the_database_does_not_learn_the_cookie(lan: Browser, site: Site) -> None:
    lan.opens()
    token = lan.client.cookies["pakn_chat"]
    with site.database.reading() as session:
        (chat,) = session.exec(select(Chat)).all()
    assert token not in f"{chat.key} {chat.draft}"
    assert all(token not in f"{update.raw}" for update in updates(site))


def test_a_browser_that_keeps_no_cookie_is_told_why(service: Service) -> None:
    refusing = Browser(service)
    answer = refusing.client.get(CHAT, follow_redirects=False)
    refusing.client.cookies.clear()
    page = refusing.client.get(answer.headers["location"], follow_redirects=False)
    assert page.status_code == 400
    assert "Trình duyệt đang chặn cookie" in page.text


def test_the_conversation_survives_a_reload_and_a_restart(lan: Browser, site: Site) -> None:
    lan.opens()
    lan.says(QUESTION)
    before = lan.bubbles
    assert [bubble.side for bubble in before].count("citizen") == 1
    restarted = Browser(build(site), cookies={"pakn_chat": lan.client.cookies["pakn_chat"]})
    assert restarted.bubbles == before


def test_two_browsers_do_not_see_each_other(lan: Browser, tu: Browser) -> None:
    lan.opens()
    lan.says(LAMP)
    tu.opens()
    assert all("Đèn đường" not in bubble.text for bubble in tu.bubbles)
    assert len(tu.bubbles) == 1


def test_without_javascript_a_message_comes_back_to_the_page(lan: Browser) -> None:
    lan.opens()
    answer = lan.says(QUESTION, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{CHAT}#cuoi")
    assert "Thời hạn giải quyết:" in lan.hears()


def test_a_button_works_without_javascript(lan: Browser) -> None:
    lan.opens()
    lan.taps("menu:ask")
    assert "Bạn muốn hỏi thủ tục nào?" in lan.hears()
    assert [bubble.text for bubble in lan.bubbles if bubble.side == "citizen"] == ["Hỏi thủ tục\n"]


def test_only_the_newest_message_can_still_be_pressed(lan: Browser, clock: FrozenClock) -> None:
    lan.opens()
    clock.pass_(seconds=1)
    lan.says(LAMP)
    asked_before, asked_last = [bubble for bubble in lan.bubbles if bubble.side == "bot"]
    assert asked_before.buttons == {}
    assert list(asked_last.buttons) == ["Đúng rồi", "Loại khác"]


def test_a_message_to_a_chat_that_was_never_opened_begins_one(lan: Browser) -> None:
    lan.says(QUESTION)
    assert "Thời hạn giải quyết:" in lan.hears()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("bat-dau=phan-anh", "Bạn kể giúp sự việc"),
        ("bat-dau=tra-cuu", "Bạn nhắn mã hồ sơ"),
        ("bat-dau=can-bo", "Số 1 phố Thạch Khôi"),
        ("thu-tuc=1.004194", "(mã 1.004194)"),
        ("bat-dau=khong-co", "Xin chào bạn!"),
    ],
)
def test_a_link_may_open_the_chat_at_a_subject(lan: Browser, query: str, words: str) -> None:
    page = lan.opens(f"{CHAT}?{query}")
    assert words in read(page.text).bubbles[-1].text
    assert "?" not in str(page.url)


def test_an_empty_message_is_ignored(lan: Browser, site: Site) -> None:
    lan.opens()
    before = len(updates(site))
    assert lan.says("   ").status_code == 200
    assert len(updates(site)) == before


def test_what_a_person_writes_is_shown_as_words_not_as_a_page(lan: Browser) -> None:
    lan.opens()
    page = lan.says("<script>alert(1)</script> &amp; <b>đậm</b>").text
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_a_part_holds_only_what_is_new(lan: Browser) -> None:
    lan.opens()
    part = lan.says(QUESTION, headers=HTMX)
    assert "<html" not in part.text
    said, card = read(part.text).bubbles
    assert (said.side, card.side) == ("citizen", "bot")
    assert "Thời hạn giải quyết:" in card.text


def test_a_part_moves_the_cursor_behind_what_it_holds(lan: Browser) -> None:
    lan.opens()
    cursor = read(lan.says(QUESTION, headers=HTMX).text).cursor
    again = read(lan.client.get(f"{CHAT}/tin-moi?sau={cursor}").text)
    assert again.bubbles == []
    assert again.cursor == cursor


def test_the_first_message_of_all_is_answered_as_a_part_too(lan: Browser) -> None:
    assert len(read(lan.says(QUESTION, headers=HTMX).text).bubbles) == 2


@pytest.mark.parametrize("cursor", ["", "x", "1", "-1.2", "1.2.3", f"{'9' * 30}.1"])
def test_a_cursor_that_is_none_is_refused(lan: Browser, cursor: str) -> None:
    lan.opens()
    assert lan.client.get(f"{CHAT}/tin-moi?sau={cursor}").status_code == 422


def test_polling_without_a_conversation_gives_nothing(lan: Browser) -> None:
    assert read(lan.client.get(f"{CHAT}/tin-moi?sau=0.0").text).bubbles == []


def sends_a_feedback(browser: Browser, site: Site) -> str:
    """Send a feedback with the browser; returns its code."""
    browser.says(LAMP)
    for text in ("đúng rồi", "ngõ 12", "xong", "đồng ý", "Nguyễn Thị Lan", "0912345678"):
        browser.says(text)
    for text in ("bỏ qua", "không", "gửi"):
        browser.says(text)
    with site.database.reading() as session:
        return cases(session)[-1].code


def test_an_officers_answer_arrives_by_polling(
    lan: Browser, site: Site, minh: Staff, clock: FrozenClock
) -> None:
    code = sends_a_feedback(lan, site)
    cursor = read(lan.opens().text).cursor
    with site.database.writing() as session:
        case = lookup.by_code(session, code)
        deed = Deed(minh, clock(), case.version)
        handling.answer(session, site.office, case, deed, "Đã thay bóng đèn ngõ 12.")
    fetched = read(lan.client.get(f"{CHAT}/tin-moi?sau={cursor}").text)
    (told,) = fetched.bubbles
    assert "Đã thay bóng đèn ngõ 12." in told.text
    assert told.buttons == {
        "Xem tình trạng": f"status:{code}",
        "Hài lòng": f"rate:{code}/yes",
        "Không hài lòng": f"rate:{code}/no",
    }
    assert read(lan.client.get(f"{CHAT}/tin-moi?sau={fetched.cursor}").text).bubbles == []


def test_what_a_browser_was_shown_counts_as_sent(
    lan: Browser, site: Site, clock: FrozenClock
) -> None:
    lan.says(QUESTION)
    lan.opens()
    with site.database.reading() as session:
        (owed,) = session.exec(select(OutboxMessage)).all()
    assert owed.sent_at == clock()


def test_too_many_messages_in_a_minute_are_refused_with_a_sentence(
    lan: Browser, site: Site, clock: FrozenClock
) -> None:
    hasty = Browser(build(with_bot(site, "", telegram_token="", chat_per_minute=3)))
    hasty.opens()
    for _ in range(3):
        assert hasty.says("xin chào").status_code == 200
    before = len(updates(site))
    refused = hasty.says("xin chào")
    assert refused.status_code == 429
    assert "Bạn đang gửi hơi nhanh." in refused.text
    assert len(updates(site)) == before
    clock.pass_(minutes=1)
    assert hasty.says("xin chào").status_code == 200


def test_a_failed_message_is_told_and_handled_when_the_staff_retry(
    lan: Browser, site: Site, service: Service, commits: Commits
) -> None:
    lan.opens()
    commits.failing = 1
    lan.says(QUESTION)
    assert "hệ thống vừa gặp trục trặc" in lan.hears()
    (failed,) = [update for update in updates(site) if update.handling is Handling.FAILED]
    assert service.app.state.handle_again(failed) is True
    assert "Thời hạn giải quyết:" in lan.hears()
    assert service.app.state.handle_again(failed) is False
    assert [b.text for b in lan.bubbles if b.side == "citizen"] == [f"{QUESTION}\n"]


def test_larger_letters_are_remembered(lan: Browser) -> None:
    lan.opens()
    assert 'class="large"' in lan.opens(f"{CHAT}?co-chu=lon").text
    assert 'class="large"' in lan.opens().text
    assert 'class="large"' not in lan.opens(f"{CHAT}?co-chu=thuong").text


def form_keys(page: str) -> list[str]:
    """The hidden keys of the forms of a page: of its choices, then of the writing box."""
    return re.findall(r'name="khoa" value="([^"]+)"', page)


def test_the_same_form_sent_twice_is_one_message(lan: Browser, site: Site) -> None:
    key = form_keys(lan.opens().text)[-1]
    for _ in range(2):
        lan.client.post(f"{CHAT}/tin", data={"text": QUESTION, "khoa": key})
    assert [row.text for row in updates(site)].count(QUESTION) == 1


def test_other_words_from_the_same_form_are_another_message(lan: Browser, site: Site) -> None:
    key = form_keys(lan.opens().text)[-1]
    for text in (QUESTION, LAMP):
        lan.client.post(f"{CHAT}/tin", data={"text": text, "khoa": key})
    assert [row.text for row in updates(site)][-2:] == [QUESTION, LAMP]


def test_the_same_words_from_a_new_form_are_another_message(lan: Browser, site: Site) -> None:
    keys = [form_keys(lan.opens().text)[-1]]
    part = lan.client.post(f"{CHAT}/tin", data={"text": QUESTION, "khoa": keys[0]}, headers=HTMX)
    keys.append(form_keys(part.text)[-1])
    lan.client.post(f"{CHAT}/tin", data={"text": QUESTION, "khoa": keys[1]})
    assert keys[0] != keys[1]
    assert [row.text for row in updates(site)].count(QUESTION) == 2


def test_two_people_with_the_same_key_are_two_people(lan: Browser, tu: Browser, site: Site) -> None:
    for one in (lan, tu):
        one.opens()
        one.client.post(f"{CHAT}/tin", data={"text": QUESTION, "khoa": "k"})
    assert [row.text for row in updates(site)].count(QUESTION) == 2


def test_news_do_not_change_the_key_of_what_is_being_written(lan: Browser) -> None:
    lan.opens()
    assert 'id="khoa"' not in lan.client.get(f"{CHAT}/tin-moi").text
