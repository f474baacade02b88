"""Rendering templates with what every page shares."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from api.cases.wording import date_words, time_words
from api.catalogue import activations
from api.errors import for_staff
from api.people.models import Role, Staff
from api.settings import Settings
from api.ward import cards
from api.ward.card import WardCard
from api.ward.seed import seed
from api.web.site import Site

ROLE_LABELS = {
    Role.OFFICER: "Cán bộ",
    Role.HEAD: "Trưởng bộ phận",
    Role.LEADER: "Lãnh đạo",
    Role.ADMIN: "Quản trị",
}
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@cache
def environment() -> Environment:
    """Return the template environment: escaping on, undefined names are errors."""
    env = Environment(
        loader=PackageLoader("api.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        date_words=_date_words,
        time_words=time_words,
        number=lambda value: f"{value:,}".replace(",", "."),
        paragraphs=_paragraphs,
        linkify=_linkify,
        for_staff=for_staff,
    )
    return env


def render(
    request: Request,
    site: Site,
    template: str,
    *,
    section: str = "",
    staff: Staff | None = None,
    http_status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """Return a page; section names the entry of the navigation that is current."""
    card, sample = _looked_up(site, http_status)
    shared = {
        "request": request,
        "ward": ward(site.settings, card),
        "section": section,
        "staff": {"name": staff.name, "role_label": ROLE_LABELS[staff.role]} if staff else None,
        "sample_catalogue": sample,
    }
    html = environment().get_template(template).render(**shared, **context)
    return HTMLResponse(html, status_code=http_status)


def ward(settings: Settings, card: WardCard) -> dict[str, str]:
    """Return what pages say of the office."""
    return {
        "name": settings.ward_name,
        "parent": settings.ward_parent,
        "address": card.address,
        "phone": card.hotline,
        "email": card.email,
        "hours": card.hours_line,
        "accent": settings.ward_accent,
        "crest": "",
    }


def _looked_up(site: Site, http_status: int) -> tuple[WardCard, bool]:
    """Return the ward's card and whether the catalogue is a sample.

    On the page of an unexpected error the database may be the cause, and is left in peace.
    """
    if http_status >= 500:
        return seed(site.settings), False
    with site.database.reading() as session:
        row = activations.active(session, site.office.unit_id, site.clock())
        card = cards.current(session, site.office.unit_id, site.settings)
        return card, bool(row and row.sample)


def _date_words(value: date | datetime) -> str:
    return date_words(value.date() if isinstance(value, datetime) else value)


def _paragraphs(text: str) -> Markup:
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block]
    html = "".join(f"<p>{escape(block).replace(chr(10), Markup('<br>'))}</p>" for block in blocks)
    return Markup(html)  # noqa: S704  # every block was escaped


def _linkify(text: str, own: str = "", new_tab: bool = False) -> Markup:
    """Make addresses in plain text links; everything else is escaped.

    An address below `own` is shown without its scheme and leads to wherever the page was opened.
    """
    out = Markup("")
    last = 0
    for match in _LINK.finditer(text):
        out += escape(text[last : match.start()])
        href, shown = match[0], match[0].split("://", 1)[1]
        if own and (href == own or href.startswith(f"{own}/")):
            href = href.removeprefix(own) or "/"
        apart = Markup(' target="_blank" rel="noopener"') if new_tab else ""
        out += Markup('<a href="{0}"{1}>{2}</a>').format(href, apart, shown)
        last = match.end()
    return out + escape(text[last:])
