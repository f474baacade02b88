"""No link leads nowhere."""

from collections import deque
from urllib.parse import urldefrag, urljoin

from starlette.testclient import TestClient

from api.people.models import Staff
from api.web.site import Site
from tests.api.web.reading import Page
from tests.api.web.visits import HERE, ON_SQLITE, lives, sign_in

pytestmark = ON_SQLITE


def dead_ends(browser: TestClient, start: str) -> dict[str, int]:
    """Follow every link on our own pages; gives the addresses that did not answer 200."""
    seen, waiting, dead = {start}, deque([start]), {}
    while waiting:
        path = waiting.popleft()
        answer = browser.get(path)
        if answer.status_code != 200:
            dead[path] = answer.status_code
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for link in Page(answer.text).links:
            target = urldefrag(urljoin(str(answer.url), link)).url
            ours = target.startswith(HERE) and "?nam=" not in target  # years go on and on
            if ours and target not in seen:
                seen.add(target)
                waiting.append(target)
    return dead


def test_every_link_of_the_citizens_pages_leads_somewhere(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    lives(site, minh)
    assert dead_ends(lan, f"{HERE}/") == {}


def test_every_link_of_the_staff_pages_leads_somewhere(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    lives(site, minh)
    sign_in(lan, site, minh)
    assert dead_ends(lan, f"{HERE}/can-bo") == {}


def test_the_calendar_links_to_no_year_that_it_cannot_show(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    sign_in(lan, site, minh)

    years = [
        link
        for edge in (2020, 2100)
        for link in Page(lan.get(f"/can-bo/lich?nam={edge}").text).links
        if "?nam=" in link
    ]

    assert {link: lan.get(link).status_code for link in years} == dict.fromkeys(years, 200)


def test_every_form_leads_to_a_route_that_takes_it(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    codes = lives(site, minh)
    sign_in(lan, site, minh)
    pages = ("/", "/hoi", "/ket-qua", "/tra-cuu", "/tro-chuyen", "/can-bo", "/can-bo/lich")
    staff_pages = ("/can-bo/danh-muc", "/can-bo/tai-khoan")
    cases = [f"/can-bo/ho-so/{code}" for code in codes.values()]

    forms = [
        form for path in (*pages, *staff_pages, *cases) for form in Page(lan.get(path).text).forms
    ]

    for form in forms:
        method = form.get("method", "get").upper()
        sent = lan.request(method, form["action"], headers={"Sec-Fetch-Site": "cross-site"})
        assert sent.status_code == (403 if method == "POST" else 200), form
