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
from api.catalogue import releases
from api.people.models import Role, Staff
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
    shared = {
        "request": request,
        "ward": ward(site),
        "section": section,
        "staff": {"name": staff.name, "role_label": ROLE_LABELS[staff.role]} if staff else None,
        "sample_catalogue": http_status < 500 and _sample(site),  # the database may be the cause
    }
    html = environment().get_template(template).render(**shared, **context)
    return HTMLResponse(html, status_code=http_status)


def ward(site: Site) -> dict[str, str]:
    """Return what pages say of the office."""
    settings = site.settings
    return {
        "name": settings.ward_name,
        "parent": settings.ward_parent,
        "address": settings.ward_address,
        "phone": settings.ward_phone,
        "email": settings.ward_email,
        "hours": settings.ward_hours,
        "accent": settings.ward_accent,
        "crest": "",
    }


def _sample(site: Site) -> bool:
    with site.database.reading() as session:
        row = releases.active(session, site.office.unit_id)
        return bool(row and row.sample)


def _date_words(value: date | datetime) -> str:
    return date_words(value.date() if isinstance(value, datetime) else value)


def _paragraphs(text: str) -> Markup:
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block]
    html = "".join(f"<p>{escape(block).replace(chr(10), Markup('<br>'))}</p>" for block in blocks)
    return Markup(html)  # noqa: S704  # every block was escaped


def _linkify(text: str) -> Markup:
    """Make addresses in plain text links; everything else is escaped."""
    out = Markup("")
    last = 0
    for match in _LINK.finditer(text):
        out += escape(text[last : match.start()])
        out += Markup('<a href="{0}">{0}</a>').format(match[0])
        last = match.end()
    return out + escape(text[last:])
