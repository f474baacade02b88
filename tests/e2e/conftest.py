"""A running installation and a real Chromium, at phone and desktop width."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.people.models import Role
from api.web.site import Site
from bot.service import build
from tests.conftest import FrozenClock, hire, make_settings, open_small_site
from tests.doubles.server import serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = {"điện thoại": (390, 844), "máy tính": (1280, 900)}
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window; skips where there is none."""
    if not CHROMIUM:
        pytest.skip("thiếu Chromium trên máy này: bỏ qua kiểm thử trình duyệt")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path, clock: FrozenClock) -> Iterator[tuple[str, Site]]:
    """A served installation with anh Minh as its officer; gives its address."""
    path = tmp_path / "pakn.sqlite3"
    shutil.copy(sqlite_template, path)
    site = open_small_site(make_settings(f"sqlite:///{path}", tmp_path), clock)
    hire(site, "minh", "Trần Văn Minh", Role.OFFICER)
    with serve(build(site).app) as url:
        yield url, site


@pytest.fixture(params=WIDTHS)
def page(
    request: pytest.FixtureRequest, chromium: Browser, office: tuple[str, Site]
) -> Iterator[Page]:
    """A fresh browser at one of the widths, opened on the installation."""
    width, height = WIDTHS[request.param]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, base_url=office[0], locale="vi-VN"
    )
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield opened
    context.close()
