"""The chat on a shared screen, and in the frame of a portal at another address."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from bot.service import build
from tests.conftest import FrozenClock, make_settings, open_small_site
from tests.doubles.server import serve

pytestmark = pytest.mark.browser

QUESTION = "giấy xác nhận độc thân nộp ở đâu"
PATIENCE = 20_000  # milliseconds for a page that begins anew on a busy machine


@pytest.fixture
def portal() -> Iterator[tuple[FastAPI, str]]:
    """The ward's portal: one page with one script line, on "localhost", another site than ours."""
    app = FastAPI()
    with serve(app) as url:
        yield app, url.replace("127.0.0.1", "localhost")


@pytest.fixture
def chat(
    tmp_path: Path, sqlite_template: Path, clock: FrozenClock, portal: tuple[FastAPI, str]
) -> Iterator[str]:
    """An installation that lets the portal embed it and forgets a visitor after 15 seconds."""
    app, portal_url = portal
    path = tmp_path / "pakn.sqlite3"
    shutil.copy(sqlite_template, path)
    settings = make_settings(f"sqlite:///{path}", tmp_path, embed_origins=portal_url, kiosk_idle=15)
    with serve(build(open_small_site(settings, clock)).app) as url:

        @app.get("/")
        def home() -> HTMLResponse:
            line = f'<script src="{url}/nhung.js" async></script>'
            return HTMLResponse(
                f"<!doctype html><html lang='vi'><title>Cổng</title><h1>Cổng</h1>{line}"
            )

        yield url


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    """A browser of a phone's size."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    yield context.new_page()
    context.close()


def test_the_portals_button_opens_a_conversation_that_is_still_there_after_a_reload(
    visitor: Page, chat: str, portal: tuple[FastAPI, str]
) -> None:
    for _ in range(2):
        visitor.goto(portal[1])
        visitor.get_by_role("button", name="Hỏi Phường Thạch Khôi").click()
        dialog = visitor.get_by_role("dialog", name="Trò chuyện với Phường Thạch Khôi")
        expect(dialog).to_be_visible()
        frame = visitor.frame_locator("iframe")
        expect(frame.locator("html.js")).to_be_attached()  # Enter sends from now on
        if frame.locator(".from-bot").first.text_content() and not _asked(visitor):
            frame.locator("#text").fill(QUESTION)
            frame.locator("#text").press("Enter")
        expect(frame.locator("#messages")).to_contain_text("tình trạng hôn nhân")
    frame.locator("#text").press("Escape")
    expect(dialog).to_be_hidden()
    expect(visitor.get_by_role("button", name="Hỏi Phường Thạch Khôi")).to_be_focused()


def _asked(page: Page) -> bool:
    return page.frame_locator("iframe").locator(".from-citizen").count() > 0


def test_a_portal_that_is_not_allowed_sees_nothing(visitor: Page, chat: str) -> None:
    stranger = FastAPI()

    @stranger.get("/")
    def home() -> HTMLResponse:
        return HTMLResponse(f'<iframe src="{chat}/tro-chuyen?nhung=1"></iframe>')

    with serve(stranger) as url:
        visitor.goto(url, wait_until="networkidle")
        assert visitor.frame_locator("iframe").locator(".from-bot").count() == 0


def test_a_shared_screen_counts_down_and_leaves_nothing_of_its_visitor(
    visitor: Page, chat: str
) -> None:
    visitor.clock.install()
    visitor.goto(f"{chat}/tro-chuyen?kiosk=1")
    visitor.fill("#text", QUESTION)
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#messages")).to_contain_text("tình trạng hôn nhân")

    visitor.clock.run_for(9_000)
    left = int(visitor.locator("#kiosk-left").inner_text())
    assert 1 <= left <= 7  # the answer took a while of its own
    visitor.clock.run_for(7_000)
    expect(visitor.locator(".from-citizen")).to_have_count(0, timeout=PATIENCE)
    expect(visitor.locator("#messages")).to_contain_text("Xin chào", timeout=PATIENCE)

    visitor.go_back()
    expect(visitor.locator("body")).not_to_contain_text("độc thân")
