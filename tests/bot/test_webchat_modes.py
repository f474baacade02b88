"""The chat on a shared screen and in a portal's frame: cookies, headers, forgetting."""

import pytest
from sqlmodel import select

from api.chats.models import Chat
from api.web.site import Site
from bot.service import Service, build
from tests.bot.browser import CHAT, Browser, read
from tests.bot.conftest import sqlite_only, with_bot
from tests.bot.talk import LAMP

pytestmark = sqlite_only

KIOSK, EMBED = f"{CHAT}?kiosk=1", f"{CHAT}?nhung=1"
PORTAL = "https://cong.example.vn"


@pytest.fixture
def screen(service: Service) -> Browser:
    """The screen in the hall."""
    return Browser(service)


@pytest.fixture
def portal(site: Site) -> Browser:
    """A browser at an installation that lets one portal embed the chat; it speaks https."""
    allowed = with_bot(site, "", telegram_token="", embed_origins=f"{PORTAL}, https://b.example.vn")
    return Browser(build(allowed), base_url="https://testserver")


def policy(answer: object) -> str:
    return str(answer.headers["content-security-policy"])  # type: ignore[attr-defined]


def test_a_shared_screen_keeps_its_own_conversation_and_only_for_a_while(screen: Browser) -> None:
    cookie = screen.client.get(KIOSK, follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("pakn_kiosk=")
    assert "Max-Age=120" in cookie  # 90 seconds and a grace
    page = screen.opens(KIOSK)
    assert "tự xóa sau" in page.text
    assert "no-store" in page.headers["cache-control"]
    assert 'name="tep"' not in page.text


def test_all_that_the_shared_screen_sends_stays_in_its_conversation(screen: Browser) -> None:
    screen.opens(KIOSK)
    answer = screen.client.post(f"{CHAT}/tin?kiosk=1", data={"text": LAMP})
    assert str(answer.url).endswith("/tro-chuyen?kiosk=1#cuoi")
    assert "Đèn đường" in answer.text
    assert "Đèn đường" not in screen.opens().text  # the page without kiosk is another visit


def test_ending_a_visit_leaves_nothing_of_it(screen: Browser, site: Site) -> None:
    screen.opens(KIOSK)
    screen.client.post(f"{CHAT}/tin?kiosk=1", data={"text": LAMP})
    former = screen.client.cookies["pakn_kiosk"]

    fresh = screen.client.get(f"{CHAT}/ket-thuc?kiosk=1")

    assert "Đèn đường" not in fresh.text
    assert "Xin chào" in fresh.text
    assert screen.client.cookies["pakn_kiosk"] != former
    with site.database.reading() as session:
        assert all(LAMP not in str(chat.draft) for chat in session.exec(select(Chat)))


def test_without_javascript_the_screen_ends_a_used_visit_by_itself(screen: Browser) -> None:
    refresh = 'content="90;url=/tro-chuyen/ket-thuc?kiosk=1"'
    assert refresh not in screen.opens(KIOSK).text
    assert refresh in screen.client.post(f"{CHAT}/tin?kiosk=1", data={"text": "xin chào"}).text


def test_ending_elsewhere_forgets_nothing(screen: Browser) -> None:
    screen.opens()
    screen.says(LAMP)
    assert "Đèn đường" in screen.client.get(f"{CHAT}/ket-thuc").text


def test_only_the_portals_of_the_setting_may_frame_the_chat(portal: Browser) -> None:
    assert policy(portal.opens(EMBED)).endswith(f"frame-ancestors {PORTAL} https://b.example.vn")
    for path in (CHAT, "/", "/?nhung=1", "/can-bo/dang-nhap?nhung=1"):
        assert policy(portal.client.get(path)).endswith("frame-ancestors 'none'"), path


def test_the_cookie_of_the_frame_is_kept_apart_for_each_portal(portal: Browser) -> None:
    cookie = portal.client.get(EMBED, follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("pakn_nhung=")
    for rule in ("SameSite=none", "Secure", "Partitioned", "HttpOnly"):
        assert rule in cookie


def test_the_ordinary_page_keeps_its_cookie_rules(portal: Browser) -> None:
    cookie = portal.client.get(CHAT, follow_redirects=False).headers["set-cookie"]
    assert "SameSite=lax" in cookie
    assert "Partitioned" not in cookie


def test_in_the_frame_forms_and_links_stay_usable(portal: Browser) -> None:
    page = portal.opens(EMBED)
    assert f'action="{CHAT}/tin?nhung=1"' in page.text
    answer = portal.client.post(f"{CHAT}/tin?nhung=1", data={"text": "dang ky tam tru can gi"})
    assert 'href="/thu-tuc/1.004194" target="_blank" rel="noopener"' in answer.text


def test_letters_stay_large_in_every_mode(portal: Browser) -> None:
    for address in (KIOSK, EMBED):
        portal.opens(address)
        portal.opens(f"{address}&co-chu=lon")
        assert 'class="large"' in portal.opens(address).text
    assert 'class="large"' not in portal.opens().text


def test_the_script_is_there_only_where_a_portal_is_allowed(
    screen: Browser, portal: Browser
) -> None:
    assert screen.client.get("/nhung.js").status_code == 404
    script = portal.client.get("/nhung.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "tro-chuyen?nhung=1" in script.text


def test_without_the_setting_the_frame_is_the_ordinary_page(screen: Browser) -> None:
    answer = screen.opens(EMBED)
    assert policy(answer).endswith("frame-ancestors 'none'")
    assert "pakn_nhung" not in screen.client.cookies


def test_an_own_address_is_shown_without_its_scheme(screen: Browser) -> None:
    screen.opens()
    screen.says("dang ky tam tru can gi")
    bubble = read(screen.opens().text).bubbles[-1]
    assert "Xem đầy đủ: 127.0.0.1:8000/thu-tuc/1.004194" in bubble.text
    assert "/thu-tuc/1.004194" in bubble.links
